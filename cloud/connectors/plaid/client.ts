import type { PlaidApi } from 'plaid';
import { z } from 'zod';
import { BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CallMade, ProviderRefusal, placeOf, retryAfterOf } from '../http-client.ts';
import { refusalRead } from './schema.ts';
import { toBankError } from './to-bank-error.ts';

export interface PlaidKeys {
  readonly clientId: string;
  readonly secret: string;
}

export interface ClientOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly keys: PlaidKeys;
  /** Without a slash at the end. */
  readonly url: string;
  /** Of a whole call, its body included. */
  readonly timeoutMs: number;
  readonly onCall?: ((call: CallMade) => void) | undefined;
}

/** Of one call, as the package takes them. */
type CallOptions = Parameters<PlaidApi['itemGet']>[1];

export type PlaidClient = ReturnType<typeof createClient>;

/** A page of 500 entries has under 1 MB. */
const bodyMaxBytes = 30_000_000;
/** The version of the API that the package of this major version speaks. */
const apiVersion = '2020-09-14';

/** What the package's HTTP client throws; it also holds our keys and all that was sent, so nothing else is kept of it. */
const failureRead = z.object({
  response: z
    .object({
      status: z.number(),
      data: z.unknown(),
      // No plain object, but one with the names in lower case.
      headers: z.custom<Readonly<Record<string, unknown>>>((it) => typeof it === 'object'),
    })
    .optional(),
});

/** Plaid's own package, with a limit to everything. */
export function createClient(options: ClientOptions) {
  const { fetch, clock, keys, url, timeoutMs, onCall = () => {} } = options;
  let loaded: Promise<PlaidApi> | undefined;

  /** The package has 80,000 lines, and takes a quarter of a second and 70 MB: only who has a bank there loads it. */
  async function load(): Promise<PlaidApi> {
    const { Configuration, PlaidApi } = await import('plaid');
    return new PlaidApi(
      new Configuration({
        basePath: url,
        baseOptions: {
          headers: {
            'PLAID-CLIENT-ID': keys.clientId,
            'PLAID-SECRET': keys.secret,
            'Plaid-Version': apiVersion,
          },
          // As every other connector: one way to the network, which can be watched.
          adapter: 'fetch',
          env: { fetch },
          maxRedirects: 0,
          maxContentLength: bodyMaxBytes,
        },
      }),
    );
  }

  /** @param name of the call, for the log @throws BankError and nothing else for what Plaid does */
  return async function call<Read>(
    name: string,
    send: (api: PlaidApi, options: CallOptions) => Promise<{ readonly data: unknown }>,
    read: (body: unknown) => Read,
  ): Promise<Read> {
    loaded ??= load();
    const api = await loaded;
    const signal = AbortSignal.timeout(timeoutMs);
    let body: unknown;
    try {
      body = (await send(api, { signal })).data;
      onCall({ call: name, status: 200 });
    } catch (error) {
      const { response } = failureRead.safeParse(error).data ?? {};
      onCall(response ? { call: name, status: response.status } : { call: name });
      // An answer of 200 that failed was cut off.
      const isRefusal = response && response.status >= 300;
      if (isRefusal) throw toBankError(refusalOf(name, response, clock));
      throw new BankError(signal.aborted ? 'timeout' : 'bank-unavailable', name);
    }
    try {
      return read(body);
    } catch (error) {
      if (error instanceof BankError) throw error;
      throw new BankError('reply-unreadable', `${name}: ${placeOf(error)}`);
    }
  };
}

function refusalOf(
  call: string,
  { status, data, headers }: NonNullable<z.output<typeof failureRead>['response']>,
  clock: Clock,
): ProviderRefusal {
  const { error_type, error_code, error_code_reason } = refusalRead.safeParse(data).data ?? {};
  const code = [error_type, error_code, error_code_reason].filter(Boolean).join('.');
  const retryAfter = headers['retry-after'];
  const told = new Headers(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });
  const retryAfterSeconds = retryAfterOf(told, clock.now());
  return new ProviderRefusal(call, status, { code, retryAfterSeconds });
}
