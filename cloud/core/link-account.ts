import type { ApiArgs } from '../../shared/api.ts';
import { addDays, dayOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { write } from '../ports/store.ts';
import { withoutCandidate } from './bank-accounts.ts';
import { canSync } from './connection-state.ts';
import { connections } from './documents.ts';
import { loadBookAccounts } from './file-targets.ts';
import { takeOver } from './take-over.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/**
 * Says which book account a bank account fills, and from when on; with an earlier day than before, the next sync
 * fetches again from there. Rows that were written for another book account stay as they are. Where files have filled the
 * book account until now, the bank goes on with what is kept of them.
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
  await untilCommitted(async () => {
    const book = await loadBookAccounts(store, bookId);
    const linked = book.connections.filter(({ value }) => value.state !== 'removed');
    const found = linked.find(({ key }) => key === connectionId);
    const account = found?.value.accounts.find(({ key }) => key === accountKey);
    if (!found || !account) throw new FailureError('not-found', 'account');
    const others = linked.flatMap(({ key, value }) =>
      value.accounts.filter((it) => it.feed && (key !== connectionId || it.key !== accountKey)),
    );
    if (others.some((other) => other.feed?.bookAccount.path === bookAccount.path)) {
      throw new FailureError('bad-request', `Another bank account fills ${bookAccount.path}.`);
    }
    const { key, bankKey, writes } = await takeOver(store, bookId, book, account, bookAccount.path);
    if (others.some((other) => other.key === key)) {
      throw new FailureError('bad-request', 'Another connection fills the book from this account.');
    }
    const feed = { bookAccount: { ...bookAccount, currency: account.currency }, from };
    const linkedNow = { ...account, key, ...(bankKey && { bankKey }), feed };
    const value = {
      ...found.value,
      accounts: found.value.accounts.map((it) =>
        it === account ? linkedNow : withoutCandidate(it, account.externalId),
      ),
      ...(canSync(found.value.state) && { dueAt: now }),
    };
    const expect = { version: found.version };
    await store.commit([write(connections, connectionId, value, expect), ...writes]);
  });
}
