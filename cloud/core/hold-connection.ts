import type { Access } from '../../shared/access.ts';
import type { SyncProgress } from '../../shared/api.ts';
import { addMs, msBetween } from '../../shared/calendar-date.ts';
import { type Doc, write } from '../ports/store.ts';
import { type ConnectionDoc, connections, progresses } from './documents.ts';
import { leaseMs } from './sync-schedule.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

const everyMs = 1000;

export type ReportProgress = (progress: SyncProgress) => Promise<void>;

/** Thrown in a sync whose connection another worker has synced or is syncing: what was fetched is its business now. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** A connection while it is being synced. */
export interface Hold {
  /** As it stands by all that this sync knows. */
  current(): Doc<ConnectionDoc>;
  /** Reads it anew after a conflict. @throws TakenOver */
  readAgain(): Promise<void>;
  /** Gives a lease back without a result, and makes a change: for a sync that is only looked at. */
  release(change: (connection: ConnectionDoc) => ConnectionDoc): Promise<void>;
  readonly report: ReportProgress;
}

/**
 * Keeps other workers from a connection. A sync that lasts a moment needs no lease: of several at once the first to
 * commit wins, by the connection's version, and one that found nothing new costs one write. A sync that lasts longer
 * than a second takes the lease, and tells the user who watches how far it is; a dead worker's lease ends by itself.
 * @param begun the access as it is to be counted if this worker dies
 * @param prepare what becomes of the connection before it is used: a dead worker's lease is ended
 */
export function holdConnection(
  { store, clock, ids }: World,
  found: Doc<ConnectionDoc>,
  begun: () => Access,
  prepare: (connection: ConnectionDoc) => ConnectionDoc = endLease,
): Hold {
  const holder = ids.next('');
  const { lastRunId } = found.value;
  let doc = { ...found, value: prepare(found.value) };
  let told = clock.now();

  async function readAgain(): Promise<void> {
    const now = clock.now();
    const again = await store.get(connections, found.key);
    const lease = again?.value.lease;
    const isOthers = lease !== undefined && lease.holder !== holder && lease.until > now;
    const isSynced = again?.value.lastRunId !== lastRunId;
    if (!again || isOthers || isSynced || again.value.state === 'removed') throw new TakenOver();
    doc = lease?.holder === holder ? again : { ...again, value: prepare(again.value) };
  }

  /** The lease anew when less than half of it is left. Due again when it ends: then the schedule finds the connection. */
  async function takeLease(): Promise<void> {
    await untilCommitted(async () => {
      const now = clock.now();
      const { lease } = doc.value;
      if (lease?.holder === holder && lease.until > addMs(now, leaseMs / 2)) return;
      const until = addMs(now, leaseMs);
      const value = { ...doc.value, lease: { holder, until, access: begun() }, dueAt: until };
      const expect = { version: doc.version };
      const [version = ''] = await store.commit([write(connections, doc.key, value, expect)]);
      doc = { key: doc.key, version, value };
    }, readAgain);
  }

  return {
    current: () => doc,
    readAgain,
    release: (change) =>
      untilCommitted(async () => {
        const again = await store.get(connections, found.key);
        if (!again) return;
        const { lease, ...rest } = again.value;
        const { dueAt } = found.value;
        const { dueAt: _, ...undue } = rest;
        const isOurs = lease?.holder === holder;
        const freed = isOurs ? { ...undue, ...(dueAt && { dueAt }) } : again.value;
        const value = change(freed);
        if (value === again.value) return;
        await store.commit([write(connections, found.key, value, { version: again.version })]);
      }),
    report: async (progress) => {
      const at = clock.now();
      if (msBetween(told, at) < everyMs) return;
      told = at;
      await takeLease();
      await store.commit([write(progresses, found.key, { ...progress, at }, 'any')]);
    },
  };
}

/** The connection without its lease; what a dead worker asked of the bank is counted and stands in the log. */
export function endLease(connection: ConnectionDoc): ConnectionDoc {
  const { lease, ...rest } = connection;
  return lease ? { ...rest, accesses: [...rest.accesses, lease.access] } : connection;
}
