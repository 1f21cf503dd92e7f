import { createElement, elementOf } from './elements.ts';

/** A message under the top bar. It stays until it is closed, replaced or, with `forMs`, has been read. */
export function showNotice(text: string, { forMs }: { readonly forMs?: number } = {}): void {
  const notice = elementOf('notice');
  const close = createElement('button', { type: 'button', textContent: '✕', title: 'Close' });
  close.setAttribute('aria-label', 'Close the message');
  close.addEventListener('click', hideNotice);
  notice.replaceChildren(createElement('span', { textContent: text }), close);
  notice.hidden = false;
  if (forMs === undefined) return;
  setTimeout(() => {
    if (notice.contains(close)) hideNotice();
  }, forMs);
}

export function hideNotice(): void {
  elementOf('notice').hidden = true;
}
