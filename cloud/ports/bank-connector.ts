import type { Balance, Institution, ObservedAccount, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { Confirmation, ConfirmationAnswer } from '../../shared/confirmation.ts';
import { FailureError } from '../../shared/failures.ts';

/** What a bank or its provider did; mapped once per connector from status and code, never from prose. The detail is for the log. */
export class BankError extends FailureError {
  override readonly name: string = 'BankError';
  override readonly isForLog = true;
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
  | 'confirmation-expired'
  | 'code-rejected'
  | 'notice-refused'
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

/** Keeps a grant in the place of the one before. */
export type KeepGrant = (grant: Grant) => Promise<void>;

/** How far a user's way to access has come. */
export type AccessStep =
  | (AskedStep & { readonly kind: 'asked' })
  | {
      readonly kind: 'granted';
      readonly grant: Grant;
      readonly validUntil?: CalendarDate;
      readonly grantedAt?: Instant;
      /** Calls without the user in rolling 24 hours, where the bank tells how many it allows. */
      readonly unattendedPerDay?: number;
      /** By which notices of the bank name this access; the same text as in Notice. */
      readonly noticeKey?: string;
    };

/** What the bank asks, and with what to go on once the user has answered, in another process if need be. */
export interface AskedStep {
  readonly grant: Grant;
  readonly confirmation: Confirmation;
  /** When the bank no longer waits; absent where it does not tell. */
  readonly expiresAt?: Instant;
}

/** A bank that wants its user in the middle of a call: the call is over, and is made again after the answer. */
export class ConfirmationNeeded extends BankError {
  override readonly name = 'ConfirmationNeeded';
  readonly asked: AskedStep;

  constructor(asked: AskedStep) {
    super('needs-confirmation');
    this.asked = asked;
  }
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

/** An open access to one bank, for one sync. Every method but close throws BankError and nothing else for what the bank does. */
export interface BankSession {
  /** All accounts of the consent. */
  accounts(): Promise<readonly ObservedAccount[]>;
  balance(externalId: string): Promise<Balance>;
  /** Pages until the bank has no more; a page that fails throws, and what came before is then no complete fetch. */
  entries(externalId: string, window: EntryWindow): AsyncIterable<EntryPage>;
  /** Lets go of all that it holds; never throws. */
  close(): Promise<void>;
}

/** One provider of bank access. Every method throws BankError for what the bank does and nothing else for it. */
export interface BankConnector {
  /** The folder's name under connectors/, as `berlin-group`. */
  readonly id: string;
  /** Set where the list comes over the network: it is then kept, and asked for anew once a day. */
  readonly listsOnline?: true;
  institutions(): Promise<readonly Institution[]>;
  /**
   * Asks for access. With a redirect the bank sends the user back to `redirectUrl`, in which our state stands already.
   * The bank's word, never the redirect's parameters, decides what became of it.
   */
  startAccess(request: {
    readonly institution: Institution;
    readonly redirectUrl: string;
    /** Where the bank may tell of news. */
    readonly notificationUrl: string;
    readonly validUntil: CalendarDate;
    /** By the names of the institution's fields. */
    readonly credentials: Readonly<Record<string, string>>;
    readonly user: UserPresence;
    /**
     * The access to this institution that is to be renewed, ended or not; absent where there is none, or it cannot be
     * opened any more. A connector that goes on with it grants the same again, else the core gives the old one back.
     */
    readonly renews?: Grant;
  }): Promise<AccessStep>;
  /**
   * Goes on with what was asked, of access or in the middle of a call. `code-rejected` leaves the question open.
   * After a poll `asked` again means: not approved yet.
   */
  answerConfirmation(
    grant: Grant,
    answer: ConfirmationAnswer,
    user: UserPresence | undefined,
  ): Promise<AccessStep>;
  /**
   * `user` is given only when the user is present. May wait to ask the bank until something is asked of it.
   * @param keep called with what takes the grant's place where the bank gives another (a refreshed token), and waited for
   * before the next call, for the old one may be spent
   */
  open(grant: Grant, user: UserPresence | undefined, keep?: KeepGrant): Promise<BankSession>;
  /** Gives the permission back to the bank; a permission that is gone already is no error. */
  revokeAccess(grant: Grant): Promise<void>;
  /** What a notice says; for providers that send any. @throws BankError `notice-refused` for one that is not theirs */
  readonly readNotice?: (request: NoticeRequest) => Promise<Notice>;
}

/** A notice as it came. */
export interface NoticeRequest {
  readonly body: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A provider tells that there is news; the signature was right, and it is young. */
export interface Notice {
  /** The provider's, unique: a notice counts once. */
  readonly id: string;
  readonly noticeKey: string;
}

/** A provider of bank access that is not set up, and by which settings it would be. */
export interface UnsetProvider {
  readonly id: string;
  readonly name: string;
  /** Whose banks these are, in words. */
  readonly covers: string;
  /** Names of environment variables. */
  readonly settings: readonly string[];
}
