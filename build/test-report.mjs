// Prints what failed, where the time went, and the real counts: test-report.mjs RESTORED BUILT ENDED PROJECT=EXITCODE… (times in seconds).
// Writes the last line to TestResults/total and exits with 1 unless every test passed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const results = join(dirname(fileURLToPath(import.meta.url)), '../TestResults');
const [restored, built, ended] = process.argv.slice(2, 5).map(Number);
const projects = process.argv.slice(5).map(argument => read(...argument.split('=')));

function read(name, code) {
  const report = join(results, `${name}.json`);
  const log = join(results, `${name}.log`);
  const empty = { tests: [], summary: { passed: 0, failed: 0, start: 0, stop: 0 } };
  const { tests, summary } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).results : empty;
  // A runner that fails without a failed test (a crash, a broken fixture) is one failure.
  const failed = code !== '0' && summary.failed === 0 ? 1 : summary.failed;
  return { name, tests, passed: summary.passed, failed, seconds: (summary.stop - summary.start) / 1000, log };
}

for (const { name, failed, log } of projects.filter(project => project.failed > 0)) {
  console.log(`\n== ${name}: ${failed} failed\n${readFileSync(log, 'utf8').trimEnd()}`);
}

const slowest = projects.flatMap(project => project.tests).sort((a, b) => b.duration - a.duration).slice(0, 10);
console.log('\nTen slowest tests');
for (const { name, duration } of slowest) console.log(`${seconds(duration / 1000)}  ${name}`);

console.log('\nWhere the time went');
console.log(`${seconds(restored)}  restoring\n${seconds(built - restored)}  building`);
for (const { name, passed, failed, seconds: took } of projects) console.log(`${seconds(took)}  ${name}: ${passed} passed, ${failed} failed`);
console.log(`${seconds(ended)}  in total\n`);

const [passed, failed] = ['passed', 'failed'].map(count => projects.reduce((sum, project) => sum + project[count], 0));
const total = `${passed} passed, ${failed} failed`;
writeFileSync(join(results, 'total'), `${total}\n`);
console.log(total);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function seconds(value) {
  return `${value.toFixed(1).padStart(7)} s`;
}
