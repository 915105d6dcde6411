// Starts the simulator and the app on free ports, with data of their own, and ends both.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const startWithinMilliseconds = 120_000;

/** Both addresses and a function that ends both; `build` is Debug, Release or published, by default whichever is newest. */
export async function start(build) {
  const folder = mkdtempSync(join(tmpdir(), 'veelocity-replay-'));
  const children = [];
  const stop = async () => {
    await Promise.all(children.map(child => new Promise(ended => {
      if (child.exitCode !== null) return ended();
      child.once('exit', ended);
      child.kill('SIGTERM');
    })));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulator = await run('Veelocity.Simulator', ['--urls', 'http://127.0.0.1:0', '--pull-requests', '1', '--months', '1'], {}, /simulator on (\S+):/);
    const app = await run('Veelocity.Web', [], {
      ASPNETCORE_URLS: 'http://127.0.0.1:0',
      Veelocity__DataDirectory: join(folder, 'data'),
      Veelocity__Security__ApiRequestsPerMinute: '1000000',
      Veelocity__Security__ApiRequestsPerMinuteFromAddress: '1000000',
      Connectors__GitHub__BaseUrl: `${simulator}/`,
      Connectors__Slack__BaseUrl: `${simulator}/slack/api/`,
      Connectors__Linear__BaseUrl: `${simulator}/linear/`,
    }, /ready: (\S+)/);
    return { simulator, app, folder, stop };
  } catch (failed) {
    await stop();
    throw failed;
  }

  function run(project, args, environment, ready) {
    const { file, cwd } = find(project, build);
    const log = join(folder, `${project}.log`);
    const child = spawn('dotnet', [file, ...args], { cwd, env: { ...process.env, ...environment } });
    children.push(child);
    const output = createWriteStream(log);
    return new Promise((found, failed) => {
      let text = '';
      const timer = setTimeout(() => failed(new Error(`${project} did not start:\n${text}`)), startWithinMilliseconds);
      child.stderr.pipe(output, { end: false });
      child.stdout.on('data', chunk => {
        output.write(chunk);
        text += chunk;
        const address = ready.exec(text)?.[1];
        if (!address) return;
        clearTimeout(timer);
        found(address.replace(/\/$/, ''));
      });
      child.once('exit', code => {
        clearTimeout(timer);
        failed(new Error(`${project} ended with ${code}:\n${existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : text}`));
      });
    });
  }
}

// A build's assets are in the project; what is published brings its own.
function find(project, build) {
  const candidates = [
    ...['Debug', 'Release'].map(name => ({ name, file: join(root, project, 'bin', name, 'net10.0', `${project}.dll`), cwd: join(root, project) })),
    { name: 'published', file: join(root, 'artifacts', project, `${project}.dll`), cwd: join(root, 'artifacts', project) },
  ].filter(candidate => existsSync(candidate.file) && (!build || candidate.name.toLowerCase() === build.toLowerCase()));
  if (candidates.length === 0) throw new Error(`${project} is not built${build ? ` as ${build}` : ''}: dotnet build ${project}, or build/publish.sh ${project}.`);
  return candidates.sort((one, other) => statSync(other.file).mtimeMs - statSync(one.file).mtimeMs)[0];
}
