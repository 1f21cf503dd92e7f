import {
  type BankFailureCode,
  keepSilent,
  unreadableReply,
} from '../../../cloud/local/bank/control.ts';

/**
 * What GoCardless refuses: a status, and its body, whose `detail` is prose that nobody is to read.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(`${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const detail = 'Erika Muster, something is wrong';

export function refused(status: number, summary: string, type?: string): Refused {
  return new Refused(status, { summary, detail, ...(type && { type }), status_code: status });
}

/** A body of which one field is wrong. */
export function refusedField(field: string, summary: string): Refused {
  return new Refused(400, { [field]: { summary, detail }, status_code: 400 });
}

export function toResponse({ status, body, headers }: Refused): Response {
  return Response.json(body, { status, headers });
}

/** @param seconds until the bank answers again; without: it does not say */
export function limited(seconds: number | undefined): Refused {
  const { status, body } = refused(429, "Couldn't update account", 'RateLimitError');
  if (seconds === undefined) return new Refused(status, body);
  return new Refused(status, body, {
    HTTP_X_RATELIMIT_LIMIT: '100',
    HTTP_X_RATELIMIT_REMAINING: '99',
    HTTP_X_RATELIMIT_RESET: '60',
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_LIMIT: '4',
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING: '0',
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET: String(seconds),
  });
}

/** What a call is answered for which a failure is arranged. */
export async function answerArranged(
  code: BankFailureCode,
  retryAfterSeconds: number | undefined,
  gone: AbortSignal,
  isSilent: boolean,
): Promise<Response> {
  const summary = "Couldn't update account";
  switch (code) {
    case 'reply-unreadable':
      return unreadableReply();
    case 'timeout':
      if (isSilent) return keepSilent(gone);
      return new Response('<h1>Gateway Timeout</h1>', { status: 504 });
    case 'rate-limited':
      throw limited(retryAfterSeconds);
    case 'bank-unavailable':
      throw refused(503, summary, 'ServiceError');
    case 'consent-expired':
      throw refused(401, summary, 'AccessExpiredError');
    case 'account-locked':
      throw refused(409, 'Account suspended');
    case 'account-gone':
      throw refused(401, summary, 'AccountInactiveError');
    case 'period-not-available':
      throw refusedField('date_from', 'Invalid date_from');
    default:
      throw new Error(`GoCardless has no word for ${code}`);
  }
}
