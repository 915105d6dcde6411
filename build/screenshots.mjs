// Takes the pictures in docs/screenshots from a running demo (`make demo`), in light and dark:
//   node build/screenshots.mjs [http://localhost:5080]
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { signIn } from './demo-sign-in.mjs';

const address = process.argv[2] ?? 'http://localhost:5080';
const folder = join(dirname(fileURLToPath(import.meta.url)), '../docs/screenshots');
// With `follow`, the page that its first such link leads to.
const pages = [
  { name: 'dashboard', path: '', height: 600 },
  { name: 'dora-overview', path: '/dora?period=90d', height: 900 },
  { name: 'dora-lead-time', path: '/dora/lead-time', height: 975 },
  { name: 'change', path: '/dora/changes', follow: '#main a[href*="/changes/"]', height: 900 },
  { name: 'team', path: '/team', height: 900 },
  { name: 'builds', path: '/builds', height: 900 },
  { name: 'incidents', path: '/incidents', height: 700 },
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const theme of ['light', 'dark']) await takeAll(theme);
} finally {
  await browser.close();
}

async function takeAll(theme) {
  const context = await browser.newContext({
    baseURL: address, colorScheme: theme, reducedMotion: 'reduce', viewport: { width: 1280, height: 600 },
  });
  const page = await context.newPage();
  const home = await signIn(page, address);
  for (const { name, path, follow, height } of pages) {
    await page.setViewportSize({ width: 1280, height });
    await page.goto(home + path, { waitUntil: 'networkidle' });
    if (follow) await page.goto(await page.locator(follow).first().getAttribute('href'), { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    const file = `${name}${theme === 'dark' ? '-dark' : ''}.png`;
    await page.screenshot({ path: join(folder, file) });
    console.log(`docs/screenshots/${file}`);
  }
  await context.close();
}
