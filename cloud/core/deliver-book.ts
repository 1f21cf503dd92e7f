import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import { holdBook, releaseBook, waitingBatches } from './hold-book.ts';
import { planRows } from './sheet-rows.ts';
import { teachBook } from './teach-book.ts';
import type { World } from './world.ts';

/**
 * Writes what waits in the outbox into the book's sheet: one reading and one writing request. One delivery at a time
 * per book. When the answer of the writing is lost, the next delivery sees by the markers and ids what stands there.
 * @throws BookBusy; a failure of the sheet is kept with the book for the user to see, and the batches stay.
 */
export async function deliverBook(world: World, bookId: string): Promise<void> {
  const { store, sheet, log } = world;
  const held = await holdBook(world, bookId);
  const { batches, isAll } = await waitingBatches(store, bookId);
  let failure: Failure | undefined;
  try {
    if (held.value.claimedBy) throw new FailureError('sheet-not-writable');
    if (batches.length > 0) {
      const snapshot = await sheet.readBook(bookId);
      const teach = () => teachBook(store, bookId, snapshot);
      const changes = await planRows(snapshot, batches, teach);
      if (changes.batchIds.length > 0) await sheet.writeBook(bookId, snapshot, changes);
      const { append, update, remove } = changes.transactions;
      log.delivered(bookId, append.length, update.length, remove.length);
    }
  } catch (error) {
    failure = toFailure(error);
    if (error instanceof FailureError) log.deliveryFailed(bookId, failure.code);
    else log.defect('deliverBook', error);
  }
  await releaseBook(world, held, { delivered: failure ? [] : batches, failure });
  if (!failure && !isAll) await world.tasks.enqueue({ kind: 'deliver', bookId });
}
