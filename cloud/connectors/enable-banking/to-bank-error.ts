import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';

/** ErrorCode of Enable Banking's description, as far as one of them says more than the status. */
const errorByCode: Readonly<Record<string, BankErrorCode>> = {
  ASPSP_RATE_LIMIT_EXCEEDED: 'rate-limited',
  ASPSP_TIMEOUT: 'timeout',
  ASPSP_ERROR: 'bank-unavailable',
  WRONG_TRANSACTIONS_PERIOD: 'period-not-available',
  // N26's own code, which passes through.
  PERIOD_INVALID: 'period-not-available',
  ASPSP_PSU_ACTION_REQUIRED: 'needs-confirmation',
  PSU_HEADER_NOT_PROVIDED: 'needs-confirmation',
  EXPIRED_SESSION: 'consent-expired',
  SESSION_DOES_NOT_EXIST: 'consent-expired',
  WRONG_SESSION_STATUS: 'consent-expired',
  REVOKED_SESSION: 'consent-revoked',
  CLOSED_SESSION: 'consent-revoked',
  WRONG_CREDENTIALS_PROVIDED: 'login-rejected',
  ACCOUNT_DOES_NOT_EXIST: 'account-gone',
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: 'account-gone',
  INVALID_ACCOUNT_ID: 'account-gone',
  EXPIRED_AUTHORIZATION_CODE: 'confirmation-expired',
  WRONG_AUTHORIZATION_CODE: 'confirmation-expired',
  ALREADY_AUTHORIZED: 'confirmation-expired',
  ACCESS_DENIED: 'provider-not-configured',
  AUTHORIZATION_NOT_PROVIDED: 'provider-not-configured',
  INVALID_HOST: 'provider-not-configured',
  NO_ACCOUNTS_ADDED: 'provider-not-configured',
  REDIRECT_URI_NOT_ALLOWED: 'provider-not-configured',
  UNAUTHORIZED_ACCESS: 'provider-not-configured',
  UNAUTHORIZED_IP: 'provider-not-configured',
};

/** SessionStatus of the description; undefined: it holds. */
const errorBySessionStatus: Readonly<Record<string, BankErrorCode | undefined>> = {
  AUTHORIZED: undefined,
  PENDING_AUTHORIZATION: 'needs-confirmation',
  RETURNED_FROM_BANK: 'needs-confirmation',
  EXPIRED: 'consent-expired',
  INVALID: 'consent-expired',
  CLOSED: 'consent-revoked',
  REVOKED: 'consent-revoked',
  CANCELLED: 'confirmation-declined',
};

/** The error word with which the user comes back, in the terms of OAuth (RFC 6749, 4.1.2.1). */
const errorByReturn: Readonly<Record<string, BankErrorCode>> = {
  access_denied: 'confirmation-declined',
};

/** A window of entries that was asked for. */
export interface AskedWindow {
  readonly from: CalendarDate;
  /** From when on its bank gives entries, for one that refuses without naming a day. */
  readonly unnamed: CalendarDate | undefined;
}

/**
 * The one way from what Enable Banking refuses to a BankError; what is no refusal passes as it is.
 */
export function toBankError(error: unknown, asked?: AskedWindow): BankError {
  if (error instanceof BankError) return error;
  if (!(error instanceof ProviderRefusal)) throw error;
  const code = codeOfRefusal(error);
  const { retryAfterSeconds } = error;
  const first = code === 'period-not-available' ? (error.earliest ?? asked?.unnamed) : undefined;
  // Only a later day than the one that was refused helps.
  const earliest = first && asked && first > asked.from ? first : undefined;
  return new BankError(code, error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(earliest && { earliest }),
  });
}

/** @throws BankError for a session that does not hold */
export function requireAuthorised(status: string): void {
  const code = status in errorBySessionStatus ? errorBySessionStatus[status] : 'bank-unavailable';
  if (code) throw new BankError(code, `session: ${/^[A-Z_]{1,30}$/.test(status) ? status : ''}`);
}

export function errorOfReturn(word: string): BankError {
  return new BankError(errorByReturn[word] ?? 'bank-unavailable', 'return from the bank');
}

function codeOfRefusal({ call, status, code = '' }: ProviderRefusal): BankErrorCode {
  const known = errorByCode[code] ?? codeOfStatus(status);
  if (known) return known;
  const isOfAccount = call === 'details' || call === 'balances' || call === 'entries';
  // Nothing that one account is told ends a connection, unless its code says so.
  if (isOfAccount) return status === 404 ? 'account-gone' : 'bank-unavailable';
  if (call === 'session' && status === 404) return 'consent-expired';
  return status === 401 ? 'provider-not-configured' : 'bank-unavailable';
}
