// Replays situations: a folder says what GitHub, Linear and Slack return and what Veelocity must say about it (CONTRIBUTING.md).
//   node build/replay.mjs FOLDER… [--case NAME]… [--build Debug|Release|published] [--seen] [--keep]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from './replay/api.mjs';
import { replay } from './replay/case.mjs';
import { start } from './replay/processes.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string', multiple: true }, build: { type: 'string' }, seen: { type: 'boolean' }, keep: { type: 'boolean' },
  },
});
const isCase = folder => existsSync(join(folder, 'expected.json'));
const folders = positionals.map(folder => resolve(folder))
  .flatMap(folder => isCase(folder) ? [folder] : readdirSync(folder).sort().map(name => join(folder, name)).filter(isCase))
  .filter(folder => !options.case || options.case.includes(basename(folder)));
if (folders.length === 0) {
  console.error('There is no case: name a folder that contains expected.json, or one with such folders in it.');
  process.exit(2);
}

const [email, password] = ['replay@veelocity.example', 'what-happened-then-7'];
const servers = await start(options.build);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => servers.stop().then(() => process.exit(130)));
let wrong = 0;
try {
  const api = await Api.signedIn(servers.app, email, password);
  for (const folder of folders) {
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    const problems = await replay({ folder, expected, api, servers, keep: options.keep, seen: options.seen });
    if (problems.length > 0) wrong++;
    console.log(`${problems.length > 0 ? 'wrong' : 'ok   '}  ${basename(folder)}`);
    for (const problem of problems) console.log(`         ${problem}`);
  }
  console.log(`${folders.length - wrong} right, ${wrong} wrong`);
  if (options.keep) {
    console.log(`Sign in at ${servers.app} as ${email} with the password ${password}; Ctrl+C ends it.`);
    await new Promise(() => setInterval(() => {}, 60_000));
  }
} finally {
  await servers.stop();
}
process.exitCode = wrong > 0 ? 1 : 0;
