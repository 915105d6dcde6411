// Restores what the browser loads: the files libman.json names, out of the npm packages that package-lock.json pins (npm checks each
// against its integrity hash), and one SVG sprite holding only the icons that icons.txt names. Called by BrowserLibraries.targets.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, lockedPackages } from './npm-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const web = join(root, 'Veelocity.Web');
const modules = join(root, 'node_modules');

class Problem extends Error {}

try {
  try {
    installPackages();
  } catch (error) {
    throw new Problem(error.message);
  }
  rmSync(join(web, 'wwwroot/lib'), { recursive: true, force: true });
  for (const library of readJson(join(web, 'libman.json')).libraries) restore(library);
  writeFileSync(inLib('icons.svg'), sprite(readFileSync(join(web, 'icons.txt'), 'utf8')));
  for (const stamp of [inLib('.restored'), join(modules, '.veelocity')]) writeFileSync(stamp, '');
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(`build/restore-libraries.mjs : error VEE002: ${error.message}`);
  process.exit(1);
}

function restore({ library, destination, files, fileMappings }) {
  const at = library.lastIndexOf('@');
  const [name, version] = [library.slice(0, at), library.slice(at + 1)];
  const locked = lockedPackages()[`node_modules/${name}`]?.version;
  if (locked !== version) throw new Problem(`libman.json asks for ${library}, package-lock.json pins ${locked ?? 'nothing'}. Change one of them.`);
  for (const { root: folder = '', files: patterns } of fileMappings ?? [{ files }])
    for (const pattern of patterns)
      for (const file of matching(join(modules, name, folder), pattern, library))
        copy(join(modules, name, folder, file), join(web, destination, file));
}

function matching(folder, pattern, library) {
  const last = pattern.lastIndexOf('/') + 1;
  const subfolder = pattern.slice(0, last);
  const name = new RegExp(`^${pattern.slice(last).replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`);
  const found = existsSync(join(folder, subfolder)) ? readdirSync(join(folder, subfolder)).filter(file => name.test(file)) : [];
  if (found.length === 0) throw new Problem(`libman.json names ${pattern}, which ${library} does not hold.`);
  return found.map(file => subfolder + file);
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  // Source maps are not served, so the pointers to them would only be refused requests in the developer tools.
  writeFileSync(to, /\.(js|css)$/.test(from)
    ? readFileSync(from, 'utf8').replace(/\n?(\/\/[#@] sourceMappingURL=.*|\/\*[#@] sourceMappingURL=.*\*\/)\s*$/, '\n')
    : readFileSync(from));
}

function sprite(list) {
  const names = list.split('\n').map(line => line.replace(/#.*/, '').trim()).filter(line => line !== '');
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${[...new Set(names)].map(symbol).join('\n')}\n</svg>\n`;
}

function symbol(name) {
  const filled = name.endsWith('-filled');
  const file = join(modules, '@tabler/icons/icons', filled ? 'filled' : 'outline', `${name.replace(/-filled$/, '')}.svg`);
  if (!existsSync(file)) throw new Problem(`icons.txt names ${name}, which is no Tabler icon.`);
  const shapes = readFileSync(file, 'utf8').match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1]
    .replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', '').replace(/\s*\n\s*/g, '');
  const paint = filled
    ? 'fill="currentColor"'
    : 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

function inLib(file) {
  return join(web, 'wwwroot/lib', file);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
