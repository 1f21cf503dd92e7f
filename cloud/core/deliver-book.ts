import { addMs } from '../../shared/calendar-date.ts';
import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import { type Doc, StoreConflict, type Write, write } from '../ports/store.ts';
import { type BookDoc, books, outbox } from './documents.ts';
import { planRows } from './sheet-rows.ts';
import { leaseMs } from './sync-schedule.ts';
import type { World } from './world.ts';

/** Most batches of one delivery. 1,000 new rows are about 1.3 MB to the sheet; Google advises 2 MB and takes more. */
const batchMax = 4;

/** Thrown when another worker delivers this book right now: whoever runs tasks tries again later. */
export class BookBusy extends Error {
  override readonly name = 'BookBusy';
}

/**
 * Writes what waits in the outbox into the book's sheet: one reading and one writing request. One delivery at a time
 * per book. When the answer of the writing is lost, the next delivery sees by the markers and ids what stands there.
 * @throws BookBusy; a failure of the sheet is kept with the book for the user to see, and the batches stay.
 */
export async function deliverBook(world: World, bookId: string): Promise<void> {
  const { store, sheet, log } = world;
  const leased = await takeLease(world, bookId);
  const batches = await store.find(outbox, {
    field: 'bookId',
    op: '==',
    value: bookId,
    limit: batchMax,
  });
  let failure: Failure | undefined;
  try {
    if (batches.length > 0) {
      const snapshot = await sheet.readBook(bookId);
      const changes = planRows(snapshot, batches);
      if (changes.batchIds.length > 0) await sheet.writeBook(bookId, snapshot, changes);
      const { append, update, remove } = changes.transactions;
      log.delivered(bookId, append.length, update.length, remove.length);
    }
  } catch (error) {
    failure = toFailure(error);
    if (error instanceof FailureError) log.deliveryFailed(bookId, failure.code);
    else log.defect('deliverBook', error);
  }
  const done = failure ? [] : batches.map(({ key }) => write(outbox, key, null, 'any'));
  await release(world, leased, done, failure);
  if (!failure && batches.length === batchMax) {
    await world.tasks.enqueue({ kind: 'deliver', bookId });
  }
}

async function takeLease({ store, clock, ids }: World, bookId: string): Promise<Doc<BookDoc>> {
  const found = await store.get(books, bookId);
  if (!found) throw new FailureError('not-found', 'book');
  const now = clock.now();
  if (found.value.lease && found.value.lease.until > now) throw new BookBusy();
  const lease = { holder: ids.next(''), until: addMs(now, leaseMs) };
  const value = { ...found.value, lease };
  try {
    const expect = { version: found.version };
    const [version = ''] = await store.commit([write(books, bookId, value, expect)]);
    return { key: bookId, version, value };
  } catch (error) {
    if (error instanceof StoreConflict) throw new BookBusy();
    throw error;
  }
}

/** Takes what was delivered out of the outbox, together with the lease; what else changed in the book stays. */
async function release(
  { store }: World,
  leased: Doc<BookDoc>,
  done: readonly Write[],
  failure: Failure | undefined,
): Promise<void> {
  let current: Doc<BookDoc> | null = leased;
  for (let attempt = 1; current; attempt++) {
    const { lease, sheetFailure: _, ...rest } = current.value;
    const isOurs = lease?.holder === leased.value.lease?.holder;
    const value = {
      ...rest,
      ...(!isOurs && lease && { lease }),
      ...(failure && { sheetFailure: failure }),
    };
    const mine = write(books, leased.key, value, { version: current.version });
    try {
      await store.commit([...done, mine]);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === 5) throw error;
    }
    current = await store.get(books, leased.key);
  }
}
