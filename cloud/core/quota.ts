import type { CallKind, CallsMade } from '../../shared/access.ts';
import { addMs, type Instant, latestOf, msBetween } from '../../shared/calendar-date.ts';
import { BankError, type BankSession } from '../ports/bank-connector.ts';
import type { ConnectionDoc } from './documents.ts';

/**
 * Calls without the user that a bank must take in 24 hours, for each account and kind of call: Article 36(5) of
 * Regulation (EU) 2018/389. Where the consent tells another number, that one counts.
 */
const lawfulPerDay = 4;
const dayMs = 24 * 60 * 60_000;

/** What one sync asks of every linked account. */
const kindsOfSync = ['entries', 'balances'] as const satisfies readonly CallKind[];

/** Thrown in the place of a call that the bank would not allow any more. */
export class QuotaSpent extends BankError {
  override readonly name = 'QuotaSpent';

  constructor(retryAfterSeconds: number) {
    super('rate-limited', 'the calls without the user are used up', { retryAfterSeconds });
  }
}

type Counted = Pick<ConnectionDoc, 'consent' | 'accesses' | 'accounts'>;

/** Calls without the user that the bank allows in rolling 24 hours; a bank may allow none. */
export function perDayOf({ consent }: Pick<ConnectionDoc, 'consent'>): number {
  return consent.unattendedPerDay ?? lawfulPerDay;
}

/** What a sync without hindrance asks. */
export function callsOfOneSync({
  accounts,
}: Pick<ConnectionDoc, 'accounts'>): readonly CallsMade[] {
  const linked = accounts.filter(({ feed }) => feed);
  return linked.flatMap(({ key }) =>
    kindsOfSync.map((kind) => ({ kind, accountKey: key, count: 1 })),
  );
}

/** Syncs without the user that are left now. */
export function syncsLeft(connection: Counted, now: Instant): number {
  const made = callsOfSync(connection, now).map((calls) => calls.length);
  return Math.max(0, perDayOf(connection) - Math.max(0, ...made));
}

/** The first instant from now on at which a whole sync without the user is allowed. */
export function nextAllowedAt(connection: Counted, now: Instant): Instant {
  const free = callsOfSync(connection, now).map((calls) => freeAt(calls, connection, now));
  return latestOf(now, ...free);
}

/** Whether syncs at these instants, with the calls of the last day, never pass what is allowed in 24 hours. */
export function fitsQuota(connection: Counted, now: Instant, planned: readonly Instant[]): boolean {
  return callsOfSync(connection, now).every((made) => {
    const all = [...made, ...planned];
    const withinDay = (end: Instant) =>
      all.filter((at) => at <= end && addMs(at, dayMs) > end).length;
    return planned.every((at) => withinDay(at) <= perDayOf(connection));
  });
}

/** The calls that one access may make, and those that it made. */
export interface Budget {
  /** @throws QuotaSpent when the user is not there and the call is one too many */
  spend(kind: CallKind, accountKey: string | undefined): void;
  made(): readonly CallsMade[];
}

/** The calls that one access may make without the user; with the user, as many as it needs. */
export function createBudget(connection: Counted, now: Instant, isUserPresent: boolean): Budget {
  const spent = new Map<string, { kind: CallKind; accountKey?: string; count: number }>();
  return {
    spend(kind, accountKey) {
      const key = `${kind} ${accountKey ?? ''}`;
      const count = spent.get(key)?.count ?? 0;
      if (!isUserPresent) {
        const before = callsOf(connection, now, kind, accountKey);
        const all = [...before, ...Array<Instant>(count).fill(now)];
        const account = connection.accounts.find((it) => it.key === accountKey);
        const limit = account?.limitedUntil?.[kind] ?? now;
        const free = latestOf(freeAt(all, connection, now), limit);
        if (free > now) throw new QuotaSpent(Math.ceil(msBetween(now, free) / 1000));
      }
      spent.set(key, { kind, ...(accountKey !== undefined && { accountKey }), count: count + 1 });
    },
    made: () => [...spent.values()],
  };
}

/** The session, with every call taken from the budget, and reserved, before it is made. */
export function meterSession(
  session: BankSession,
  budget: Budget,
  accounts: Counted['accounts'],
  reserve: () => Promise<void> = async () => {},
): BankSession {
  const keyOf = (externalId: string) => accounts.find((it) => it.externalId === externalId)?.key;
  return {
    async accounts() {
      budget.spend('accounts', undefined);
      await reserve();
      return session.accounts();
    },
    async balance(externalId) {
      budget.spend('balances', keyOf(externalId));
      await reserve();
      return session.balance(externalId);
    },
    async *entries(externalId, window) {
      budget.spend('entries', keyOf(externalId));
      await reserve();
      yield* session.entries(externalId, window);
    },
    close: () => session.close(),
  };
}

/** For each call of a sync, when the same was made without the user in the last 24 hours. */
function callsOfSync(connection: Counted, now: Instant): readonly (readonly Instant[])[] {
  const linked = connection.accounts.filter(({ feed }) => feed);
  return linked.flatMap(({ key }) =>
    kindsOfSync.map((kind) => callsOf(connection, now, kind, key)),
  );
}

/** Those of this consent alone: a new one has the bank's count begin anew. The oldest first. */
function callsOf(
  { consent, accesses }: Counted,
  now: Instant,
  kind: CallKind,
  accountKey: string | undefined,
): readonly Instant[] {
  const since = latestOf(addMs(now, -dayMs), consent.grantedAt);
  return accesses
    .filter(({ at, isUserPresent }) => !isUserPresent && at >= since && addMs(at, dayMs) > now)
    .flatMap(({ at, calls }) => {
      const same = calls.find((it) => it.kind === kind && it.accountKey === accountKey);
      return Array<Instant>(same?.count ?? 0).fill(at);
    });
}

/** When one more is allowed, after these calls. */
function freeAt(calls: readonly Instant[], connection: Counted, now: Instant): Instant {
  const perDay = perDayOf(connection);
  if (perDay === 0) return addMs(now, dayMs);
  const last = calls[calls.length - perDay];
  return last === undefined ? now : addMs(last, dayMs);
}
