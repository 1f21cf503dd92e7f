import type { SyncOutcome, SyncResult } from '../../shared/api.ts';
import { addMs, dayOf, type Instant } from '../../shared/calendar-date.ts';
import { type Failure, type FailureCode, toFailure } from '../../shared/failures.ts';
import { BankError } from '../ports/bank-connector.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import type { SyncCause } from '../ports/tasks.ts';
import { canSync, stateAfter } from './connection-state.ts';
import { batchKey, type ConnectionDoc, connections, outbox } from './documents.ts';
import { type AccountNews, fetchAccount } from './fetch-account.ts';
import { reportProgress } from './sync-progress.ts';
import { leaseMs, nextDueAt } from './sync-schedule.ts';
import type { World } from './world.ts';

/** Most drafts in one document of the outbox, well below a store's 1 MiB. */
const draftsPerBatch = 1000;

/** Failures of one account that leave the others worth asking; any other ends the sync. */
const ofOneAccount: readonly FailureCode[] = [
  'account-gone',
  'period-not-available',
  'reply-unreadable',
  'bank-unavailable',
];

interface AccountFailure {
  readonly failure: Failure;
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Syncs one connection: lease, fetch, merge, draft, commit, deliver. What the bank does wrong is part of the result,
 * never thrown; nothing of an account is stored unless its fetch was complete.
 * @returns `skipped` when the connection is gone, not due, waits for its user, or is being synced by another worker.
 */
export async function syncConnection(
  world: World,
  connectionId: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const leased = await takeLease(world, connectionId, cause);
  if (!leased) return resultOf(world.clock.now(), [], undefined, 'skipped');
  const { value: connection } = leased;
  const { connectors, store, clock, log } = world;
  const news: AccountNews[] = [];
  const failed: AccountFailure[] = [];
  const connector = connectors.get(connection.institution.connector);
  const report = reportProgress(store, clock, connectionId);
  for (const account of connection.accounts) {
    if (!account.feed) continue;
    try {
      if (!connector) throw new BankError('provider-not-configured');
      news.push(await fetchAccount(world, connector, connection, account, report));
    } catch (error) {
      const failure = toFailure(error);
      const retryAfterSeconds = error instanceof BankError ? error.retryAfterSeconds : undefined;
      failed.push({ failure, retryAfterSeconds });
      if (error instanceof BankError) log.bankFailed(connectionId, error.code, error.detail);
      else log.defect('syncConnection', error);
      if (!ofOneAccount.includes(failure.code)) break;
    }
  }
  const result = await commitNews(world, leased, news, failed);
  log.synced(connectionId, result);
  if (news.some(({ drafts }) => drafts.length > 0)) {
    await world.tasks.enqueue({ kind: 'deliver', bookId: connection.bookId });
  }
  return result;
}

/** The connection with our lease on it, or null when this sync is not to be. */
async function takeLease(
  { store, clock, ids }: World,
  connectionId: string,
  cause: SyncCause,
): Promise<Doc<ConnectionDoc> | null> {
  const found = await store.get(connections, connectionId);
  const now = clock.now();
  if (!found || !canSync(found.value.state)) return null;
  const { lease, dueAt } = found.value;
  if (lease && lease.until > now) return null;
  if (cause === 'scheduled' && (!dueAt || dueAt > now)) return null;
  const until = addMs(now, leaseMs);
  // Due again when the lease ends: if this worker dies, the schedule finds the connection.
  const value = { ...found.value, lease: { holder: ids.next(''), until }, dueAt: until };
  try {
    const expect = { version: found.version };
    const [version] = await store.commit([write(connections, connectionId, value, expect)]);
    return { key: connectionId, version: version ?? '', value };
  } catch (error) {
    if (error instanceof StoreConflict) return null;
    throw error;
  }
}

/** One atomic commit of all that the sync learned; what the user changed meanwhile (feeds, name) stays. */
async function commitNews(
  { store, clock, ids }: World,
  leased: Doc<ConnectionDoc>,
  news: readonly AccountNews[],
  failed: readonly AccountFailure[],
): Promise<SyncResult> {
  const now = clock.now();
  const result = resultOf(now, news, failed[0]?.failure);
  const pages = news.flatMap((item) => item.writes);
  const batches = outboxBatches(leased.value.bookId, now, news).map((batch, number) =>
    write(outbox, batchKey(now, number, ids.next('b')), batch, 'absent'),
  );
  let current: Doc<ConnectionDoc> | null = leased;
  for (let attempt = 1; current; attempt++) {
    const value = connectionAfter(current, news, result, failed[0]?.retryAfterSeconds);
    const mine = write(connections, leased.key, value, { version: current.version });
    try {
      await store.commit([...pages, ...batches, mine]);
      return result;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === 5) throw error;
    }
    current = await store.get(connections, leased.key);
    // Without our lease another worker has taken over: what we fetched is its business now.
    if (current?.value.lease?.holder !== leased.value.lease?.holder) current = null;
  }
  return resultOf(now, [], undefined, 'skipped');
}

function resultOf(
  at: Instant,
  news: readonly AccountNews[],
  failure?: Failure,
  outcome: SyncOutcome = outcomeOf(news.length, failure?.code),
): SyncResult {
  const sum = (count: (item: AccountNews) => number) =>
    news.reduce((total, item) => total + count(item), 0);
  return {
    at,
    outcome,
    newRows: sum(({ drafts }) => drafts.filter(({ was }) => !was).length),
    settled: sum(({ settled }) => settled),
    removed: sum(({ removed }) => removed),
    ...(failure && { failure }),
  };
}

function outcomeOf(complete: number, failure: FailureCode | undefined): SyncOutcome {
  if (!failure) return 'complete';
  if (failure === 'rate-limited') return 'limited';
  if (failure === 'needs-confirmation') return 'needs-user';
  return complete > 0 ? 'partial' : 'failed';
}

function outboxBatches(bookId: string, createdAt: Instant, news: readonly AccountNews[]) {
  const drafts = news.flatMap((item) => item.drafts);
  const accounts = news.flatMap(({ account: { feed, balance } }) =>
    feed
      ? { bookAccount: feed.bookAccount, ...(balance?.booked && { booked: balance.booked }) }
      : [],
  );
  const starts = Array.from(
    { length: Math.ceil(drafts.length / draftsPerBatch) },
    (_, at) => at * draftsPerBatch,
  );
  return starts.map((start) => ({
    bookId,
    createdAt,
    drafts: drafts.slice(start, start + draftsPerBatch),
    accounts,
  }));
}

/** The connection with the sync's outcome; feeds are those that stand there now. */
function connectionAfter(
  { key, value }: Doc<ConnectionDoc>,
  news: readonly AccountNews[],
  result: SyncResult,
  retryAfterSeconds: number | undefined,
): ConnectionDoc {
  const { lease: _lease, dueAt: _dueAt, failure: _failure, ...rest } = value;
  const learned = new Map(news.map(({ account }) => [account.key, account]));
  const state = stateAfter(result.failure?.code, value.consent, dayOf(result.at));
  const dueAt = nextDueAt(result.at, key, state, retryAfterSeconds);
  return {
    ...rest,
    state,
    accounts: value.accounts.map((account) => {
      const { feed: _feed, ...fresh } = learned.get(account.key) ?? account;
      return { ...fresh, ...(account.feed && { feed: account.feed }) };
    }),
    lastResult: result,
    ...(dueAt && { dueAt }),
    ...(result.failure && { failure: result.failure }),
    ...(result.outcome === 'complete' && { lastSyncedAt: result.at }),
  };
}
