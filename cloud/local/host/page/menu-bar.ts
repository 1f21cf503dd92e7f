import type { MenuEntry } from '../page-api.ts';
import { createElement, elementOf } from './elements.ts';

/**
 * Puts a menu into the top bar: it opens by click, Enter or arrow down, arrows go through it, Escape and a click
 * elsewhere close it. `onChoose` gets the function's name.
 */
export function addMenu(
  title: string,
  entries: readonly MenuEntry[],
  onChoose: (functionName: string) => void,
): void {
  const button = createElement('button', {
    type: 'button',
    className: 'menu-button',
    textContent: title,
  });
  button.setAttribute('role', 'menuitem');
  button.setAttribute('aria-haspopup', 'menu');
  const list = createElement('div', { className: 'menu', hidden: true });
  list.setAttribute('role', 'menu');
  list.setAttribute('aria-label', title);

  function setOpen(isOpen: boolean): void {
    list.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  }
  function choose(functionName: string): void {
    setOpen(false);
    onChoose(functionName);
  }

  list.append(...entries.map((entry) => createEntry(entry, choose)));
  setOpen(false);
  button.addEventListener('click', () => {
    setOpen(list.hidden !== false);
    itemsOf(list)[0]?.focus();
  });
  const frame = createElement('div', { className: 'menu-frame' });
  frame.append(button, list);
  frame.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      setOpen(false);
      button.focus();
    } else if (event.key === 'ArrowDown' && list.hidden) {
      setOpen(true);
      itemsOf(list)[0]?.focus();
    } else if (!moveFocus(list, event.key)) {
      return;
    }
    event.preventDefault();
  });
  // The sidebar's frame keeps its clicks to itself; the focus tells of those too.
  frame.addEventListener('focusout', ({ relatedTarget }) => {
    if (!frame.contains(relatedTarget as Node | null)) setOpen(false);
  });
  elementOf('menus').append(frame);
}

function createEntry(entry: MenuEntry, choose: (functionName: string) => void): HTMLElement {
  if (entry.kind === 'separator') {
    const line = createElement('hr');
    line.setAttribute('role', 'separator');
    return line;
  }
  if (entry.kind === 'menu') {
    const group = createElement('div');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', entry.caption);
    group.append(createElement('div', { className: 'menu-group', textContent: entry.caption }));
    group.append(...entry.entries.map((child) => createEntry(child, choose)));
    return group;
  }
  const item = createElement('button', { type: 'button', textContent: entry.caption });
  item.setAttribute('role', 'menuitem');
  item.tabIndex = -1;
  item.addEventListener('click', () => choose(entry.functionName));
  return item;
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

/** False for a key that is none of a menu's. */
function moveFocus(list: HTMLElement, key: string): boolean {
  const items = itemsOf(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key];
  if (list.hidden || next === undefined) return false;
  items[(next + items.length) % items.length]?.focus();
  return true;
}
