import type { TanMethod } from '../../../cloud/local/bank/bank-customer.ts';
import type { CalendarDate, Instant } from '../../../shared/calendar-date.ts';

/** What is asked of an account. */
export interface AskedOrder {
  readonly segId: 'HKSAL' | 'HKKAZ' | 'HKCAZ' | 'DKKKU';
  readonly account: string;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly mark?: string | undefined;
  /** The number of its segment. */
  readonly about: number;
}

/** A TAN that is waited for. */
export interface Waiting {
  readonly reference: string;
  readonly method: TanMethod;
  readonly code: string;
  /** Absent where the login itself is to be confirmed. */
  readonly order?: AskedOrder;
  state: 'open' | 'approved' | 'declined';
}

export interface ServedDialog {
  readonly id: string;
  readonly user: string;
  readonly systemId: string;
  /** The number that its next message must have. */
  next: number;
  usedAt: Instant;
  isIn: boolean;
  waiting?: Waiting | undefined;
  /** What its user has confirmed in it: the login, or all of an account. */
  confirmed?: 'login' | { readonly account: string } | undefined;
}
