// The page that stands in for one that could not be reached: what is the matter, and another try as soon as there is a line.
const theme = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
if (theme) document.documentElement.dataset.bsTheme = theme;

const show = () => {
  for (const words of document.querySelectorAll('[data-when]')) words.hidden = (words.dataset.when === 'online') !== navigator.onLine;
};
show();
addEventListener('offline', show);
addEventListener('online', () => location.reload());
