import type { Book } from '../../addon/server/book.ts';
import type { AccountView, ConnectionView, Overview } from '../../shared/api.ts';

/** Fictitious people and example IBANs. */
export function accountView(change: Partial<AccountView> = {}): AccountView {
  return {
    key: 'giro',
    name: 'Girokonto',
    holder: 'Ada Beispiel',
    iban: 'DE02120300000000202051',
    type: 'current',
    currency: 'EUR',
    balance: '1234.50',
    historyDays: 90,
    feed: {
      bookAccount: { path: 'Assets:Sandbox Bank:Girokonto', type: 'asset', currency: 'EUR' },
      from: '2026-03-01',
    },
    ...change,
  };
}

/** The account as it is before it is linked. */
export function unlinked(change: Partial<AccountView> = {}): AccountView {
  const { feed: _, ...account } = accountView(change);
  return account;
}

export function connectionView(change: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'c1',
    name: 'Sandbox Bank',
    institution: 'Sandbox Bank',
    wayIn: 'psd2',
    state: 'connected',
    confirmedAt: '2026-02-28T09:00:00.000Z',
    validUntil: '2026-08-27',
    lastSyncedAt: '2026-03-10T11:48:00.000Z',
    nextSyncAt: '2026-03-10T13:10:00.000Z',
    lastResult: {
      at: '2026-03-10T11:48:00.000Z',
      outcome: 'complete',
      newRows: 14,
      settled: 2,
      removed: 0,
    },
    accounts: [accountView()],
    ...change,
  };
}

export const overview: Overview = {
  now: '2026-03-10T12:00:00.000Z',
  serviceAccount: null,
  connections: [connectionView()],
};

export const book: Book = {
  title: 'Book of Ada',
  locale: 'de_DE',
  timeZone: 'Europe/Berlin',
  accounts: [
    { path: 'Assets:Cash', type: 'asset' },
    { path: 'Assets:Sandbox Bank:Girokonto', type: 'asset', currency: 'EUR' },
    { path: 'Assets:Sandbox Bank:Tagesgeld', type: 'asset', currency: 'EUR' },
    { path: 'Assets:Plants:Solar 3', type: 'asset', currency: 'EUR' },
    { path: 'Liabilities:Card', type: 'liability', currency: 'EUR' },
    { path: 'Expenses:Food', type: 'expense' },
    { path: 'Expenses:Office:Software', type: 'expense' },
    { path: 'Income:Feed-in tariff', type: 'income' },
  ],
};
