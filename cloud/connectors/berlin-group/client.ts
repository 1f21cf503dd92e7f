import type { z } from 'zod';
import { MoneyError } from '../../../shared/money.ts';
import { BankError, type UserPresence } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { refusalRead } from './schema.ts';

export type BankCall =
  | 'create-consent'
  | 'consent'
  | 'consent-status'
  | 'delete-consent'
  | 'accounts'
  | 'balances'
  | 'entries';

/** What may be logged of a call; `status` is absent where no answer came. */
export interface CallMade {
  readonly call: BankCall;
  readonly requestId: string;
  readonly userPresent: boolean;
  readonly status?: number;
}

export interface BankRequest<Read> {
  readonly call: BankCall;
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Given only when the user is present at this very call. */
  readonly user?: UserPresence | undefined;
  /** Turns the parsed body into what the caller wants; absent where the answer has none. */
  readonly read: (body: unknown) => Read;
}

/** The bank said no: its status and the code of its message, never its prose. */
export class BankRefusal extends Error {
  override readonly name = 'BankRefusal';
  readonly call: BankCall;
  readonly status: number;
  /** As CONSENT_EXPIRED; absent where the bank gives none. */
  readonly code: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(call: BankCall, response: Response, code: string | undefined, now: string) {
    super(`${call}: ${response.status}${code ? ` ${code}` : ''}`);
    this.call = call;
    this.status = response.status;
    this.code = code;
    this.retryAfterSeconds = retryAfterOf(response, now);
  }
}

/** A page of 1,000 entries has well under 1 MB; anything longer than this is no statement. */
const bodyMaxBytes = 10_000_000;

export interface ClientDependencies {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Of a whole call, its body included. */
  readonly timeoutMs: number;
  readonly onCall: (call: CallMade) => void;
}

export type BerlinGroupClient = ReturnType<typeof createClient>;

/** HTTP to a bank that speaks NextGenPSD2 1.3, with a limit to everything. */
export function createClient({ fetch, clock, timeoutMs, onCall }: ClientDependencies) {
  /** @throws BankRefusal for what the bank refuses, BankError for what is no answer at all. */
  async function send<Read>(request: BankRequest<Read>): Promise<Read> {
    const requestId = crypto.randomUUID();
    const signal = AbortSignal.timeout(timeoutMs);
    const made = { call: request.call, requestId, userPresent: request.user !== undefined };
    let response: Response | undefined;
    let body: string;
    try {
      response = await fetch(request.url, {
        method: request.method ?? 'GET',
        headers: headersOf(request, requestId),
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        // The consent goes in a header, which must not follow a bank's redirect to another host.
        redirect: 'manual',
        signal,
      });
      body = await readBody(request.call, response);
    } catch (error) {
      if (error instanceof BankError) throw error;
      throw new BankError(signal.aborted ? 'timeout' : 'bank-unavailable', request.call);
    } finally {
      onCall(response ? { ...made, status: response.status } : made);
    }
    if (!response.ok) {
      throw new BankRefusal(request.call, response, codeOf(body), clock.now());
    }
    return readAs(request, body);
  }

  return { send };
}

function headersOf(request: BankRequest<unknown>, requestId: string): Record<string, string> {
  const { user } = request;
  return {
    Accept: 'application/json',
    'X-Request-ID': requestId,
    ...request.headers,
    ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
    // An IPv4 address that came over an IPv6 socket; the standard wants it bare.
    ...(user && { 'PSU-IP-Address': user.ipAddress.replace(/^::ffff:(?=\d+\.)/i, '') }),
    ...(user?.userAgent && { 'PSU-User-Agent': headerText(user.userAgent) }),
  };
}

function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
}

async function readBody(call: BankCall, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bodyMaxBytes) {
      throw new BankError('reply-unreadable', `${call}: over ${bodyMaxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** No cause is kept of an unreadable body: the messages of JSON and zod quote from it. */
function readAs<Read>({ call, read }: BankRequest<Read>, body: string): Read {
  try {
    return read(body === '' ? undefined : JSON.parse(body));
  } catch (error) {
    if (error instanceof BankError) throw error;
    throw new BankError('reply-unreadable', `${call}: ${placeOf(error)}`);
  }
}

function placeOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'no JSON';
  if (error instanceof MoneyError) return error.message;
  const issues = (error as Partial<z.ZodError>).issues;
  return issues?.[0] ? `field ${issues[0].path.join('.')}` : 'unexpected content';
}

/** The first code of an error; undefined where the refusal is not in the standard's shape. */
function codeOf(body: string): string | undefined {
  const refusal = refusalRead.safeParse(jsonOrUndefined(body));
  if (!refusal.success) return undefined;
  const messages = refusal.data.tppMessages ?? [];
  const message = messages.find(({ category }) => category === 'ERROR') ?? messages[0];
  const code = message?.code ?? refusal.data.code;
  return code && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}

/** Undefined stands for no JSON: of a refusal the status alone says enough. */
function jsonOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(response: Response, now: string): number | undefined {
  const value = response.headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(now)) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
