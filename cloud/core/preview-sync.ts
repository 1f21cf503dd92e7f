import type { Access } from '../../shared/access.ts';
import type { ChangePreview, RowView } from '../../shared/api.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import { addMs, dayOf, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import { type Doc, type Query, type Store, write } from '../ports/store.ts';
import { storeLimits } from '../ports/store-limits.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { withAccess } from './access-log.ts';
import { createMeter, type Fetched, fetchAccounts } from './ask-bank.ts';
import { descriptionOf } from './bank-cells.ts';
import { canSync } from './connection-state.ts';
import { connectionOfBook } from './connections-of-book.ts';
import { cutBySize } from './cut-by-size.ts';
import {
  type ConnectionDoc,
  type Draft,
  type EntryFacts,
  type PreviewDoc,
  previewPartKey,
  previewParts,
  previews,
} from './documents.ts';
import { holdConnection, TakenOver } from './hold-connection.ts';
import { stopConnection } from './stop-connection.ts';
import { mergeNews, syncConnection } from './sync-connection.ts';
import type { World } from './world.ts';

/** How long a preview may be looked at before the bank has to be asked again. */
const previewMs = 30 * 60_000;
/** The first rows that a preview shows: what is done with them stays in sight below. */
const rowMax = 5;
/** Most entries in one document. */
const partEntries = 2000;
/** Previews that are dropped at once. */
const dropMax = 20;

/**
 * Asks the bank, and tells what a sync would do. What it answered is kept for half an hour: applySync does the same sync
 * without asking again. @throws FailureError `not-found`, `bad-request`, or the bank's where it gave nothing
 */
export async function previewSync(
  world: World,
  bookId: string,
  connectionId: string,
  user: PresentUser | undefined,
) {
  const { store, clock, ids } = world;
  const found = await connectionOfBook(store, bookId, connectionId);
  if (!canSync(found.value.state))
    throw new FailureError('bad-request', 'Reconnect this bank first.');
  const { lease } = found.value;
  if (lease && lease.until > clock.now()) throw isSyncing();
  const fetched = await fetchForPreview(world, found, user);
  const [failed] = fetched.failed;
  if (fetched.observations.length === 0 && failed) {
    throw new FailureError(failed.failure.code, failed.failure.detail);
  }
  const at = clock.now();
  const news = await mergeNews(world, found.value, fetched.observations, ids.next('r'), dayOf(at));
  const { lastRunId } = found.value;
  const previewId = `${connectionId}~${ids.next('v')}`;
  await dropPreviewsOf(store, connectionId);
  const head = { bookId, connectionId, at, ...(lastRunId && { lastRunId }) };
  await keepAnswers(store, previewId, head, fetched);
  return { ...previewOf(news), previewId };
}

/** Does the sync that was previewed. @throws FailureError `not-found` for a preview that is old, done or another's */
export async function applySync(world: World, bookId: string, previewId: string): Promise<void> {
  const { store, clock } = world;
  const found = await store.get(previews, previewId);
  const isYoung = found && addMs(found.value.at, previewMs) > clock.now();
  if (!isYoung || found.value.bookId !== bookId) throw new FailureError('not-found', 'preview');
  const { connectionId, lastRunId } = found.value;
  const connection = await connectionOfBook(store, bookId, connectionId);
  if (connection.value.lastRunId !== lastRunId) throw wasOvertaken();
  const fetched = await readAnswers(store, found);
  const { outcome } = await syncConnection(world, connectionId, 'manual', {
    answered: fetched,
  });
  if (outcome === 'skipped') throw wasOvertaken();
  await dropPreview(store, found);
}

/** Drops what was kept for previews that nobody will apply any more: names and texts of a bank. */
export async function dropOldPreviews({ store, clock }: World): Promise<void> {
  const value = addMs(clock.now(), -previewMs);
  await dropPreviews(store, { field: 'at', op: '<=', value });
}

/** Drops all previews of a connection. */
export async function dropPreviewsOf(store: Store, connectionId: string): Promise<void> {
  await dropPreviews(store, { field: 'connectionId', op: '==', value: connectionId });
}

const isSyncing = () =>
  new FailureError('bad-request', 'A sync of this bank is under way; preview after it.');
const wasOvertaken = () =>
  new FailureError('bad-request', 'Another sync came before; preview again.');

async function fetchForPreview(
  world: World,
  found: Doc<ConnectionDoc>,
  user: PresentUser | undefined,
): Promise<Fetched> {
  const meter = createMeter(world.clock, found.value, 'preview', user);
  const hold = holdConnection(world, found, meter.begun);
  let fetched: Fetched | undefined;
  try {
    fetched = await fetchAccounts(world, hold, meter, 'manual');
    return fetched;
  } catch (error) {
    if (error instanceof TakenOver) throw isSyncing();
    throw error;
  } finally {
    const access = meter.access(resultOf(fetched));
    const { asked, failed } = fetched ?? {};
    await hold.release((connection) => {
      const told = access.calls.length > 0 ? withAccess(connection, access) : connection;
      const stopped = stopConnection(told, failed?.[0]?.failure, access.at);
      const answersAt = answerOf(access.at, failed);
      const isEarly = stopped.dueAt && answersAt && stopped.dueAt < answersAt;
      const after = isEarly ? { ...stopped, dueAt: answersAt } : stopped;
      return asked ? { ...after, confirmation: asked } : after;
    });
  }
}

/** When a bank that has said so answers again. */
function answerOf(at: Instant, failed: Fetched['failed'] = []): Instant | undefined {
  const waits = failed.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  return waits.length > 0 ? addMs(at, Math.max(...waits) * 1000) : undefined;
}

function resultOf(fetched: Fetched | undefined): Access['result'] {
  if (!fetched) return 'internal';
  return fetched.failed[0]?.failure.code ?? 'complete';
}

/** What the drafts of some accounts come to, with the first of the new rows. */
export function previewOf(
  news: readonly {
    readonly change: { readonly drafts: readonly Draft[] };
    readonly settled: number;
    readonly removed: number;
  }[],
): ChangePreview {
  const drafts = news.flatMap(({ change }) => change.drafts);
  const added = drafts.filter(({ was, now }) => !was && now);
  const settled = news.reduce((sum, item) => sum + item.settled, 0);
  return {
    newRows: added.length,
    changed: drafts.filter(({ was, now }) => was && now).length - settled,
    settled,
    removed: news.reduce((sum, item) => sum + item.removed, 0),
    rows: added
      .slice(0, rowMax)
      .flatMap(({ account, now }) => (now ? [rowView(account, now)] : [])),
  };
}

/** A row as it will stand. */
export function rowView(account: string, facts: EntryFacts): RowView {
  return {
    date: facts.date,
    description: descriptionOf(facts),
    amount: formatAmount(facts.amount),
    currency: facts.amount.currency,
    account,
  };
}

async function keepAnswers(
  store: Store,
  previewId: string,
  head: Pick<PreviewDoc, 'bookId' | 'connectionId' | 'at' | 'lastRunId'>,
  { observations, failed, hasEntries }: Fetched,
): Promise<void> {
  const limit = { items: partEntries, bytes: storeLimits.documentBytes / 2 };
  const cut = observations.map((observation) => ({
    ...observation,
    pieces: cutBySize(observation.entries, limit),
  }));
  const accounts = cut.map(({ accountKey: key, from, pieces, balance, refused }) => ({
    key,
    from,
    parts: pieces.length,
    ...(balance && { balance }),
    ...(refused && { refused }),
  }));
  // The head first: what it names is swept away with it, whatever becomes of the rest.
  const value: PreviewDoc = { ...head, accounts, failed, hasEntries };
  await store.commit([write(previews, previewId, value, 'absent')]);
  for (const { accountKey, pieces } of cut) {
    for (const [part, entries] of pieces.entries()) {
      const key = previewPartKey(previewId, accountKey, part);
      await store.commit([write(previewParts, key, { entries }, 'absent')]);
    }
  }
}

async function readAnswers(
  store: Store,
  { key: previewId, value: { accounts, failed, hasEntries } }: Doc<PreviewDoc>,
): Promise<Fetched> {
  const observations = [];
  for (const { key, parts, ...told } of accounts) {
    const entries: ObservedEntry[] = [];
    for (const partKey of partKeys(previewId, key, parts)) {
      const part = await store.get(previewParts, partKey);
      if (!part) throw new FailureError('not-found', 'preview');
      entries.push(...part.value.entries);
    }
    observations.push({ ...told, accountKey: key, entries });
  }
  return { observations, failed, hasEntries };
}

async function dropPreviews(store: Store, query: Omit<Query<PreviewDoc>, 'limit'>): Promise<void> {
  for (const found of await store.find(previews, { ...query, limit: dropMax })) {
    await dropPreview(store, found);
  }
}

/** The parts before the head that names them. */
async function dropPreview(store: Store, { key, value }: Doc<PreviewDoc>): Promise<void> {
  const parts = value.accounts.flatMap((it) => partKeys(key, it.key, it.parts));
  const gone = parts.map((part) => write(previewParts, part, null, 'any'));
  for (const some of cutBySize(gone, { items: storeLimits.commitWrites, bytes: Infinity })) {
    await store.commit(some);
  }
  await store.commit([write(previews, key, null, 'any')]);
}

function partKeys(previewId: string, accountKey: string, parts: number): readonly string[] {
  return Array.from({ length: parts }, (_, part) => previewPartKey(previewId, accountKey, part));
}
