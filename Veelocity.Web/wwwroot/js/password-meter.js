// Says in words how good a password is: by its length, and by what makes a long one short. The server's rule is the one that counts.
const least = 12;

class PasswordMeter extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute('for'));
    this.innerHTML = '<meter class="meter" min="0" max="4" low="2" high="3" optimum="4" aria-hidden="true"></meter><span class="form-hint" aria-live="polite"></span>';
    this.hidden = true;
    field?.addEventListener('input', () => this.tell(field.value));
  }

  tell(password) {
    const own = (this.getAttribute('beside') ?? '').split(' ').flatMap(id => ownWords(document.getElementById(id)?.value ?? ''));
    const { level, words } = judge(password, own);
    this.hidden = password.length === 0;
    this.querySelector('meter').value = level;
    const said = this.querySelector('span');
    if (said.textContent !== words) said.textContent = words;
  }
}

function judge(password, own) {
  const letters = [...password];
  if (new Set(letters).size === 1 && letters.length > 1) return { level: 0, words: 'One character again and again is tried first.' };
  const low = password.toLowerCase();
  if (own.some(word => low.includes(word))) return { level: 0, words: 'It has your address or name in it, which is tried first.' };
  if (letters.length < least) return { level: 1, words: `Too short: ${least - letters.length} more.` };
  // A run such as abcd or 4444 counts as one character.
  const worth = letters.filter((letter, at) => at < 2 || !follows(letters[at - 2], letters[at - 1], letter)).length;
  if (worth < least) return { level: 2, words: 'Long enough, but easy to guess: rows and repetitions count little.' };
  return worth < 18 ? { level: 3, words: 'Good. Longer is better still.' } : { level: 4, words: 'Very good.' };
}

function follows(first, second, third) {
  const step = second.codePointAt(0) - first.codePointAt(0);
  return Math.abs(step) <= 1 && third.codePointAt(0) - second.codePointAt(0) === step;
}

const ownWords = text => [text, text.split('@')[0], text.replaceAll(' ', '')].map(word => word.trim().toLowerCase()).filter(word => word.length >= 5);

customElements.get('password-meter') ?? customElements.define('password-meter', PasswordMeter);
