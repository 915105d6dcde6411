// Asks several web processes at once, each with its own connections, and prints requests a second and how long answers took. Reads from standard input
// what to ask (LoadBenchmark writes it). Needs autocannon: npm install --prefix SOMEWHERE autocannon, and AUTOCANNON=SOMEWHERE.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const autocannon = createRequire(join(process.env.AUTOCANNON ?? process.cwd(), 'package.json'))('autocannon');
const { name, seconds, connections, rate, targets } = JSON.parse(readFileSync(0, 'utf8'));
const ask = (duration) => Promise.all(targets.map(({ url, requests }) => autocannon({ url, requests, connections, duration, timeout: 60, ...(rate > 0 && { overallRate: rate }) })));

await ask(Math.min(10, Math.max(3, seconds / 4))); // unmeasured: each organization is read once
const answers = await ask(seconds);
const sum = pick => answers.reduce((total, answer) => total + pick(answer), 0);
const worst = pick => Math.max(...answers.map(pick));
const failed = sum(answer => answer.non2xx + answer.errors + answer.timeouts);
console.log(`${name.padEnd(26)} ${sum(a => a.requests.average).toFixed(0).padStart(6)} requests/s   p50 ${worst(a => a.latency.p50)} ms   p97.5 ${worst(a => a.latency.p97_5)} ms   p99 ${worst(a => a.latency.p99)} ms   ${failed} failed`);
