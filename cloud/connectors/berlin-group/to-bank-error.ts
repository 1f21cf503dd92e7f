import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';
import type { BankCall } from './client.ts';
import type { ConsentStatus } from './schema.ts';

/** Does what asks the bank; what the bank refuses meanwhile is thrown as BankError. */
export async function asBankErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toBankError(error);
  }
}

/** The one way from what a bank refuses to a BankError; what is no refusal passes as it is. */
export function toBankError(error: unknown): BankError {
  if (error instanceof BankError) return error;
  if (!(error instanceof ProviderRefusal)) throw error;
  const { retryAfterSeconds, earliest } = error;
  return new BankError(codeOf(error), error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(earliest !== undefined && { earliest }),
  });
}

function codeOf({ call: made, status, code = '' }: ProviderRefusal): BankErrorCode {
  const byStatus = codeOfStatus(status);
  if (byStatus) return byStatus;
  const call = made as BankCall;
  if (call === 'token' || call === 'refresh-token') return codeOfToken(call, code);
  if (ofConfirmation.has(call)) {
    if (call === 'send-code' && wrongCodes.has(code)) return 'code-rejected';
    if (overCodes.has(code)) return 'confirmation-expired';
  }
  if (resourceCodes.has(code)) {
    if (isOfAccount(call)) return 'account-gone';
    return call === 'accounts' ? 'bank-unavailable' : 'consent-expired';
  }
  return errorByCode[code] ?? 'bank-unavailable';
}

/** RFC 6749, 5.2. */
function codeOfToken(call: 'token' | 'refresh-token', code: string): BankErrorCode {
  if (code === 'invalid_grant') {
    return call === 'token' ? 'confirmation-expired' : 'consent-expired';
  }
  const isOurs = /^(invalid_client|unauthorized_client|invalid_scope)$/.test(code);
  return isOurs ? 'provider-not-configured' : (errorByCode[code] ?? 'bank-unavailable');
}

/** Whether a refusal of such a call can be about that account alone. */
export function isOfAccount(call: string): boolean {
  return call === 'balances' || call === 'entries';
}

/** What a consent's own status says; undefined: it holds. */
export const errorByConsentStatus: Readonly<Record<ConsentStatus, BankErrorCode | undefined>> = {
  valid: undefined,
  received: 'needs-confirmation',
  partiallyAuthorised: 'needs-confirmation',
  rejected: 'confirmation-declined',
  expired: 'consent-expired',
  revokedByPsu: 'consent-revoked',
  terminatedByTpp: 'consent-revoked',
};

/** Calls about a confirmation that is under way. */
const ofConfirmation: ReadonlySet<BankCall> = new Set([
  'start-authorisation',
  'identify',
  'log-in',
  'choose-method',
  'send-code',
  'sca-status',
]);

const wrongCodes: ReadonlySet<string> = new Set(['PSU_CREDENTIALS_INVALID', 'SCA_INVALID']);

/** That what was to be confirmed is not waited for any more. */
const overCodes: ReadonlySet<string> = new Set([
  'STATUS_INVALID',
  'SCA_INVALID',
  'SCA_METHOD_UNKNOWN',
  'RESOURCE_UNKNOWN',
  'RESOURCE_EXPIRED',
  'CONSENT_UNKNOWN',
  'CONSENT_EXPIRED',
  'CONSENT_INVALID',
]);

const resourceCodes: ReadonlySet<string> = new Set([
  'RESOURCE_UNKNOWN',
  'RESOURCE_EXPIRED',
  'RESOURCE_BLOCKED',
]);

/** Message codes of NextGenPSD2 1.3, chapter 14.11, as far as one of them says more than the status. */
const errorByCode: Readonly<Record<string, BankErrorCode>> = {
  ACCESS_EXCEEDED: 'rate-limited',
  PERIOD_INVALID: 'period-not-available',
  CONSENT_EXPIRED: 'consent-expired',
  CONSENT_INVALID: 'consent-expired',
  CONSENT_UNKNOWN: 'consent-expired',
  TOKEN_EXPIRED: 'consent-expired',
  TOKEN_INVALID: 'consent-expired',
  TOKEN_UNKNOWN: 'consent-expired',
  // RFC 6750, 3.1.
  invalid_token: 'consent-expired',
  PSU_CREDENTIALS_INVALID: 'login-rejected',
  CORPORATE_ID_INVALID: 'login-rejected',
  // By the standard: the bank blocks this user, whatever the channel.
  SERVICE_BLOCKED: 'account-locked',
  CERTIFICATE_INVALID: 'provider-not-configured',
  CERTIFICATE_EXPIRED: 'provider-not-configured',
  CERTIFICATE_BLOCKED: 'provider-not-configured',
  CERTIFICATE_REVOKED: 'provider-not-configured',
  CERTIFICATE_REVOKE: 'provider-not-configured',
  CERTIFICATE_MISSING: 'provider-not-configured',
  SIGNATURE_INVALID: 'provider-not-configured',
  SIGNATURE_MISSING: 'provider-not-configured',
  ROLE_INVALID: 'provider-not-configured',
  REQUIRED_KID_MISSING: 'provider-not-configured',
};
