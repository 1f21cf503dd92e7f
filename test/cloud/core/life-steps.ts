import {
  BankError,
  type BankErrorCode,
  ConfirmationNeeded,
} from '../../../cloud/ports/bank-connector.ts';
import type { SyncInterval } from '../../../shared/access.ts';
import type { WayIn } from '../../../shared/bank.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { BankCall } from './counting-bank.ts';
import type { FaultEffect } from './faulty-world.ts';

const minuteMs = 60_000;

export interface LifeOptions {
  readonly wayIn: WayIn;
  readonly accountCount: number;
  readonly perDay: number | undefined;
  readonly consentDays: number | undefined;
}

export interface Trouble {
  readonly at: BankCall['kind'];
  /** Of the second account; whether the first one fails as well, in a way of its own. */
  readonly isSecond: boolean;
  readonly isFirstDown: boolean;
  readonly code: BankErrorCode | 'defect';
  readonly retryAfterHours?: number;
  /** How long the bank waits for the answer to what it asks. */
  readonly waitsHours?: number;
}

/** What a connector has forgotten to think of. */
export class ConnectorDefect extends TypeError {}

/** A call to store or tasks that goes wrong. */
export interface LifeFault {
  readonly at: number;
  readonly effect: FaultEffect;
  /** How many tries of one task it strikes; undefined: the process is gone with its queue. */
  readonly tries: number | undefined;
}

/** What users and other workers do, also while a sync is under way. */
export type Deed =
  | { readonly do: 'manual' | 'preview' | 'apply' | 'find'; readonly isPresent: boolean }
  | { readonly do: 'history'; readonly isPresent: boolean; readonly from?: string }
  | { readonly do: 'answer'; readonly text: 'right' | 'wrong'; readonly isPresent: boolean }
  | { readonly do: 'interval'; readonly hours: SyncInterval }
  | { readonly do: 'reconnect' | 'unsync' | 'notice' | 'twin' };

export type LifeStep =
  | Deed
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'live'; readonly hours: number }
  | { readonly do: 'trouble'; readonly trouble: Trouble }
  | { readonly do: 'heal' }
  | { readonly do: 'mail'; readonly fails: 'again' | 'never' | 'unknown' | 'not' }
  | { readonly do: 'meanwhile'; readonly deed: Deed };

/** The bank as that trouble makes it. */
export function troubleOf(trouble: Trouble, now: () => Instant) {
  const { at, isSecond, isFirstDown, code, retryAfterHours, waitsHours } = trouble;
  return ({ kind, externalId, consent }: BankCall): Error | undefined => {
    if (kind !== at) return undefined;
    if (isSecond && externalId === 'x0') {
      return isFirstDown ? new BankError('bank-unavailable') : undefined;
    }
    if (code === 'defect') return new ConnectorDefect('no failure of the bank');
    if (code === 'needs-confirmation' && waitsHours !== undefined) {
      const expiresAt = addMs(now(), waitsHours * 60 * minuteMs);
      return new ConfirmationNeeded({
        grant: { consent, until: expiresAt },
        confirmation: { kind: 'code', prompt: 'Enter the code.', format: 'digits' },
        expiresAt,
      });
    }
    const more = retryAfterHours === undefined ? {} : { retryAfterSeconds: retryAfterHours * 3600 };
    return new BankError(code, undefined, more);
  };
}
