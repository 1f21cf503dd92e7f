// What makes the connect page quicker to use. Every page works without it.

const busy = 'busy';
/** Firebase Hosting gives a request a minute: before that the page changes to the one that waits, while the bank is asked. */
const patienceMs = 50_000;

/** Banks as one types. Only the answer to what stands in the field now is shown. */
function searchAsOneTypes(form) {
  const field = form.elements.namedItem('q');
  const results = document.getElementById(form.dataset.results);
  let asked = 0;
  let timer = 0;
  async function search() {
    asked += 1;
    const number = asked;
    const body = new URLSearchParams({ q: field.value, part: 'list' });
    const response = await fetch(form.action, { method: 'POST', body }).catch(() => null);
    if (!response || number !== asked) return;
    // Without a session any more: the page itself says what to do.
    if (!response.ok) return location.reload();
    results.innerHTML = await response.text();
  }
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 60);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
}

/** A country on the map is its button in the list. */
function chooseOnMap(svg) {
  svg.classList.add('is-live');
  svg.addEventListener('click', ({ target }) => {
    const code = target.closest('[data-country]')?.dataset.country;
    const buttons = [...document.querySelectorAll('button[name="country"]')];
    buttons.find((button) => button.value === code)?.click();
  });
}

/** A form that asks the bank says so, and is sent once. */
function showBusy(form) {
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  form.append(status);
  let timer = 0;
  form.addEventListener('submit', (event) => {
    if (form.classList.contains(busy)) return event.preventDefault();
    form.classList.add(busy);
    status.textContent = form.dataset.busy;
    timer = setTimeout(() => location.assign('/connect/next'), patienceMs);
    return undefined;
  });
  // Back from the bank with the browser's own button.
  addEventListener('pageshow', () => {
    clearTimeout(timer);
    form.classList.remove(busy);
    status.textContent = '';
  });
}

/** Asks whether the user has approved meanwhile, at the pace that the bank wants. */
function poll(status) {
  status.textContent = 'Waiting for your approval…';
  const everyMs = Math.max(1, Number(status.dataset.pollSeconds)) * 1000;
  async function look() {
    const response = await fetch('/connect/poll', { method: 'POST' }).catch(() => null);
    const isOpen = !response || (response.ok && (await response.json()).isOpen);
    if (isOpen) setTimeout(look, everyMs);
    else location.assign('/connect/next');
  }
  setTimeout(look, everyMs);
}

for (const form of document.querySelectorAll('form[data-results]')) searchAsOneTypes(form);
for (const svg of document.querySelectorAll('.map svg')) chooseOnMap(svg);
for (const form of document.querySelectorAll('form[data-busy]')) showBusy(form);
for (const status of document.querySelectorAll('[data-poll-seconds]')) poll(status);
for (const status of document.querySelectorAll('[data-again-seconds]')) {
  setTimeout(() => location.assign('/connect/next'), Number(status.dataset.againSeconds) * 1000);
}
