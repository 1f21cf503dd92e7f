import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import { type Money, sumMoney } from '../../../shared/money.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BankAccountBook, BankCustomer, BankStatement } from './bank-customer.ts';
import type { Payments } from './payments.ts';

export type Accounts = ReturnType<typeof createAccounts>;

/** The bank's books: who holds which accounts, and what stands in each now. */
export function createAccounts(
  customers: readonly BankCustomer[],
  payments: Payments,
  clock: Clock,
) {
  const books = new Map(
    customers.map((customer) => [customer.login, customer.accounts.map(({ key }) => key)]),
  );
  const byKey = new Map(
    customers.flatMap(({ accounts }) => accounts).map((account) => [account.key, account]),
  );
  /** What a test or a scenario shows in the place of an account's own source. */
  const shown = new Map<string, BankStatement>();

  function ofCustomer(login: string): readonly BankAccountBook[] {
    return (books.get(login) ?? []).flatMap((key) => byKey.get(key) ?? []);
  }

  return {
    customer(login: string): BankCustomer | undefined {
      return customers.find((customer) => customer.login === login);
    },

    /** All that the customer sees on the bank's own pages. */
    ofCustomer,

    /** Those of them that a consent can be about. */
    inOpenBanking(login: string): readonly BankAccountBook[] {
      return ofCustomer(login).filter(({ onlineOnly }) => !onlineOnly);
    },

    /** Logins of those who hold the account. */
    holdersOf(key: string): readonly string[] {
      return [...books].filter(([, keys]) => keys.includes(key)).map(([login]) => login);
    },

    /** Undefined once it is closed. */
    byKey(key: string): BankAccountBook | undefined {
      return byKey.get(key);
    },

    async statement(account: BankAccountBook): Promise<BankStatement> {
      const { entries, balance } = shown.get(account.key) ?? account.statement(clock.now());
      const made = await payments.entries(account.key);
      return {
        entries: made.length === 0 ? entries : [...entries, ...made].sort(byDay),
        ...(balance && { balance: withPayments(balance, made) }),
      };
    },

    show(key: string, statement: BankStatement): void {
      if (!byKey.has(key)) throw new RangeError(`the bank has no account ${key}`);
      shown.set(key, statement);
    },

    open(login: string, account: BankAccountBook): void {
      const keys = books.get(login);
      if (!keys) throw new RangeError(`the bank has no customer ${login}`);
      keys.push(account.key);
      byKey.set(account.key, account);
    },

    close(key: string): void {
      byKey.delete(key);
    },
  };
}

/** An entry without a day comes first. */
function byDay(a: ObservedEntry, b: ObservedEntry): number {
  return dayOfEntry(a).localeCompare(dayOfEntry(b));
}

/** The day by which the bank's own books file an entry, '' where it has none. */
export function dayOfEntry({ bookingDate, valueDate }: ObservedEntry): string {
  return bookingDate ?? valueDate ?? '';
}

function withPayments(balance: Balance, made: readonly ObservedEntry[]): Balance {
  const booked = made.filter(({ status }) => status === 'booked');
  return {
    ...(balance.booked && { booked: plus(balance.booked, booked) }),
    ...(balance.available && { available: plus(balance.available, made) }),
  };
}

function plus(balance: Money, entries: readonly ObservedEntry[]): Money {
  return sumMoney([balance, ...entries.map(({ amount }) => amount)], balance.currency);
}
