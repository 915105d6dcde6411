// The readings that a situation names, from the REST API.
const metrics = {
  deployment_frequency: 'dora/deployment-frequency', lead_time: 'dora/lead-time', change_failure_rate: 'dora/change-failure-rate',
  rework_rate: 'dora/rework-rate', mttr: 'dora/mttr', review_time: 'development/pr-review-time', cycle_time: 'development/cycle-time',
  throughput: 'development/throughput', build_success_rate: 'builds/success-rate',
};

/** The value of each named reading. `runs` are the sync logs of the sync that just ended. */
export async function readAll(api, names, [start_date, end_date], runs) {
  const period = { start_date, end_date };
  const readers = {
    by_day: () => groups('day'),
    by_week: () => groups('week'),
    deployments: async () => sorted(unique(
      [...await api.all('/metrics/dora/deployment-frequency/items', { ...period, selection: 'included' }),
        ...await api.all('/metrics/dora/deployment-frequency/items', { ...period, selection: 'others' })]), 'finished_at'),
    pull_requests: pullRequests,
    incidents: async () => sorted(await api.all('/incidents'), 'started_at'),
    issues: async () => Object.fromEntries((await api.all('/connectors/linear/issues')).map(issue => [issue.identifier, issue])),
    repositories: async () => (await api.all('/connectors/github/repos')).map(repository => repository.full_name).sort(),
    findings: async () => (await api.get('/metrics/data-quality', period)).services
      .flatMap(({ service, findings }) => findings.map(finding => ({ ...finding, service: service.name }))),
    sync: async () => Object.fromEntries(runs.map(run => [run.connector, run])),
  };
  const values = {};
  for (const name of names) {
    if (!metrics[name] && !readers[name]) throw new Error(`There is no reading ${name}.`);
    values[name] = metrics[name] ? await api.get(`/metrics/${metrics[name]}`, period) : await readers[name]();
  }
  return values;

  async function groups(group_by) {
    const answer = await api.get('/metrics/dora/deployment-frequency', { ...period, group_by });
    return Object.fromEntries(answer.groups.map(group => [group.start, group.count]));
  }

  async function pullRequests() {
    const rows = {};
    for (const [state, selections] of [['counted', ['included']], ['left_out', ['left_out', 'excluded']], ['waiting', ['waiting']]]) {
      for (const row of await firstAccepted(selections, selection => api.all('/metrics/dora/lead-time/items', { ...period, selection })))
        rows[`${row.repository.split('/').at(-1)}#${row.number}`] = { ...row, state };
    }
    return rows;
  }
}

/** The answer under the first name that the API knows. */
async function firstAccepted(names, ask) {
  for (const name of names.slice(0, -1)) {
    try {
      return await ask(name);
    } catch (rejected) {
      if (rejected.status !== 422) throw rejected;
    }
  }
  return ask(names.at(-1));
}

const unique = rows => [...new Map(rows.map(row => [row.id, row])).values()];
const sorted = (rows, by) => rows.sort((one, other) => Date.parse(one[by]) - Date.parse(other[by]));
