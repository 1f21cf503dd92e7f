import type { CountryCode, Products } from 'plaid';
import type { Institution } from '../../../shared/bank.ts';
import { dayOf } from '../../../shared/calendar-date.ts';
import { type AccessStep, BankError, type Grant } from '../../ports/bank-connector.ts';
import type { PlaidClient } from './client.ts';
import { historyDays } from './institutions.ts';
import { noticeKeyOf } from './notices.ts';
import { type Patience, wait } from './patience.ts';
import {
  exchangeRead,
  itemRead,
  type LinkSession,
  linkTokenCreated,
  linkTokenRead,
} from './schema.ts';
import { toProblem } from './to-bank-error.ts';

/** What the user sees of who asks. */
const clientName = 'Bookfeed';

export interface LinkRequest {
  readonly institution: Institution;
  readonly redirectUrl: string;
  readonly notificationUrl: string;
  /** The access to renew; absent: a new one. */
  readonly renews?: Grant | undefined;
}

/**
 * Sends the user to the page on which Plaid shows Link. Of an access that is renewed it asks what its bank wants (update
 * mode), and access, accounts and entries stay what they are; of one that is gone there is nothing to go on with.
 */
export async function startLink(
  call: PlaidClient,
  countries: readonly string[],
  request: LinkRequest,
): Promise<AccessStep> {
  const { renews, ...anew } = request;
  try {
    return await askLink(call, countries, request);
  } catch (error) {
    const isGone = error instanceof BankError && error.code === 'consent-revoked';
    if (!renews || !isGone) throw error;
    return askLink(call, countries, anew);
  }
}

async function askLink(
  call: PlaidClient,
  countries: readonly string[],
  { institution, redirectUrl, notificationUrl, renews }: LinkRequest,
): Promise<AccessStep> {
  const { accessToken, itemId } = renews ?? {};
  const isUpdate = accessToken !== undefined && itemId !== undefined;
  const routingNumber = institution.routingNumbers?.[0];
  const request = {
    client_name: clientName,
    language: 'en',
    country_codes: countries as CountryCode[],
    // Plaid wants to tell users apart, and need not know who they are.
    user: { client_user_id: crypto.randomUUID() },
    hosted_link: { completion_redirect_uri: redirectUrl },
    ...(isUpdate
      ? { access_token: accessToken }
      : {
          products: ['transactions' as Products],
          transactions: { days_requested: historyDays },
          ...(isReachable(notificationUrl) && { webhook: notificationUrl }),
          ...(routingNumber && { institution_data: { routing_number: routingNumber } }),
        }),
  };
  const created = await call(
    'create-link-token',
    (api, options) => api.linkTokenCreate(request, options),
    (body) => linkTokenCreated.parse(body),
  );
  if (!created.hosted_link_url) {
    throw new BankError('provider-not-configured', 'create-link-token: no Hosted Link');
  }
  const url = pageUrl(created.hosted_link_url);
  return {
    kind: 'asked',
    grant: { linkToken: created.link_token, ...(isUpdate && { accessToken, itemId }) },
    confirmation: { kind: 'redirect', url },
    ...(created.expiration && { expiresAt: new Date(created.expiration).toISOString() }),
  };
}

/**
 * What the user did in Link, by Plaid's own word; the address by which the browser came back says nothing.
 * @param patience the browser may be faster than what Plaid tells
 */
export async function finishLink(
  call: PlaidClient,
  grant: Grant,
  patience: Patience,
): Promise<AccessStep> {
  const { linkToken = '', accessToken, itemId } = grant;
  const sessions = await readSessions(call, linkToken, patience);
  if (accessToken && itemId) {
    const last = sessions.findLast(({ finished_at }) => finished_at);
    throwUnless(last !== undefined && !exitOf(last), sessions);
    return readItem(call, { accessToken, itemId });
  }
  const publicToken = sessions.flatMap(publicTokensOf).at(-1);
  throwUnless(publicToken !== undefined, sessions);
  const exchanged = await call(
    'exchange',
    (api, options) => api.itemPublicTokenExchange({ public_token: publicToken ?? '' }, options),
    (body) => exchangeRead.parse(body),
  );
  return keepItem(call, { accessToken: exchanged.access_token, itemId: exchanged.item_id });
}

/** What is lost now is lost for good, for a public token counts once; and an item that nobody uses is paid for. */
async function keepItem(call: PlaidClient, grant: ItemGrant): Promise<AccessStep> {
  try {
    return await readItem(call, grant);
  } catch (error) {
    if (error instanceof BankError && passing.has(error.code)) {
      return { kind: 'granted', grant, noticeKey: noticeKeyOf(grant.itemId) };
    }
    await removeItem(call, grant.accessToken).catch(() => {
      // Why it is of no use says more than that it could not be given back.
    });
    throw error;
  }
}

const passing: ReadonlySet<string> = new Set([
  'bank-unavailable',
  'timeout',
  'rate-limited',
  'reply-unreadable',
]);

/** Ends the item, and with it what Plaid asks for it; one that has ended already is no error. @throws BankError */
export async function removeItem(call: PlaidClient, accessToken: string): Promise<void> {
  try {
    await call(
      'remove-item',
      (api, options) => api.itemRemove({ access_token: accessToken }, options),
      () => undefined,
    );
  } catch (error) {
    if (!(error instanceof BankError) || error.code !== 'consent-revoked') throw error;
  }
}

type ItemGrant = Readonly<Record<'accessToken' | 'itemId', string>>;

async function readSessions(
  call: PlaidClient,
  linkToken: string,
  patience: Patience,
): Promise<readonly LinkSession[]> {
  for (let made = 1; ; made++) {
    const sessions = await call(
      'link-token',
      (api, options) => api.linkTokenGet({ link_token: linkToken }, options),
      (body) => linkTokenRead.parse(body).link_sessions,
    );
    if (made >= patience.tries || sessions.some(({ finished_at }) => finished_at)) return sessions;
    await wait(patience);
  }
}

/** The item as it is now: of a bank whose consent ends, until when. */
async function readItem(call: PlaidClient, grant: ItemGrant): Promise<AccessStep> {
  const { item } = await call(
    'item',
    (api, options) => api.itemGet({ access_token: grant.accessToken }, options),
    (body) => itemRead.parse(body),
  );
  if (item.error) throw toProblem(item.error);
  const { consent_expiration_time: end } = item;
  return {
    kind: 'granted',
    grant,
    ...(end && { validUntil: dayOf(new Date(end).toISOString()) }),
    noticeKey: noticeKeyOf(grant.itemId),
  };
}

/** @throws BankError for what the user did instead */
function throwUnless(isDone: boolean, sessions: readonly LinkSession[]): void {
  if (isDone) return;
  const exit = sessions.flatMap((it) => exitOf(it) ?? []).at(-1);
  if (exit?.error) throw toProblem(exit.error);
  if (exit) throw new BankError('confirmation-declined', 'link: exit');
  throw new BankError('needs-confirmation', 'link: not finished');
}

function exitOf({ exit, on_exit }: LinkSession) {
  return exit ?? on_exit ?? undefined;
}

function publicTokensOf({ results, on_success }: LinkSession): readonly string[] {
  const added = results?.item_add_results?.map(({ public_token }) => public_token) ?? [];
  return added.length > 0 || !on_success ? added : [on_success.public_token];
}

/** Plaid sends to the open internet alone. */
function isReachable(url: string): boolean {
  return url.startsWith('https://');
}

/** The user's browser goes there. */
function pageUrl(href: string): string {
  const page = URL.parse(href);
  const isHere = page?.protocol === 'http:' && page.hostname === '127.0.0.1';
  if (page && (page.protocol === 'https:' || isHere)) return page.href;
  throw new BankError('reply-unreadable', 'create-link-token: no page for the user');
}
