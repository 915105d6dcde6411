// Moves a situation to another day: every time in it by the same number of whole days.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const day = 86_400_000;
const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/;
const seconds = new Set(['ts', 'thread_ts', 'latest_reply', 'created', 'updated']);

/** The whole days from the day on which a situation is to be looked at until today. */
export const daysUntilToday = asOf => Math.round((Date.parse(new Date().toISOString().slice(0, 10)) - Date.parse(asOf)) / day);

/** The same value with all of its times moved; `inSlack` are seconds times, too. */
export function shift(value, days, inSlack = false) {
  if (typeof value === 'string') return shiftText(value, days);
  if (Array.isArray(value)) return value.map(item => shift(item, days, inSlack));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) =>
    [shiftText(key, days), inSlack && seconds.has(key) ? shiftSeconds(item, days) : shift(item, days, inSlack)]));
}

/** A copy of a folder of recorded rows, at `target`. */
export function shiftFolder(source, target, days) {
  mkdirSync(target, { recursive: true });
  for (const name of existsSync(source) ? readdirSync(source) : []) {
    const [from, to] = [join(source, name), join(target, name)];
    if (statSync(from).isDirectory()) shiftFolder(from, to, days);
    else writeFileSync(to, shiftRows(readFileSync(from, 'utf8'), name.endsWith('.ndjson'), days, /[\\/]slack$/.test(source)));
  }
}

function shiftRows(text, hasLines, days, inSlack) {
  const move = json => JSON.stringify(shift(JSON.parse(json), days, inSlack));
  return hasLines ? text.split('\n').filter(line => line.trim()).map(move).join('\n') + '\n' : move(text);
}

function shiftText(text, days) {
  if (!isoTime.test(text) || Number.isNaN(Date.parse(text))) return text;
  return new Date(Date.parse(text.slice(0, 10)) + days * day).toISOString().slice(0, 10) + text.slice(10);
}

function shiftSeconds(value, days) {
  if (typeof value === 'number') return value + days * day / 1000;
  const [whole, rest] = String(value).split('.');
  return /^\d+$/.test(whole) ? String(Number(whole) + days * day / 1000) + (rest === undefined ? '' : `.${rest}`) : value;
}
