import type { CalendarDate, Instant } from './calendar-date.ts';
import type { Money } from './money.ts';

/** How a connection reaches its bank: open banking, or the user's own login (direct access). */
export type WayIn = 'psd2' | 'login';

/** A bank or card issuer as a provider lists it. */
export interface Institution {
  /** Unique over all connectors: `${connector}:${the provider's id}`. */
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly bic?: string;
  readonly city?: string;
  /** National bank codes, digits alone: the German BLZ, a British sort code. */
  readonly routingNumbers?: readonly string[];
  readonly wayIn: WayIn;
  /** What the bank asks to log in, for direct access. */
  readonly credentials?: readonly CredentialField[];
  /** How far back an ordinary fetch reaches, in days. */
  readonly historyDays: number;
  /** Calls without the user that it allows in rolling 24 hours, where that is known and no consent tells. */
  readonly unattendedPerDay?: number;
  /** The longest access the bank grants, in days, absent where it does not end; what it granted is in Consent.validUntil. */
  readonly consentDays?: number;
  /** Where its logo is, https. */
  readonly logo?: string;
}

/** A field of a bank's login. */
export interface CredentialField {
  /** Unique among the bank's, of [a-z0-9-]. */
  readonly name: string;
  /** In the bank's words. */
  readonly label: string;
  readonly kind: 'text' | 'password';
  /** Where to find it, or how it is written. */
  readonly hint?: string;
  /** It may be left empty, and is then not among what the connector is given. */
  readonly isOptional?: boolean;
}

/** Life of a connection; the design's picture has the arrows. */
export type ConnectionState =
  | 'pending'
  | 'connected'
  | 'expiring'
  | 'expired'
  | 'needs-user'
  | 'failing'
  | 'broken'
  | 'removed';

/** Permission as the bank granted it. */
export interface Consent {
  /** The last day on which it holds, as the bank granted it; absent where it never ends. */
  readonly validUntil?: CalendarDate;
  readonly grantedAt: Instant;
  /** When the user last confirmed at the bank: some banks give long history only minutes after. */
  readonly confirmedAt: Instant;
  /** Calls without the user that the bank allows in rolling 24 hours, per account and kind, where it told. */
  readonly unattendedPerDay?: number;
}

export type BankAccountType = 'current' | 'savings' | 'card' | 'loan' | 'investment';

/** An account as a bank shows it now. */
export interface ObservedAccount {
  /** The bank's id in this consent; it may change on reconnect, so nothing of ours is keyed by it. */
  readonly externalId: string;
  /** By which the provider itself knows the account over reconnects (Enable Banking: `identification_hash`). */
  readonly identification?: string;
  readonly iban?: string;
  /** The last digits of a card or an account without IBAN. */
  readonly mask?: string;
  /** The bank's name of the account. */
  readonly name: string;
  readonly holder: string;
  readonly product?: string;
  readonly type: BankAccountType;
  /** ISO 4217. */
  readonly currency: string;
}

/** What the bank says an account holds; what it does not say is absent. */
export interface Balance {
  /** Sum of all booked entries. */
  readonly booked?: Money;
  /** What may be spent; may include a credit limit and pending entries. */
  readonly available?: Money;
}

export type EntryStatus = 'booked' | 'pending';

/** One line of a statement as one fetch or file showed it. Text stays as the bank sent it. */
export interface ObservedEntry {
  /** The bank's id of the entry in this answer. Evidence, never a key: banks re-use and re-issue them. */
  readonly reference?: string;
  readonly status: EntryStatus;
  readonly bookingDate?: CalendarDate;
  readonly valueDate?: CalendarDate;
  /** Negative: money out of the account. */
  readonly amount: Money;
  /** '' where the bank names none. */
  readonly counterparty: string;
  readonly counterpartyAccount?: string;
  /** Remittance lines, joined by a line break. */
  readonly text: string;
  readonly balanceAfter?: Money;
  /** The sum in the currency in which it was spent or received, where the bank gives it. */
  readonly original?: Money;
}

/** An entry as we keep it. */
export interface Entry extends ObservedEntry {
  /** Ours, given once, never changed; also the id of its row in the book. */
  readonly id: string;
  /** What it was seen under, newest last: `ref:…` a bank's reference, `fp2:…` a fingerprint of version 2. */
  readonly seenAs: readonly string[];
  readonly firstSeen: CalendarDate;
  /** The run (a sync, an import) that brought it. */
  readonly addedBy: string;
  /** Where it was seen: `bank`, and the runs of the files in which it stood. */
  readonly sources: readonly string[];
  /**
   * It has no row and is in no sum until a source shows it again: the run that brought it was undone, or it was pending
   * and the bank took it away.
   */
  readonly undone?: true;
}

/** Whether the balance that a bank tells is the one that the entries lead to. */
export type Proof =
  | { readonly kind: 'ties' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'off';
      /** The bank's booked balance less the one that the entries lead to. */
      readonly offBy: Money;
      /** Booking date of the first entry whose balance does not follow from the one before. */
      readonly firstBadDay?: CalendarDate;
      /** That entry's id, which is its row's. */
      readonly entryId?: string;
      /** The day of the last sync after which it tied. */
      readonly tiedUntil?: CalendarDate;
    };
