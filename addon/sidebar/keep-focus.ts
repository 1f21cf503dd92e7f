/**
 * Draws, and keeps the keyboard in the list when what has it goes: its item takes it or the next one, by the main button,
 * so that a list is worked through without a step back.
 */
export function keepFocus(root: Element, draw: () => void): void {
  const held = document.activeElement;
  const item = held?.closest('li');
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  draw();
  // Not from who types in the grid.
  if (!item || held?.isConnected || !document.hasFocus()) return;
  const place = item.isConnected ? item : next;
  const main = place?.querySelector('button:not(.text)') ?? place?.querySelector('button');
  const heir = main?.isConnected ? main : root.querySelector('h1');
  if (heir instanceof HTMLElement) heir.focus();
}
