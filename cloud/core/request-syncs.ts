import { FailureError } from '../../shared/failures.ts';
import { canSync } from './connection-state.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import type { World } from './world.ts';

/** Asks for a sync of one connection of the book, or of all that can, by hand. @throws FailureError `not-found` */
export async function requestSyncs(
  { store, tasks }: World,
  bookId: string,
  connectionId?: string,
): Promise<void> {
  const found = await connectionsOfBook(store, bookId);
  const wanted = found.filter(({ key }) => connectionId === undefined || key === connectionId);
  if (connectionId !== undefined && wanted.length === 0) {
    throw new FailureError('not-found', 'connection');
  }
  for (const { key, value } of wanted) {
    if (!canSync(value.state) || !value.accounts.some(({ feed }) => feed)) continue;
    await tasks.enqueue({ kind: 'sync', connectionId: key, cause: 'manual' });
  }
  // Rows that an unwritable sheet kept waiting are tried again with it.
  await tasks.enqueue({ kind: 'deliver', bookId });
}
