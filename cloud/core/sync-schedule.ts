import type { ConnectionState } from '../../shared/bank.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { canSync } from './connection-state.ts';

const minuteMs = 60_000;
const intervalMs = 6 * 60 * minuteMs;
/** Up to this much later than the interval, so that connections made together do not wake together. */
const jitterMs = 10 * minuteMs;

/** How long one worker may hold a sync or a delivery before another takes over. */
export const leaseMs = 10 * minuteMs;

/**
 * When the schedule syncs next: six hours after this one, a little later for each connection by its id, so that four
 * syncs a day, the law's limit without the user, are never passed; or when the bank said it answers again.
 * Undefined where only the user can go on. The one place that decides about trying again.
 */
export function nextDueAt(
  now: Instant,
  connectionId: string,
  state: ConnectionState,
  retryAfterSeconds?: number,
): Instant | undefined {
  if (!canSync(state)) return undefined;
  const regular = intervalMs + (spread(connectionId) % jitterMs);
  return addMs(now, Math.max(regular, (retryAfterSeconds ?? 0) * 1000));
}

/** The same number for the same text, spread evenly enough over some minutes. */
function spread(text: string): number {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
