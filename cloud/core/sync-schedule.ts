import { defaultInterval } from '../../shared/access.ts';
import { addMs, type Instant, latestOf } from '../../shared/calendar-date.ts';
import { canSync } from './connection-state.ts';
import type { ConnectionDoc } from './documents.ts';
import { fitsQuota, nextAllowedAt } from './quota.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Up to this much later than the interval, so that connections made together do not wake together. */
const jitterMs = 10 * minuteMs;
/** After a failure that heals by itself, the first of these tries for which the bank's calls of the day suffice. */
const retriesMs = [30 * minuteMs, hourMs, 2 * hourMs, 4 * hourMs];

/** How long one worker may hold a sync or a delivery before another takes over. */
export const leaseMs = 10 * minuteMs;

/**
 * When the schedule syncs next: its interval after this sync, a little later for each connection by its id; not before the
 * bank answers again, nor before its calls of a rolling day allow a whole sync; sooner after a failure that heals by
 * itself, where that takes no call from a regular sync. Undefined where only the user can go on, or nothing is linked.
 * The one place that decides about trying again.
 * @param connection as it is after the sync, with its access counted
 */
export function nextDueAt(
  now: Instant,
  connectionId: string,
  connection: ConnectionDoc,
  retryAfterSeconds = 0,
): Instant | undefined {
  if (!canSync(connection.state)) return undefined;
  const { everyHours = defaultInterval, failing } = connection;
  const intervalMs = everyHours * hourMs + (spread(connectionId) % jitterMs);
  const allowed = latestOf(nextAllowedAt(connection, now), addMs(now, retryAfterSeconds * 1000));
  const backoffMs = retriesMs[(failing?.count ?? 0) - 1];
  if (backoffMs !== undefined) {
    const retry = addMs(now, backoffMs);
    if (retry >= allowed && fitsQuota(connection, now, seriesFrom(retry, intervalMs))) return retry;
  }
  return latestOf(addMs(now, intervalMs), allowed);
}

/** The regular syncs of a day, were the first of them at that instant. */
function seriesFrom(first: Instant, intervalMs: number): readonly Instant[] {
  const count = Math.floor(dayMs / intervalMs) + 1;
  return Array.from({ length: count }, (_, at) => addMs(first, at * intervalMs));
}

/** The same number for the same text, anywhere below 2^32: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). */
function spread(text: string): number {
  let sum = 0x811c9dc5;
  for (const char of text) sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return sum >>> 0;
}
