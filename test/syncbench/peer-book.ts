import { descriptionOf } from '../../cloud/core/bank-cells.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { formatAmount, parseMoney } from '../../shared/money.ts';
import type { RowValues } from './format.ts';
import type {
  ActualApi,
  ActualEngine,
  ActualTransaction,
  NewTransaction,
  TransactionFields,
} from './peer-api.ts';
import type { ShownRow } from './sheet-view.ts';

/** A row of Actual's book, in the words of ours. */
export interface PeerRow extends ShownRow {
  readonly transaction: ActualTransaction;
}

export type PeerBook = ReturnType<typeof createPeerBook>;

interface BookAccount {
  readonly id: string;
  readonly currency: string;
  isLinked: boolean;
}

/** Actual's settings for the bank sync of an account: those with which it gets most of the scenarios right. */
const settings: Readonly<Record<string, string>> = {
  'sync-update-dates': 'true',
  'sync-reimport-deleted': 'false',
  // So that the notes are the user's alone; the bank's text stands in the imported payee.
  'sync-import-notes': 'false',
};

const [firstDay, lastDay] = ['1900-01-01', '9999-12-31'];

/**
 * A book in Actual: what a bank shows and what the user does in the terms of its API. Description is its payee, or what
 * the bank wrote as long as the user has not worded it anew; Counter-account its category; ✓ its lock (`reconciled`).
 */
export function createPeerBook(api: ActualApi, engine: ActualEngine, currencyWhereNone: string) {
  const accounts = new Map<string, BookAccount>();
  /** Ids of transactions in the order in which they came, as a sheet has its rows. */
  let order: readonly string[] = [];
  /** Transactions of the user's own, and what they are called here: '', or the transaction that they copy. */
  const own = new Map<string, string>();
  /** Transactions whose description is the user's. */
  const worded = new Set<string>();

  async function accountOf(path: string, currency = currencyWhereNone): Promise<BookAccount> {
    const known = accounts.get(path);
    if (known) return known;
    const account = { id: await api.createAccount({ name: path }), currency, isLinked: false };
    accounts.set(path, account);
    for (const [setting, value] of Object.entries(settings)) {
      await engine.send('preferences/save', { id: `${setting}-${account.id}`, value });
    }
    return account;
  }

  async function payeeOf(name: string): Promise<string> {
    const known = (await api.getPayees()).find((payee) => payee.name === name);
    return known?.id ?? (await api.createPayee({ name }));
  }

  async function categoryOf(name: string): Promise<string | null> {
    if (name === '') return null;
    const known = (await api.getCategories()).find((category) => category.name === name);
    if (known) return known.id;
    // A group of its own, since the name of a category is taken but once in a group.
    const group_id = await api.createCategoryGroup({ name });
    return api.createCategory({ name, group_id });
  }

  async function transactions(): Promise<readonly ActualTransaction[]> {
    const all: ActualTransaction[] = [];
    for (const { id } of accounts.values()) {
      const found = await api.getTransactions(id, firstDay, lastDay);
      // Newest first, as they come; an opening sum that a sync took for an entry is that entry's row.
      all.push(...found.filter((it) => !it.starting_balance_flag || it.imported_payee).reverse());
    }
    const known = new Set(order);
    order = [...order, ...all.map(({ id }) => id).filter((id) => !known.has(id))];
    const places = new Map(order.map((id, place) => [id, place]));
    return all.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  }

  /** Adds a transaction that no bank showed. */
  async function addOwn(path: string, id: string, values: Omit<NewTransaction, 'account'>) {
    const account = await accountOf(path);
    const before = new Set((await transactions()).map((one) => one.id));
    await api.addTransactions(account.id, [{ account: account.id, ...values }]);
    for (const one of await transactions()) {
      if (before.has(one.id)) continue;
      own.set(one.id, id);
      if (id === '') worded.add(one.id);
    }
  }

  return {
    /** The account into which a bank account's entries go. */
    async open(path: string, currency: string): Promise<void> {
      await accountOf(path, currency);
    },

    /** The first sync links the account, from a day on, and fetches; @throws what Actual says of a sync that failed */
    async sync(path: string, accountId: string, from: CalendarDate): Promise<void> {
      const account = await accountOf(path);
      if (account.isLinked) return api.runBankSync({ accountId: account.id });
      account.isLinked = true;
      await engine.send('enablebanking-accounts-link', {
        externalAccount: { account_id: accountId, name: path, institution: 'Sandbox Bank' },
        upgradingId: account.id,
        startingDate: from,
      });
    },

    /** Entries of a file, as its import takes them. */
    async importEntries(path: string, entries: readonly ObservedEntry[]): Promise<void> {
      const { id: account } = await accountOf(path);
      const { errors } = await api.importTransactions(
        account,
        entries.flatMap((entry) => toImported(account, entry)),
        { defaultCleared: true, reimportDeleted: false, payeeNameNormalization: 'original' },
      );
      if (errors[0]) throw new Error(errors[0].message);
    },

    async rows(): Promise<readonly PeerRow[]> {
      const found = await transactions();
      const payees = new Map((await api.getPayees()).map(({ id, name }) => [id, name]));
      const categories = new Map((await api.getCategories()).map(({ id, name }) => [id, name]));
      const paths = new Map([...accounts].map(([path, account]) => [account.id, path]));
      return found.map((transaction, place) => {
        const { id, payee, category, imported_payee, date, notes } = transaction;
        const path = paths.get(transaction.account) ?? '';
        const currency = accounts.get(path)?.currency ?? currencyWhereNone;
        const name = payees.get(payee ?? '') ?? '';
        return {
          transaction,
          index: place + 1,
          id: own.get(id) ?? id,
          date,
          description: worded.has(id) ? name : (imported_payee ?? name),
          amount: Number(formatAmount({ minor: transaction.amount, currency })),
          currency,
          account: path,
          counterAccount: categories.get(category ?? '') ?? '',
          posted: transaction.reconciled,
          notes: notes ?? '',
          pending: !transaction.cleared,
        };
      });
    },

    async edit({ transaction, currency }: PeerRow, set: RowValues): Promise<void> {
      const { date, amount, description, account, counterAccount, posted, notes } = set;
      const fields: TransactionFields = {
        ...(date !== undefined && { date }),
        ...(amount !== undefined && { amount: parseMoney(amount, currency).minor }),
        ...(description !== undefined && { payee: await payeeOf(description) }),
        ...(account !== undefined && { account: (await accountOf(account)).id }),
        ...(counterAccount !== undefined && { category: await categoryOf(counterAccount) }),
        ...(posted !== undefined && { reconciled: posted }),
        ...(notes !== undefined && { notes }),
      };
      await engine.send('transaction-update', { id: transaction.id, ...fields });
      if (description !== undefined) worded.add(transaction.id);
    },

    async remove({ transaction }: PeerRow): Promise<void> {
      await engine.send('transaction-delete', { id: transaction.id });
    },

    async copy({ transaction, id, description, account, counterAccount }: PeerRow): Promise<void> {
      const { date, amount, notes, cleared } = transaction;
      const category = await categoryOf(counterAccount);
      const values = { date, amount, notes, cleared, category };
      await addOwn(account, id, { ...values, payee_name: description });
    },

    async add({ date, amount, description, account, counterAccount, notes }: RowValues) {
      const path = account ?? '';
      const { currency } = await accountOf(path);
      await addOwn(path, '', {
        date: date ?? '',
        amount: parseMoney(amount ?? '0', currency).minor,
        payee_name: description ?? '',
        category: await categoryOf(counterAccount ?? ''),
        notes: notes ?? null,
      });
    },
  };
}

/** As a file's line comes to its import; a line without a date is none. */
function toImported(account: string, entry: ObservedEntry): readonly NewTransaction[] {
  const { reference, bookingDate, valueDate, amount, counterparty, text } = entry;
  const date = bookingDate ?? valueDate;
  if (date === undefined) return [];
  return [
    {
      account,
      date,
      amount: amount.minor,
      payee_name: counterparty || text,
      imported_payee: descriptionOf({ ...entry, date, pending: false }),
      ...(reference !== undefined && { imported_id: reference }),
      cleared: true,
    },
  ];
}
