// What htmx asks for: a line at the top while an answer takes its time; a word and another try when none comes, or the fault is the server's.
// The page keeps what it shows. Answers below 500 are pages that explain themselves.
let waiting = 0;

const polls = ({ sourceEvent }) => sourceEvent?.type === 'every';
const restores = ({ request }) => request.headers['HX-History-Restore-Request'];

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (polls(ctx)) return;
  ctx.waits = true;
  ctx.target?.setAttribute?.('aria-busy', 'true');
  wait(1);
});

document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  if (!ctx.waits) return;
  ctx.waits = false;
  ctx.target?.removeAttribute?.('aria-busy');
  wait(-1);
});

document.addEventListener('htmx:after:request', event => {
  const { ctx } = event.detail;
  if (ctx.response.status < 500) return clear();
  event.preventDefault();
  tell('Veelocity could not answer: the fault is on its side.', ctx);
});

document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  if (ctx?.request && !ctx.response) tell('Veelocity could not be reached.', ctx);
});

// For what other modules ask for themselves.
document.addEventListener('veelocity:trouble', ({ detail: { again } }) => show('Veelocity could not be reached.', 'The page shows what it showed before.', again));

function wait(by) {
  waiting += by;
  document.documentElement.toggleAttribute('data-waiting', waiting > 0);
}

function tell(what, ctx) {
  const trace = ctx.text && new DOMParser().parseFromString(ctx.text, 'text/html').querySelector('#error code')?.textContent;
  if (polls(ctx)) show(what, 'It is asked again every few seconds.', () => location.reload(), trace);
  else if (ctx.request.method === 'GET') show(what, 'The page shows what it showed before.', () => again(ctx), trace);
  else show(what, 'What you sent may not have been saved.', () => again(ctx), trace);
}

function again(ctx) {
  const { sourceElement: source, sourceEvent: event, request: { method, action }, target, swap, select, selectOOB, push } = ctx;
  if (restores(ctx) || !source.isConnected) location.reload();
  else htmx.ajax(method, action, { source, event, target, swap, select, selectOOB, push });
}

function show(what, then, retry, trace) {
  const before = document.getElementById('trouble');
  const said = `${what} ${then}`;
  if (before?.querySelector('p').textContent === said) return;
  const box = document.createElement('div');
  box.id = 'trouble';
  box.className = 'trouble';
  box.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent = said;
  box.append(words);
  if (trace) {
    const small = document.createElement('p');
    small.className = 'trace';
    small.textContent = `Trace id ${trace}`;
    box.append(small);
  }
  box.append(button('Try again', 'btn btn-small btn-primary', () => { clear(); retry(); }), button('Close', 'btn btn-small', clear));
  before?.remove();
  document.body.append(box);
}

function button(name, look, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = look;
  made.textContent = name;
  made.addEventListener('click', press);
  return made;
}

function clear() {
  document.getElementById('trouble')?.remove();
}
