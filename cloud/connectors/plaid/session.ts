import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import {
  BankError,
  type BankSession,
  type EntryPage,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { placeOf } from '../http-client.ts';
import type { PlaidClient } from './client.ts';
import { historyDays } from './institutions.ts';
import { type Patience, wait } from './patience.ts';
import { readTransactions } from './read-transactions.ts';
import { accountsRead, type PlaidAccount, type PlaidAccounts } from './schema.ts';
import { toAccounts, toBalance, toEntry } from './to-entries.ts';

/** An access for one sync: the entries of all accounts are read once, and so are their balances. */
export function createSession(
  call: PlaidClient,
  accessToken: string,
  user: UserPresence | undefined,
  { clock, readyPatience }: { readonly clock: Clock; readonly readyPatience: Patience },
): BankSession {
  let known: PlaidAccounts | undefined;
  let read: ReturnType<typeof readTransactions> | undefined;

  async function askAccounts(): Promise<PlaidAccounts> {
    known = await call(
      'accounts',
      (api, options) => api.accountsGet({ access_token: accessToken }, options),
      (body) => accountsRead.parse(body),
    );
    return known;
  }

  async function accountOf(externalId: string): Promise<PlaidAccount> {
    const { accounts } = known ?? (await askAccounts());
    const account = accounts.find(({ account_id }) => account_id === externalId);
    if (!account) throw new BankError('account-gone');
    return account;
  }

  /** What failed is asked for again; that entries are not there yet holds for this session. */
  async function transactions() {
    read ??= readWhenReady();
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof NotReady)) read = undefined;
      throw error;
    }
  }

  async function readWhenReady() {
    for (let tries = 1; ; tries++) {
      const found = await readTransactions(call, accessToken);
      if (found.isComplete) return found;
      if (tries >= readyPatience.tries) throw new NotReady();
      await wait(readyPatience);
    }
  }

  return {
    accounts: async () => toAccounts((await askAccounts()).accounts),

    async balance(externalId) {
      const account = await accountOf(externalId);
      // The entries that there are were read before; newer ones come once the user was at Plaid.
      if (known?.item.update_type === 'user_present_required' && !user) {
        throw new BankError('needs-confirmation', 'balances: user_present_required');
      }
      return reading('balances', () => toBalance(account));
    },

    async *entries(externalId, { from, to }): AsyncGenerator<EntryPage> {
      const earliest = addDays(dayOf(clock.now()), -historyDays);
      if (from < earliest) throw new BankError('period-not-available', 'entries', { earliest });
      const all = (await transactions()).byAccount.get(externalId) ?? [];
      // Asked for what its entries do not say: whether there is such an account, and in which currency they are.
      const isTold = all.length > 0 && all.every((it) => it.iso_currency_code);
      const account = isTold ? undefined : await accountOf(externalId);
      const currency = account?.balances.iso_currency_code ?? '';
      yield reading('entries', () => ({
        entries: all
          .filter(({ pending, date }) => pending || (date >= from && (!to || date <= to)))
          .map((transaction) => toEntry(transaction, currency)),
      }));
    },

    async close() {},
  };
}

/**
 * Plaid is still fetching what the bank has. It heals by itself, within minutes, and Plaid tells when: so it is no limit,
 * whose end a notice would have to wait for.
 */
class NotReady extends BankError {
  override readonly name = 'NotReady';

  constructor() {
    super('bank-unavailable', 'entries: not ready');
  }
}

function reading<T>(call: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BankError('reply-unreadable', `${call}: ${placeOf(error)}`);
  }
}
