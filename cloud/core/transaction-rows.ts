import type { TransactionColumn } from '../../shared/book.ts';
import type { CellContent, RowContent, SheetRow, TabChanges } from '../ports/sheet.ts';
import {
  bankCells,
  bankColumns,
  descriptionOf,
  followedColumns,
  isChecked,
  originalNote,
  shows,
  textOf,
  wordsOf,
} from './bank-cells.ts';
import type { Draft, EntryFacts } from './documents.ts';
import { isPostedByUser, type KnownRow, readRow } from './known-rows.ts';
import { proposedCells, resuggestedCells, type Suggested, suggestFor } from './suggestion-cells.ts';
import type { Teaching } from './teach-book.ts';
import { receiptNote } from './tell-suggestions.ts';
import { changeWhy, newWhy, readWhy } from './why-cell.ts';

type Row = SheetRow<TransactionColumn>;
type Content = RowContent<TransactionColumn>;

/**
 * What drafts, one for each id, change in the rows of the Transactions tab. Rows are found by id, never by place; a row
 * without one is the user's. A draft of an entry that had a row before is for that row alone: where the user has
 * deleted it, it stays deleted.
 * @param teaching null where there is nothing to suggest
 */
export function planTransactions(
  rows: readonly Row[],
  drafts: readonly Draft[],
  teaching: Teaching | null,
): TabChanges<TransactionColumn> {
  const ids = new Set(drafts.map(({ id }) => id));
  const told = rows.filter(({ cells }) => ids.has(textOf(cells.id)));
  const rowsById = Map.groupBy(told, ({ cells }) => textOf(cells.id));
  const fresh: { readonly draft: Draft; readonly now: EntryFacts }[] = [];
  const updates = new Map<Row, Content>();
  const settled: KnownRow[] = [];
  const remove: number[] = [];
  for (const draft of drafts) {
    const { id, was, now } = draft;
    const row = rowOf(rowsById.get(id) ?? [], was);
    if (!row) {
      if (!was && now) fresh.push({ draft, now });
      continue;
    }
    if (!now && !isPostedByUser(row)) {
      remove.push(row.index);
      continue;
    }
    const cells = changedCells(row, draft);
    if (Object.keys(cells).length > 0) updates.set(row, cells);
    const known = was?.pending && now && !now.pending ? readRow(row) : null;
    if (now && known && !known.isPosted && !known.isChosen) {
      settled.push({ ...known, ...knownFacts(now) });
    }
  }
  const drafted = fresh.map(({ draft, now }) => freshRow(draft, now));
  const suggested = teaching ? suggestMore(teaching, [...drafted, ...settled], remove) : [];
  const byId = new Map(suggested.map((it) => [it.draft.id, it]));
  for (const row of rows) {
    const again = byId.get(textOf(row.cells.id));
    if (again?.draft.index !== row.index) continue;
    const cells = resuggestedCells(row, again, updates.get(row));
    if (Object.keys(cells).length > 0) updates.set(row, cells);
  }
  const append = fresh
    .toSorted((a, b) => (a.now.date < b.now.date ? -1 : a.now.date > b.now.date ? 1 : 0))
    .map(({ draft, now }) => newRow(draft, now, byId.get(draft.id)));
  const update = [...updates].map(([{ index }, cells]) => ({ index, cells }));
  return { append, update, remove };
}

/** Where rows go, other rows may have been the other sides of their transfers. */
function suggestMore(
  teaching: Teaching,
  drafts: readonly KnownRow[],
  remove: readonly number[],
): readonly Suggested[] {
  if (remove.length === 0) return suggestFor(teaching, drafts);
  const gone = new Set(remove);
  const rows = teaching.rows.filter(({ index }) => !gone.has(index));
  const asked = new Set(drafts.map(({ id }) => id));
  const deserted = rows.filter(
    ({ id, isPosted, isChosen, suggested }) =>
      suggested?.by === 'transfer' && !isPosted && !isChosen && !asked.has(id),
  );
  return suggestFor({ ...teaching, rows }, [...drafts, ...deserted]);
}

/** A row that is about to be written. */
function freshRow({ id, account }: Draft, now: EntryFacts): KnownRow {
  const undecided = { counterAccount: '', isPosted: false, isChosen: false, suggested: null };
  return { index: -1, id, account, ...undecided, ...knownFacts(now) };
}

function knownFacts(facts: EntryFacts): Omit<KnownRow, keyof Undecided> {
  const { date, amount, pending, original, counterpartyAccount } = facts;
  return {
    date,
    description: descriptionOf(facts),
    amount,
    isPending: pending,
    ...(original && { original }),
    ...(counterpartyAccount && { counterpartyAccount }),
  };
}

type Undecided = Pick<
  KnownRow,
  'index' | 'id' | 'account' | 'counterAccount' | 'isPosted' | 'isChosen' | 'suggested'
>;

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
  { id, account }: Draft,
  facts: EntryFacts,
  suggested: Suggested | undefined,
): Content {
  const { amount } = facts;
  const note = originalNote(facts);
  const why = newWhy(facts.pending, suggested?.told.why);
  const receipt = suggested?.told.why ? receiptNote(suggested.told.receipt) : '';
  return {
    ...bankCells(facts),
    ...(note && { amount: { kind: 'amount', amount, note } }),
    account: { kind: 'text', text: account },
    posted: { kind: 'check', checked: false },
    ...(suggested && proposedCells(suggested)),
    ...(why && { why: { kind: 'text', text: why, ...(receipt && { note: receipt }) } }),
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
  for (const column of followedColumns) {
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
