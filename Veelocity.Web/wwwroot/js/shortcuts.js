// Keyboard shortcuts. What they lead to is what the page has: the sidebar's links with their data-key, the filter bar's periods, its fields.
const kept = 'shortcuts';
const patience = 1500;
const dialog = () => document.getElementById('shortcuts');
const periods = { 7: '7d', 3: '30d', 9: '90d' };
let prefix = '';
let since = 0;

document.addEventListener('keydown', event => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (!isOn() || target.closest?.('input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]')) return;
  const before = event.timeStamp - since < patience ? prefix : '';
  prefix = '';
  if (!before && (key === 'g' || key === 'p')) {
    prefix = key;
    since = event.timeStamp;
  } else if (act(before, key)) {
    event.preventDefault();
  }
});

document.addEventListener('click', ({ target }) => {
  if (target.closest?.('[data-shortcuts]')) open();
});

document.addEventListener('change', ({ target }) => {
  if (target.id === 'shortcuts-on') keep(target.checked);
});

function act(before, key) {
  if (before === 'g') return press(document.querySelector(`#sidebar a[data-key="${CSS.escape(key)}"]`));
  if (before === 'p') return press(document.getElementById(`period-${periods[key]}`));
  if (key === '?') return open();
  if (key === '/') return find();
  if (key === '[' || key === ']') return step(key === ']' ? 1 : -1);
  return false;
}

function press(link) {
  link?.click();
  return Boolean(link);
}

function find() {
  const field = document.querySelector('main input[type="search"]') ?? [...document.querySelectorAll('#filters :is(select, input)')].find(field => field.checkVisibility());
  field?.focus();
  return Boolean(field);
}

// A period of one's own is none of the row's: the shorter is then the shortest, the longer the longest.
function step(by) {
  const row = Object.values(periods).map(key => document.getElementById(`period-${key}`)).sort((one, other) => parseInt(one?.textContent) - parseInt(other?.textContent));
  if (row.includes(null)) return false;
  const at = row.findIndex(link => link.hasAttribute('aria-current'));
  const to = at < 0 ? (by < 0 ? 0 : row.length - 1) : at + by;
  return press(row[to]);
}

function open() {
  const help = dialog();
  if (!help) return false;
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    menu.querySelector('summary').focus();
    menu.open = false;
  }
  document.getElementById('shortcuts-on').checked = isOn();
  help.showModal();
  return true;
}

function isOn() {
  try {
    return localStorage.getItem(kept) !== 'off';
  } catch {
    return true;
  }
}

function keep(on) {
  try {
    if (on) localStorage.removeItem(kept);
    else localStorage.setItem(kept, 'off');
  } catch {
    // Where the browser keeps nothing, they stay as they are.
  }
}
