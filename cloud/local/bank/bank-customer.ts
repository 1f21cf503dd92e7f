import type { Balance, BankAccountType, ObservedEntry } from '../../../shared/bank.ts';
import type { Instant } from '../../../shared/calendar-date.ts';

/** A made-up person with a login at the Sandbox Bank. */
export interface BankCustomer {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly accounts: readonly BankAccountBook[];
  /** The customer chooses where there are several; absent: a code by SMS. */
  readonly methods?: readonly TanMethod[];
  /** Asked a question in words before anything else, as some banks do to keep programs out. */
  readonly isAskedQuestion?: true;
}

/** How a customer confirms: a code by SMS, a code read off a picture, or approval in the bank's app. */
export type TanMethod = 'sms' | 'photo' | 'app';

/** An account as the bank's own books have it. */
export interface BankAccountBook {
  /** The bank's own name for it, of [a-z0-9-], unique in the bank. */
  readonly key: string;
  readonly iban?: string;
  /** A national account number, for an account without IBAN. */
  readonly bban?: string;
  /** A card's number with all but its last digits hidden: ************4471. */
  readonly maskedPan?: string;
  readonly name: string;
  readonly holder: string;
  readonly product?: string;
  readonly currency: string;
  readonly type: BankAccountType;
  /** Stands on the bank's own pages alone: open banking shows payment accounts, and no cards, loans or depots. */
  readonly onlineOnly?: true;
  readonly statement: StatementSource;
}

/** What the bank knows of an account at an instant. Asked again for the same instant it says the same. */
export type StatementSource = (now: Instant) => BankStatement;

export interface BankStatement {
  /** All of them, oldest first, as far back as they go. */
  readonly entries: readonly ObservedEntry[];
  /** Absent where this bank tells none. */
  readonly balance?: Balance;
}

/** An account that holds the same entries at every instant, as those of a statement file. */
export function fixedStatement(statement: BankStatement): StatementSource {
  return () => statement;
}
