import { createElement } from './elements.ts';

/** What Ui.alert shows: a title where there is one, the text with its line breaks, and OK. */
export function showAlert(title: string, text: string): void {
  const dialog = createElement('dialog', { className: 'alert' });
  if (title) dialog.append(createElement('h2', { textContent: title }));
  dialog.append(createElement('p', { textContent: text }));
  const ok = createElement('button', { type: 'button', textContent: 'OK', autofocus: true });
  ok.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(ok);
  document.body.append(dialog);
  dialog.showModal();
}
