import { createHttpClient, type HttpClientOptions } from '../http-client.ts';
import type { Access } from './addresses.ts';
import { type AccountSet, accountSetRead, refusalRead } from './schema.ts';
import { toBankError } from './to-bank-error.ts';

export type ClientOptions = Omit<HttpClientOptions, 'readRefusal'>;

export type SimplefinClient = ReturnType<typeof createClient>;

/** The two calls of SimpleFIN. Both throw BankError and nothing else for what the server does. */
export function createClient(options: ClientOptions) {
  const { send } = createHttpClient({
    ...options,
    readRefusal: (body) => ({ code: refusalRead.safeParse(body).data?.errlist[0]?.code }),
  });

  async function call<Read>(request: Parameters<typeof send<Read>>[0]): Promise<Read> {
    try {
      return await send(request);
    } catch (error) {
      throw toBankError(error);
    }
  }

  return {
    /** What a setup token is good for, once: an address with a login in it. */
    claim: (url: URL): Promise<string> =>
      call({ call: 'claim', method: 'POST', url, isText: true, read: String }),

    accounts: (name: 'accounts' | 'balances' | 'entries', url: URL, { authorization }: Access) =>
      call<AccountSet>({
        call: name,
        url,
        headers: { Authorization: authorization },
        read: (body) => accountSetRead.parse(body),
      }),
  };
}
