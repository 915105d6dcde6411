// Keeps two things on the device: files whose names change with their contents (styles, scripts, icons, fonts), and the page that says that
// Veelocity cannot be reached. Never a page of an organization, an answer of the API or anything else about people: devices are shared,
// and what was never stored need not be cleared when someone signs out.
const current = `veelocity-${new URL(location.href).searchParams.get('v')}`;
const offline = new URL('offline', registration.scope).href;
const kinds = ['style', 'script', 'font', 'image'];

addEventListener('install', event => {
  event.waitUntil(keepOfflinePage().then(() => skipWaiting()));
});

addEventListener('activate', event => {
  event.waitUntil(Promise.all([leaveOnly(current), registration.navigationPreload?.enable(), clients.claim()]));
});

addEventListener('fetch', event => {
  const { request } = event;
  // Other sites' pictures are left to the page, whose content security policy allows them.
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (kinds.includes(request.destination)) event.respondWith(file(request));
});

async function page({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return (await (await caches.open(current)).match(offline)) ?? Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(current);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // Only a file with a fingerprint in its name is answered like this; no page and no API answer ever is.
  if (answer.ok && answer.headers.get('Cache-Control')?.includes('immutable')) await cache.put(request, answer.clone());
  return answer;
}

// Asked for without cookies, so that it is nobody's, together with what it is drawn with.
async function keepOfflinePage() {
  const answer = await fetch(offline, { credentials: 'omit', cache: 'no-cache' });
  const html = await answer.clone().text();
  const parts = [...html.matchAll(/<(?:link|script)\b[^>]*?\s(?:href|src)="([^"#]+)"/g)].map(([, address]) => new URL(address, offline).href);
  const cache = await caches.open(current);
  await cache.addAll(parts);
  await cache.put(offline, answer);
}

async function leaveOnly(name) {
  const old = (await caches.keys()).filter(key => key.startsWith('veelocity-') && key !== name);
  await Promise.all(old.map(key => caches.delete(key)));
}
