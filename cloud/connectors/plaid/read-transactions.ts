import { BankError } from '../../ports/bank-connector.ts';
import type { PlaidClient } from './client.ts';
import { historyDays } from './institutions.ts';
import { type PlaidTransaction, transactionsRead } from './schema.ts';

/** The most that Plaid gives at a time. */
const pageSize = 500;
/** 200,000 entries of an item: what gives more is going in circles. */
const pageMax = 400;
/** So often the reading begins anew where the entries change under it. */
const restartMax = 4;

/** All entries of an item, as they stand now. */
export interface ReadTransactions {
  /** By the accounts' ids, in Plaid's order. */
  readonly byAccount: ReadonlyMap<string, readonly PlaidTransaction[]>;
  /** Whether Plaid has fetched all of the history; before that it tells a part of it. */
  readonly isComplete: boolean;
}

/**
 * Reads from the beginning to the end: what we keep is decided by the merge, which wants to see what there is, and not
 * what has changed since a cursor that another reading may have used up.
 */
export async function readTransactions(
  call: PlaidClient,
  accessToken: string,
): Promise<ReadTransactions> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await readOnce(call, accessToken);
    } catch (error) {
      const isChanged = error instanceof BankError && error.detail?.includes(changedCode);
      if (!isChanged || restarts >= restartMax) throw error;
    }
  }
}

/** Plaid's word for entries that changed between two pages: all pages are then to be read again. */
const changedCode = 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION';

async function readOnce(call: PlaidClient, accessToken: string): Promise<ReadTransactions> {
  const found = new Map<string, PlaidTransaction>();
  let status: string | undefined;
  let cursor: string | undefined;
  for (let page = 0; page < pageMax; page++) {
    const request = {
      access_token: accessToken,
      count: pageSize,
      ...(cursor && { cursor }),
      // Of an item that was made without, by whatever way; of any other it changes nothing.
      options: { include_original_description: true, days_requested: historyDays },
    };
    const answer = await call(
      'entries',
      (api, options) => api.transactionsSync(request, options),
      (body) => transactionsRead.parse(body),
    );
    for (const one of [...answer.added, ...answer.modified]) found.set(keyOf(one), one);
    for (const one of answer.removed) found.delete(keyOf(one));
    status = answer.transactions_update_status;
    if (!answer.has_more) return toRead([...found.values()], status);
    cursor = answer.next_cursor;
  }
  throw new BankError('reply-unreadable', 'entries: pages without end');
}

/** Where a pending one has settled, and is still there for a moment, it is told once. */
function toRead(all: readonly PlaidTransaction[], status: string | undefined): ReadTransactions {
  const settled = new Set(
    all.flatMap(({ account_id, pending_transaction_id: transaction_id }) =>
      transaction_id ? [keyOf({ account_id, transaction_id })] : [],
    ),
  );
  const shown = all.filter((one) => !settled.has(keyOf(one)));
  return {
    byAccount: Map.groupBy(shown, ({ account_id }) => account_id),
    isComplete: status !== 'NOT_READY' && status !== 'INITIAL_UPDATE_COMPLETE',
  };
}

function keyOf(one: Pick<PlaidTransaction, 'account_id' | 'transaction_id'>): string {
  return `${one.account_id} ${one.transaction_id}`;
}
