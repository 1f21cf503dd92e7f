import { createHash } from 'node:crypto';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { NoticeRequest } from '../ports/bank-connector.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { canSync } from './connection-state.ts';
import { changeConnection } from './connections-of-book.ts';
import { type ConnectionDoc, connections, notices } from './documents.ts';
import type { World } from './world.ts';

/** A notice starts a sync at once; what comes within this time after it waits for its end, and shares one sync. */
const calmMs = 15 * 60_000;
/** Readers refuse what is older than minutes: by then it is refused without us. */
const keptMs = 24 * 60 * 60_000;
const dropMax = 500;
/** One consent is one connection's; a bank that names several with one key gets no more than these synced. */
const sameKeyMax = 5;

/**
 * A provider tells that there is news: its connection is synced soon, within its quota. The same notice again does
 * nothing, and many of them in a short time are one sync at once and one after.
 * @throws FailureError `not-found` for a provider that tells nothing; BankError `notice-refused`
 */
export async function takeNotice(
  world: World,
  connectorId: string,
  request: NoticeRequest,
): Promise<void> {
  const { store, clock, connectors, tasks } = world;
  const readNotice = connectors.get(connectorId)?.readNotice;
  if (!readNotice) throw new FailureError('not-found', 'provider');
  const { id, noticeKey } = await readNotice(request);
  const key = `${connectorId}~${createHash('sha256').update(id).digest('hex')}`;
  const at = clock.now();
  try {
    await store.commit([write(notices, key, { at }, 'absent')]);
  } catch (error) {
    if (error instanceof StoreConflict) return;
    throw error;
  }
  const started: string[] = [];
  try {
    const query = { field: 'noticeKey', op: '==', value: noticeKey, limit: sameKeyMax } as const;
    for (const found of await store.find(connections, query)) {
      const { institution, state } = found.value;
      if (institution.connector !== connectorId || !canSync(state)) continue;
      if (await startsSync(world, found, at)) started.push(found.key);
    }
    for (const connectionId of started) {
      await tasks.enqueue({ kind: 'sync', connectionId, cause: 'notified' });
    }
  } catch (error) {
    // The provider sends it again, and then it is not a repetition.
    await store.commit([key, ...started].map((it) => write(notices, it, null, 'any')));
    throw error;
  }
}

/** Whether to start one now; what comes shortly after one that did shares the next sync. */
async function startsSync(
  world: World,
  { key, value }: Doc<ConnectionDoc>,
  now: Instant,
): Promise<boolean> {
  const calmUntil = await markNotice(world, key, now);
  if (!calmUntil) return true;
  await changeConnection(world.store, value.bookId, key, (it) =>
    it.dueAt !== undefined && it.dueAt > calmUntil && it.lastResult?.outcome !== 'limited'
      ? { ...it, dueAt: calmUntil }
      : it,
  );
  return false;
}

/** Marks that a notice starts a sync now; or tells until when the one before it keeps others waiting. */
async function markNotice(
  { store }: World,
  connectionId: string,
  now: Instant,
): Promise<Instant | undefined> {
  const before = await store.get(notices, connectionId);
  const calmUntil = before && addMs(before.value.at, calmMs);
  if (calmUntil && calmUntil > now) return calmUntil;
  const expect = before ? { version: before.version } : 'absent';
  try {
    await store.commit([write(notices, connectionId, { at: now }, expect)]);
    return undefined;
  } catch (error) {
    if (error instanceof StoreConflict) return addMs(now, calmMs);
    throw error;
  }
}

/** Drops notices that were taken a day ago; some in each round of the schedule. */
export async function dropOldNotices({ store, clock }: World): Promise<void> {
  const value = addMs(clock.now(), -keptMs);
  const old = await store.find(notices, { field: 'at', op: '<=', value, limit: dropMax });
  if (old.length > 0) await store.commit(old.map(({ key }) => write(notices, key, null, 'any')));
}
