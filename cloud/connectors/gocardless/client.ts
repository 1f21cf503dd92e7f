import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { BankError } from '../../ports/bank-connector.ts';
import {
  createHttpClient,
  type HttpClientOptions,
  ProviderRefusal,
  type ProviderRequest,
} from '../http-client.ts';
import { tokenRead } from './schema.ts';
import { readRefusal, toBankError } from './to-bank-error.ts';

export interface GoCardlessClientOptions extends Omit<HttpClientOptions, 'readRefusal'> {
  readonly secretId: string;
  readonly secretKey: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

export interface GoCardlessRequest<Read> {
  readonly call: GoCardlessCall;
  /** Under /api/v2, with the query. */
  readonly path: string;
  readonly method?: ProviderRequest<Read>['method'];
  readonly body?: unknown;
  readonly read: (body: unknown) => Read;
}

export type GoCardlessCall =
  | 'token'
  | 'banks'
  | 'bank'
  | 'create-agreement'
  | 'agreement'
  | 'create-requisition'
  | 'requisition'
  | 'delete-requisition'
  | 'metadata'
  | 'details'
  | 'balances'
  | 'entries';

export type GoCardlessClient = ReturnType<typeof createClient>;

interface Tokens {
  readonly access: string;
  readonly accessUntil: Instant;
  readonly refresh: string | undefined;
  readonly refreshUntil: Instant;
}

/** A token is not used in its last minutes, for clocks differ. */
const marginMs = 5 * 60_000;

/** Calls to GoCardless with a token that all of them share; it lives in memory alone. */
export function createClient(options: GoCardlessClientOptions) {
  const { secretId, secretKey, baseUrl, clock } = options;
  const http = createHttpClient({ ...options, readRefusal });
  let tokens: Tokens | undefined;
  /** One request for a token at a time: whoever needs one meanwhile waits for the same. */
  let renewal: Promise<Tokens> | undefined;

  async function sendWith<Read>(
    token: string | undefined,
    { call, path, method, body, read }: GoCardlessRequest<Read>,
  ): Promise<Read> {
    return http.send({
      call,
      url: new URL(`${baseUrl}/api/v2${path}`),
      ...(method && { method }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      read,
    });
  }

  async function askToken(kind: 'new' | 'refresh', body: object): Promise<Tokens> {
    const read = (told: unknown): Tokens => {
      const now = clock.now();
      const { access, access_expires, refresh, refresh_expires = 0 } = tokenRead.parse(told);
      return {
        access,
        accessUntil: addMs(now, access_expires * 1_000 - marginMs),
        refresh: refresh ?? tokens?.refresh,
        refreshUntil: refresh
          ? addMs(now, refresh_expires * 1_000 - marginMs)
          : (tokens?.refreshUntil ?? now),
      };
    };
    const path = `/token/${kind}/`;
    return sendWith(undefined, { call: 'token', path, method: 'POST', body, read });
  }

  async function renew(): Promise<Tokens> {
    const { refresh, refreshUntil = '' } = tokens ?? {};
    if (refresh && clock.now() < refreshUntil) {
      try {
        return await askToken('refresh', { refresh });
      } catch (error) {
        // A refresh token that is not taken any more; the secrets still may be.
        if (!(error instanceof ProviderRefusal) || error.status !== 401) throw error;
      }
    }
    return askToken('new', { secret_id: secretId, secret_key: secretKey });
  }

  /** @param dead a token that is not to be used again */
  async function tokenOf(dead?: string): Promise<string> {
    if (tokens && tokens.access !== dead && clock.now() < tokens.accessUntil) return tokens.access;
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    tokens = await renewal;
    return tokens.access;
  }

  /** @throws ProviderRefusal, BankError */
  async function trySend<Read>(request: GoCardlessRequest<Read>): Promise<Read> {
    const token = await tokenOf();
    try {
      return await sendWith(token, request);
    } catch (error) {
      if (!isDeadToken(error)) throw error;
    }
    return sendWith(await tokenOf(token), request);
  }

  return {
    trySend,

    /** @throws BankError alone */
    async send<Read>(request: GoCardlessRequest<Read>): Promise<Read> {
      try {
        return await trySend(request);
      } catch (error) {
        throw toBankError(error);
      }
    },
  };
}

/** 401 stands for a consent that is over, too: then there is a type or another summary. */
function isDeadToken(error: unknown): boolean {
  return (
    error instanceof ProviderRefusal &&
    error.status === 401 &&
    (error.code === undefined || error.code === 'INVALID_TOKEN')
  );
}

/** Ids of accounts go into a path. @throws BankError for what is none */
export function accountPath(externalId: string, resource = ''): string {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(externalId);
  if (!isId) throw new BankError('account-gone', 'no id of an account');
  return `/accounts/${externalId}/${resource ? `${resource}/` : ''}`;
}
