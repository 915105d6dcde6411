// Menus are <details> and work by themselves; this only closes them the way people expect: a click elsewhere, or Escape.
const open = () => document.querySelectorAll('details[data-menu][open]');

document.addEventListener('click', ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
});

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const menu of open()) {
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    menu.open = false;
  }
});
