import type { Doc, Store } from '../ports/store.ts';
import { type ConnectionDoc, connections } from './documents.ts';

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
