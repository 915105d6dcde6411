// Draws the app's icons as PNG files from the mark, for phones and desktops that install it: node build/app-icons.mjs
// Run again when the mark changes; the files in wwwroot/img are committed.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../Veelocity.Web/wwwroot/img');
const mark = readFileSync(join(folder, 'mark.svg'), 'utf8');
// Systems cut a maskable icon to their own shape: it fills the square, and the mark keeps to the middle four fifths.
const filled = share => mark.replace('rx="6"', '').replace(/(<path[\s\S]*)<\/svg>/, `<g transform="translate(12 12) scale(${share}) translate(-12 -12)">$1</g></svg>`);
const icons = [
  { name: 'app-192', size: 192, svg: mark },
  { name: 'app-512', size: 512, svg: mark },
  { name: 'app-maskable-512', size: 512, svg: filled(0.8) },
  { name: 'apple-touch-icon', size: 180, svg: filled(0.88) },
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const { name, size, svg } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
    await page.close();
    console.log(`${name}.png`);
  }
} finally {
  await browser.close();
}
