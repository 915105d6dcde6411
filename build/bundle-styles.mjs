// Puts all styles into one small file, wwwroot/lib/veelocity.css: Styles/veelocity.css with what it imports, and of the kit only the rules whose classes
// occur in the app. Called by BrowserLibraries.targets.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAsync } from 'lightningcss';
import { PurgeCSS } from 'purgecss';

const web = join(dirname(fileURLToPath(import.meta.url)), '../Veelocity.Web');
const lib = join(web, 'wwwroot/lib');
const kit = 'tabler.min.css';

const { code } = await bundleAsync({
  filename: join(web, 'Styles/veelocity.css'),
  minify: true,
  resolver: { read: async file => fromLib(file, basename(file) === kit ? await used(file) : readFileSync(file, 'utf8')) },
});
writeFileSync(join(lib, 'veelocity.css'), code);

async function used(file) {
  const [purged] = await new PurgeCSS().purge({
    css: [file],
    content: ['Pages/**/*.cshtml', 'Pages/**/*.cs', 'wwwroot/js/*.js'].map(pattern => join(web, pattern)),
    keyframes: true,
  });
  return purged.css;
}

/** Addresses in a style sheet count from it; in the bundle they count from lib. */
function fromLib(file, css) {
  const folder = relative(lib, dirname(file)).replaceAll('\\', '/');
  // A font that comes after the first paint is for the next page: in this one nothing moves for it.
  return css.replace(/url\(\.\//g, `url(${folder}/`).replaceAll('font-display: swap', 'font-display: optional');
}
