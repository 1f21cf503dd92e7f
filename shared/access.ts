import type { Instant } from './calendar-date.ts';
import type { FailureCode } from './failures.ts';

/**
 * Why a connection is synced. `historical`: as far back as the feeds go, which a bank may give only after a confirmation;
 * `connected`: right after one; `notified`: the bank or its provider told that there is news.
 */
export type SyncCause = 'scheduled' | 'manual' | 'connected' | 'historical' | 'notified';

/** Why a bank was asked. */
export type AccessCause = SyncCause | 'preview' | 'consent' | 'find-accounts' | 'unsync';

/** Kinds of call that banks count. */
export type CallKind = 'accounts' | 'balances' | 'entries';

/** Calls of one kind in one access; the pages of one fetch are one call. */
export interface CallsMade {
  readonly kind: CallKind;
  /** Absent for the list of accounts, and for an account that was not known yet. */
  readonly accountKey?: string;
  readonly count: number;
}

/** One access to a bank. Holds nothing that the bank told. */
export interface Access {
  /** When it ended. */
  readonly at: Instant;
  readonly cause: AccessCause;
  /** Whether the user was there, and the bank was told so with the user's own address. */
  readonly isUserPresent: boolean;
  readonly calls: readonly CallsMade[];
  readonly result: 'complete' | FailureCode;
}

/** Every how many hours a connection is synced by itself. */
export const syncIntervals = [6, 8, 12, 24] as const;
export type SyncInterval = (typeof syncIntervals)[number];
export const defaultInterval: SyncInterval = 6;
