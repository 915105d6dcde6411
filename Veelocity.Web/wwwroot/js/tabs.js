// A row of tabs that is wider than a phone begins with the current one in sight.
function show() {
  for (const tab of document.querySelectorAll('.tabs > [aria-current]')) {
    const row = tab.parentElement;
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

show();
document.addEventListener('htmx:after:swap', show);
