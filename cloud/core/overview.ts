import type {
  AccountView,
  ConnectionView,
  Overview,
  ProofView,
  RunView,
  SyncProgress,
  SyncResult,
} from '../../shared/api.ts';
import type { Proof } from '../../shared/bank.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { type FailureView, viewFailure } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import type { Doc, Store } from '../ports/store.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type AccountDoc,
  books,
  type ConnectionDoc,
  outbox,
  type ProgressDoc,
  progresses,
  runs,
} from './documents.ts';
import { leaseMs } from './sync-schedule.ts';
import type { World } from './world.ts';

/** Batches that are counted, and runs that are offered to be undone. */
const batchMax = 4;
const runMax = 10;

/** What the sidebar shows of a book. */
export async function overviewOf(
  { store, clock, serviceAccount }: World,
  bookId: string,
): Promise<Overview> {
  const now = clock.now();
  const [book, found, waiting] = await Promise.all([
    store.get(books, bookId),
    connectionsOfBook(store, bookId),
    store.find(outbox, { field: 'bookId', op: '==', value: bookId, limit: batchMax }),
  ]);
  const shown = found.filter(({ value }) => value.state !== 'removed');
  const syncing = shown.filter(({ value }) => isLeased(value, now)).map(({ key }) => key);
  const told = syncing.length > 0 ? await store.getMany(progresses, syncing) : [];
  const sheetFailure = book?.value.sheetFailure;
  const runIds = new Set([
    ...(book?.value.runs ?? []).slice(-runMax),
    ...waiting.map(({ value }) => value.runId),
    ...shown.flatMap(({ value }) => value.lastRunId ?? []),
  ]);
  const waitingRows = waiting.reduce((sum, { value }) => sum + value.drafts.length, 0);
  return {
    now,
    serviceAccount,
    waitingRows,
    runs: await runsToUndo(store, runIds),
    connections: shown.map((doc) => {
      const rows = sheetFailure ? 0 : waitingRows;
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
    accounts: accounts.map((account) => accountView(account, accounts, institution.historyDays)),
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

/** The newest runs that brought rows, delivered or not. */
async function runsToUndo(store: Store, ids: ReadonlySet<string>): Promise<readonly RunView[]> {
  const found = ids.size > 0 ? await store.getMany(runs, [...ids]) : [];
  return found
    .filter(({ value }) => !value.undoneAt && value.newRows > 0)
    .sort((a, b) => (a.value.at < b.value.at ? 1 : -1))
    .map(({ key, value: { kind, at, newRows, connectionId } }) => {
      return { id: key, kind, at, newRows, ...(connectionId && { connectionId }) };
    });
}

function proofView(proof: Proof): ProofView {
  return proof.kind === 'off' ? { ...proof, offBy: formatAmount(proof.offBy) } : proof;
}

function accountView(
  account: AccountDoc,
  all: readonly AccountDoc[],
  historyDays: number,
): AccountView {
  const { key, name, holder, iban, mask, type, currency, balance, feed, proof, candidates } =
    account;
  const among = candidates?.flatMap((externalId) => {
    const shown = all.find((it) => it.externalId === externalId && !it.feed);
    const booked = shown?.balance?.booked;
    return shown
      ? { externalId, name: shown.name, ...(booked && { balance: formatAmount(booked) }) }
      : [];
  });
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
    ...(proof && { proof: proofView(proof) }),
    ...(among && { candidates: among }),
  };
}
