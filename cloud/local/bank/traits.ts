/** What kind of bank the Sandbox Bank is: where banks differ, each difference is one of these. */
export interface BankTraits {
  /** Whether an entry keeps its reference between fetches, between consents, or has none. */
  readonly entryReference: 'stable' | 'none' | 'reissued' | 'perSession';
  /** Whether pending entries are shown. */
  readonly pending: boolean;
  /** Whether booked entries carry the balance after them. */
  readonly balanceAfter: boolean;
  /** How far back an ordinary fetch reaches. */
  readonly historyDays: number;
  /** How far back a fetch reaches in the minutes after the user confirmed. */
  readonly historyDaysAfterConfirmation: number;
  /** Calls without the user in rolling 24 hours, per account and kind; the pages of one fetch are one call. */
  readonly unattendedPerDay: number;
  /** The longest consent that is granted. */
  readonly consentDays: number;
  /** Entries a page. */
  readonly pageSize: number;
  /** The date that the bank always leaves out; `none`: it gives no date at all. */
  readonly minimalDates?: 'booking' | 'value' | 'none';
  /** How a customer confirms what open banking asks; absent: on the bank's own page. */
  readonly scaApproach?: 'oauth' | 'decoupled' | 'embedded';
  /** Whether requests of open banking must be signed. */
  readonly isSignatureNeeded?: boolean;
}

export const defaultTraits: BankTraits = {
  entryReference: 'stable',
  pending: true,
  balanceAfter: false,
  historyDays: 90,
  historyDaysAfterConfirmation: 730,
  unattendedPerDay: 4,
  consentDays: 180,
  pageSize: 100,
};
