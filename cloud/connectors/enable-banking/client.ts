import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { UserPresence } from '../../ports/bank-connector.ts';
import {
  createHttpClient,
  type HttpClientOptions,
  type ProviderRequest,
  type RefusalFacts,
} from '../http-client.ts';
import { refusalRead } from './schema.ts';

export interface EnableBankingClientOptions extends Omit<HttpClientOptions, 'readRefusal'> {
  /** Its id, by which Enable Banking knows the key. */
  readonly application: string;
  /** RSA, private. */
  readonly key: KeyObject;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

export interface EnableBankingRequest<Read> {
  readonly call: EnableBankingCall;
  /** From the root, with the query. */
  readonly path: string;
  readonly method?: ProviderRequest<Read>['method'];
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly read: (body: unknown) => Read;
}

export type EnableBankingCall =
  | 'banks'
  | 'authorise'
  | 'create-session'
  | 'session'
  | 'delete-session'
  | 'details'
  | 'balances'
  | 'entries';

export type EnableBankingClient = ReturnType<typeof createClient>;

/** Of a token; by the description at most a day. */
const tokenSeconds = 3_600;
/** A token is not used in its last minutes, for clocks differ. */
const renewSeconds = 300;

/** Calls to Enable Banking, each with a token that the application's own key has signed. */
export function createClient(options: EnableBankingClientOptions) {
  const { application, key, baseUrl, clock } = options;
  const http = createHttpClient({ ...options, readRefusal });
  let token: { readonly text: string; readonly until: number } | undefined;

  async function tokenOf(): Promise<string> {
    const now = Math.floor(Date.parse(clock.now()) / 1_000);
    if (token && now < token.until - renewSeconds) return token.text;
    const text = await new SignJWT()
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: application })
      .setIssuer('enablebanking.com')
      .setAudience('api.enablebanking.com')
      .setIssuedAt(now)
      .setExpirationTime(now + tokenSeconds)
      .sign(key);
    token = { text, until: now + tokenSeconds };
    return text;
  }

  return {
    /** @throws ProviderRefusal for what is refused, BankError for what is no answer at all. */
    async send<Read>(request: EnableBankingRequest<Read>): Promise<Read> {
      const { call, path, method, body, headers, read } = request;
      return http.send({
        call,
        url: new URL(`${baseUrl}${path}`),
        ...(method && { method }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          ...headers,
          Authorization: `Bearer ${await tokenOf()}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        read,
      });
    },
  };
}

function readRefusal(body: unknown): RefusalFacts {
  const { error, code, detail } = refusalRead.safeParse(body).data ?? {};
  return { code: error ?? code, earliest: detail?.date_from };
}

/**
 * That the user is present, in headers: all that the bank requires or none, else it refuses the
 * call.
 * @param required names of headers, of any case
 */
export function userHeaders(
  user: UserPresence | undefined,
  required: readonly string[],
): Record<string, string> {
  if (!user) return {};
  const headers: Record<string, string> = {
    // An IPv4 address that came over an IPv6 socket; banks want it bare.
    'Psu-Ip-Address': user.ipAddress.replace(/^::ffff:(?=\d+\.)/i, ''),
    ...(user.userAgent && { 'Psu-User-Agent': headerText(user.userAgent) }),
  };
  const given = Object.keys(headers).map((name) => name.toLowerCase());
  return required.every((name) => given.includes(name.toLowerCase())) ? headers : {};
}

function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
}
