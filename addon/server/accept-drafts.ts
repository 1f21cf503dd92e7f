import type { TransactionColumn } from '../../shared/book.ts';
import type { PlainCell, TabReading } from '../../shared/delivery.ts';
import type { AcceptedDraft } from '../../shared/suggestions.ts';
import { runsOf, typed } from './append-rows.ts';
import { type OpenTab, readWholeBook } from './read-whole-book.ts';
import { underLock, userLockMs } from './write-planned.ts';

/** What became of accepted drafts; `left` are the ids of those that were changed meanwhile, or are no longer there. */
export interface Accepted {
  readonly posted: number;
  readonly left: string[];
}

/**
 * Posts drafts with the counter-accounts that the user saw, as long as they still stand there. Counter-accounts first: where
 * this dies, a row is still a draft, and its counter-account the one that the user wanted.
 */
export function acceptDrafts(drafts: readonly AcceptedDraft[]): Accepted {
  const nothing = { posted: 0, left: drafts.map(({ id }) => id) };
  return underLock(userLockMs, () => acceptNow(drafts)) ?? nothing;
}

function acceptNow(drafts: readonly AcceptedDraft[]): Accepted {
  const { transactions, reading } = readWholeBook();
  const rows = draftRows(reading.transactions);
  const chosen = new Map<number, PlainCell>();
  const ticked = new Map<number, PlainCell>();
  const left: string[] = [];
  for (const { id, counterAccount, stood } of drafts) {
    const row = rows.get(id);
    if (row?.isPosted === false && row.counterAccount === stood) {
      if (counterAccount !== stood) chosen.set(row.index, counterAccount);
      ticked.set(row.index, true);
    } else left.push(id);
  }
  if (transactions && ticked.size > 0) {
    writeColumn(transactions, 'counterAccount', chosen);
    writeColumn(transactions, 'posted', ticked);
    // Apps Script keeps writes back; the next who reads has the lock when this call ends.
    SpreadsheetApp.flush();
  }
  return { posted: ticked.size, left };
}

interface DraftRow {
  readonly index: number;
  readonly isPosted: boolean;
  readonly counterAccount: string;
}

/** Rows by their ids, of rows that the user has copied the first; none where a column is gone that is needed. */
function draftRows(tab: TabReading<TransactionColumn> | null): ReadonlyMap<string, DraftRow> {
  const rows = new Map<string, DraftRow>();
  const at = (column: TransactionColumn) =>
    tab?.columns.findIndex(({ name }) => name === column) ?? -1;
  const [idAt, counterAccountAt, postedAt] = [at('id'), at('counterAccount'), at('posted')];
  if (!tab || Math.min(idAt, counterAccountAt, postedAt) < 0) return rows;
  for (const [index, ...cells] of tab.rows) {
    const id = cells[idAt];
    if (typeof id !== 'string' || rows.has(id)) continue;
    // A number is something that the user has typed: no text that was shown is the same.
    const counterAccount = String(cells[counterAccountAt] ?? '').trim();
    rows.set(id, { index, isPosted: cells[postedAt] === true, counterAccount });
  }
  return rows;
}

/** One call for neighbouring rows. */
function writeColumn(
  { sheet, columns }: OpenTab,
  name: TransactionColumn,
  values: ReadonlyMap<number, PlainCell>,
): void {
  const position = columns.get(name);
  if (position === undefined) return;
  for (const { start, count } of runsOf([...values.keys()])) {
    const cells = Array.from({ length: count }, (_, i) => [typed(values.get(start + i) ?? null)]);
    sheet.getRange(start + 1, position + 1, count, 1).setValues(cells);
  }
}
