// Compares what was seen with what is expected: objects by the keys that the expectation names, lists element by element, and
// conditions ({"$from": …}) wherever a value may stand. Returns a list of differences, empty when everything matches.
const tolerance = 0.001;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
// Renamed in the API; an expectation may use either name.
const renamed = { left_out: 'excluded' };

const conditions = {
  $from: (bound, seen) => order(seen, bound) >= 0,
  $to: (bound, seen) => order(seen, bound) <= 0,
  $one_of: (choices, seen) => choices.some(choice => matches(choice, seen)),
  $not: (unwanted, seen) => !matches(unwanted, seen),
  $matches: (pattern, seen) => typeof seen === 'string' && new RegExp(pattern, 'u').test(seen),
  $length: (length, seen) => Array.isArray(seen) && seen.length === length,
  $each: (wanted, seen) => Array.isArray(seen) && seen.every(item => matches(wanted, item)),
  $has: (wanted, seen) => Array.isArray(seen) && seen.some(item => matches(wanted, item)),
  $has_no: (unwanted, seen) => Array.isArray(seen) && !seen.some(item => matches(unwanted, item)),
};

export const matches = (expected, seen) => differences(expected, seen).length === 0;

export function differences(expected, seen, path = '') {
  const wrong = [{ path, expected, seen }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen) || seen.length !== expected.length) return wrong;
    return expected.flatMap((item, place) => differences(item, seen[place], `${path}[${place}]`));
  }
  if (expected === null || typeof expected !== 'object') return same(expected, seen) ? [] : wrong;
  const keys = Object.keys(expected);
  if (keys.some(key => key.startsWith('$')))
    return keys.every(key => {
      if (!conditions[key]) throw new Error(`There is no condition ${key}.`);
      return conditions[key](expected[key], seen);
    }) ? [] : wrong;
  if (seen === null || typeof seen !== 'object') return wrong;
  return keys.flatMap(key => differences(expected[key], seen[key] ?? seen[renamed[key]], path ? `${path}.${key}` : key));
}

function same(expected, seen) {
  if (typeof expected === 'number') return typeof seen === 'number' && Math.abs(expected - seen) <= tolerance;
  if (time.test(expected)) return time.test(seen) && second(expected) === second(seen);
  return expected === seen || (expected === null && seen === undefined) || (renamed[expected] !== undefined && renamed[expected] === seen);
}

// Below, at or above a bound; NaN, which no bound lets through, when the two cannot be compared.
function order(seen, bound) {
  if (typeof bound === 'number') return typeof seen === 'number' ? within(seen - bound) : NaN;
  return time.test(seen) ? second(seen) - second(bound) : NaN;
}

const within = difference => Math.abs(difference) <= tolerance ? 0 : difference;
const second = text => Math.floor(Date.parse(text) / 1000);
