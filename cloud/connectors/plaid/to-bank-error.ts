import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';

/** The one way from what Plaid refuses to a BankError; what is no refusal passes as it is. */
export function toBankError(error: unknown): unknown {
  if (!(error instanceof ProviderRefusal)) return error;
  const { status, code, message, retryAfterSeconds } = error;
  const [type = '', errorCode = '', reason] = (code ?? '').split('.');
  return new BankError(codeOf(type, errorCode, reason, status), message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** An error that stands in an answer with status 200: of an item, or of what its user did in Link. */
export function toProblem({ error_type, error_code, error_code_reason }: PlaidProblem): BankError {
  const code = codeOf(error_type, error_code, error_code_reason, 400);
  return new BankError(code, /^\w{1,80}$/.test(error_code) ? error_code : undefined);
}

export interface PlaidProblem {
  readonly error_type: string;
  readonly error_code: string;
  readonly error_code_reason: string | undefined;
}

/** By https://plaid.com/docs/errors: the reason says most, then the code, then the type, then the status. */
function codeOf(
  type: string,
  code: string,
  reason: string | undefined,
  status: number,
): BankErrorCode {
  const meant = byReason[reason ?? ''] ?? byCode[code] ?? byType[type];
  return meant ?? codeOfStatus(status) ?? 'bank-unavailable';
}

/** Of ITEM_LOGIN_REQUIRED at banks with OAuth. */
const byReason: Readonly<Record<string, BankErrorCode>> = {
  OAUTH_CONSENT_EXPIRED: 'consent-expired',
  OAUTH_USER_REVOKED: 'consent-revoked',
};

const byCode: Readonly<Record<string, BankErrorCode>> = {
  // The item waits for its user, whose login or consent no longer holds.
  ITEM_LOGIN_REQUIRED: 'consent-expired',
  INSTITUTION_NO_LONGER_SUPPORTED: 'consent-expired',
  ITEM_NOT_FOUND: 'consent-revoked',
  ITEM_CONCURRENTLY_DELETED: 'consent-revoked',
  USER_PERMISSION_REVOKED: 'consent-revoked',
  USER_ACCOUNT_REVOKED: 'consent-revoked',
  ACCESS_NOT_GRANTED: 'consent-revoked',
  INVALID_ACCESS_TOKEN: 'consent-revoked',
  INVALID_CREDENTIALS: 'login-rejected',
  INSUFFICIENT_CREDENTIALS: 'login-rejected',
  INVALID_UPDATED_USERNAME: 'login-rejected',
  INVALID_MFA: 'login-rejected',
  PASSWORD_RESET_REQUIRED: 'login-rejected',
  ITEM_LOCKED: 'account-locked',
  // The bank wants its user to accept or to set up something there.
  USER_SETUP_REQUIRED: 'account-locked',
  USER_INPUT_TIMEOUT: 'confirmation-expired',
  INVALID_PUBLIC_TOKEN: 'confirmation-expired',
  INVALID_LINK_TOKEN: 'confirmation-expired',
  OAUTH_STATE_ID_ALREADY_PROCESSED: 'confirmation-expired',
  NO_ACCOUNTS: 'account-gone',
  INVALID_ACCOUNT_ID: 'account-gone',
  PRODUCT_NOT_READY: 'bank-unavailable',
  INSTITUTION_RATE_LIMIT: 'rate-limited',
};

const byType: Readonly<Record<string, BankErrorCode>> = {
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  INSTITUTION_ERROR: 'bank-unavailable',
  API_ERROR: 'bank-unavailable',
  ITEM_ERROR: 'bank-unavailable',
  TRANSACTIONS_ERROR: 'bank-unavailable',
  INVALID_RESULT: 'bank-unavailable',
  RECAPTCHA_ERROR: 'bank-unavailable',
  OAUTH_ERROR: 'confirmation-declined',
  // Keys, products, billing, addresses: nothing that a user could mend.
  INVALID_INPUT: 'provider-not-configured',
  INVALID_REQUEST: 'provider-not-configured',
};
