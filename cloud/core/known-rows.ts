import type { TransactionColumn } from '../../shared/book.ts';
import type { PostedRow } from '../learner/book-row.ts';
import type { LegRow } from '../learner/transfers/transfer.ts';
import type { SheetRow } from '../ports/sheet.ts';
import { dayOfCell, isChecked, minorOf, textOf } from './bank-cells.ts';
import { readSuggested, type Suggested } from './suggestion-words.ts';
import { readWhy } from './why-cell.ts';

/** A row of the Transactions tab as suggestions see it. */
export interface KnownRow extends LegRow {
  /** Position at the time of reading, from 0, the header row being 0; -1 for a row that is about to be written. */
  readonly index: number;
  /** What Bookfeed proposed, by its Why. */
  readonly suggested: Suggested | null;
}

/** ISO 4217's code for no currency: of a row of the user's that names none. */
const noCurrency = 'XXX';

/** The rows that have a day and an amount; the others are no transactions yet. */
export function readRows(rows: readonly SheetRow<TransactionColumn>[]): readonly KnownRow[] {
  return rows.flatMap((row) => readRow(row) ?? []);
}

export function readRow({ index, cells }: SheetRow<TransactionColumn>): KnownRow | null {
  const written = textOf(cells.currency).trim().toUpperCase();
  const currency = /^[A-Z]{3}$/.test(written) ? written : noCurrency;
  const minor = minorOf(cells.amount, currency);
  const date = dayOfCell(cells.date);
  if (minor === null || date === '') return null;
  const counterAccount = textOf(cells.counterAccount).trim();
  const why = readWhy(cells.why);
  const suggested = readSuggested(why.rest);
  const counterpartyAccount = textOf(cells.counterpartyAccount);
  return {
    index,
    id: textOf(cells.id),
    date,
    description: textOf(cells.description),
    amount: { minor, currency },
    account: textOf(cells.account).trim(),
    ...(counterpartyAccount && { counterpartyAccount }),
    counterAccount,
    isPosted: isChecked(cells.posted),
    isPending: why.isPending,
    // One that was proposed and is no longer there was taken away.
    isChosen: counterAccount !== (suggested?.counterAccount ?? ''),
    suggested,
  };
}

/** Whether Bookfeed posted the row, and its user has left it so: it is no word of the user's. */
function isUntouchedAuto({ isPosted, isChosen, suggested }: KnownRow): boolean {
  return isPosted && !isChosen && suggested?.isAuto === true;
}

/** Whether the row is posted, and not by Bookfeed alone. */
export function isPostedByUser(row: SheetRow<TransactionColumn>): boolean {
  const known = readRow(row);
  return isChecked(row.cells.posted) && !(known && isUntouchedAuto(known));
}

/**
 * What the user has posted, in the one order in which a book is learned: by day, then by id and what the rows say, so
 * that it does not matter how the tab is sorted. What the learner itself posted teaches nothing until the user changes it.
 */
export function postedRows(rows: readonly KnownRow[]): readonly PostedRow[] {
  return rows
    .filter((row) => row.isPosted && row.counterAccount && !isOwnWord(row))
    .toSorted((a, b) => compare(a, b, 'date') || compare(a, b, 'id') || compareRest(a, b))
    .map((row) => ({ ...row, ...(isCorrection(row) && { isCorrection: true as const }) }));
}

const isOwnWord = (row: KnownRow) => isUntouchedAuto(row) && row.suggested?.by === 'learner';

/** The user posted another counter-account than the one that was proposed. */
function isCorrection({ suggested, isChosen }: KnownRow): boolean {
  return suggested !== null && suggested.counterAccount !== '' && isChosen;
}

function compare(a: KnownRow, b: KnownRow, field: 'date' | 'id'): number {
  return a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0;
}

/** Rows of the user's own have no id. */
function compareRest(a: KnownRow, b: KnownRow): number {
  const [one, other] = [restOf(a), restOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function restOf({ description, amount, account, counterAccount, counterpartyAccount }: KnownRow) {
  const { minor, currency } = amount;
  const parts = [description, minor, currency, account, counterpartyAccount, counterAccount];
  return JSON.stringify(parts);
}
