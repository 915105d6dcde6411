// Lighthouse's scores of the dashboard and the DORA pages of a running demo (`make demo`), signed in, on a phone and on a desktop; ends with 1 below 95.
//   npm install --prefix FOLDER lighthouse && LIGHTHOUSE=FOLDER node build/lighthouse.mjs [http://localhost:5080]
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { find, flags } from './chromium.mjs';
import { signIn } from './demo-sign-in.mjs';

const least = 95;
const address = process.argv[2] ?? 'http://localhost:5080';
const pages = ['', '/dora', '/dora/deployment-frequency', '/dora/lead-time', '/dora/change-failure-rate', '/dora/recovery'];
const categories = ['performance', 'accessibility', 'best-practices'];

const from = createRequire(join(process.env.LIGHTHOUSE ?? process.cwd(), 'package.json'));
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(from.resolve('lighthouse')));
const port = await freePort();
const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, { executablePath: find(), args: [...flags, `--remote-debugging-port=${port}`] });
try {
  const home = await signIn(await browser.newPage(), address);
  for (const [screen, config] of [['phone', undefined], ['desktop', desktopConfig]])
    for (const path of pages) await look(home + path, screen, config);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}

async function look(path, screen, config) {
  // The cookie of who is signed in stays.
  const { lhr } = await lighthouse(new URL(path, address).href, { port, disableStorageReset: true, onlyCategories: categories, logLevel: 'error' }, config);
  const scores = categories.map(id => Math.round(lhr.categories[id].score * 100));
  console.log(`${screen.padEnd(8)} ${path.padEnd(36)} ${categories.map((id, i) => `${id} ${scores[i]}`).join('   ')}   ${['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'].map(id => lhr.audits[id].displayValue).join(' / ')}`);
  if (scores.every(score => score >= least)) return;
  process.exitCode = 1;
  const refs = categories.flatMap(id => lhr.categories[id].auditRefs);
  for (const { id } of refs.filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 0.9)) console.log(`         ${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ''}`);
}

function freePort() {
  return new Promise(answer => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => answer(free));
    });
  });
}
