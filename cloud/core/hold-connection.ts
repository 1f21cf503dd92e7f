import type { Access } from '../../shared/access.ts';
import type { SyncProgress } from '../../shared/api.ts';
import { addMs, type Instant, msBetween } from '../../shared/calendar-date.ts';
import type { Grant } from '../ports/bank-connector.ts';
import { type Doc, write } from '../ports/store.ts';
import { canSync } from './connection-state.ts';
import { type ConnectionDoc, connections, progresses } from './documents.ts';
import { sealGrant } from './grants.ts';
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
  /** When it is due by itself, as it was found or as somebody has said meanwhile. */
  dueAt(): Instant | undefined;
  /** That instant, where somebody has said so meanwhile: a bank's notice, a new feed. */
  dueMeanwhile(): Instant | undefined;
  /** Reads it anew after a conflict. @throws TakenOver */
  readAgain(): Promise<void>;
  /** Gives a lease back without a result, and makes a change: for a sync that is only looked at. */
  release(change: (connection: ConnectionDoc) => ConnectionDoc): Promise<void>;
  /** Comes before each call to the bank: what is asked without the user counts, also if this worker dies. @throws TakenOver */
  reserve(): Promise<void>;
  /** The bank has given this grant in the place of the connection's. @throws TakenOver where the access was renewed meanwhile */
  keepGrant(grant: Grant): Promise<void>;
  readonly report: ReportProgress;
}

/**
 * Keeps other workers from a connection. What asks the bank without the user takes the lease before its first call,
 * for such calls are counted. With the user a sync that lasts a moment needs none: of several at once the first to
 * commit wins, by the connection's version. What lasts longer than a second takes it, and tells the user who watches
 * how far it is; a dead worker's lease ends by itself.
 * @param begun the access as it is to be counted if this worker dies
 */
export function holdConnection(world: World, found: Doc<ConnectionDoc>, begun: () => Access): Hold {
  const { store, clock, ids } = world;
  const holder = ids.next('');
  const { lastRunId, consent } = found.value;
  let doc = { ...found, value: endLease(found.value) };
  let told = clock.now();

  async function readAgain(): Promise<void> {
    const now = clock.now();
    const again = await store.get(connections, found.key);
    const lease = again?.value.lease;
    const isOthers = lease !== undefined && lease.holder !== holder && lease.until > now;
    const isEnded = hasLease() && lease?.holder !== holder;
    const isSynced = again?.value.lastRunId !== lastRunId;
    // What the access before it is told is no longer true of it.
    const isRenewed = again?.value.consent.grantedAt !== consent.grantedAt;
    const isOver = isOthers || isEnded || isSynced || isRenewed;
    if (!again || isOver || again.value.state === 'removed') throw new TakenOver();
    doc = lease?.holder === holder ? again : { ...again, value: endLease(again.value) };
  }

  /** A lease makes its connection due when it ends; who changes it meanwhile says otherwise. */
  function dueBut(lease: ConnectionDoc['lease'], dueAt: Instant | undefined): Instant | undefined {
    return lease && dueAt === lease.until ? found.value.dueAt : dueAt;
  }

  const dueAt = () => dueBut(doc.value.lease, doc.value.dueAt);

  function hasLease(): boolean {
    return doc.value.lease?.holder === holder;
  }

  /**
   * The lease anew when less than half of it is left, or when more is asked than it counts. Due again when it ends: then
   * the schedule finds the connection.
   */
  async function takeLease(): Promise<void> {
    await untilCommitted(async () => {
      const now = clock.now();
      const { lease } = doc.value;
      const access = begun();
      const isLong = lease?.holder === holder && lease.until > addMs(now, leaseMs / 2);
      if (isLong && (access.isUserPresent || counts(lease.access, access))) return;
      const until = addMs(now, leaseMs);
      const leased = { ...doc.value, lease: { holder, until, access } };
      const value = canSync(leased.state) ? { ...leased, dueAt: until } : leased;
      const expect = { version: doc.version };
      const [version = ''] = await store.commit([write(connections, doc.key, value, expect)]);
      doc = { key: doc.key, version, value };
    }, readAgain);
  }

  /** Also where another worker has the lease by now: the grant that both opened is spent. */
  async function keepGrant(grant: Grant): Promise<void> {
    const sealed = { grant: await sealGrant(world, found.key, grant), sealedAt: clock.now() };
    let stands = doc;
    await untilCommitted(
      async () => {
        const value = { ...stands.value, ...sealed };
        const expect = { version: stands.version };
        const [version = ''] = await store.commit([write(connections, found.key, value, expect)]);
        if (stands === doc) doc = { ...doc, version, value };
      },
      async () => {
        const again = await store.get(connections, found.key);
        const isRenewed = again?.value.consent.grantedAt !== consent.grantedAt;
        if (!again || isRenewed || again.value.state === 'removed') throw new TakenOver();
        stands = again;
      },
    );
  }

  return {
    current: () => doc,
    keepGrant,
    dueAt,
    dueMeanwhile: () => (dueAt() === found.value.dueAt ? undefined : dueAt()),
    readAgain,
    release: (change) =>
      untilCommitted(async () => {
        const again = await store.get(connections, found.key);
        if (!again) return;
        const { lease, dueAt, ...rest } = again.value;
        const isOurs = lease?.holder === holder;
        // Whoever ended it has counted what was asked.
        if (hasLease() && !isOurs) return;
        const due = dueBut(lease, dueAt);
        const freed = isOurs ? { ...rest, ...(due && { dueAt: due }) } : again.value;
        const value = change(freed);
        if (value === again.value) return;
        await store.commit([write(connections, found.key, value, { version: again.version })]);
      }),
    reserve: async () => {
      // A login takes seconds before there is anything to report: whoever watches sees at once that it has begun.
      if (!begun().isUserPresent || found.value.wayIn === 'login') await takeLease();
    },
    report: async (progress) => {
      const at = clock.now();
      if (msBetween(told, at) < everyMs) return;
      told = at;
      await takeLease();
      await store.commit([write(progresses, found.key, { ...progress, at }, 'any')]);
    },
  };
}

/** Whether every call of `access` stands in `counted`, as often. */
function counts(counted: Access, access: Access): boolean {
  return access.calls.every(({ kind, accountKey, count }) =>
    counted.calls.some(
      (it) => it.kind === kind && it.accountKey === accountKey && it.count >= count,
    ),
  );
}

/** The connection without its lease; what a dead worker asked of the bank is counted and stands in the log. */
export function endLease(connection: ConnectionDoc): ConnectionDoc {
  const { lease, ...rest } = connection;
  return lease ? { ...rest, accesses: [...rest.accesses, lease.access] } : connection;
}
