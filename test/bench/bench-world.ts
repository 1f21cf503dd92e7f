import { randomIds, systemClock } from '../../cloud/adapters/system-clock.ts';
import { type AccountDoc, books, connections } from '../../cloud/core/documents.ts';
import { createLog } from '../../cloud/core/log.ts';
import { termsVersion } from '../../cloud/core/terms.ts';
import type { World } from '../../cloud/core/world.ts';
import type { BankConnector } from '../../cloud/ports/bank-connector.ts';
import type { Sheet } from '../../cloud/ports/sheet.ts';
import { type Store, write } from '../../cloud/ports/store.ts';
import { readStatementFile } from '../../cloud/statements/read-statement-file.ts';
import type { Institution, ObservedEntry } from '../../shared/bank.ts';
import { addDays, addMs, type CalendarDate, dayOf } from '../../shared/calendar-date.ts';
import { createMemoryMailer } from '../memory-mailer.ts';
import { createMemoryVault } from '../memory-vault.ts';

/** What one process of a bench seals another opens. */
const vault = createMemoryVault(Buffer.alloc(32, 1));

/** Entries a day of the account that is kept: the window of a sync, seven days, then holds 500 of them. */
export const perDay = 72;

export const today = dayOf(systemClock.now());
export const benchBook = 'bench-book-of-bea';

const institution: Institution = {
  id: 'bench:bank',
  connector: 'bench',
  name: 'Bench Bank',
  country: 'DE',
  wayIn: 'psd2',
  historyDays: 90,
  consentDays: 180,
};

/** So many entries a day up to today, the oldest first, all different; the last of a row that began `before` them. */
export function benchEntries(
  count: number,
  aDay: number,
  mark = 'OLD',
  before = 0,
): ObservedEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(today, -Math.floor((count - 1 - index) / aDay));
    const at = before + index;
    return {
      status: 'booked',
      reference: `${mark}-${at}`,
      bookingDate: day,
      valueDate: day,
      amount: { minor: -100 - (at % 90_000), currency: 'EUR' },
      counterparty: `Shop ${at % 400}`,
      text: `${mark} CARD PAYMENT ${at} TERMINAL ${at % 97} MUSTERSTADT`,
    };
  });
}

/** A bank in this process, so that nothing but the sync is measured: it shows these entries at once. */
export function benchBank(entries: readonly ObservedEntry[]): BankConnector {
  const none = async () => {
    throw new Error('the bench asks for entries and balances alone');
  };
  return {
    id: 'bench',
    institutions: async () => [institution],
    startAccess: none,
    answerConfirmation: none,
    revokeAccess: none,
    open: async () => ({
      accounts: none,
      balance: async () => ({}),
      entries: async function* () {
        yield { entries };
      },
      close: async () => {},
    }),
  };
}

/** A world around a store and a bank; what it would deliver stays in the outbox unless there is a sheet. */
export function benchWorld(store: Store, bank: BankConnector, sheet?: Sheet): World {
  const none = () => {
    throw new Error('the bench has no sheet');
  };
  return {
    store,
    sheet: sheet ?? { readBook: none, writeBook: none, spellChanges: none, hasProof: none },
    tasks: { enqueue: async () => {} },
    vault,
    mailer: createMemoryMailer(),
    callers: { verify: none },
    readStatementFile,
    clock: systemClock,
    ids: randomIds,
    log: createLog(() => {}),
    connectors: new Map([[bank.id, bank]]),
    publicUrl: 'http://127.0.0.1',
    bookUrl: () => 'http://127.0.0.1',
    unsetProviders: [],
    serviceAccount: null,
  };
}

/** A connection `bench` whose accounts fill the book from that day on; just confirmed, so that all history is asked for. */
export async function connectBench(
  store: Store,
  from: CalendarDate,
  { accountCount = 1, bookId = benchBook } = {},
): Promise<void> {
  const now = systemClock.now();
  const accounts = Array.from({ length: accountCount }, (_, at): AccountDoc => {
    const path = `Assets:Bench ${at}`;
    return {
      externalId: `x${at}`,
      key: `k${at}`,
      name: 'Current Account',
      holder: 'Bea Bench',
      type: 'current',
      currency: 'EUR',
      feed: { bookAccount: { path, type: 'asset', currency: 'EUR' }, from },
    };
  });
  const connection = {
    bookId,
    ownerId: 'bea',
    institution,
    wayIn: 'psd2' as const,
    name: 'Bench Bank',
    state: 'connected' as const,
    createdAt: now,
    consent: {
      grantedAt: now,
      confirmedAt: addMs(now, -1000),
      validUntil: addDays(today, 180),
      unattendedPerDay: 1_000,
    },
    grant: await vault.seal('bench', {}),
    terms: { version: termsVersion, acceptedAt: now },
    accesses: [],
    accounts,
  };
  await store.commit([
    write(connections, 'bench', connection, 'absent'),
    write(books, bookId, { createdAt: now, editors: {}, proofs: {}, members: {} }, 'absent'),
  ]);
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
