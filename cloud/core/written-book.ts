import { toSerial } from '../../shared/calendar-date.ts';
import { decimalsOf } from '../../shared/money.ts';
import type {
  BookChanges,
  BookSnapshot,
  Cell,
  CellContent,
  RowContent,
  SheetRow,
  SheetTab,
  TabChanges,
} from '../ports/sheet.ts';
import { readRows } from './known-rows.ts';
import type { Teaching } from './teach-book.ts';

/** A book as it was read, with what this delivery has written since; rows that it has added are at -1. */
export interface KnownBook {
  readonly snapshot: BookSnapshot;
  /** Null until it is asked for. */
  readonly teaching: Teaching | null;
}

/** The book once these changes are written; null where positions in it are others then, or tabs are new. */
export function knownAfter(
  { snapshot, teaching }: KnownBook,
  { transactions, accounts, rules }: BookChanges,
): KnownBook | null {
  const isMoved = transactions.remove.length + accounts.remove.length > 0;
  if (!snapshot.transactions || !snapshot.accounts || isMoved || rules) return null;
  // What is changed there may change what other rows are to be.
  if (transactions.update.length > 0) return null;
  const added = transactions.append.map(rowOf);
  const rows = [...snapshot.transactions.rows, ...added];
  return {
    snapshot: {
      ...snapshot,
      transactions: { ...snapshot.transactions, rows },
      accounts: tabAfter(snapshot.accounts, accounts),
    },
    teaching: teaching && { ...teaching, rows: [...teaching.rows, ...readRows(added)] },
  };
}

/** Whether tabs and columns are where they were. */
export function isSameLayout(before: BookSnapshot, now: BookSnapshot): boolean {
  return placesOf(before) === placesOf(now);
}

function placesOf({ transactions, accounts }: BookSnapshot): string {
  const places = [transactions, accounts].map(
    (tab) => tab && [tab.sheetId, Object.entries(tab.columns).sort()],
  );
  return JSON.stringify(places);
}

function tabAfter<Column extends string>(
  tab: SheetTab<Column>,
  { append, update }: TabChanges<Column>,
): SheetTab<Column> {
  const changed = new Map(update.map(({ index, cells }) => [index, cells]));
  const rows = tab.rows.map((row): SheetRow<Column> => {
    const cells = changed.get(row.index);
    return cells ? { ...row, cells: { ...row.cells, ...rowOf(cells).cells } } : row;
  });
  return { ...tab, rows: [...rows, ...append.map(rowOf)] };
}

function rowOf<Column extends string>(content: RowContent<Column>): SheetRow<Column> {
  const cells: Partial<Record<Column, Cell>> = {};
  for (const [column, written] of Object.entries(content) as [Column, CellContent][]) {
    cells[column] = cellOf(written);
  }
  return { index: -1, cells };
}

/** As a reading shows what was written. */
function cellOf(content: CellContent): Cell {
  switch (content.kind) {
    case 'text':
      return content.text === '' ? { kind: 'empty' } : { kind: 'text', text: content.text };
    case 'date':
      return { kind: 'number', number: toSerial(content.date) };
    case 'amount': {
      const { minor, currency } = content.amount;
      return { kind: 'number', number: minor / 10 ** decimalsOf(currency) };
    }
    default:
      return content;
  }
}
