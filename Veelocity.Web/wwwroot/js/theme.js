// Light, dark or the system's choice: kept in a cookie so that the server renders it and nothing flashes.
const year = 31536000;
// As Theme.cs has them.
const colours = { light: '#ffffff', dark: '#172231' };

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-theme-choice]');
  if (button) choose(button.dataset.themeChoice);
});

function choose(theme) {
  const root = document.documentElement;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  if (theme === 'system') root.removeAttribute('data-bs-theme');
  else root.dataset.bsTheme = theme;
  document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme === 'system' ? 0 : year}${secure}`;
  for (const bar of document.querySelectorAll('meta[name="theme-color"]')) bar.content = colours[theme] ?? colours[/light|dark/.exec(bar.media)];
  for (const button of document.querySelectorAll('[data-theme-choice]'))
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === theme));
  document.dispatchEvent(new CustomEvent('veelocity:theme'));
}
