import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { MoneyError } from '../../../shared/money.ts';
import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { BrowserFailure, PageRefusal } from './browser-failure.ts';
import { PrintUnreadable, readDay } from './to-entries.ts';

/** The one way from what a page or the browser says to a BankError; what is neither passes as it is. */
export function toBankError(error: unknown, during: string): unknown {
  if (error instanceof BrowserFailure) {
    const isCode = error.what === 'not-taken' && during === 'confirmation';
    const code = isCode ? 'code-rejected' : errorByFailure[error.what];
    return new BankError(code, `${during}: ${error.message}`);
  }
  if (error instanceof PrintUnreadable || error instanceof MoneyError) {
    return new BankError('reply-unreadable', `${during}: ${error.message}`);
  }
  if (!(error instanceof PageRefusal)) return error;
  const { mark, status, retryAfterSeconds } = error;
  const earliest = earliestOf(error);
  // What the bank says in its own words needs no status beside it: the user reads the detail.
  const detail = mark ? undefined : `${during}: ${error.message}`;
  return new BankError(mark ?? codeOfStatus(status), detail, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(earliest && { earliest }),
  });
}

const errorByFailure: Readonly<Record<BrowserFailure['what'], BankErrorCode>> = {
  timeout: 'timeout',
  unreachable: 'bank-unavailable',
  unreadable: 'reply-unreadable',
  'not-taken': 'login-rejected',
  'no-browser': 'provider-not-configured',
};

function codeOfStatus(status: number): BankErrorCode {
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 504) return 'timeout';
  return 'bank-unavailable';
}

/** A day that cannot be read is as good as none. */
function earliestOf({ mark, earliest }: PageRefusal): CalendarDate | undefined {
  if (mark !== 'period-not-available' || !earliest) return undefined;
  try {
    return readDay(earliest);
  } catch (error) {
    if (error instanceof PrintUnreadable) return undefined;
    throw error;
  }
}
