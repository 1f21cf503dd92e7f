import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal, type RefusalFacts } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';
import { refusalRead } from './schema.ts';

/** `type` of a refusal, and the codes below, which stand for a constant summary. */
const errorByCode: Readonly<Record<string, BankErrorCode>> = {
  RateLimitError: 'rate-limited',
  AccessExpiredError: 'consent-expired',
  AccountInactiveError: 'account-gone',
  AccountAccessForbidden: 'account-gone',
  ServiceError: 'bank-unavailable',
  ConnectionError: 'bank-unavailable',
  UnknownRequestError: 'bank-unavailable',
  AGREEMENT_EXPIRED: 'consent-expired',
  AGREEMENT_MISSING: 'consent-expired',
  SUSPENDED: 'account-locked',
  INVALID_TOKEN: 'provider-not-configured',
  AUTHENTICATION_FAILED: 'provider-not-configured',
  ADDRESS_DENIED: 'provider-not-configured',
  DATE_FROM: 'period-not-available',
};

/** GoCardless gives these no type; the summary is what it has for a code. */
const codeBySummary: readonly (readonly [RegExp, string])[] = [
  [/^End User Agreement \(EUA\) \S+ has expired$/, 'AGREEMENT_EXPIRED'],
  [/^No valid End User Agreement$/, 'AGREEMENT_MISSING'],
  [/^Account suspended$/, 'SUSPENDED'],
  [/^Invalid token$/, 'INVALID_TOKEN'],
  [/^Authentication failed$/, 'AUTHENTICATION_FAILED'],
  [/^IP address access denied$/, 'ADDRESS_DENIED'],
];

/** Status of a requisition; undefined: linked. */
const errorByRequisition: Readonly<Record<string, BankErrorCode | undefined>> = {
  LN: undefined,
  CR: 'needs-confirmation',
  ID: 'needs-confirmation',
  GC: 'needs-confirmation',
  UA: 'needs-confirmation',
  SA: 'needs-confirmation',
  GA: 'needs-confirmation',
  RJ: 'confirmation-declined',
  ER: 'bank-unavailable',
  SU: 'account-locked',
  EX: 'consent-expired',
};

/** The one way from what GoCardless refuses to a BankError; what is no refusal passes as it is. */
export function toBankError(error: unknown): BankError {
  if (error instanceof BankError) return error;
  if (!(error instanceof ProviderRefusal)) throw error;
  const { retryAfterSeconds } = error;
  return new BankError(codeOfRefusal(error), error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** The failure that a requisition stands for; undefined for one that is linked. */
export function errorOfRequisition(status: string): BankError | undefined {
  const code = status in errorByRequisition ? errorByRequisition[status] : 'bank-unavailable';
  return code && new BankError(code, `requisition: ${/^[A-Z]{2}$/.test(status) ? status : ''}`);
}

/** The error word with which the user comes back. */
export function errorOfReturn(word: string): BankError {
  const code = word === 'UserCancelledSession' ? 'confirmation-declined' : 'bank-unavailable';
  return new BankError(code, 'return from the bank');
}

function codeOfRefusal({ call, status, code = '' }: ProviderRefusal): BankErrorCode {
  const known = errorByCode[code] ?? codeOfStatus(status);
  if (known) return known;
  // Free usage is over.
  if (status === 402) return 'provider-not-configured';
  if (call.endsWith('requisition') && status === 404) return 'consent-revoked';
  const isOfAccount = /^(metadata|details|balances|entries)$/.test(call);
  // Nothing that one account is told ends a connection, unless its code says so.
  if (isOfAccount) return status === 404 ? 'account-gone' : 'bank-unavailable';
  return status === 401 ? 'provider-not-configured' : 'bank-unavailable';
}

/** What a refusal tells in codes. */
export function readRefusal(body: unknown, headers: Headers): RefusalFacts {
  const { type, summary = '', ...fields } = refusalRead.safeParse(body).data ?? {};
  const [, bySummary] = codeBySummary.find(([pattern]) => pattern.test(summary)) ?? [];
  const byField = 'date_from' in fields ? 'DATE_FROM' : undefined;
  return { code: type ?? bySummary ?? byField, retryAfterSeconds: waitOf(headers) };
}

/**
 * Two limits are told with every answer: one of all calls, one of an account at one endpoint. Only
 * what is used up has to be waited for; where both are, or nothing is said of that, the longer one.
 */
function waitOf(headers: Headers): number | undefined {
  const limits = ['', 'ACCOUNT_SUCCESS_'].flatMap((of) => {
    const reset = headers.get(`HTTP_X_RATELIMIT_${of}RESET`) ?? '';
    if (!/^\d{1,9}$/.test(reset)) return [];
    const remaining = headers.get(`HTTP_X_RATELIMIT_${of}REMAINING`) ?? '0';
    return [{ seconds: Number(reset), isUsedUp: !(Number(remaining) > 0) }];
  });
  const usedUp = limits.filter(({ isUsedUp }) => isUsedUp);
  const waits = (usedUp.length > 0 ? usedUp : limits).map(({ seconds }) => seconds);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}
