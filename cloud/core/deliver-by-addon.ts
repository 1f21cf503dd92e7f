import type { BookReading, Delivery, PlainCell, TabReading } from '../../shared/delivery.ts';
import { FailureError, toFailure } from '../../shared/failures.ts';
import type { BookSnapshot, Cell, SheetRow, SheetTab } from '../ports/sheet.ts';
import type { Doc } from '../ports/store.ts';
import { type BookDoc, books, outbox } from './documents.ts';
import { BookBusy, holdBook, releaseBook, waitingBatches } from './hold-book.ts';
import { planRows } from './sheet-rows.ts';
import { teachBook } from './teach-book.ts';
import type { World } from './world.ts';

/**
 * The second deliverer of the outbox: the add-on, with its user's right to edit, for spreadsheets that the cloud may not
 * write. It has read the book, and is told here what to write; finishDelivery then ends what this begins. The lease
 * outlasts what Apps Script lets a call last, six minutes (https://developers.google.com/apps-script/guides/services/quotas):
 * whoever delivers after it is alone, and sees by ids and markers what an add-on that died has written.
 * @returns null where nothing is to be written, or nothing by the add-on now
 * @throws FailureError `sheet-changed`
 */
export async function takeDelivery(
  world: World,
  bookId: string,
  reading: BookReading,
): Promise<Delivery | null> {
  const held = await holdForAddon(world, bookId);
  if (!held) return null;
  const { batches } = await waitingBatches(world.store, bookId);
  try {
    const snapshot = toSnapshot(reading);
    const teach = () => teachBook(world.store, bookId, snapshot);
    const changes = await planRows(snapshot, batches, teach);
    if (changes.batchIds.length > 0) {
      return {
        deliveryId: held.value.lease?.holder ?? '',
        batchIds: batches.map(({ key }) => key),
        changes: world.sheet.spellChanges(snapshot, changes),
      };
    }
  } catch (error) {
    await releaseBook(world, held, { delivered: [], failure: toFailure(error) });
    throw error;
  }
  await releaseBook(world, held, { delivered: batches, failure: undefined });
  return null;
}

/**
 * What the add-on was told to write stands in the sheet, or it could not write it: then the batches stay. Told twice, or
 * by one whose lease another has taken over, it changes nothing: who delivers next finds the markers.
 */
export async function finishDelivery(
  world: World,
  bookId: string,
  told: {
    readonly deliveryId: string;
    readonly batchIds: readonly string[];
    readonly isWritten: boolean;
  },
): Promise<void> {
  const held = await world.store.get(books, bookId);
  if (held?.value.lease?.holder !== told.deliveryId) return;
  if (!told.isWritten) {
    await releaseBook(world, held, { delivered: [], failure: 'as-before' });
    return;
  }
  const found = await world.store.getMany(outbox, told.batchIds);
  const delivered = found.filter(({ value }) => value.bookId === bookId);
  await releaseBook(world, held, { delivered, failure: undefined });
  world.log.deliveredByAddon(bookId, delivered.length);
}

/** Null where somebody else delivers, or may still do. */
async function holdForAddon(world: World, bookId: string): Promise<Doc<BookDoc> | null> {
  const book = await world.store.get(books, bookId);
  if (!book) throw new FailureError('not-found', 'book');
  // A writing of the cloud's whose answer was lost may reach the sheet later. Its marker keeps it from doubling what the
  // cloud writes again, but the add-on cannot leave a marker of that id: the cloud has to settle it first.
  if (book.value.sheetFailure?.code === 'sheet-unavailable') return null;
  try {
    return await holdBook(world, bookId);
  } catch (error) {
    if (error instanceof BookBusy) return null;
    throw error;
  }
}

/** A reading as the cloud knows its own. */
export function toSnapshot({
  emptySheetId,
  transactions,
  accounts,
  rules,
  ...rest
}: BookReading): BookSnapshot {
  return {
    ...rest,
    transactions: transactions && toTab(transactions),
    accounts: accounts && toTab(accounts),
    rules: rules && toTab(rules),
    ...(emptySheetId !== undefined && { emptySheetId }),
  };
}

function toTab<Column extends string>({
  sheetId,
  title,
  columns,
  rows,
}: TabReading<Column>): SheetTab<Column> {
  const positions: Partial<Record<Column, number>> = {};
  for (const { name, position } of columns) positions[name] = position;
  return {
    sheetId,
    title,
    columns: positions,
    rows: rows.map(([index, ...values]): SheetRow<Column> => {
      const cells: Partial<Record<Column, Cell>> = {};
      for (const [at, { name }] of columns.entries()) {
        const cell = toCell(values[at] ?? null);
        if (cell) cells[name] = cell;
      }
      return { index, cells };
    }),
  };
}

function toCell(value: PlainCell): Cell | null {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', number: value };
  return value === null ? null : { kind: 'check', checked: value };
}
