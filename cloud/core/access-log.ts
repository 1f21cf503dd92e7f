import type { Access } from '../../shared/access.ts';
import type { ApiAnswers, ApiArgs } from '../../shared/api.ts';
import { addDays, addMs, dayOf, type Instant } from '../../shared/calendar-date.ts';
import { type Store, type Write, write } from '../ports/store.ts';
import { connectionOfBook } from './connections-of-book.ts';
import { accessMonths, type ConnectionDoc } from './documents.ts';
import type { World } from './world.ts';

/** Accesses that stay in the connection's own document before older ones go to their month's: a week of four a day. */
const recentMax = 28;
/** The quota counts those of a day. */
const countedMs = 24 * 60 * 60_000;
const keptDays = 396;
const pageMax = 50;
/** Thirteen months, and the one that has begun. */
const monthMax = 15;
const dropMax = 100;

/** The connection with one more access. */
export function withAccess(connection: ConnectionDoc, access: Access): ConnectionDoc {
  return { ...connection, accesses: [...connection.accesses, access] };
}

/**
 * The connection without its older accesses, once they are many (`all`: without any), and the writes that keep those in
 * the documents of their months; to be committed with the connection.
 */
export async function foldAccesses(
  store: Store,
  key: string,
  connection: ConnectionDoc,
  now: Instant,
  which: 'old' | 'all' = 'old',
): Promise<{ readonly connection: ConnectionDoc; readonly writes: readonly Write[] }> {
  const { accesses } = connection;
  if (which === 'old' && accesses.length <= recentMax) return { connection, writes: [] };
  const isOld = ({ at }: Access) => which === 'all' || addMs(at, countedMs) <= now;
  const months = Object.groupBy(accesses.filter(isOld), ({ at }) => at.slice(0, 7));
  const writes: Write[] = [];
  for (const [month, older = []] of Object.entries(months)) {
    const monthKey = `${key}~${month}`;
    const found = await store.get(accessMonths, monthKey);
    const value = {
      connectionId: key,
      month,
      accesses: [...(found?.value.accesses ?? []), ...older],
    };
    const expect = found ? { version: found.version } : 'absent';
    writes.push(write(accessMonths, monthKey, value, expect));
  }
  return {
    connection: { ...connection, accesses: accesses.filter((it) => !isOld(it)) },
    writes,
  };
}

/** The accesses to a bank, the newest first. @throws FailureError `not-found` */
export async function readAccessLog(
  { store }: World,
  bookId: string,
  { connectionId, before }: ApiArgs<'accessLog'>,
): Promise<ApiAnswers['accessLog']> {
  const { value } = await connectionOfBook(store, bookId, connectionId);
  const ofConnection = { field: 'connectionId', op: '==', value: connectionId } as const;
  const months = await store.find(accessMonths, { ...ofConnection, limit: monthMax });
  const all = [...months.flatMap((month) => month.value.accesses), ...value.accesses]
    .filter(({ at }) => before === undefined || at < before)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  // Those of one instant stay on one page: the next one begins before it.
  const last = all[pageMax - 1]?.at;
  const page = all.filter(({ at }, index) => index < pageMax || at === last);
  return { accesses: page, isEnd: page.length === all.length };
}

/** Drops the months that are older than thirteen months; some in each round of the schedule. */
export async function dropOldAccesses({ store, clock }: World): Promise<void> {
  const value = addDays(dayOf(clock.now()), -keptDays).slice(0, 7);
  const old = await store.find(accessMonths, { field: 'month', op: '<=', value, limit: dropMax });
  if (old.length === 0) return;
  await store.commit(old.map(({ key }) => write(accessMonths, key, null, 'any')));
}
