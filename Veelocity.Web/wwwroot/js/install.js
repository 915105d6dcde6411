// Registers the service worker. Its address holds a mark of the files this page is made of: when one of them changes, so does the worker,
// and what it kept of the version before goes.
const files = [...document.head.querySelectorAll('link[rel="stylesheet"], script[src]')].map(part => part.href ?? part.src).join();
const mark = [...files].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7).toString(36);

// After the page, which needs the line first.
if (document.readyState === 'complete') register();
else addEventListener('load', register, { once: true });

function register() {
  navigator.serviceWorker?.register(new URL(`../service-worker.js?v=${mark}`, import.meta.url)).catch(() => {
    // Private windows may forbid it; everything but the offline page works without.
  });
}
