import type { ActualApi, ActualEngine, ActualTransaction, NewTransaction } from './peer-api.ts';
import { transactionsPath } from './peer-server.ts';

/** What our server answers. */
interface Answer {
  readonly error_code?: string;
  readonly startingBalance: number;
  readonly transactions: {
    readonly all: readonly {
      readonly transactionId: string;
      readonly date: string;
      readonly booked: boolean;
      readonly transactionAmount: { readonly amount: string };
      readonly payeeName: string;
      readonly imported_payee: string;
    }[];
  };
}

type Kept = ActualTransaction & { readonly imported_id?: string };

/** Stands in for `@actual-app/api`: it keeps books in the same words, and knows an entry again by its reference alone. */
export function createFakeActual() {
  let url = '';
  let nextId = 0;
  let transactions: Kept[] = [];
  const deleted = new Set<string>();
  const names = new Map<string, string>();
  const links = new Map<string, { readonly key: string; readonly from: string }>();
  /** What it was sent, in order. */
  const sent: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[] = [];

  function nameOf(name: string, kind: 'payee' | 'category' | 'group'): string {
    const known = [...names].find(([id, one]) => one === name && id.startsWith(kind))?.[0];
    const id = known ?? `${kind}-${++nextId}`;
    names.set(id, name);
    return id;
  }
  const named = (kind: string) =>
    [...names].filter(([id]) => id.startsWith(kind)).map(([id, name]) => ({ id, name }));

  function add(fields: NewTransaction, begins = false): void {
    const { account, date, amount, payee_name, imported_id } = fields;
    transactions.push({
      id: `t-${++nextId}`,
      account,
      date,
      amount,
      payee: payee_name ? nameOf(payee_name, 'payee') : null,
      category: fields.category ?? null,
      notes: fields.notes ?? null,
      imported_payee: fields.imported_payee ?? null,
      cleared: fields.cleared ?? true,
      reconciled: false,
      starting_balance_flag: begins,
      ...(imported_id && { imported_id }),
    });
  }

  function take(fields: NewTransaction): void {
    const { imported_id: id, account } = fields;
    if (id && deleted.has(id)) return;
    const known = transactions.find(
      (one) => id && one.imported_id === id && one.account === account,
    );
    if (!known) {
      add(fields);
      return;
    }
    const { date, cleared = true, imported_payee = null } = fields;
    if (!known.reconciled) update(known.id, { date, cleared, imported_payee });
  }

  function update(id: unknown, fields: Partial<Kept>): void {
    transactions = transactions.map((one) => (one.id === id ? { ...one, ...fields } : one));
  }

  async function sync(account: string): Promise<void> {
    const { key = '', from: begin = '' } = links.get(account) ?? {};
    // As the true one: the first time from the day that the user chose, then from the oldest transaction on.
    const days = transactions.filter((one) => one.account === account).map(({ date }) => date);
    const from = days.toSorted()[0] ?? begin;
    const body = JSON.stringify({ accountId: key, startDate: from });
    const response = await fetch(`${url}${transactionsPath}`, { method: 'POST', body });
    const { data } = (await response.json()) as { data: Answer };
    if (data.error_code) throw { type: 'BankSyncError', code: data.error_code };
    const isNew = transactions.every((one) => one.account !== account);
    if (isNew) add({ account, date: from, amount: data.startingBalance }, true);
    for (const one of data.transactions.all) {
      const { transactionId, transactionAmount, payeeName, imported_payee, date, booked } = one;
      const amount = Math.round(Number(transactionAmount.amount) * 100);
      const fields = { account, date, amount, payee_name: payeeName, imported_payee };
      take({ ...fields, imported_id: transactionId, cleared: booked });
    }
  }

  const engine: ActualEngine = {
    async send(name, args = {}) {
      sent.push({ name, args });
      const { id, ...fields } = args;
      if (name === 'set-server-url') url = String(args['url']);
      else if (name === 'transaction-update') update(id, fields);
      else if (name === 'create-budget') transactions = [];
      else if (name === 'transaction-delete') {
        const gone = transactions.find((one) => one.id === id);
        if (gone?.imported_id) deleted.add(gone.imported_id);
        transactions = transactions.filter((one) => one !== gone);
      } else if (name === 'enablebanking-accounts-link') {
        const { account_id: key } = args['externalAccount'] as { account_id: string };
        links.set(String(args['upgradingId']), { key, from: String(args['startingDate']) });
        await sync(String(args['upgradingId']));
      }
    },
  };

  const api: ActualApi = {
    init: async () => engine,
    createAccount: async () => `account-${++nextId}`,
    runBankSync: ({ accountId }) => sync(accountId),
    async importTransactions(_, all) {
      for (const one of all) take(one);
      return { errors: [] };
    },
    async addTransactions(_, all) {
      for (const one of all) add(one);
    },
    // Newest first, as the true one.
    getTransactions: async (account) =>
      transactions.filter((one) => one.account === account).reverse(),
    getPayees: async () => named('payee'),
    createPayee: async ({ name }) => nameOf(name, 'payee'),
    getCategories: async () => named('category'),
    createCategory: async ({ name }) => nameOf(name, 'category'),
    createCategoryGroup: async ({ name }) => nameOf(name, 'group'),
  };
  return { api, sent };
}
