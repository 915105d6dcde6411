// Forms with data-passkey ask the person's device before they are sent: "create" makes a passkey, "get" signs in with one.
const known = 'PublicKeyCredential' in window;

document.addEventListener('submit', async event => {
  const form = event.target.closest?.('form[data-passkey]');
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const told = form.querySelector('[role="status"]');
  told.textContent = '';
  try {
    const credential = await ask(form);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    told.textContent = words(error);
  }
}, true);

async function ask(form) {
  const body = new URLSearchParams({ __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
  const answer = await fetch(form.dataset.options, { method: 'POST', body });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  for (const one of [...options.allowCredentials ?? [], ...options.excludeCredentials ?? []]) one.id = bytes(one.id);
  if (options.user) options.user.id = bytes(options.user.id);
  return plain(await navigator.credentials[form.dataset.passkey]({ publicKey: options }));
}

// By hand, because not every password manager's credential knows toJSON.
function plain(credential) {
  const { response } = credential;
  const shown = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
    .filter(name => response[name]).map(name => [name, text(response[name])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(shown), transports: response.getTransports?.() },
  };
}

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function words(error) {
  if (error.name === 'InvalidStateError') return 'This device has a passkey for your account already.';
  if (error.name === 'NotAllowedError') return 'No passkey was used. Try again when you are ready.';
  return 'This did not work. Reload the page and try again.';
}

function show() {
  for (const form of document.querySelectorAll('form[data-passkey]')) form.hidden = !known;
  for (const hint of document.querySelectorAll('[data-no-passkeys]')) hint.hidden = known;
}

show();
document.addEventListener('htmx:after:swap', show);
