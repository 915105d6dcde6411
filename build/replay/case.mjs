// One situation, from its first sync to its last comparison.
import { basename, join } from 'node:path';
import { differences } from './compare.mjs';
import { daysUntilToday, shift, shiftFolder } from './days.mjs';
import { readAll } from './readings.mjs';

const tokens = { github: { token: 'ghp_replay' }, slack: { token: 'xoxb-replay' }, linear: { api_key: 'lin_api_replay' } };
const faultKinds = {
  bad_gateway: { kind: 'BadGateway' },
  gql_timeout: { kind: 'QueryTimeout', statuses: [200, 502] },
  secondary: { kind: 'SecondaryLimit', statuses: [403, 429], retryAfterSeconds: 1 },
  truncate: { kind: 'MalformedJson' },
};
const syncWithinMilliseconds = 180_000;

/** What differs, in words; nothing when all is as expected. */
export async function replay({ folder, expected: original, api: account, servers, keep, seen: showsAll }) {
  const days = original.fixed_dates ? 0 : daysUntilToday(original.as_of);
  const expected = shift(original, days);
  const steps = expected.steps ?? [{ expect: expected.expect, any_of: expected.any_of }];
  const mayEndOtherwise = steps.some(step => [step, ...(step.any_of ?? [])].some(part => part.expect?.sync));
  const problems = [];
  let served, api, connected;
  try {
    for (const [place, step] of steps.entries()) {
      const say = text => problems.push(steps.length > 1 ? `step ${place + 1}: ${text}` : text);
      const isNew = !api || step.organization === 'new';
      await serve(step, isNew);
      let runs = isNew ? await connect(step.connect ?? expected.connect, step.settings ?? expected.settings) : [];
      for (let time = 0; !isNew && time < (step.times ?? 1); time++) {
        runs = await sync({ full: step.sync === 'full' });
        if (time + 1 < (step.times ?? 1)) complain(runs, say);
      }
      complain(runs, say);
      await compare(step, runs, say);
    }
  } catch (failed) {
    problems.push(failed.message);
  } finally {
    await control('/faults', 'DELETE');
    if (api && !keep) await disconnect();
  }
  return problems;

  async function serve(step, isNew) {
    await control('/faults', 'DELETE');
    const name = step.serve ?? (served ? null : 'input');
    if (name !== null) {
      const next = days === 0 ? join(folder, name) : join(servers.folder, basename(folder), name);
      if (days !== 0) shiftFolder(join(folder, name), next, days);
      await control('/recording', 'POST', { folder: next, ...(served && !isNew && { after: served }) });
      served = next;
    }
    if (!step.faults) return;
    if (!faultKinds[step.faults.kind]) throw new Error(`There is no fault ${step.faults.kind}.`);
    await control('/faults', 'POST', {
      ...faultKinds[step.faults.kind], every: step.faults.every, onlyGitHub: true, ...(step.faults.of === 'github-graphql' && { request: 'GraphQl' }),
    });
  }

  async function connect(kinds, settings) {
    if (api && !keep) await disconnect();
    const made = await account.post('/organizations', { name: basename(folder), time_zone: expected.time_zone });
    api = account.in(made.id);
    connected = kinds;
    for (const kind of kinds) await retry(() => api.post(`/connectors/${kind}/connect`, tokens[kind]));
    const runs = await finished((await api.get('/sync/status')).map(run => run.id));
    if (!settings?.slack) return runs;
    await api.post('/connectors/slack/configure', settings.slack);
    return sync({});
  }

  async function sync(options) {
    return finished((await api.post('/sync/trigger', options)).map(run => run.id));
  }

  async function finished(ids) {
    const until = Date.now() + syncWithinMilliseconds;
    for (;;) {
      const runs = await Promise.all(ids.map(id => api.get(`/sync/logs/${id}`)));
      if (runs.every(run => run.finished_at)) return runs;
      if (Date.now() > until) throw new Error(`sync did not end: ${runs.map(run => `${run.connector} ${run.status} ${run.error ?? ''}`).join(', ')}`);
      await new Promise(passed => setTimeout(passed, 100));
    }
  }

  function complain(runs, say) {
    if (mayEndOtherwise) return;
    for (const run of runs.filter(run => run.status !== 'done')) say(`sync of ${run.connector} ended as ${run.status}: ${run.error ?? JSON.stringify(run.problems)}`);
  }

  async function compare(step, runs, say) {
    const choices = step.any_of ?? [];
    const names = new Set([step, ...choices].flatMap(part => Object.keys(part.expect ?? {})));
    const seen = await readAll(api, names, step.period ?? expected.period, runs);
    if (showsAll) console.log(JSON.stringify(seen, null, 2));
    for (const text of describe(step.expect, seen)) say(text);
    const failed = choices.map(choice => describe(choice.expect, seen));
    if (choices.length > 0 && failed.every(texts => texts.length > 0))
      say(`none of:${choices.map((choice, place) => `\n           (${choice.because}) ${failed[place].join('\n             ')}`).join('')}`);
  }

  async function disconnect() {
    for (const kind of connected) await api.delete(`/connectors/${kind}`);
  }

  async function control(path, method, body) {
    const response = await fetch(`${servers.simulator}/control${path}`, {
      method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${(await response.text()).slice(0, 2000)}`);
  }
}

const describe = (expected, seen) => differences(expected ?? {}, seen)
  .map(({ path, expected: wanted, seen: value }) => `${path}: expected ${JSON.stringify(wanted)}, saw ${shorten(JSON.stringify(value))}`);

const shorten = text => text?.length > 600 ? `${text.slice(0, 600)}…` : text;

async function retry(act, times = 20) {
  for (let time = 1; ; time++) {
    try {
      return await act();
    } catch (failed) {
      if (time === times) throw failed;
      await new Promise(passed => setTimeout(passed, 100));
    }
  }
}
