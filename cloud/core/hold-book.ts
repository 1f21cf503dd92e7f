import { addMs } from '../../shared/calendar-date.ts';
import { type Failure, FailureError } from '../../shared/failures.ts';
import { type Doc, type Store, StoreConflict, write } from '../ports/store.ts';
import { cutBySize } from './cut-by-size.ts';
import { type BookDoc, books, type Lease, type OutboxDoc, outbox, runs } from './documents.ts';
import { leaseMs } from './sync-schedule.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** What two deliverers of one outbox, the cloud and the add-on, do alike: one at a time, in order, each batch once. */

/** Of one delivery: 1,000 new rows are about 1.3 MB to the sheet; Google advises 2 MB and takes more. */
const deliveryBytes = 1_500_000;
/** Batches are read so many first; more only where these are small. */
const batchMaxes = [4, 16];
/** Runs of a book that can be undone. */
const runsKept = 20;

/** Thrown when another delivers this book right now: whoever runs tasks tries again later. */
export class BookBusy extends Error {
  override readonly name = 'BookBusy';
}

/** Takes the book's lease. @throws BookBusy */
export async function holdBook(
  { store, clock, ids }: World,
  bookId: string,
): Promise<Doc<BookDoc>> {
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

/** The first batches that wait, as many as one delivery takes; `isAll` where no more wait. */
export async function waitingBatches(
  store: Store,
  bookId: string,
): Promise<{ readonly batches: readonly Doc<OutboxDoc>[]; readonly isAll: boolean }> {
  let batches: readonly Doc<OutboxDoc>[] = [];
  for (const limit of batchMaxes) {
    const query = { field: 'bookId', op: '==', value: bookId, limit } as const;
    const found = await store.find(outbox, query);
    [batches = []] = cutBySize(found, { items: limit, bytes: deliveryBytes });
    if (batches.length < limit) return { batches, isAll: batches.length === found.length };
  }
  return { batches, isAll: false };
}

export interface DeliveryEnd {
  /** Batches that stand in the book now. */
  readonly delivered: readonly Doc<OutboxDoc>[];
  /** What the book shows as the failure of its sheet from now on. */
  readonly failure: Failure | 'as-before' | undefined;
}

/**
 * Gives the lease back. What was delivered leaves the outbox in the same commit, its runs can be undone from then on, and
 * the oldest of them no longer; what else changed in the book stays.
 */
export async function releaseBook(
  { store }: World,
  held: Doc<BookDoc>,
  end: DeliveryEnd,
): Promise<void> {
  await commitEnd(store, held, end);
}

/**
 * What was delivered so far leaves the outbox, and the lease stays: with it the book as it is then.
 * @throws BookBusy where another has the lease by now
 */
export async function keepDelivered(
  { store }: World,
  held: Doc<BookDoc>,
  delivered: DeliveryEnd['delivered'],
): Promise<Doc<BookDoc>> {
  const kept = await commitEnd(store, held, { delivered, failure: undefined }, held.value.lease);
  if (kept?.value.lease?.holder !== held.value.lease?.holder) throw new BookBusy();
  return kept ?? held;
}

async function commitEnd(
  store: Store,
  held: Doc<BookDoc>,
  end: DeliveryEnd,
  mine?: Lease,
): Promise<Doc<BookDoc> | null> {
  const done = end.delivered.map(({ key }) => write(outbox, key, null, 'any'));
  let current: Doc<BookDoc> | null = held;
  const readAgain = async () => {
    current = await store.get(books, held.key);
  };
  return untilCommitted(async () => {
    if (!current) return null;
    const after = afterDelivery(current.value, held.value.lease?.holder, end);
    const isKept = mine !== undefined && current.value.lease?.holder === mine.holder;
    const value = isKept ? { ...after.value, lease: mine } : after.value;
    const gone = after.forgotten.map((runId) => write(runs, runId, null, 'any'));
    const book = write(books, held.key, value, { version: current.version });
    const versions = await store.commit([...done, ...gone, book]);
    return { key: held.key, version: versions.at(-1) ?? '', value };
  }, readAgain);
}

/** The book afterwards, without a lease of that holder, and runs that can no longer be undone. */
function afterDelivery(
  book: BookDoc,
  holder: string | undefined,
  { delivered, failure }: DeliveryEnd,
): { readonly value: BookDoc; readonly forgotten: readonly string[] } {
  const { lease, sheetFailure, runs: before = [], ...rest } = book;
  const sheetFailureNow = failure === 'as-before' ? sheetFailure : failure;
  const ofRows = delivered.filter(({ value }) => value.drafts.some(({ was }) => !was));
  const runIds = [...new Set([...before, ...ofRows.map(({ value }) => value.runId)])];
  const kept = runIds.slice(-runsKept);
  const value = {
    ...rest,
    ...(kept.length > 0 && { runs: kept }),
    ...(lease && lease.holder !== holder && { lease }),
    ...(sheetFailureNow && { sheetFailure: sheetFailureNow }),
  };
  return { value, forgotten: runIds.slice(0, -runsKept) };
}
