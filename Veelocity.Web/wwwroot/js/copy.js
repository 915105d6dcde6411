// Buttons that copy a field or a block of text: <button data-copy="its-id">. Where the browser forbids it (plain http), the text is selected instead.
const shownFor = 2000;

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  if (field.select) field.select();
  else getSelection().selectAllChildren(field);
  try {
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    tell(button, 'Copied');
  } catch {
    tell(button, 'Selected');
  }
});

function tell(button, word) {
  const label = button.querySelector('[role="status"]');
  label.textContent = word;
  setTimeout(() => { label.textContent = 'Copy'; }, shownFor);
}
