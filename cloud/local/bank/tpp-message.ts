/** What the bank's interface refuses, as NextGenPSD2 1.3 says it: a status and a message code. */
export class TppError extends Error {
  override readonly name = 'TppError';
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 429 | 503;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: TppError['status'], code: string, text: string, retryAfterSeconds?: number) {
    super(text);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The answer to a refused request; for 503 the standard has no body. */
export function toTppResponse(error: TppError): Response {
  const { status, code, message, retryAfterSeconds } = error;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  if (status === 503) return new Response(null, { status, headers });
  const tppMessages = [{ category: 'ERROR', code, text: message }];
  return Response.json({ tppMessages }, { status, headers });
}
