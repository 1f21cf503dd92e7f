import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { books, type ConnectionDoc, connections } from '../../../cloud/core/documents.ts';
import { createLog, type LogLine } from '../../../cloud/core/log.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { BankConnector, EntryPage } from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import type { Task } from '../../../cloud/ports/tasks.ts';
import { readStatementFile } from '../../../cloud/statements/read-statement-file.ts';
import type { Balance, Institution, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { parseMoney } from '../../../shared/money.ts';
import { createMemorySheet } from './memory-sheet.ts';

export const institution: Institution = {
  id: 'fake:bank',
  connector: 'fake',
  name: 'Fake Bank',
  country: 'DE',
  waysIn: ['psd2'],
  historyDays: 90,
  consentDays: 180,
};

export const giro: ObservedAccount = {
  externalId: 'x1',
  iban: 'DE89370400440532013000',
  name: 'Girokonto',
  holder: 'Erika Muster',
  type: 'current',
  currency: 'EUR',
};

/** An observed entry; the amount as decimal text in euro. */
export function entry(
  amount: string,
  facts: Partial<Omit<ObservedEntry, 'amount'>> = {},
): ObservedEntry {
  return {
    status: 'booked',
    bookingDate: '2026-03-01',
    counterparty: 'Cafe Rot',
    text: 'COFFEE',
    amount: parseMoney(amount, 'EUR'),
    ...facts,
  };
}

/** A bank whose answers the test sets. */
export function createFakeBank() {
  const bank = {
    accounts: [giro] as readonly ObservedAccount[],
    pages: [[]] as readonly (readonly ObservedEntry[])[],
    balance: {} as Balance,
    /** Thrown by the next calls of a kind until it is taken away. */
    failing: {} as Partial<
      Record<'finish' | 'accounts' | 'balance' | 'entries' | 'lastPage', Error>
    >,
    /** Awaited before each page. */
    beforePage: async () => {},
    calls: [] as string[],
  };
  const check = (kind: keyof typeof bank.failing) => {
    const error = bank.failing[kind];
    if (error) throw error;
  };
  async function* entries(from: string): AsyncGenerator<EntryPage> {
    bank.calls.push(`entries ${from}`);
    check('entries');
    for (const [at, page] of bank.pages.entries()) {
      await bank.beforePage();
      if (at === bank.pages.length - 1) check('lastPage');
      yield { entries: page };
    }
  }
  const connector: BankConnector = {
    id: 'fake',
    institutions: async () => [institution],
    startConsent: async ({ redirectUrl }) => ({
      grant: { consent: 'k1' },
      confirmation: { kind: 'redirect', url: `https://bank.example/login?back=${redirectUrl}` },
    }),
    finishConsent: async (grant) => {
      check('finish');
      return { grant, validUntil: '2026-08-28' };
    },
    accounts: async () => {
      bank.calls.push('accounts');
      check('accounts');
      return bank.accounts;
    },
    balance: async () => {
      bank.calls.push('balance');
      check('balance');
      return bank.balance;
    },
    entries: (_grant, _id, window) => entries(window.from),
    revokeConsent: async () => {},
  };
  return { bank, connector };
}

/** A world on a set clock, an SQLite store in memory, a fake bank and a sheet in memory. */
export function createTestWorld(startAt: Instant = '2026-03-02T08:00:00.000Z') {
  let now = startAt;
  let number = 0;
  const operations: string[] = [];
  const lines: LogLine[] = [];
  const queue: Task[] = [];
  const { bank, connector } = createFakeBank();
  const sheet = createMemorySheet();
  const store = openSqliteStore(':memory:', (kind, documents) => {
    operations.push(`${kind} ${documents}`);
  });
  const world: World = {
    store,
    sheet: sheet.port,
    tasks: { enqueue: async (task) => void queue.push(task) },
    callers: { verify: async (token) => ({ userId: token }) },
    readStatementFile,
    clock: { now: () => now },
    ids: {
      next: (prefix) => `${prefix}${String(++number).padStart(26, 'a')}`.replace(/[^a-z0-9]/g, ''),
    },
    log: createLog((line) => lines.push(line)),
    connectors: new Map([[connector.id, connector]]),
    publicUrl: 'https://bookfeed.example',
    bookUrl: (bookId) => `https://sheets.example/${bookId}`,
    serviceAccount: 'bookfeed@robots.example',
  };
  return {
    world,
    bank,
    sheet,
    operations,
    lines,
    queue,
    setNow: (instant: Instant) => {
      now = instant;
    },
    pass: (ms: number) => {
      now = addMs(now, ms);
    },
  };
}

export const bookId = 'book-of-erika';

/** A connection whose one account fills Assets:Checking from 1 January on, due now. */
export async function connectGiro(
  { store, clock }: World,
  change: Partial<ConnectionDoc> = {},
): Promise<string> {
  const now = clock.now();
  const connection: ConnectionDoc = {
    bookId,
    ownerId: 'erika',
    institution,
    wayIn: 'psd2',
    name: 'Fake Bank',
    state: 'connected',
    createdAt: now,
    consent: { grantedAt: now, confirmedAt: now, validUntil: '2026-08-28' },
    grant: { consent: 'k1' },
    accounts: [
      {
        ...giro,
        key: 'k-giro',
        feed: { bookAccount: { path: 'Assets:Checking', type: 'asset' }, from: '2026-01-01' },
      },
    ],
    dueAt: now,
    ...change,
  };
  await store.commit([
    write(connections, 'c1', connection, 'absent'),
    write(books, bookId, { createdAt: now, editors: {}, proofs: {} }, 'absent'),
  ]);
  return 'c1';
}
