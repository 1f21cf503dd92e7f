import type { MenuEntry, UiEffect } from './script-messages.ts';
import { standIn } from './stand-in.ts';

/** The name under which Google Sheets lists the add-on, and so the title of its own menu. */
const addonName = 'Bookfeed';

/** SpreadsheetApp.getUi(): the menu alone when nothing else is allowed. What it does is told to `show`. */
export function createUi(show: (effect: UiEffect) => void, menuOnly: boolean): object {
  const menus = {
    createMenu: (title: string) => createMenu(title, show),
    createAddonMenu: () => createMenu(addonName, show),
  };
  if (menuOnly) return standIn('Ui', menus);
  return standIn('Ui', {
    ...menus,
    showSidebar: (output: { getContent(): string; getTitle(): string }) => {
      show({ kind: 'sidebar', html: output.getContent(), title: output.getTitle() });
    },
    /** Answers at once: an alert with one button says nothing that a script could wait for. */
    alert: (...args: readonly unknown[]) => {
      if (args.length > 2)
        throw new Error('Ui.alert with buttons is not in the stand-in for Apps Script.');
      const [title, text] = args.length === 2 ? args.map(String) : ['', String(args[0])];
      show({ kind: 'alert', title: title ?? '', text: text ?? '' });
    },
  });
}

interface Menu {
  /** Read by addSubMenu alone. */
  readonly title: string;
  readonly entries: MenuEntry[];
}

function createMenu(title: string, show: (effect: UiEffect) => void): object {
  const entries: MenuEntry[] = [];
  const menu: object = standIn('Menu', {
    title,
    entries,
    addItem: (caption: string, functionName: string) => {
      entries.push({ kind: 'item', caption, functionName });
      return menu;
    },
    addSeparator: () => {
      entries.push({ kind: 'separator' });
      return menu;
    },
    addSubMenu: (child: Menu) => {
      entries.push({ kind: 'menu', caption: child.title, entries: child.entries });
      return menu;
    },
    addToUi: () => show({ kind: 'menu', title, entries }),
  });
  return menu;
}
