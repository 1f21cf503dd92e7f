import type { ApiArgs } from '../../shared/api.ts';
import { addDays, dayOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { StoreConflict, write } from '../ports/store.ts';
import { canSync } from './connection-state.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import { connections } from './documents.ts';
import type { World } from './world.ts';

/**
 * Says which book account a bank account fills, and from when on; with an earlier day than before, the next sync
 * fetches again from there. Rows that were written for another book account stay as they are.
 * @throws FailureError `not-found`; `bad-request` for a book account that cannot be filled so, or a day to come.
 */
export async function linkAccount(
  { store, clock }: World,
  bookId: string,
  { connectionId, accountKey, bookAccount, from }: ApiArgs<'linkAccount'>,
): Promise<void> {
  const now = clock.now();
  if (bookAccount.type !== 'asset' && bookAccount.type !== 'liability') {
    throw new FailureError('bad-request', 'A bank account fills an asset or a liability.');
  }
  // In zones ahead of UTC the user's day may be one more than ours.
  if (from > addDays(dayOf(now), 1))
    throw new FailureError('bad-request', 'The start is a day to come.');
  for (let attempt = 1; ; attempt++) {
    const all = await connectionsOfBook(store, bookId);
    const found = all.find(({ key }) => key === connectionId);
    const account = found?.value.accounts.find(({ key }) => key === accountKey);
    if (!found || !account) throw new FailureError('not-found', 'account');
    const isTaken = all.some(({ key, value }) =>
      value.accounts.some(
        (other) =>
          (key !== connectionId || other.key !== accountKey) &&
          other.feed?.bookAccount.path === bookAccount.path &&
          value.state !== 'removed',
      ),
    );
    if (isTaken) {
      throw new FailureError('bad-request', `Another bank account fills ${bookAccount.path}.`);
    }
    const feed = { bookAccount: { ...bookAccount, currency: account.currency }, from };
    const value = {
      ...found.value,
      accounts: found.value.accounts.map((it) => (it.key === accountKey ? { ...it, feed } : it)),
      ...(canSync(found.value.state) && { dueAt: now }),
    };
    try {
      const expect = { version: found.version };
      await store.commit([write(connections, connectionId, value, expect)]);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === 5) throw error;
    }
  }
}
