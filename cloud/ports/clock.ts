import type { Instant } from '../../shared/calendar-date.ts';

/** Time comes in by this port alone, so that a test or a scenario can set it. */
export interface Clock {
  now(): Instant;
}

/** Ids that cannot be guessed and do not repeat: `prefix` and at least 120 random bits, of [a-z0-9] only. */
export interface Ids {
  next(prefix: string): string;
}
