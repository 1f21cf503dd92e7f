import { addMs } from '../../shared/calendar-date.ts';
import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import type { Doc } from '../ports/store.ts';
import type { OutboxDoc } from './documents.ts';
import { holdBook, keepDelivered, releaseBook, waitingBatches } from './hold-book.ts';
import { planRows } from './sheet-rows.ts';
import { teachBook } from './teach-book.ts';
import type { World } from './world.ts';
import { isSameLayout, type KnownBook, knownAfter } from './written-book.ts';

/** So long a delivery goes on with what waits; then another task does, so that none outlives its worker or its lease. */
const goOnMs = 120_000;

/**
 * Writes what waits in the outbox into the book's sheet: one reading and one writing request, and of what is too much for
 * one, a writing for each part. One delivery at a time per book. When the answer of a writing is lost, the next delivery
 * sees by the markers and ids what stands there.
 * @throws BookBusy; a failure of the sheet is kept with the book for the user to see, and the batches stay.
 */
export async function deliverBook(world: World, bookId: string): Promise<void> {
  const { store, clock, tasks } = world;
  let held = await holdBook(world, bookId);
  const until = addMs(clock.now(), goOnMs);
  let known: KnownBook | null = null;
  for (;;) {
    const { batches, isAll } = await waitingBatches(store, bookId);
    let failure: Failure | undefined;
    try {
      if (held.value.claimedBy) throw new FailureError('sheet-not-writable');
      if (batches.length > 0) known = await writeBatches(world, bookId, batches, known);
    } catch (error) {
      failure = toFailure(error);
      if (error instanceof FailureError) world.log.deliveryFailed(bookId, failure.code);
      else world.log.defect('deliverBook', error);
    }
    if (failure || isAll || clock.now() >= until) {
      await releaseBook(world, held, { delivered: failure ? [] : batches, failure });
      if (!failure && !isAll) await tasks.enqueue({ kind: 'deliver', bookId });
      return;
    }
    held = await keepDelivered(world, held, batches);
  }
}

type Batches = readonly Doc<OutboxDoc>[];

/**
 * Writes some batches. To read a long book again for each of them would take longer the longer it gets: what only adds rows
 * is planned by the last reading and what was written since, as long as no column has moved.
 * @returns the book as it is known then
 */
async function writeBatches(
  world: World,
  bookId: string,
  batches: Batches,
  before: KnownBook | null,
): Promise<KnownBook | null> {
  const { sheet, log } = world;
  const planned = before && (await planFurther(world, bookId, batches, before));
  const { book, changes } = planned ?? (await plan(world, bookId, batches, await readAll()));
  if (changes.batchIds.length > 0) await sheet.writeBook(bookId, book.snapshot, changes);
  const { append, update, remove } = changes.transactions;
  log.delivered(bookId, append.length, update.length, remove.length);
  return knownAfter(book, changes);

  async function readAll(): Promise<KnownBook> {
    return { snapshot: await sheet.readBook(bookId), teaching: null };
  }
}

async function plan({ store }: World, bookId: string, batches: Batches, known: KnownBook) {
  const { snapshot } = known;
  let { teaching } = known;
  const changes = await planRows(snapshot, batches, async () => {
    teaching ??= await teachBook(store, bookId, snapshot);
    return teaching;
  });
  return { book: { snapshot, teaching }, changes };
}

/** Null where the book has to be read again: what stands there is changed, or stands elsewhere by now. */
async function planFurther(world: World, bookId: string, batches: Batches, known: KnownBook) {
  const isNew = batches.every(({ value }) => value.drafts.every(({ was, now }) => !was && now));
  if (!isNew) return null;
  const layout = await world.sheet.readBook(bookId, 'layout');
  if (!isSameLayout(known.snapshot, layout)) return null;
  const { deliveredBatches } = layout;
  const snapshot = { ...known.snapshot, deliveredBatches };
  const planned = await plan(world, bookId, batches, { ...known, snapshot });
  const { transactions, accounts, rules } = planned.changes;
  const isMore = [transactions, accounts].every((it) => it.update.length + it.remove.length === 0);
  return isMore && !rules ? planned : null;
}
