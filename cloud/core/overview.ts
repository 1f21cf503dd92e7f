import { defaultInterval } from '../../shared/access.ts';
import type {
  AccountView,
  ConfirmationView,
  ConnectionView,
  Overview,
  ProofView,
  RunView,
  SyncProgress,
  SyncResult,
} from '../../shared/api.ts';
import type { Institution, Proof, WayIn } from '../../shared/bank.ts';
import { addMs, dayOf, type Instant } from '../../shared/calendar-date.ts';
import type { Confirmation } from '../../shared/confirmation.ts';
import { type FailureView, failures, viewFailure } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import type { Doc, Store } from '../ports/store.ts';
import { bankOf, groupBanks, isSandbox } from './banks.ts';
import { renewalOf } from './connection-state.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type AccountDoc,
  books,
  type ConnectionDoc,
  type OutboxDoc,
  outbox,
  type PendingConfirmation,
  type ProgressDoc,
  progresses,
  runs,
} from './documents.ts';
import { imports, ownerOf } from './file-documents.ts';
import { importViews } from './import-views.ts';
import { knownInstitutions } from './institution-lists.ts';
import { filesOf } from './keep-file.ts';
import { perDayOf, syncsLeft } from './quota.ts';
import { leaseMs } from './sync-schedule.ts';
import type { World } from './world.ts';

/** Batches that are counted, and runs that are offered to be undone. */
const batchMax = 4;
const runMax = 10;
/** Of so many accesses, the newest, so many failed: then another way in is advised. */
const adviceOf = 10;
const adviceFrom = 3;

/** What the sidebar shows of a book. */
export async function overviewOf(world: World, bookId: string, userId: string): Promise<Overview> {
  const { store, clock, serviceAccount, publicUrl } = world;
  const now = clock.now();
  const [book, found, memory, sent, waiting, institutions] = await Promise.all([
    store.get(books, bookId),
    connectionsOfBook(store, bookId),
    store.get(imports, bookId),
    filesOf(store, ownerOf(bookId, userId)),
    store.find(outbox, { field: 'bookId', op: '==', value: bookId, limit: batchMax }),
    knownInstitutions(world),
  ]);
  const me = book?.value.members[userId];
  const shown = found
    .filter(({ value }) => value.state !== 'removed')
    .sort((a, b) => (a.value.createdAt < b.value.createdAt ? -1 : 1));
  const syncing = shown.filter(({ value }) => isLeased(value, now)).map(({ key }) => key);
  const importing = sent.filter(({ value }) => value.state === 'importing').map(({ key }) => key);
  const busy = [...syncing, ...importing];
  const told = busy.length > 0 ? await store.getMany(progresses, busy) : [];
  const sheetFailure = book?.value.sheetFailure;
  const runIds = new Set([
    ...(book?.value.runs ?? []).slice(-runMax),
    ...waiting.map(({ value }) => value.runId),
    ...shown.flatMap(({ value }) => value.lastRunId ?? []),
  ]);
  const writing = writingOf(waiting.map(({ value }) => value));
  const done = sumOf(writing, (it) => it.done);
  const total = sumOf(writing, (it) => it.total);
  const waitingRows = total - done;
  return {
    now,
    serviceAccount,
    presenceUrl: `${publicUrl}/presence`,
    role: me?.role ?? 'viewer',
    reminders: !me?.noReminders,
    waitingRows,
    fileAccounts: (memory?.value.accounts ?? []).map((account) => accountView(account, [], 0)),
    imports: importViews(sent, told, sheetFailure ? new Map() : writing, now),
    runs: await runsToUndo(store, runIds),
    ...(institutions.some(isSandbox) && { hasSandbox: true }),
    connections: shown.map((doc) => {
      const rows = sheetFailure ? 0 : waitingRows;
      const progress = isLeased(doc.value, now)
        ? progressOf(doc, told)
        : rows > 0 && ({ step: 'rows', total, ...(done > 0 && { done }) } as const);
      const view = connectionView(doc, now, userId, institutions);
      return { ...view, ...(progress && { progress }) };
    }),
    ...(sheetFailure && { sheetFailure: viewFailure(sheetFailure) }),
  };
}

/** How many rows of a run stand in the sheet, and how many there will be. */
export interface Writing {
  readonly done: number;
  readonly total: number;
}

/** By run, as its first waiting batch tells; of a run in few batches, those that wait are all that is told. */
function writingOf(waiting: readonly OutboxDoc[]): ReadonlyMap<string, Writing> {
  const runs = Map.groupBy(waiting, ({ runId }) => runId);
  return new Map(
    [...runs].map(([runId, batches]) => {
      const part = batches[0]?.part;
      const rows = batches.reduce((sum, { drafts }) => sum + drafts.length, 0);
      return [runId, { done: part?.before ?? 0, total: part?.total ?? rows }];
    }),
  );
}

function sumOf(writing: ReadonlyMap<string, Writing>, of: (it: Writing) => number): number {
  return [...writing.values()].reduce((sum, it) => sum + of(it), 0);
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

function connectionView(
  { key, value }: Doc<ConnectionDoc>,
  now: Instant,
  userId: string,
  institutions: readonly Institution[],
): ConnectionView {
  const { name, institution, wayIn, state, consent, accounts, confirmation } = value;
  const otherWaysIn = waysInOf(institution, institutions).filter((it) => it !== wayIn);
  const renewBy = renewalOf(consent, dayOf(now));
  const isOpen = confirmation !== undefined && confirmation.expiresAt > now;
  return {
    id: key,
    name,
    institution: institution.name,
    wayIn,
    state,
    isMine: value.ownerId === userId,
    otherWaysIn,
    everyHours: value.everyHours ?? defaultInterval,
    quota: { left: syncsLeft(value, now), perDay: perDayOf(value) },
    confirmedAt: consent.confirmedAt,
    accounts: accounts.map((account) => accountView(account, accounts, institution.historyDays)),
    ...(isOpen && { confirmation: confirmationView(confirmation, value.ownerId === userId) }),
    ...(renewBy && { renewBy }),
    ...(failsOften(value) && otherWaysIn.includes('psd2') && { advice: 'open-banking' as const }),
    ...(consent.validUntil && { validUntil: consent.validUntil }),
    ...(value.failure && { failure: viewFailure(value.failure) }),
    ...(value.lastSyncedAt && { lastSyncedAt: value.lastSyncedAt }),
    ...(value.dueAt && { nextSyncAt: value.dueAt }),
    ...(value.lastResult && { lastResult: resultView(value.lastResult) }),
  };
}

/** Of the one bank, without sorting all others. */
function waysInOf(institution: Institution, all: readonly Institution[]): readonly WayIn[] {
  const { id, country, bic, name } = institution;
  const isNear = (it: Institution) =>
    it.country === country &&
    (it.name === name || (bic && it.bic?.slice(0, 8) === bic.slice(0, 8)));
  const bank = bankOf(groupBanks(all.filter(isNear)), id);
  return bank?.institutions.map(({ wayIn }) => wayIn) ?? [];
}

/** What the bank asks is for its own user's eyes: others are told that it asks. */
function confirmationView(
  { confirmation, cause, expiresAt }: PendingConfirmation,
  isMine: boolean,
): ConfirmationView {
  return { confirmation: isMine ? confirmation : withheld, cause, expiresAt };
}

const withheld: Confirmation = { kind: 'code', prompt: '', format: 'text' };

/** Direct access of which several of the last accesses failed, for a reason that the user did not cause. */
function failsOften({ wayIn, accesses }: ConnectionDoc): boolean {
  if (wayIn !== 'login') return false;
  const failed = accesses.slice(-adviceOf).filter(({ result }) => {
    if (result === 'complete' || result === 'rate-limited') return false;
    return failures[result].acts === 'time' || result === 'login-rejected';
  });
  return failed.length >= adviceFrom;
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
  const { key, name, holder, iban, mask, type, product, currency } = account;
  const { balance, feed, proof, candidates, keptFrom, watermark } = account;
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
    ...(product && { product }),
    ...(balance?.available && { available: formatAmount(balance.available) }),
    ...(keptFrom && watermark && { kept: { from: keptFrom, to: watermark } }),
    ...(balance?.booked && { balance: formatAmount(balance.booked) }),
    ...(feed && { feed }),
    ...(proof && { proof: proofView(proof) }),
    ...(account.gone && { isGone: true as const }),
    ...(among && { candidates: among }),
  };
}
