import type { Grant, KeepGrant, UserPresence } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import type { BankRequest } from './client.ts';
import { type BankWorld, consentStatusOf } from './consent.ts';
import { consentIdOf } from './grant.ts';
import { refreshTokens } from './oauth.ts';

/** Sends what a consent gives access to. @throws ProviderRefusal, BankError */
export type SendAuthorised = <Read>(
  request: Pick<BankRequest<Read>, 'call' | 'url' | 'method' | 'read'>,
) => Promise<Read>;

/** Calls in the name of a consent; a token that is over is refreshed once for each call that finds it so. */
export function createAuthorised(
  world: BankWorld,
  grant: Grant,
  user: UserPresence | undefined,
  keep: KeepGrant = async () => {},
) {
  let current = grant;
  let refreshing: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const fresh = await refreshTokens(world, current);
    // Before it is used: the bank may count the old one as spent.
    await keep(fresh);
    current = fresh;
  }

  /** With the token of now. */
  async function withToken<T>(call: (accessToken: string | undefined) => Promise<T>): Promise<T> {
    const { accessToken } = current;
    try {
      return await call(accessToken);
    } catch (error) {
      if (!isTokenOver(error) || !current['refreshToken']) throw error;
      if (current['accessToken'] === accessToken) {
        refreshing ??= refresh().finally(() => {
          refreshing = undefined;
        });
        await refreshing;
      }
      return call(current['accessToken']);
    }
  }

  const send: SendAuthorised = (request) => {
    const headers = request.method === 'DELETE' ? {} : { 'Consent-ID': consentIdOf(grant) };
    return withToken((accessToken) =>
      world.client.send({ ...request, headers, user, accessToken }),
    );
  };

  return {
    send,
    consentStatus: () =>
      withToken((accessToken) =>
        consentStatusOf(world, { ...current, ...(accessToken && { accessToken }) }),
      ),
  };
}

/** Gateways before a bank may say it without a code, or in OAuth's words. */
function isTokenOver(error: unknown): boolean {
  if (!(error instanceof ProviderRefusal) || error.status !== 401) return false;
  const { code } = error;
  return code === undefined || code === 'TOKEN_EXPIRED' || code === 'invalid_token';
}
