import { describe, expect, test } from '@jest/globals';
import { ProviderRefusal } from '../../../../cloud/connectors/http-client.ts';
import { toBankError, toProblem } from '../../../../cloud/connectors/plaid/to-bank-error.ts';
import type { BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';

const codes: [string, string, string | undefined, BankErrorCode][] = [
  ['RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', undefined, 'rate-limited'],
  ['RATE_LIMIT_EXCEEDED', 'ACCOUNTS_LIMIT', undefined, 'rate-limited'],
  ['INSTITUTION_ERROR', 'INSTITUTION_RATE_LIMIT', undefined, 'rate-limited'],
  ['INSTITUTION_ERROR', 'INSTITUTION_DOWN', undefined, 'bank-unavailable'],
  ['INSTITUTION_ERROR', 'INSTITUTION_NOT_RESPONDING', undefined, 'bank-unavailable'],
  ['INSTITUTION_ERROR', 'INSTITUTION_NOT_AVAILABLE', undefined, 'bank-unavailable'],
  ['INSTITUTION_ERROR', 'INSTITUTION_NO_LONGER_SUPPORTED', undefined, 'consent-expired'],
  ['API_ERROR', 'INTERNAL_SERVER_ERROR', undefined, 'bank-unavailable'],
  ['API_ERROR', 'PLANNED_MAINTENANCE', undefined, 'bank-unavailable'],
  ['ITEM_ERROR', 'PRODUCT_NOT_READY', undefined, 'bank-unavailable'],
  ['ITEM_ERROR', 'A_NEW_CODE', undefined, 'bank-unavailable'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', undefined, 'consent-expired'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'OAUTH_INVALID_TOKEN', 'consent-expired'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'OAUTH_CONSENT_EXPIRED', 'consent-expired'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'OAUTH_USER_REVOKED', 'consent-revoked'],
  ['ITEM_ERROR', 'ITEM_NOT_FOUND', undefined, 'consent-revoked'],
  ['ITEM_ERROR', 'ITEM_CONCURRENTLY_DELETED', undefined, 'consent-revoked'],
  ['ITEM_ERROR', 'USER_PERMISSION_REVOKED', undefined, 'consent-revoked'],
  ['ITEM_ERROR', 'ACCESS_NOT_GRANTED', undefined, 'consent-revoked'],
  ['INVALID_INPUT', 'INVALID_ACCESS_TOKEN', undefined, 'consent-revoked'],
  ['ITEM_ERROR', 'INVALID_CREDENTIALS', undefined, 'login-rejected'],
  ['ITEM_ERROR', 'INVALID_UPDATED_USERNAME', undefined, 'login-rejected'],
  ['ITEM_ERROR', 'PASSWORD_RESET_REQUIRED', undefined, 'login-rejected'],
  ['ITEM_ERROR', 'INVALID_MFA', undefined, 'login-rejected'],
  ['ITEM_ERROR', 'ITEM_LOCKED', undefined, 'account-locked'],
  ['ITEM_ERROR', 'USER_SETUP_REQUIRED', undefined, 'account-locked'],
  ['ITEM_ERROR', 'USER_INPUT_TIMEOUT', undefined, 'confirmation-expired'],
  ['INVALID_INPUT', 'INVALID_PUBLIC_TOKEN', undefined, 'confirmation-expired'],
  ['INVALID_INPUT', 'INVALID_LINK_TOKEN', undefined, 'confirmation-expired'],
  ['OAUTH_ERROR', 'OAUTH_STATE_ID_ALREADY_PROCESSED', undefined, 'confirmation-expired'],
  ['OAUTH_ERROR', 'OAUTH_LOGIN_FAILED', undefined, 'confirmation-declined'],
  ['ITEM_ERROR', 'NO_ACCOUNTS', undefined, 'account-gone'],
  ['INVALID_INPUT', 'INVALID_ACCOUNT_ID', undefined, 'account-gone'],
  ['INVALID_INPUT', 'INVALID_API_KEYS', undefined, 'provider-not-configured'],
  ['INVALID_INPUT', 'UNAUTHORIZED_ENVIRONMENT', undefined, 'provider-not-configured'],
  ['INVALID_REQUEST', 'UNKNOWN_FIELDS', undefined, 'provider-not-configured'],
  ['TRANSACTIONS_ERROR', 'A_NEW_CODE', undefined, 'bank-unavailable'],
  ['INVALID_RESULT', 'LAST_UPDATED_DATETIME_OUT_OF_RANGE', undefined, 'bank-unavailable'],
  ['RECAPTCHA_ERROR', 'RECAPTCHA_BAD', undefined, 'bank-unavailable'],
  ['A_NEW_TYPE', 'A_NEW_CODE', undefined, 'bank-unavailable'],
];

describe('an error of Plaid', () => {
  test.each(codes)('of the type %s, with the code %s and the reason %s, is %s', (...it) => {
    const [error_type, error_code, error_code_reason, meant] = it;
    const code = [error_type, error_code, error_code_reason].filter(Boolean).join('.');
    const error = toBankError(new ProviderRefusal('accounts', 400, { code }));
    expect(error).toMatchObject({ code: meant, detail: `accounts: 400 ${code}` });
    expect(toProblem({ error_type, error_code, error_code_reason }).code).toBe(meant);
  });

  test.each<[number, BankErrorCode]>([
    [302, 'reply-unreadable'],
    [400, 'bank-unavailable'],
    [408, 'timeout'],
    [429, 'rate-limited'],
    [500, 'bank-unavailable'],
    [503, 'bank-unavailable'],
    [504, 'timeout'],
  ])('without a code goes by its status %d', (status, meant) => {
    for (const code of [undefined, '', 'Erika Muster', '.']) {
      const error = toBankError(new ProviderRefusal('accounts', status, { code }));
      expect(error).toMatchObject({ code: meant });
      expect(String(error)).not.toContain('Erika');
    }
  });

  test('in an answer keeps its code, and no prose', () => {
    const problem = { error_type: 'X', error_code_reason: undefined };
    expect(toProblem({ ...problem, error_code: 'ITEM_LOCKED' }).detail).toBe('ITEM_LOCKED');
    expect(toProblem({ ...problem, error_code: 'Erika M' }).detail).toBeUndefined();
  });

  test('is told as it is where it is none of Plaid', () => {
    const own = new TypeError('ours');
    expect(toBankError(own)).toBe(own);
  });
});
