/**
 * Draws, and keeps the keyboard in the list when what has it goes: its item takes it or the next one, by the main button
 * or else the heading, so that a list is worked through without a step back.
 */
export function keepFocus(root: Element, draw: () => void): void {
  const held = document.activeElement;
  const item = held?.closest('li, .drop');
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  draw();
  // Not from who types in the grid.
  if (!item || held?.isConnected || !document.hasFocus()) return;
  const place = item.isConnected ? item : next;
  const heirs = ['button:not(.text)', '[tabindex]', 'button'];
  const main = heirs.map((kind) => place?.querySelector(kind)).find((it) => it?.isConnected);
  const heir = main ?? root.querySelector('h1');
  if (heir instanceof HTMLElement) heir.focus();
}
