import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import {
  type BookDoc,
  books,
  type ConnectionDoc,
  connections,
} from '../../../cloud/core/documents.ts';
import { createLog, type LogLine } from '../../../cloud/core/log.ts';
import { termsVersion } from '../../../cloud/core/terms.ts';
import type { World } from '../../../cloud/core/world.ts';
import type {
  BankConnector,
  EntryPage,
  UserPresence,
} from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import type { Task } from '../../../cloud/ports/tasks.ts';
import { readStatementFile } from '../../../cloud/statements/read-statement-file.ts';
import type { Balance, Institution, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import type { BookReading } from '../../../shared/delivery.ts';
import { parseMoney } from '../../../shared/money.ts';
import { createMemoryMailer } from '../../memory-mailer.ts';
import { createMemoryVault } from '../../memory-vault.ts';
import { createMemorySheet } from './memory-sheet.ts';

export const institution: Institution = {
  id: 'fake:bank',
  connector: 'fake',
  name: 'Fake Bank',
  country: 'DE',
  wayIn: 'psd2',
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
    /** What it was told to what it asks. */
    answers: [] as ConfirmationAnswer[],
    /** Who was there at each access. */
    users: [] as (UserPresence | undefined)[],
    closed: 0,
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
    startAccess: async ({ redirectUrl }) => ({
      kind: 'asked',
      grant: { consent: 'k1' },
      confirmation: { kind: 'redirect', url: `https://bank.example/login?back=${redirectUrl}` },
    }),
    answerConfirmation: async (grant, answer) => {
      bank.answers.push(answer);
      check('finish');
      return { kind: 'granted', grant, validUntil: '2026-08-28' };
    },
    open: async (_grant, user) => {
      bank.users.push(user);
      return {
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
        entries: (_id, window) => entries(window.from),
        close: async () => {
          bank.closed += 1;
        },
      };
    },
    revokeAccess: async () => {},
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
  const mailer = createMemoryMailer();
  const store = openSqliteStore(':memory:', (kind, documents) => {
    operations.push(`${kind} ${documents}`);
  });
  const world: World = {
    store,
    sheet: sheet.port,
    tasks: { enqueue: async (task) => void queue.push(task) },
    vault: createMemoryVault(),
    mailer,
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
    unsetProviders: [],
    serviceAccount: 'bookfeed@robots.example',
  };
  return {
    world,
    bank,
    sheet,
    mailer,
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

/** A spreadsheet in which nothing of Bookfeed's stands yet, as the add-on reads it. */
export const emptyReading: BookReading = {
  title: 'Book',
  locale: 'en_US',
  transactions: null,
  accounts: null,
  rules: null,
  deliveredBatches: [],
  otherTitles: [],
};

/** A connection whose one account fills Assets:Checking from 1 January on, due now. */
export async function connectGiro(
  { store, clock, vault }: World,
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
    consent: {
      grantedAt: now,
      confirmedAt: now,
      validUntil: '2026-08-28',
      unattendedPerDay: 1_000,
    },
    grant: await vault.seal('c1', { consent: 'k1' }),
    terms: { version: termsVersion, acceptedAt: now },
    accesses: [],
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
    write(books, bookId, bookOfErika(now), 'absent'),
  ]);
  return 'c1';
}

/** A book whose owner is Erika. */
export function bookOfErika(now: Instant): BookDoc {
  const member = { role: 'owner', since: now, email: 'erika@example.org' } as const;
  return { createdAt: now, editors: {}, proofs: {}, members: { erika: member } };
}
