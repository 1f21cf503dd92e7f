import type { ApiArgs } from '../../shared/api.ts';
import { FailureError } from '../../shared/failures.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { canAskAgain } from './connection-state.ts';
import { changeConnection, connectionsOfBook } from './connections-of-book.ts';
import type { AccountDoc } from './documents.ts';
import type { World } from './world.ts';

/** Asks for a sync of one connection of the book, or of all that can, by hand. @throws FailureError `not-found` */
export async function requestSyncs(
  { store, tasks }: World,
  bookId: string,
  connectionId: string | undefined,
  user: PresentUser | undefined,
): Promise<void> {
  const found = await connectionsOfBook(store, bookId);
  const wanted = found.filter(({ key }) => connectionId === undefined || key === connectionId);
  if (connectionId !== undefined && wanted.length === 0) {
    throw new FailureError('not-found', 'connection');
  }
  for (const { key, value } of wanted) {
    if (!canAskAgain(value) || !value.accounts.some(({ feed }) => feed)) continue;
    await tasks.enqueue({
      kind: 'sync',
      connectionId: key,
      cause: 'manual',
      ...(user && { user }),
    });
  }
  // Rows that an unwritable sheet kept waiting are tried again with it.
  await tasks.enqueue({ kind: 'deliver', bookId });
}

/**
 * Asks for everything since the feeds' start, or, with `from`, since that day: feeds that begin later then begin there.
 * @throws FailureError `not-found`; `bad-request` for a bank that waits for its user
 */
export async function requestHistory(
  { store, tasks }: World,
  bookId: string,
  { connectionId, from }: ApiArgs<'syncHistory'>,
  user: PresentUser | undefined,
): Promise<void> {
  await changeConnection(store, bookId, connectionId, (value) => {
    if (!canAskAgain(value)) throw new FailureError('bad-request', 'Reconnect this bank first.');
    const isLater = ({ feed }: AccountDoc) =>
      from !== undefined && feed !== undefined && feed.from > from;
    if (!value.accounts.some(isLater)) return value;
    const accounts = value.accounts.map((account) =>
      isLater(account) && account.feed && from
        ? { ...account, feed: { ...account.feed, from } }
        : account,
    );
    return { ...value, accounts };
  });
  await tasks.enqueue({ kind: 'sync', connectionId, cause: 'historical', ...(user && { user }) });
}
