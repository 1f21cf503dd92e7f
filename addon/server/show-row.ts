import { findColumns, findTab } from './find-tab.ts';

/** Selects the row of an entry, whichever tab the user looks at; false where no row of the book has that id. */
export function showRow(id: string): boolean {
  const tab = findTab('transactions');
  const column = tab && findColumns(tab).get('id');
  const rows = tab ? tab.getLastRow() - 1 : 0;
  if (!tab || !column || rows < 1) return false;
  const at = tab
    .getRange(2, column, rows, 1)
    .getValues()
    .findIndex(([text]) => text === id);
  if (at < 0) return false;
  tab.activate();
  tab.getRange(at + 2, 1, 1, tab.getLastColumn()).activate();
  return true;
}
