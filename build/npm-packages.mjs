// Installs the npm packages that package-lock.json pins, unless they are there: those the app needs, and with --dev those the tests need, too.
//   node build/npm-packages.mjs [--dev]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export const lockedPackages = () => readPackages(join(root, 'package-lock.json'));

export function installPackages({ dev = false } = {}) {
  if (areInstalled(dev)) return;
  console.log(dev ? 'Restoring npm packages, those for tests included' : 'Restoring npm packages');
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' };
  const npm = spawnSync('npm', ['ci', '--loglevel=error', ...(dev ? [] : ['--omit=dev'])], options);
  if (npm.error?.code === 'ENOENT') throw new Error('npm was not found. Install Node.js 20 or newer together with npm.');
  if (npm.status !== 0) throw new Error(`'npm ci' failed. ${npm.stderr.trim()}`);
}

function areInstalled(dev) {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = readPackages(installed);
  return Object.entries(lockedPackages())
    .filter(([path, locked]) => path !== '' && (dev || !locked.dev))
    .every(([path, { integrity, optional }]) =>
      present[path] ? present[path].integrity === integrity && existsSync(join(root, path)) : optional);
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    installPackages({ dev: process.argv.includes('--dev') });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
