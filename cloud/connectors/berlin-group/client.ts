import type { UserPresence } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CallMade, createHttpClient, type RefusalFacts } from '../http-client.ts';
import { createTlsFetch } from '../tls-fetch.ts';
import type { BerlinGroupBank } from './bank.ts';
import { refusalRead } from './schema.ts';
import { createSignRequest } from './sign-request.ts';

export type BankCall =
  | 'create-consent'
  | 'consent'
  | 'consent-status'
  | 'delete-consent'
  | 'start-authorisation'
  | 'identify'
  | 'log-in'
  | 'choose-method'
  | 'send-code'
  | 'sca-status'
  | 'oauth-metadata'
  | 'token'
  | 'refresh-token'
  | 'accounts'
  | 'balances'
  | 'entries';

export interface BankRequest<Read> {
  readonly call: BankCall;
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the fields of a form. */
  readonly body?: object | URLSearchParams | undefined;
  /** Given only when the user is present at this very call. */
  readonly user?: UserPresence | undefined;
  /** Where access goes by OAuth, once there is one. */
  readonly accessToken?: string | undefined;
  /** Turns the parsed body into what the caller wants. */
  readonly read: (body: unknown, headers: Headers) => Read;
}

export interface ClientOptions {
  readonly fetch: typeof fetch;
  /** For banks that want a certificate; absent: our own. */
  readonly tlsFetch?: typeof createTlsFetch;
  readonly clock: Clock;
  /** Of a whole call, its body included. */
  readonly timeoutMs: number;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: ((call: CallMade) => void) | undefined;
}

export type BerlinGroupClient = ReturnType<typeof createClient>;

/** HTTP to one bank that speaks NextGenPSD2 1.3, signed and over mutual TLS where the bank is set up so. */
export function createClient(bank: BerlinGroupBank, options: ClientOptions) {
  const { tlsFetch = createTlsFetch } = options;
  const http = createHttpClient({
    ...options,
    fetch: bank.tls ? tlsFetch(bank.tls) : options.fetch,
    readRefusal,
  });
  const sign = bank.signing && createSignRequest(bank.signing, options.clock);

  /** @throws ProviderRefusal for what the bank refuses, BankError for what is no answer at all. */
  async function send<Read>(request: BankRequest<Read>): Promise<Read> {
    const { call, url, method = 'GET', read } = request;
    const body = textOf(request.body);
    const plain = headersOf(request);
    const headers = sign ? { ...plain, ...sign(plain, body) } : plain;
    return http.send({ call, url, method, headers, read, ...(body !== undefined && { body }) });
  }

  return { send };
}

function textOf(body: BankRequest<unknown>['body']): string | undefined {
  if (body === undefined) return undefined;
  return body instanceof URLSearchParams ? body.toString() : JSON.stringify(body);
}

function headersOf({ user, body, headers, accessToken }: BankRequest<unknown>) {
  const form = 'application/x-www-form-urlencoded';
  return {
    'X-Request-ID': crypto.randomUUID(),
    ...headers,
    ...(body && { 'Content-Type': body instanceof URLSearchParams ? form : 'application/json' }),
    ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
    // An IPv4 address that came over an IPv6 socket; the standard wants it bare.
    ...(user && { 'PSU-IP-Address': user.ipAddress.replace(/^::ffff:(?=\d+\.)/i, '') }),
    ...(user?.userAgent && { 'PSU-User-Agent': headerText(user.userAgent) }),
  };
}

/** What a header takes, the rest as question marks. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
}

/** The first code of an error; none where the refusal is not in the standard's shape nor in OAuth's. */
function readRefusal(body: unknown): RefusalFacts {
  const refusal = refusalRead.safeParse(body);
  if (!refusal.success) return {};
  const { tppMessages, code, error } = refusal.data;
  const messages = tppMessages ?? [];
  const message = messages.find(({ category }) => category === 'ERROR') ?? messages[0];
  return { code: message?.code ?? code ?? error };
}
