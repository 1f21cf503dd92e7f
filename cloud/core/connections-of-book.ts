import { FailureError } from '../../shared/failures.ts';
import { type Doc, type Store, write } from '../ports/store.ts';
import { type ConnectionDoc, connections } from './documents.ts';
import { untilCommitted } from './until-committed.ts';

/** Most connections of one book. */
const connectionMax = 200;

/** All connections of a book, removed ones included; one call to the store. */
export function connectionsOfBook(
  store: Store,
  bookId: string,
): Promise<readonly Doc<ConnectionDoc>[]> {
  return store.find(connections, {
    field: 'bookId',
    op: '==',
    value: bookId,
    limit: connectionMax,
  });
}

/** One connection of the book. @throws FailureError `not-found`, also for another book's and a removed one */
export async function connectionOfBook(
  store: Store,
  bookId: string,
  connectionId: string,
): Promise<Doc<ConnectionDoc>> {
  const found = await store.get(connections, connectionId);
  if (found?.value.bookId !== bookId || found.value.state === 'removed') {
    throw new FailureError('not-found', 'connection');
  }
  return found;
}

/** Changes one connection of the book, again from what stands there when somebody else was faster. @throws FailureError */
export async function changeConnection(
  store: Store,
  bookId: string,
  connectionId: string,
  change: (value: ConnectionDoc) => ConnectionDoc | Promise<ConnectionDoc>,
): Promise<void> {
  await untilCommitted(async () => {
    const { value, version } = await connectionOfBook(store, bookId, connectionId);
    const changed = await change(value);
    if (changed === value) return;
    await store.commit([write(connections, connectionId, changed, { version })]);
  });
}
