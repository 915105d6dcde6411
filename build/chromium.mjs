// The Chromium that the scripts here use: the one of VEELOCITY_CHROMIUM, else the first on PATH.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export const flags = ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

export const launch = () => chromium.launch({ executablePath: find(), args: flags });

export function find() {
  if (process.env.VEELOCITY_CHROMIUM) return process.env.VEELOCITY_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = (process.env.PATH ?? '').split(delimiter).flatMap(path => names.map(name => join(path, name))).find(existsSync);
  if (found) return found;
  console.error('Chromium was not found on PATH: install it, or name it in VEELOCITY_CHROMIUM.');
  process.exit(1);
}
