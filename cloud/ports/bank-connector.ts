import type { Balance, Institution, ObservedAccount, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';

/** What a bank or its provider did; mapped once per connector from status and code, never from prose. */
export class BankError extends FailureError {
  override readonly name = 'BankError';
  /** Set on `rate-limited` where the bank says when it answers again. */
  readonly retryAfterSeconds: number | undefined;
  /** Set on `period-not-available` where the bank says from when on it answers. */
  readonly earliest: CalendarDate | undefined;

  constructor(
    code: BankErrorCode,
    detail?: string,
    more: { retryAfterSeconds?: number; earliest?: CalendarDate; cause?: unknown } = {},
  ) {
    super(code, detail, { cause: more.cause });
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.earliest = more.earliest;
  }
}

export type BankErrorCode =
  | 'rate-limited'
  | 'bank-unavailable'
  | 'timeout'
  | 'reply-unreadable'
  | 'period-not-available'
  | 'needs-confirmation'
  | 'consent-expired'
  | 'consent-revoked'
  | 'confirmation-declined'
  | 'login-rejected'
  | 'account-locked'
  | 'account-gone'
  | 'provider-not-configured';

/** The user, when present at this very call; a stored or invented address is never sent to a bank. */
export interface UserPresence {
  readonly ipAddress: string;
  readonly userAgent?: string;
}

/** What a connector keeps of a permission between calls: plain JSON, opaque to all but its connector, secret. */
export type Grant = Readonly<Record<string, string>>;

/** What a bank asks of its user before it gives access. */
export interface Confirmation {
  readonly kind: 'redirect';
  /** The bank's own page. */
  readonly url: string;
}

/** Days of entries, both ends included; without `to`: up to now. */
export interface EntryWindow {
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
}

/** A page of entries in the bank's order; `total` where the bank tells how many there will be. */
export interface EntryPage {
  readonly entries: readonly ObservedEntry[];
  readonly total?: number;
}

/** One provider of bank access. Every method throws BankError for what the bank does and nothing else for it. */
export interface BankConnector {
  /** The folder's name under connectors/, as `berlin-group`. */
  readonly id: string;
  institutions(): Promise<readonly Institution[]>;
  /** Asks for consent; the bank sends the user back to `redirectUrl`, in which our state stands already. */
  startConsent(request: {
    readonly institution: Institution;
    readonly redirectUrl: string;
    readonly validUntil: CalendarDate;
    readonly user: UserPresence;
  }): Promise<{ readonly grant: Grant; readonly confirmation: Confirmation }>;
  /** What became of a consent after the user's return; the bank's word, never the redirect's parameters, decides. */
  finishConsent(
    grant: Grant,
    user: UserPresence,
  ): Promise<{
    readonly grant: Grant;
    readonly validUntil?: CalendarDate;
    readonly grantedAt?: Instant;
  }>;
  /** All accounts of the consent. `user` is given only when the user is present. */
  accounts(grant: Grant, user?: UserPresence): Promise<readonly ObservedAccount[]>;
  balance(grant: Grant, externalId: string, user?: UserPresence): Promise<Balance>;
  /** Pages until the bank has no more; a page that fails throws, and what came before is then no complete fetch. */
  entries(
    grant: Grant,
    externalId: string,
    window: EntryWindow,
    user?: UserPresence,
  ): AsyncIterable<EntryPage>;
  /** Gives the permission back to the bank; a permission that is gone already is no error. */
  revokeConsent(grant: Grant): Promise<void>;
}
