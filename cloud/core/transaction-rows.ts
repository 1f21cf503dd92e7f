import type { TransactionColumn } from '../../shared/book.ts';
import { learnHabits, type PostedRow } from '../learner/learn-habits.ts';
import { type Suggestion, suggestCounterAccount } from '../learner/suggest-counter-account.ts';
import type { CellContent, RowContent, SheetRow, TabChanges } from '../ports/sheet.ts';
import {
  bankCells,
  bankColumns,
  dayOfCell,
  descriptionOf,
  isChecked,
  originalNote,
  shows,
  textOf,
  wordsOf,
} from './bank-cells.ts';
import type { Draft, EntryFacts } from './documents.ts';
import { changeWhy, newWhy, readWhy } from './why-cell.ts';

type Row = SheetRow<TransactionColumn>;
type Content = RowContent<TransactionColumn>;

/**
 * What drafts, one for each id, change in the rows of the Transactions tab. Rows are found by id, never by place; a row
 * without one is the user's. A draft of an entry that had a row before is for that row alone: where the user has
 * deleted it, it stays deleted.
 */
export function planTransactions(
  rows: readonly Row[],
  drafts: readonly Draft[],
): TabChanges<TransactionColumn> {
  const ids = new Set(drafts.map(({ id }) => id));
  const told = rows.filter(({ cells }) => ids.has(textOf(cells.id)));
  const rowsById = Map.groupBy(told, ({ cells }) => textOf(cells.id));
  const habits = learnHabits(rows.filter(({ cells }) => isChecked(cells.posted)).map(postedRow));
  const append: { readonly date: string; readonly cells: Content }[] = [];
  const update: { index: number; cells: Content }[] = [];
  const remove: number[] = [];
  for (const draft of drafts) {
    const { id, account, was, now } = draft;
    const row = rowOf(rowsById.get(id) ?? [], was);
    if (!row) {
      if (was || !now) continue;
      const suggestion = suggestCounterAccount(habits, descriptionOf(now));
      append.push({ date: now.date, cells: newRow(id, account, now, suggestion) });
    } else if (!now && !isChecked(row.cells.posted)) {
      remove.push(row.index);
    } else {
      const cells = changedCells(row, draft);
      if (Object.keys(cells).length > 0) update.push({ index: row.index, cells });
    }
  }
  append.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { append: append.map(({ cells }) => cells), update, remove };
}

/**
 * The user may copy a row with its hidden id: the one that shows most of what was written is the entry's, else the first.
 */
function rowOf(rows: readonly Row[], was: EntryFacts | undefined): Row | undefined {
  const [first, ...copies] = rows;
  if (!first || !was || copies.length === 0) return first;
  const written = bankCells(was);
  const likeness = ({ cells }: Row) =>
    bankColumns.filter((column) => shows(cells[column], written[column])).length;
  return copies.reduce((best, row) => (likeness(row) > likeness(best) ? row : best), first);
}

function newRow(
  id: string,
  account: string,
  facts: EntryFacts,
  suggestion: Suggestion | null,
): Content {
  const { amount } = facts;
  const note = originalNote(facts);
  const why = newWhy(facts.pending, suggestion?.why);
  return {
    ...bankCells(facts),
    ...(note && { amount: { kind: 'amount', amount, note } }),
    account: { kind: 'text', text: account },
    ...(suggestion && { counterAccount: { kind: 'text', text: suggestion.counterAccount } }),
    posted: { kind: 'check', checked: false },
    ...(why && {
      why: { kind: 'text', text: why, ...(suggestion && { note: suggestion.receipt }) },
    }),
    id: { kind: 'text', text: id },
  };
}

function changedCells({ cells }: Row, { was, now }: Draft): Content {
  const isPosted = isChecked(cells.posted);
  const followed = was && now && !isPosted ? followBank(cells, was, now) : {};
  const why = planWhy(cells, was, now, followed);
  return { ...followed, ...(why && { why }) };
}

/** Three ways, for each column: what was written, what stands there, what the bank says now. */
function followBank(cells: Row['cells'], was: EntryFacts, now: EntryFacts): Content {
  const written = bankCells(was);
  const incoming = bankCells(now);
  const followed: Partial<Record<TransactionColumn, CellContent>> = {};
  for (const column of bankColumns) {
    const isNews = wordsOf(written[column]) !== wordsOf(incoming[column]);
    if (isNews && shows(cells[column], written[column])) followed[column] = incoming[column];
  }
  const note = originalNote(now);
  if (note !== originalNote(was) && shows(cells.amount, written.amount)) {
    followed.amount = { kind: 'amount', amount: now.amount, note };
  }
  return followed;
}

/**
 * A posted row does not follow the bank: Why shows what the bank changed and what the row shows differently, until both
 * agree again. What it shows once is carried on, also where the user takes the ✓ back.
 */
function planWhy(
  cells: Row['cells'],
  was: EntryFacts | undefined,
  now: EntryFacts | undefined,
  followed: Content,
): CellContent | null {
  const before = readWhy(cells.why);
  if (!now) {
    // Of a booked entry this says that its run was undone, which is no news of the bank's.
    if (!was?.pending) return null;
    return changeWhy(cells, { isGone: true, isPending: false, differing: [] }, now);
  }
  const written = was && isChecked(cells.posted) ? bankCells(was) : null;
  const incoming = bankCells(now);
  const differing = bankColumns.filter((column) => {
    const words = wordsOf(incoming[column]);
    const isNews = written !== null && wordsOf(written[column]) !== words;
    const isTold = isNews || before.differing.includes(column);
    return isTold && words !== '' && !followed[column] && !shows(cells[column], incoming[column]);
  });
  return changeWhy(cells, { isGone: false, isPending: now.pending, differing }, now);
}

function postedRow({ cells }: Row): PostedRow {
  return {
    description: textOf(cells.description),
    counterAccount: textOf(cells.counterAccount),
    date: dayOfCell(cells.date),
  };
}
