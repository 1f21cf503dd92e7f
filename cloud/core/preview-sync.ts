import type { ChangePreview, RowView } from '../../shared/api.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import { addMs } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import { type Store, type Write, write } from '../ports/store.ts';
import { storeLimits } from '../ports/store-limits.ts';
import { descriptionOf } from './bank-cells.ts';
import { canSync } from './connection-state.ts';
import { connectionOfBook } from './connections-of-book.ts';
import { cutBySize } from './cut-by-size.ts';
import {
  type Draft,
  type EntryFacts,
  type PreviewDoc,
  previewPartKey,
  previewParts,
  previews,
} from './documents.ts';
import { holdConnection } from './hold-connection.ts';
import { type Fetched, fetchAccounts, mergeNews, syncConnection } from './sync-connection.ts';
import type { World } from './world.ts';

/** How long a preview may be looked at before the bank has to be asked again. */
const previewMs = 30 * 60_000;
/** The first rows that a preview shows. */
const rowMax = 20;
/** Most entries in one document. */
const partEntries = 2000;

/**
 * Asks the bank, and tells what a sync would do. What it answered is kept for half an hour: applySync does the same sync
 * without asking again. @throws FailureError `not-found`, or the bank's where it gave nothing
 */
export async function previewSync(world: World, bookId: string, connectionId: string) {
  const { store, clock, ids } = world;
  const found = await connectionOfBook(store, bookId, connectionId);
  if (!canSync(found.value.state))
    throw new FailureError('bad-request', 'Reconnect this bank first.');
  const hold = holdConnection(world, found);
  const fetched = await fetchAccounts(world, hold, 'manual');
  await hold.release();
  const [failed] = fetched.failed;
  if (fetched.observations.length === 0 && failed) {
    throw new FailureError(failed.failure.code, failed.failure.detail);
  }
  const now = clock.now();
  const news = await mergeNews(world, found.value, fetched.observations, ids.next('r'), now);
  const previewId = `${connectionId}~${ids.next('v')}`;
  await keepAnswers(store, connectionId, { previewId, bookId, at: now }, fetched);
  return { ...previewOf(news), previewId };
}

/** Does the sync that was previewed. @throws FailureError `not-found` for a preview that is old, done or another's */
export async function applySync(world: World, bookId: string, previewId: string): Promise<void> {
  const { store, clock } = world;
  const connectionId = previewId.slice(0, previewId.indexOf('~'));
  const found = await store.get(previews, connectionId);
  const isYoung = found && addMs(found.value.at, previewMs) > clock.now();
  if (!isYoung || found.value.previewId !== previewId || found.value.bookId !== bookId) {
    throw new FailureError('not-found', 'preview');
  }
  const fetched = await readAnswers(store, connectionId, found.value);
  const { outcome } = await syncConnection(world, connectionId, 'manual', fetched);
  if (outcome === 'skipped')
    throw new FailureError('bad-request', 'Another sync came before; preview again.');
  await store.commit(partWrites(connectionId, found.value));
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

/** One preview a connection: the next one takes the place of this one, and of its parts. */
async function keepAnswers(
  store: Store,
  connectionId: string,
  head: Pick<PreviewDoc, 'previewId' | 'bookId' | 'at'>,
  { observations, failed, hasEntries }: Fetched,
): Promise<void> {
  const accounts = [];
  for (const { accountKey, entries, from, balance, historyDays } of observations) {
    const limit = { items: partEntries, bytes: storeLimits.documentBytes / 2 };
    const parts = cutBySize(entries, limit);
    for (const [part, some] of parts.entries()) {
      const key = previewPartKey(connectionId, accountKey, part);
      await store.commit([write(previewParts, key, { entries: some }, 'any')]);
    }
    accounts.push({
      key: accountKey,
      from,
      parts: parts.length,
      ...(balance && { balance }),
      ...(historyDays !== undefined && { historyDays }),
    });
  }
  const value: PreviewDoc = { ...head, accounts, failed, hasEntries };
  await store.commit([write(previews, connectionId, value, 'any')]);
}

async function readAnswers(
  store: Store,
  connectionId: string,
  { accounts, failed, hasEntries }: PreviewDoc,
): Promise<Fetched> {
  const observations = [];
  for (const { key, parts, ...told } of accounts) {
    const entries: ObservedEntry[] = [];
    const keys = partKeys(connectionId, key, parts);
    for (const some of keys) {
      const part = await store.get(previewParts, some);
      if (!part) throw new FailureError('not-found', 'preview');
      entries.push(...part.value.entries);
    }
    observations.push({ ...told, accountKey: key, entries });
  }
  return { observations, failed, hasEntries };
}

function partWrites(connectionId: string, { accounts }: PreviewDoc): readonly Write[] {
  const parts = accounts.flatMap(({ key, parts }) => partKeys(connectionId, key, parts));
  return [
    write(previews, connectionId, null, 'any'),
    ...parts.map((key) => write(previewParts, key, null, 'any')),
  ];
}

function partKeys(connectionId: string, accountKey: string, parts: number): readonly string[] {
  return Array.from({ length: parts }, (_, part) => previewPartKey(connectionId, accountKey, part));
}
