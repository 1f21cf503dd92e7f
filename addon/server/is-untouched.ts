import type {
  BookReading,
  PlainCell,
  PlainChanges,
  PlainTabChanges,
  TabReading,
} from '../../shared/delivery.ts';

type Tab = TabReading<string> | null;

/**
 * Whether all that the changes were planned by still stands as it was read: batches, columns, the place of each row, and
 * what is overwritten or goes. What else the user has changed meanwhile does not matter, nor does a cell that computes the time.
 */
export function isUntouched(
  before: BookReading,
  after: BookReading,
  { transactions, accounts, rules }: PlainChanges,
): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const planned = (reading: BookReading) => [
    reading.deliveredBatches,
    standing(reading.transactions, 'id', transactions),
    standing(reading.accounts, 'path', accounts),
    rules ? standing(reading.rules, null, rules) : null,
    transactions.make || accounts.make || rules?.make
      ? [reading.otherTitles, reading.emptySheetId ?? null]
      : [],
  ];
  return same(planned(before), planned(after));
}

/** What the changes of a tab stand on, `key` being the column by which its rows are known; null: by all that they say. */
function standing(tab: Tab, key: string | null, { update, remove }: PlainTabChanges): unknown {
  if (!tab) return null;
  const names = tab.columns.map(({ name }) => name);
  const concerned = new Map<number, readonly string[]>();
  for (const { index, cells } of update) {
    concerned.set(index, key === null ? names : [...Object.keys(cells), 'posted']);
  }
  for (const index of remove) concerned.set(index, names);
  const rows: (readonly PlainCell[])[] = [];
  for (const [index, ...cells] of tab.rows) {
    const cellOf = (name: string) => cells[names.indexOf(name)] ?? null;
    const id = key === null ? null : cellOf(key);
    const read = concerned.get(index)?.map(cellOf) ?? [];
    if (id !== null || read.length > 0) rows.push([index, id, ...read]);
  }
  return [tab.sheetId, tab.columns, rows];
}
