import type {
  AccountView,
  ConnectionView,
  Overview,
  SyncProgress,
  SyncResult,
} from '../../shared/api.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { type FailureView, viewFailure } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import type { Doc } from '../ports/store.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type AccountDoc,
  books,
  type ConnectionDoc,
  outbox,
  type ProgressDoc,
  progresses,
} from './documents.ts';
import { leaseMs } from './sync-schedule.ts';
import type { World } from './world.ts';

/** What the sidebar shows of a book. */
export async function overviewOf(
  { store, clock, serviceAccount }: World,
  bookId: string,
): Promise<Overview> {
  const now = clock.now();
  const [book, found, [waiting]] = await Promise.all([
    store.get(books, bookId),
    connectionsOfBook(store, bookId),
    store.find(outbox, { field: 'bookId', op: '==', value: bookId, limit: 1 }),
  ]);
  const shown = found.filter(({ value }) => value.state !== 'removed');
  const syncing = shown.filter(({ value }) => isLeased(value, now)).map(({ key }) => key);
  const told = syncing.length > 0 ? await store.getMany(progresses, syncing) : [];
  const sheetFailure = book?.value.sheetFailure;
  return {
    now,
    serviceAccount,
    connections: shown.map((doc) => {
      const rows = !sheetFailure && waiting ? waiting.value.drafts.length : 0;
      const progress = isLeased(doc.value, now)
        ? progressOf(doc, told)
        : rows > 0 && ({ step: 'rows', total: rows } as const);
      return { ...connectionView(doc), ...(progress && { progress }) };
    }),
    ...(sheetFailure && { sheetFailure: viewFailure(sheetFailure) }),
  };
}

function isLeased({ lease }: ConnectionDoc, now: Instant): boolean {
  return lease !== undefined && lease.until > now;
}

/** What the running sync told last; what an earlier one told is old. */
function progressOf(
  { key, value }: Doc<ConnectionDoc>,
  told: readonly Doc<ProgressDoc>[],
): SyncProgress {
  const doc = told.find((it) => it.key === key);
  const since = value.lease ? addMs(value.lease.until, -leaseMs) : '';
  if (!doc || doc.value.at < since) return { step: 'waiting' };
  const { at: _, ...progress } = doc.value;
  return progress;
}

function connectionView({ key, value }: Doc<ConnectionDoc>): ConnectionView {
  const { name, institution, wayIn, state, consent, accounts } = value;
  return {
    id: key,
    name,
    institution: institution.name,
    wayIn,
    state,
    confirmedAt: consent.confirmedAt,
    accounts: accounts.map((account) => accountView(account, institution.historyDays)),
    ...(consent.validUntil && { validUntil: consent.validUntil }),
    ...(value.failure && { failure: viewFailure(value.failure) }),
    ...(value.lastSyncedAt && { lastSyncedAt: value.lastSyncedAt }),
    ...(value.dueAt && { nextSyncAt: value.dueAt }),
    ...(value.lastResult && { lastResult: resultView(value.lastResult) }),
  };
}

function resultView({ failure, ...result }: SyncResult): SyncResult<FailureView> {
  return { ...result, ...(failure && { failure: viewFailure(failure) }) };
}

function accountView(account: AccountDoc, historyDays: number): AccountView {
  const { key, name, holder, iban, mask, type, currency, balance, feed } = account;
  return {
    key,
    name,
    holder,
    type,
    currency,
    historyDays,
    ...(iban && { iban }),
    ...(mask && { mask }),
    ...(balance?.booked && { balance: formatAmount(balance.booked) }),
    ...(feed && { feed }),
  };
}
