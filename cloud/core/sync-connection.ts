import type { SyncCause } from '../../shared/access.ts';
import type { SyncOutcome, SyncResult } from '../../shared/api.ts';
import {
  addMs,
  type CalendarDate,
  dayOf,
  earliestOf,
  type Instant,
} from '../../shared/calendar-date.ts';
import { type Failure, failures } from '../../shared/failures.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { foldAccesses } from './access-log.ts';
import { createMeter, type Fetched, fetchAccounts, type Meter } from './ask-bank.ts';
import { commitChanges } from './commit-changes.ts';
import { canAskAgain, canSync, stateAfter } from './connection-state.ts';
import {
  type AccountDoc,
  type ConnectionDoc,
  connections,
  type RunDoc,
  runs,
} from './documents.ts';
import type { Observation } from './fetch-account.ts';
import { endLease, type Hold, holdConnection, TakenOver } from './hold-connection.ts';
import { type AccountNews, mergeAccount } from './merge-account.ts';
import { mailWrites, withNotice } from './notices.ts';
import { nextAllowedAt } from './quota.ts';
import { loadLedgers } from './statement-pages.ts';
import { nextDueAt } from './sync-schedule.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

export interface SyncOptions {
  /** Who has just asked for it: while that is a moment ago, the bank is told that the user is there. */
  readonly user?: PresentUser | undefined;
  /** What the bank answered already to a preview; then it is not asked again. */
  readonly answered?: Fetched;
}

/**
 * Syncs one connection: fetch, merge, prove the balance, draft, commit, deliver. What the bank does wrong is part of the
 * result, never thrown; nothing of an account is stored unless its fetch was complete.
 * @returns `skipped` when the connection is gone, not due, waits for its user, is synced by another worker, or the bank
 * allows no more calls without the user for now.
 */
export async function syncConnection(
  world: World,
  connectionId: string,
  cause: SyncCause,
  { user: asking, answered }: SyncOptions = {},
): Promise<SyncResult> {
  const { store, clock, log, tasks } = world;
  const now = clock.now();
  const skipped = resultOf(now, [], undefined, 'skipped');
  const found = await store.get(connections, connectionId);
  if (!found || !isToSync(found.value, cause, now)) return skipped;
  const user = asking && asking.until > now ? asking : undefined;
  const isAlone = user === undefined && !answered;
  const prepared = endLease(found.value);
  if (isAlone && (cause === 'scheduled' || cause === 'notified')) {
    const allowed = nextAllowedAt(prepared, now);
    if (allowed > now) {
      await putOff(world, found, prepared, cause === 'scheduled' ? allowed : undefined);
      return skipped;
    }
  }
  const meter = createMeter(clock, prepared, cause, user);
  const hold = holdConnection(world, found, meter.begun);
  try {
    const fetched = answered ?? (await fetchAccounts(world, hold, meter, cause));
    const { result, hasRows } = await commitNews(world, hold, meter, cause, fetched);
    log.synced(connectionId, result);
    if (hasRows) await tasks.enqueue({ kind: 'deliver', bookId: found.value.bookId });
    return result;
  } catch (error) {
    if (error instanceof TakenOver) return skipped;
    throw error;
  }
}

function isToSync(connection: ConnectionDoc, cause: SyncCause, now: Instant): boolean {
  const { lease, dueAt, accounts, lastResult } = connection;
  const isByHand = cause === 'manual' || cause === 'historical';
  if (!(isByHand ? canAskAgain(connection) : canSync(connection.state))) return false;
  if (lease && lease.until > now) return false;
  // Nothing but accounts of which the user has to say first which they are.
  if (accounts.length > 0 && !accounts.some((account) => account.feed && !account.candidates)) {
    return false;
  }
  // Also news waits until the bank answers again.
  const waits = cause === 'notified' && lastResult?.outcome === 'limited';
  return (cause !== 'scheduled' && !waits) || (dueAt !== undefined && dueAt <= now);
}

/** The bank allows no call for now; whoever changes the connection meanwhile decides anew. */
async function putOff(
  { store }: World,
  { key, version }: Doc<ConnectionDoc>,
  prepared: ConnectionDoc,
  dueAt: Instant | undefined,
): Promise<void> {
  if (!dueAt) return;
  try {
    await store.commit([write(connections, key, { ...prepared, dueAt }, { version })]);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
  }
}

/**
 * Merges and commits all that the bank answered, at once. Where somebody else has changed an account or the connection
 * meanwhile, it is merged anew with what stands there now. @throws TakenOver
 */
async function commitNews(
  world: World,
  hold: Hold,
  meter: Meter,
  cause: SyncCause,
  fetched: Fetched,
) {
  const { ids, clock, store, tasks } = world;
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
    const synced = connectionAfter(hold, news, result, runId, meter, cause, fetched);
    const { connection: after, writes: older } = await foldAccesses(store, key, synced, at);
    const mails = await mailWrites(world, key, after);
    const isNews = news.some(({ isProofNews }) => isProofNews);
    const accounts = news.map(({ balances }) => balances);
    const changes = news.map(({ change }) => change);
    await commitChanges(world, { bookId, runId, at, accounts, isNews }, changes, {
      first: run.newRows > 0 && !begun ? [write(runs, runId, run, 'absent')] : [],
      last: [
        write(connections, key, after, { version: hold.current().version }),
        ...older,
        ...mails.writes,
      ],
      onPart: () => {
        begun = run;
      },
    });
    for (const mailId of mails.ids) await tasks.enqueue({ kind: 'mail', mailId });
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
  // An account without entries may come as no page at all, and is complete.
  const isSome = fetched?.hasEntries || (fetched?.observations.length ?? 0) > 0;
  return isSome ? 'partial' : 'failed';
}

/** The connection with the sync's outcome; feeds are those that stand there now. */
function connectionAfter(
  hold: Hold,
  news: readonly AccountNews[],
  result: SyncResult,
  lastRunId: string,
  meter: Meter,
  cause: SyncCause,
  { failed, gone, asked }: Fetched,
): ConnectionDoc {
  const { key, value } = hold.current();
  const { lease: _lease, dueAt: _dueAt, failure: _failure, failing, ...others } = value;
  const { confirmation, ...rest } = others;
  const { at, outcome, failure } = result;
  const learned = new Map(news.map(({ account }) => [account.key, account]));
  const accounts = value.accounts.map((account) => {
    const known = learned.get(account.key) ?? accountGone(account, at, gone);
    return accountLimited(known, at, failed);
  });
  // History that waits for its user does not hold up the syncs from day to day, where there are any.
  const isHistoryWaiting =
    cause === 'historical' && outcome === 'needs-user' && canSync(value.state);
  const isOwn = isHistoryWaiting || isOfAccountsAlone(failure, accounts);
  const code = isOwn ? undefined : failure?.code;
  const state = stateAfter(code, value.consent, dayOf(at));
  const heals = state === 'failing' && code !== undefined && failures[code].acts === 'time';
  const open = asked ?? (confirmation && confirmation.expiresAt > at ? confirmation : undefined);
  const access = meter.access(failure?.code ?? 'complete');
  const after: ConnectionDoc = {
    ...rest,
    state,
    accounts,
    accesses: access.calls.length > 0 ? [...value.accesses, access] : value.accesses,
    lastResult: result,
    lastRunId,
    ...(heals && { failing: { since: failing?.since ?? at, count: (failing?.count ?? 0) + 1 } }),
    ...(open && { confirmation: open }),
    ...(failure && (code || isHistoryWaiting) && { failure }),
    ...(outcome === 'complete' && { lastSyncedAt: at }),
  };
  const regular = isHistoryWaiting ? hold.dueAt() : nextDueAt(at, key, after, waitOf(news, failed));
  const next = regular && earliestOf(regular, hold.dueMeanwhile() ?? regular);
  return withNotice(next ? { ...after, dueAt: next } : after, at);
}

/** An account that is gone, asked for in vain once more. */
function accountGone(account: AccountDoc, at: Instant, gone: Fetched['gone'] = []): AccountDoc {
  if (!gone.includes(account.key)) return account;
  const { since = at, tries = 0, ...rest } = account.gone ?? {};
  return { ...account, gone: { ...rest, since, tries: tries + 1 } };
}

/** An account of which the bank allows no more for now: what not to ask until when, and from where to go on then. */
function accountLimited(account: AccountDoc, at: Instant, failed: Fetched['failed']): AccountDoc {
  const told = failed.find(({ of, failure }) => {
    return of?.accountKey === account.key && failure.code === 'rate-limited';
  });
  if (!told?.of) return account;
  const { of, retryAfterSeconds, askFrom } = told;
  const until = retryAfterSeconds && addMs(at, retryAfterSeconds * 1000);
  return {
    ...account,
    ...(askFrom && { askFrom }),
    ...(until && { limitedUntil: { ...account.limitedUntil, [of.kind]: until } }),
  };
}

/** That accounts are gone is theirs alone, as long as there are others. */
function isOfAccountsAlone(failure: Failure | undefined, accounts: readonly AccountDoc[]): boolean {
  const isLeft = accounts.some(({ feed, gone }) => feed && !gone);
  return failure?.code === 'account-gone' && isLeft;
}

/** How long the bank wants to be left alone: by one account alone, the others are not put off. */
function waitOf(news: readonly AccountNews[], failed: Fetched['failed']): number {
  if (news.length > 0) return 0;
  const waits = failed.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  return waits.length > 0 ? Math.min(...waits) : 0;
}
