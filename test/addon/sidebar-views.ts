import type { Book } from '../../addon/server/book.ts';
import type { Access } from '../../shared/access.ts';
import type {
  AccountView,
  ApiAnswers,
  ConfirmationView,
  ConnectionView,
  MemberView,
  Overview,
  RowView,
  RunView,
} from '../../shared/api.ts';
import type { Confirmation } from '../../shared/confirmation.ts';

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
    isMine: true,
    otherWaysIn: [],
    everyHours: 6,
    quota: { left: 2, perDay: 4 },
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

/** The run of that result. */
export function runView(change: Partial<RunView> = {}): RunView {
  return {
    id: 'r1',
    kind: 'sync',
    at: '2026-03-10T11:48:00.000Z',
    connectionId: 'c1',
    newRows: 14,
    ...change,
  };
}

export function rowView(change: Partial<RowView> = {}): RowView {
  return {
    date: '2026-03-09',
    description: 'Bäckerei Beispiel, Kartenzahlung',
    amount: '-12.50',
    currency: 'EUR',
    account: 'Assets:Sandbox Bank:Girokonto',
    ...change,
  };
}

export function changePreview(
  change: Partial<ApiAnswers['previewSync']> = {},
): ApiAnswers['previewSync'] {
  return {
    previewId: 'c1~v1',
    newRows: 3,
    settled: 1,
    changed: 1,
    removed: 0,
    rows: [
      rowView(),
      rowView({
        amount: '2500.00',
        description: 'Gehalt März, Beispielwerke GmbH',
        date: '2026-03-08',
      }),
      rowView({ amount: '-900.00', description: 'Miete Beispielstraße 5', date: '2026-03-01' }),
    ],
    ...change,
  };
}

/** What the bank asks, for a little more than four minutes. */
export function confirmationView(kind: Confirmation['kind']): ConfirmationView {
  return {
    confirmation: confirmations[kind],
    cause: 'historical',
    expiresAt: '2026-03-10T12:04:30.000Z',
  };
}

const confirmations: { readonly [K in Confirmation['kind']]: Confirmation & { kind: K } } = {
  redirect: { kind: 'redirect', url: 'https://bank.example/confirm' },
  method: {
    kind: 'method',
    prompt: 'How do you want to confirm?',
    methods: [
      { id: 'sms', name: 'SMS to ···· 42' },
      { id: 'app', name: 'Approve in the app' },
    ],
  },
  code: {
    kind: 'code',
    prompt: 'Photo TAN for the access of today',
    format: 'digits',
    length: 6,
    picture: {
      mimeType: 'image/svg+xml',
      content: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240"><path fill="#0a0" d="M20 20h90v90H20zM130 130h90v90h-90z"/></svg>',
      ).toString('base64'),
      alt: 'Photo TAN',
    },
  },
  approval: { kind: 'approval', prompt: 'Approve “Account access” in your app', everySeconds: 2 },
};

export function memberView(change: Partial<MemberView> = {}): MemberView {
  return { id: 'u2', email: 'grace@example.org', role: 'viewer', isMe: false, ...change };
}

export function accessView(change: Partial<Access> = {}): Access {
  return {
    at: '2026-03-10T11:48:00.000Z',
    cause: 'scheduled',
    isUserPresent: false,
    calls: [
      { kind: 'accounts', count: 1 },
      { kind: 'balances', accountKey: 'giro', count: 1 },
      { kind: 'entries', accountKey: 'giro', count: 2 },
    ],
    result: 'complete',
    ...change,
  };
}

export const overview: Overview = {
  now: '2026-03-10T12:00:00.000Z',
  serviceAccount: null,
  presenceUrl: 'http://localhost/presence',
  role: 'owner',
  reminders: true,
  connections: [connectionView()],
  fileAccounts: [],
  imports: [],
  runs: [runView()],
  waitingRows: 0,
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
