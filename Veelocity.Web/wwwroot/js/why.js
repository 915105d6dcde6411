// "Why this number": its links open the explanation beside the page, by htmx; here is what an opened panel does for the person.
const place = () => document.getElementById('why-place');
const barred = matchMedia('(max-width: 1199.98px)');
let opener;
let isRenewing = false;

// Before htmx, which keeps a click on a link of its own to itself.
document.addEventListener('click', event => {
  const link = event.target.closest?.('[data-why]');
  if (link) opener = link.getAttribute('href');
  if (!event.target.closest?.('#why-place [data-why-close]')) return;
  event.preventDefault();
  close();
}, { capture: true });

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && place()?.firstElementChild && !document.querySelector('details[data-menu][open]')) close();
});

function close() {
  place().replaceChildren();
  const link = openingLink();
  (link?.closest('details:not([open])')?.querySelector('summary') ?? link)?.focus();
}

const openingLink = () => [...document.querySelectorAll('main [data-why]')].find(link => link.getAttribute('href') === opener);

// Stands in every panel: it came in beside a page, so the value stays in sight and the reading goes on at its head.
class WhyPanel extends HTMLElement {
  connectedCallback() {
    if (!this.closest('#why-place')) return;
    const isDecided = this.hasAttribute('decided');
    requestAnimationFrame(() => {
      document.getElementById('why-title')?.focus({ preventScroll: true });
      if (barred.matches && !isDecided) openingLink()?.closest('.card, li, tr')?.scrollIntoView({ block: 'start' });
    });
    if (isDecided) renew();
  }
}

// A decision changes the numbers of the page behind it: its main part is asked for anew, and the panel stays.
async function renew() {
  const main = await mainPart();
  if (!main) {
    document.dispatchEvent(new CustomEvent('veelocity:trouble', { detail: { again: renew } }));
    return;
  }
  isRenewing = true;
  document.getElementById('main').replaceWith(document.adoptNode(main));
  isRenewing = false;
  htmx.process(main);
}

async function mainPart() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main') : null;
  } catch {
    return null;
  }
}

// Stands in every page: with another page, or another period, the panel explains a number that is gone.
class WhyPage extends HTMLElement {
  connectedCallback() {
    if (!isRenewing) place()?.replaceChildren();
  }
}

customElements.get('why-panel') ?? customElements.define('why-panel', WhyPanel);
customElements.get('why-page') ?? customElements.define('why-page', WhyPage);
