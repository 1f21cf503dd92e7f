import type { SyncOutcome, SyncResult } from '../../shared/api.ts';
import { type CalendarDate, dayOf, type Instant } from '../../shared/calendar-date.ts';
import { type Failure, type FailureCode, toFailure } from '../../shared/failures.ts';
import { BankError } from '../ports/bank-connector.ts';
import { type Doc, StoreConflict, StoreRefusal, StoreUnavailable, write } from '../ports/store.ts';
import type { SyncCause } from '../ports/tasks.ts';
import { commitChanges } from './commit-changes.ts';
import { canSync, stateAfter } from './connection-state.ts';
import { type ConnectionDoc, connections, type RunDoc, runs } from './documents.ts';
import { fetchAccount, type Observation } from './fetch-account.ts';
import { type Hold, holdConnection, TakenOver } from './hold-connection.ts';
import { type AccountNews, mergeAccount } from './merge-account.ts';
import { loadLedgers } from './statement-pages.ts';
import { nextDueAt } from './sync-schedule.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** Failures of one account that leave the others worth asking; any other ends the sync. */
const ofOneAccount: readonly FailureCode[] = [
  'account-gone',
  'period-not-available',
  'reply-unreadable',
  'bank-unavailable',
];

/** What the bank answered to one sync. */
export interface Fetched {
  readonly observations: readonly Observation[];
  readonly failed: readonly AccountFailure[];
  /** Whether any entries came, be it of an account whose fetch then failed. */
  readonly hasEntries: boolean;
}

interface AccountFailure {
  readonly failure: Failure;
  readonly retryAfterSeconds?: number;
}

/**
 * Syncs one connection: fetch, merge, prove the balance, draft, commit, deliver. What the bank does wrong is part of the
 * result, never thrown; nothing of an account is stored unless its fetch was complete.
 * @param answered what the bank answered already to a preview; then it is not asked again
 * @returns `skipped` when the connection is gone, not due, waits for its user, or is synced by another worker.
 */
export async function syncConnection(
  world: World,
  connectionId: string,
  cause: SyncCause,
  answered?: Fetched,
): Promise<SyncResult> {
  const { store, clock, log, tasks } = world;
  const skipped = resultOf(clock.now(), [], undefined, 'skipped');
  const found = await store.get(connections, connectionId);
  if (!found || !isToSync(found.value, cause, clock.now())) return skipped;
  const hold = holdConnection(world, found);
  try {
    const fetched = answered ?? (await fetchAccounts(world, hold, cause));
    const { result, hasRows } = await commitNews(world, hold, cause, fetched);
    log.synced(connectionId, result);
    if (hasRows) await tasks.enqueue({ kind: 'deliver', bookId: found.value.bookId });
    return result;
  } catch (error) {
    if (error instanceof TakenOver) return skipped;
    throw error;
  }
}

function isToSync(connection: ConnectionDoc, cause: SyncCause, now: Instant): boolean {
  const { state, lease, dueAt, accounts } = connection;
  if (!canSync(state) || (lease && lease.until > now)) return false;
  // Nothing but accounts of which the user has to say first which they are.
  if (accounts.length > 0 && !accounts.some((account) => account.feed && !account.candidates)) {
    return false;
  }
  return cause !== 'scheduled' || (dueAt !== undefined && dueAt <= now);
}

/** Asks the bank for every linked account, one after another. Writes nothing but the lease of a long sync. */
export async function fetchAccounts(world: World, hold: Hold, cause: SyncCause): Promise<Fetched> {
  const { connectors, log } = world;
  const { key, value: connection } = hold.current();
  const connector = connectors.get(connection.institution.connector);
  const observations: Observation[] = [];
  const failed: AccountFailure[] = [];
  let hasEntries = false;
  const report: Hold['report'] = (progress) => {
    hasEntries ||= progress.step === 'entries';
    return hold.report(progress);
  };
  for (const account of connection.accounts) {
    if (!account.feed || account.candidates) continue;
    let error: unknown;
    try {
      if (!connector) throw new BankError('provider-not-configured');
      const observation = await fetchAccount(world, connector, connection, account, cause, report);
      observations.push(observation);
      error = observation.balanceFailure;
    } catch (thrown) {
      if (isOurs(thrown)) throw thrown;
      error = thrown;
    }
    if (error === undefined) continue;
    const failure = toFailure(error);
    if (error instanceof BankError) log.bankFailed(key, error.code, error.detail);
    else log.defect('syncConnection', error);
    const retryAfterSeconds = error instanceof BankError ? error.retryAfterSeconds : undefined;
    failed.push({ failure, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
    if (!ofOneAccount.includes(failure.code)) break;
  }
  return { observations, failed, hasEntries };
}

/** What goes wrong between us and our store is none of the bank's failures. */
function isOurs(error: unknown): boolean {
  const ours = [TakenOver, StoreUnavailable, StoreConflict, StoreRefusal];
  return ours.some((kind) => error instanceof kind);
}

/**
 * Merges and commits all that the bank answered, at once. Where somebody else has changed an account or the connection
 * meanwhile, it is merged anew with what stands there now. @throws TakenOver
 */
async function commitNews(world: World, hold: Hold, cause: SyncCause, fetched: Fetched) {
  const { ids, clock } = world;
  const runId = ids.next('r');
  /** Of a sync in several commits, all that it brings, once the first of them stands. */
  let begun: RunDoc | undefined;
  return untilCommitted(async () => {
    const { key, value } = hold.current();
    const news = await mergeNews(world, value, fetched.observations, runId, dayOf(clock.now()));
    // After the merge, so that batches sort in the order in which what they build on was read.
    const at = clock.now();
    const { bookId } = value;
    const drafts = news.flatMap(({ change }) => change.drafts);
    const run: RunDoc = begun ?? {
      bookId,
      kind: 'sync',
      at,
      connectionId: key,
      accounts: news.filter(({ change }) => change.drafts.length > 0).map(({ run: it }) => it),
      newRows: countNew(news),
    };
    const result = { ...resultOf(at, news, fetched), newRows: run.newRows };
    const after = connectionAfter(hold.current(), news, result, runId, cause, fetched);
    const isNews = news.some(({ isProofNews }) => isProofNews);
    const accounts = news.map(({ balances }) => balances);
    const changes = news.map(({ change }) => change);
    await commitChanges(world, { bookId, runId, at, accounts, isNews }, changes, {
      first: run.newRows > 0 && !begun ? [write(runs, runId, run, 'absent')] : [],
      last: [write(connections, key, after, { version: hold.current().version })],
      onPart: () => {
        begun = run;
      },
    });
    return { result, hasRows: isNews || drafts.length > 0 || begun !== undefined };
  }, hold.readAgain);
}

/** What the answers change in the accounts of the connection as it stands now. Writes nothing. */
export async function mergeNews(
  world: World,
  { bookId, accounts }: ConnectionDoc,
  observations: readonly Observation[],
  runId: string,
  today: CalendarDate,
): Promise<readonly AccountNews[]> {
  const keys = observations.map(({ accountKey }) => accountKey);
  const ledgers = await loadLedgers(world.store, bookId, keys);
  const news: AccountNews[] = [];
  for (const observation of observations) {
    const account = accounts.find(({ key }) => key === observation.accountKey);
    // Unlinked meanwhile.
    if (!account?.feed) continue;
    const ledger = ledgers.get(account.key);
    news.push(await mergeAccount(world, bookId, account, ledger, observation, today, runId));
  }
  return news;
}

function resultOf(
  at: Instant,
  news: readonly AccountNews[],
  fetched?: Fetched,
  outcome: SyncOutcome = outcomeOf(fetched),
): SyncResult {
  const sum = (count: (item: AccountNews) => number) =>
    news.reduce((total, item) => total + count(item), 0);
  const failure = fetched?.failed[0]?.failure;
  const unclear = sum((item) => item.unclear);
  return {
    at,
    outcome,
    newRows: countNew(news),
    settled: sum(({ settled }) => settled),
    removed: sum(({ removed }) => removed),
    ...(unclear > 0 && { unclear }),
    ...(failure && { failure }),
  };
}

function countNew(news: readonly AccountNews[]): number {
  return news.reduce(
    (total, { change }) => total + change.drafts.filter(({ was }) => !was).length,
    0,
  );
}

/** A part of what was asked for came: `partial`; the bank's limit and a confirmation that it wants are neither. */
function outcomeOf(fetched: Fetched | undefined): SyncOutcome {
  const failure = fetched?.failed[0]?.failure;
  if (!failure) return 'complete';
  if (failure.code === 'rate-limited') return 'limited';
  if (failure.code === 'needs-confirmation') return 'needs-user';
  return fetched?.hasEntries ? 'partial' : 'failed';
}

/** The connection with the sync's outcome; feeds are those that stand there now. */
function connectionAfter(
  { key, value }: Doc<ConnectionDoc>,
  news: readonly AccountNews[],
  result: SyncResult,
  lastRunId: string,
  cause: SyncCause,
  { failed }: Fetched,
): ConnectionDoc {
  const { lease: _lease, dueAt, failure: _failure, ...rest } = value;
  const learned = new Map(news.map(({ account }) => [account.key, account]));
  // History that waits for its user does not hold up the syncs from day to day.
  const isHistoryWaiting = cause === 'historical' && result.outcome === 'needs-user';
  const code = isHistoryWaiting ? undefined : result.failure?.code;
  const state = stateAfter(code, value.consent, dayOf(result.at));
  const next = isHistoryWaiting
    ? dueAt
    : nextDueAt(result.at, key, state, failed[0]?.retryAfterSeconds);
  return {
    ...rest,
    state,
    accounts: value.accounts.map((account) => learned.get(account.key) ?? account),
    lastResult: result,
    lastRunId,
    ...(next && { dueAt: next }),
    ...(result.failure && { failure: result.failure }),
    ...(result.outcome === 'complete' && { lastSyncedAt: result.at }),
  };
}
