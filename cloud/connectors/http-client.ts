import type { z } from 'zod';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { MoneyError } from '../../shared/money.ts';
import { BankError } from '../ports/bank-connector.ts';
import type { Clock } from '../ports/clock.ts';

export interface ProviderRequest<Read> {
  /** Of the connector's calls, for the log: a constant word. */
  readonly call: string;
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent; its Content-Type stands in the headers. */
  readonly body?: string;
  /** The answer is text, which is read as it came; absent: JSON. */
  readonly isText?: true;
  /** Turns the parsed body, undefined where it is empty, into what the caller wants. Throws for what it cannot read. */
  readonly read: (body: unknown, headers: Headers) => Read;
}

/** What may be logged of a call; `status` is absent where no answer came. */
export interface CallMade {
  readonly call: string;
  readonly status?: number;
}

/** What a refusal's body and headers tell, in the provider's own terms; never its prose. */
export interface RefusalFacts {
  /** As CONSENT_EXPIRED. */
  readonly code?: string | undefined;
  /** From when on the bank answers. */
  readonly earliest?: CalendarDate | undefined;
  /** Where the provider tells it otherwise than by Retry-After. */
  readonly retryAfterSeconds?: number | undefined;
}

/** The provider said no: its status, and what it told in codes. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';
  readonly call: string;
  readonly status: number;
  /** Of [A-Za-z0-9_.:-], 80 characters at most; anything else is taken for prose and left out. */
  readonly code: string | undefined;
  readonly earliest: CalendarDate | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(call: string, status: number, { code, earliest, retryAfterSeconds }: RefusalFacts) {
    const told = code && /^[\w.:-]{1,80}$/.test(code) ? code : undefined;
    super(`${call}: ${status}${told ? ` ${told}` : ''}`);
    this.call = call;
    this.status = status;
    this.code = told;
    this.earliest = earliest;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface HttpClientOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Of a whole call, its body included. */
  readonly timeoutMs: number;
  /** @param body parsed, undefined where it is no JSON */
  readonly readRefusal: (body: unknown, headers: Headers) => RefusalFacts;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: ((call: CallMade) => void) | undefined;
}

/** Statements of years have a few MB; anything longer than this is none. */
const bodyMaxBytes = 30_000_000;

export type HttpClient = ReturnType<typeof createHttpClient>;

/** JSON over HTTP to a provider of bank access, with a limit to everything. */
export function createHttpClient(options: HttpClientOptions) {
  const { fetch, clock, timeoutMs, readRefusal, onCall = () => {} } = options;

  /** @throws ProviderRefusal for what the provider refuses, BankError for what is no answer at all. */
  async function send<Read>(request: ProviderRequest<Read>): Promise<Read> {
    const { call, url, method = 'GET', headers, body: sent } = request;
    const signal = AbortSignal.timeout(timeoutMs);
    let response: Response | undefined;
    let body: string;
    try {
      response = await fetch(url, {
        method,
        headers: { Accept: 'application/json', ...headers },
        ...(sent !== undefined && { body: sent }),
        // Secrets go in headers, which must not follow a redirect to another host.
        redirect: 'manual',
        signal,
      });
      body = await readBody(call, response);
    } catch (error) {
      if (error instanceof BankError) throw error;
      throw new BankError(signal.aborted ? 'timeout' : 'bank-unavailable', call);
    } finally {
      onCall(response ? { call, status: response.status } : { call });
    }
    if (response.ok) return readAs(request, body, response.headers);
    const retryAfterSeconds = retryAfterOf(response.headers, clock.now());
    const facts = readRefusal(jsonOrUndefined(body), response.headers);
    throw new ProviderRefusal(call, response.status, {
      ...facts,
      retryAfterSeconds: facts.retryAfterSeconds ?? retryAfterSeconds,
    });
  }

  return { send };
}

async function readBody(call: string, response: Response): Promise<string> {
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
function readAs<Read>(
  { call, isText, read }: ProviderRequest<Read>,
  body: string,
  headers: Headers,
): Read {
  try {
    if (isText) return read(body, headers);
    return read(body === '' ? undefined : JSON.parse(body), headers);
  } catch (error) {
    if (error instanceof BankError) throw error;
    throw new BankError('reply-unreadable', `${call}: ${placeOf(error)}`);
  }
}

/** Where in an answer it stopped making sense, in words that hold nothing of it. @param error of JSON, zod or parseMoney */
export function placeOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'no JSON';
  if (error instanceof MoneyError) return error.message;
  const issues = (error as Partial<z.ZodError>).issues;
  return issues?.[0] ? `field ${issues[0].path.join('.')}` : 'unexpected content';
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
export function retryAfterOf(headers: Headers, now: string): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(now)) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
