import type { BankFailureCode } from '../../../cloud/local/bank/control.ts';
import { keepSilent, unreadableReply } from '../../../cloud/local/bank/control.ts';

/** What Enable Banking refuses: a status, one of its codes, and what its `detail` holds. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly detail: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    {
      detail,
      retryAfterSeconds,
    }: { detail?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** In the shape of ErrorResponse; the message is prose that nobody is to read. */
export function toResponse({ status, code, detail, retryAfterSeconds }: Refused): Response {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  const message = 'Erika Muster, something is wrong';
  const body = { message, code: status, error: code, ...(detail !== undefined && { detail }) };
  return Response.json(body, { status, headers });
}

type Arrangeable = Exclude<BankFailureCode, 'timeout' | 'reply-unreadable' | 'account-locked'>;

const refusals: Readonly<Record<Arrangeable, readonly [number, string]>> = {
  'rate-limited': [429, 'ASPSP_RATE_LIMIT_EXCEEDED'],
  'bank-unavailable': [500, 'ASPSP_ERROR'],
  'consent-expired': [401, 'EXPIRED_SESSION'],
  'consent-revoked': [401, 'REVOKED_SESSION'],
  'login-rejected': [422, 'WRONG_CREDENTIALS_PROVIDED'],
  'needs-confirmation': [422, 'ASPSP_PSU_ACTION_REQUIRED'],
  'account-gone': [404, 'ACCOUNT_DOES_NOT_EXIST'],
  'period-not-available': [422, 'WRONG_TRANSACTIONS_PERIOD'],
};

/**
 * What a call is answered for which a failure is arranged; a bank that is silent lets Enable
 * Banking run out of time.
 */
export async function answerArranged(
  code: BankFailureCode,
  retryAfterSeconds: number | undefined,
  gone: AbortSignal,
  isSilent: boolean,
): Promise<Response> {
  if (code === 'reply-unreadable') return unreadableReply();
  if (code === 'timeout' && isSilent) return keepSilent(gone);
  if (code === 'timeout') throw new Refused(408, 'ASPSP_TIMEOUT');
  if (code === 'account-locked') throw new Error('Enable Banking has no word for that');
  const [status, error] = refusals[code];
  throw new Refused(status, error, { retryAfterSeconds });
}
