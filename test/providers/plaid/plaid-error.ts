import type { BankFailure, BankFailureCode } from '../../../cloud/local/bank/control.ts';

/** A refusal in Plaid's shape; the words are for people. */
export class PlaidRefusal extends Error {
  override readonly name = 'PlaidRefusal';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(type: string, code: string, status = 400, more: { retryAfterSeconds?: number } = {}) {
    super(code);
    this.status = status;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.body = {
      error_type: type,
      error_code: code,
      error_code_reason: null,
      error_message: 'the login details of Erika Muster have changed',
      display_message: null,
      request_id: 'HNTDNrA8F1shFEW',
    };
  }

  toResponse(): Response {
    const { status, retryAfterSeconds } = this;
    const headers = new Headers();
    if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
    return Response.json(this.body, { status, headers });
  }
}

/** What Plaid says where the Sandbox Bank is to fail so. */
export function refusalOf({ with: code, retryAfterSeconds }: BankFailure): PlaidRefusal {
  const [type, plaidCode, status] = refusals[code];
  return new PlaidRefusal(type, plaidCode, status, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

const refusals: Readonly<Record<BankFailureCode, readonly [string, string, number]>> = {
  'rate-limited': ['RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', 429],
  'bank-unavailable': ['INSTITUTION_ERROR', 'INSTITUTION_DOWN', 400],
  timeout: ['API_ERROR', 'INTERNAL_SERVER_ERROR', 500],
  'reply-unreadable': ['API_ERROR', 'INTERNAL_SERVER_ERROR', 500],
  'consent-expired': ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 400],
  'consent-revoked': ['ITEM_ERROR', 'USER_PERMISSION_REVOKED', 400],
  'login-rejected': ['ITEM_ERROR', 'INVALID_CREDENTIALS', 400],
  'account-locked': ['ITEM_ERROR', 'ITEM_LOCKED', 400],
  'needs-confirmation': ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 400],
  'account-gone': ['ITEM_ERROR', 'NO_ACCOUNTS', 400],
  'period-not-available': ['API_ERROR', 'INTERNAL_SERVER_ERROR', 500],
};
