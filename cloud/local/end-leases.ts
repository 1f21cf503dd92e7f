import type { Instant } from '../../shared/calendar-date.ts';
import { connectionsOfBook } from '../core/connections-of-book.ts';
import { books, connections } from '../core/documents.ts';
import { files } from '../core/file-documents.ts';
import { endLease } from '../core/hold-connection.ts';
import { type Store, write } from '../ports/store.ts';

/** Files that are being imported. */
const fileMax = 100;

/**
 * This process is the store's only one, so whoever holds a lease is dead: what a killed program left undone is due at
 * once, not only when the lease ends.
 */
export async function endLeases(store: Store, bookId: string, now: Instant): Promise<void> {
  const book = await store.get(books, bookId);
  const held = (await connectionsOfBook(store, bookId)).filter(({ value }) => value.lease);
  const ended = held.map(({ key, version, value }) =>
    write(connections, key, { ...endLease(value), dueAt: now }, { version }),
  );
  const ofFiles = { field: 'dueAt', op: '<=', value: '9999', limit: fileMax } as const;
  for (const { key, version, value } of await store.find(files, ofFiles)) {
    const { lease: _, ...free } = value;
    ended.push(write(files, key, { ...free, dueAt: now }, { version }));
  }
  if (book?.value.lease) {
    const { lease: _, ...value } = book.value;
    ended.push(write(books, bookId, value, { version: book.version }));
  }
  await store.commit(ended);
}
