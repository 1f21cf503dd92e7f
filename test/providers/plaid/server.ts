import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { authorisePath } from '../../../cloud/local/bank/addresses.ts';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import { keepSilent, unreadableReply } from '../../../cloud/local/bank/control.ts';
import type { SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { PlaidRefusal, refusalOf } from './plaid-error.ts';
import * as requests from './requests.ts';
import { createSyncs } from './syncs.ts';
import { toPlaidAccount, toPlaidTransactions } from './to-plaid.ts';
import { createWebhookKeys } from './webhook-keys.ts';

// Plaid in front of the Sandbox Bank, by its OpenAPI description of 2020-09-14 and https://plaid.com/docs. The page of
// Hosted Link is the Sandbox Bank's own, on which a customer logs in and decides.

export const keys = { clientId: 'client-of-a-test', secret: 'secret-of-a-test' };

/** The Sandbox Bank in the list of institutions. */
export const listed = {
  institution_id: 'ins_109508',
  name: 'Sandbox Bank',
  products: ['transactions', 'auth'],
  country_codes: ['US'],
  routing_numbers: ['011000138', '021000322'],
  dtc_numbers: [],
  oauth: true,
};

interface Item {
  readonly itemId: string;
  consentId: string;
}

interface Link {
  readonly consentId: string;
  readonly publicToken: string;
  /** Of the item to update. */
  readonly updates?: string;
}

export type PlaidServer = Awaited<ReturnType<typeof createPlaidServer>>;

export async function createPlaidServer(bank: SandboxBank) {
  const { accounts, consents, failures, fetches, clock, traits } = bank.parts;
  const items = new Map<string, Item>();
  const links = new Map<string, Link>();
  const syncs = createSyncs(traits.pageSize);
  const webhookKeys = createWebhookKeys(clock);
  await webhookKeys.rotate();
  /** What a test changes of an item, or of what Link tells. */
  const arranged = {
    updateType: 'background',
    /** In the place of the page of Hosted Link; null: this client has none. */
    hostedLinkUrl: undefined as string | null | undefined,
    /** In the place of the sessions of every link token. */
    sessions: undefined as readonly object[] | undefined,
    itemError: null as object | null,
    exitError: null as object | null,
    institutions: [listed] as readonly object[],
    /** Calls to these paths fail. */
    down: [] as readonly string[],
  };
  /** Keys of the accounts that the last reading of entries did not show. */
  const gone = new Set<string>();
  const isThere = ({ account }: { readonly account: BankAccountBook }) => !gone.has(account.key);
  const calls: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  const app = new Hono();

  app.onError((error) => {
    if (error instanceof PlaidRefusal) return error.toResponse();
    throw error;
  });

  /** One call of the API: keys, version and body are looked at before anything else. */
  function serve<Body>(
    path: string,
    schema: z.ZodType<Body>,
    answer: (body: Body, c: Context) => Promise<object>,
  ): void {
    app.post(path, async (c) => {
      if (c.req.header('PLAID-CLIENT-ID') !== keys.clientId) throw badKeys();
      if (c.req.header('PLAID-SECRET') !== keys.secret) throw badKeys();
      if (c.req.header('Plaid-Version') !== '2020-09-14') throw badRequest();
      if (!c.req.header('Content-Type')?.startsWith('application/json')) throw badRequest();
      const body = schema.safeParse(await c.req.json());
      if (!body.success) throw badRequest();
      calls.push({ path, body: body.data as Record<string, unknown> });
      if (arranged.down.includes(path)) throw new PlaidRefusal('API_ERROR', 'PLANNED_MAINTENANCE');
      const told = await answer(body.data, c);
      return told instanceof Response ? told : c.json({ ...told, request_id: 'HNTDNrA8F1shFEW' });
    });
  }

  serve('/link/token/create', requests.linkTokenCreate, async (body, c) => {
    const { access_token, hosted_link } = body;
    if (access_token) itemOf(access_token);
    const redirectUrl = hosted_link.completion_redirect_uri ?? '';
    const { id: consentId, consent } = await consents.create({
      validUntil: '9999-12-31',
      recurring: true,
      askedAccounts: [],
      withOwnerName: false,
      redirectUrl,
      nokRedirectUrl: redirectUrl,
    });
    const linkToken = `link-sandbox-${randomUUID()}`;
    const publicToken = `public-sandbox-${randomUUID()}`;
    links.set(linkToken, {
      consentId,
      publicToken,
      ...(access_token && { updates: access_token }),
    });
    const page = `${new URL(c.req.url).origin}${authorisePath(consent.authorisationId)}`;
    return {
      link_token: linkToken,
      expiration: addMs(clock.now(), 30 * 60_000).replace('.000', ''),
      ...(arranged.hostedLinkUrl !== null && { hosted_link_url: arranged.hostedLinkUrl ?? page }),
    };
  });

  serve('/link/token/get', requests.linkTokenGet, async ({ link_token }) => {
    const link = links.get(link_token);
    const consent = link && (await consents.read(link.consentId));
    if (!link || !consent) throw new PlaidRefusal('INVALID_INPUT', 'INVALID_LINK_TOKEN');
    const status = consents.statusOf(consent);
    const isDone = status === 'valid';
    const item = items.get(link.updates ?? '');
    if (item && isDone) item.consentId = link.consentId;
    const finished_at = status === 'received' ? null : clock.now();
    const added = isDone && !link.updates ? [{ public_token: link.publicToken, accounts: [] }] : [];
    const session = {
      link_session_id: 's1',
      started_at: clock.now(),
      finished_at,
      ...(isDone && { results: { item_add_results: added, cra_item_add_results: [] } }),
      ...(finished_at && !isDone && { exit: { error: arranged.exitError, metadata: null } }),
    };
    const wasOpened = status !== 'received' || arranged.exitError !== null;
    return {
      link_token,
      created_at: clock.now(),
      expiration: addMs(clock.now(), 60_000),
      link_sessions: arranged.sessions ?? (wasOpened ? [session] : null),
      metadata: { initial_products: ['transactions'], webhook: null, country_codes: ['US'] },
    };
  });

  serve('/item/public_token/exchange', requests.exchange, async ({ public_token }) => {
    const link = [...links.values()].find(({ publicToken }) => publicToken === public_token);
    if (!link) throw new PlaidRefusal('INVALID_INPUT', 'INVALID_PUBLIC_TOKEN');
    const access_token = `access-sandbox-${randomUUID()}`;
    const itemId = randomUUID().replaceAll('-', '');
    items.set(access_token, { itemId, consentId: link.consentId });
    return { access_token, item_id: itemId };
  });

  serve('/item/get', requests.ofItem, async ({ access_token }) => {
    const { itemId, consent } = await readItem(access_token);
    return { item: toItem(itemId, consent.validUntil), status: null };
  });

  serve('/item/remove', requests.ofItem, async ({ access_token }) => {
    itemOf(access_token);
    items.delete(access_token);
    return {};
  });

  serve('/accounts/get', requests.ofItem, async ({ access_token }, c) => {
    const { itemId, consent, shown } = await readItem(access_token);
    failures.count({ call: 'balances', account: shown[0]?.account.key ?? '', page: 1 });
    const failed = take(c, 'accounts') ?? take(c, 'balances', shown);
    if (failed) return failed;
    const told = await Promise.all(
      shown.filter(isThere).map(async ({ id, account }) => {
        const { balance = {} } = await accounts.statement(account);
        return toPlaidAccount(account, id, balance);
      }),
    );
    return { accounts: told, item: toItem(itemId, consent.validUntil) };
  });

  serve('/transactions/sync', requests.transactionsSync, async (body, c) => {
    const { access_token, cursor = '', count = 100 } = body;
    const { consentId, shown } = await readItem(access_token);
    for (const { account } of shown) {
      failures.count({ call: 'entries', account: account.key, page: cursor ? 2 : 1 });
    }
    if (!cursor) gone.clear();
    const failed = take(c, 'entries', shown, cursor ? 2 : 1);
    if (failed) return failed;
    return syncs.page(cursor, count, async () => {
      const there = shown.filter(isThere);
      const all = await Promise.all(there.map((it) => transactionsOf(consentId, it)));
      return all.flat();
    });
  });

  serve('/institutions/get', requests.institutionsGet, async ({ count, offset }) => {
    const { institutions } = arranged;
    return { institutions: institutions.slice(offset, offset + count), total: institutions.length };
  });

  serve('/webhook_verification_key/get', requests.keyGet, async ({ key_id }) => {
    const key = webhookKeys.told(key_id);
    if (!key) throw new PlaidRefusal('INVALID_INPUT', 'INVALID_WEBHOOK_VERIFICATION_KEY_ID');
    return { key };
  });

  app.all('*', (c) => bank.app.fetch(c.req.raw));

  function itemOf(accessToken: string): Item {
    const item = items.get(accessToken);
    if (!item) throw new PlaidRefusal('ITEM_ERROR', 'ITEM_NOT_FOUND');
    return item;
  }

  async function readItem(accessToken: string) {
    const item = itemOf(accessToken);
    const consent = await consents.read(item.consentId);
    const status = consent && consents.statusOf(consent);
    if (status === 'expired') throw new PlaidRefusal('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED');
    if (!consent || status !== 'valid') {
      throw new PlaidRefusal('ITEM_ERROR', 'USER_PERMISSION_REVOKED');
    }
    const own = accounts.inOpenBanking(consent.customer ?? '').map(({ key }) => key);
    const shown = Object.entries(consents.accountsOf(consent, own)).flatMap(([id, key]) => {
      const account = accounts.byKey(key);
      return account ? [{ id, account }] : [];
    });
    return { ...item, consent, shown };
  }

  function toItem(item_id: string, validUntil: string) {
    return {
      item_id,
      institution_id: listed.institution_id,
      webhook: null,
      error: arranged.itemError,
      available_products: [],
      billed_products: ['transactions'],
      consent_expiration_time: `${validUntil}T00:00:00Z`,
      update_type: arranged.updateType,
    };
  }

  async function transactionsOf(accessId: string, it: { id: string; account: BankAccountBook }) {
    const request = {
      accessId,
      account: it.account,
      from: '0001-01-01',
      bookingStatus: 'both' as const,
      showsBalanceAfter: false,
    };
    for (let index = 0, all: Awaited<ReturnType<typeof fetches.page>>['entries'] = []; ; index++) {
      const page = await fetches.page(request, index);
      all = [...all, ...page.entries];
      if (!page.hasNext) return toPlaidTransactions(all, it.id);
    }
  }

  /** What is arranged for this call: Plaid fails for the item as a whole, and does not show an account that is gone. */
  function take(
    c: Context,
    call: 'accounts' | 'balances' | 'entries',
    shown: readonly { readonly account: BankAccountBook }[] = [],
    page = 1,
  ): Promise<Response> | Response | undefined {
    const keysOf = shown.length > 0 ? shown.map(({ account }) => ({ account: account.key })) : [{}];
    for (const account of keysOf) {
      const failure = failures.take({ call, page, ...account });
      if (!failure) continue;
      if (failure.with === 'account-gone' && 'account' in account) {
        gone.add(account.account);
        continue;
      }
      if (failure.with === 'timeout') return keepSilent(c.req.raw.signal);
      if (failure.with === 'reply-unreadable') return unreadableReply();
      throw refusalOf(failure);
    }
    return undefined;
  }

  return {
    app,
    arranged,
    calls,
    syncs,
    webhookKeys,
    itemIds: () => [...items.values()],
    publicTokenOf: (linkToken: string) => links.get(linkToken)?.publicToken ?? '',
  };
}

function badKeys(): PlaidRefusal {
  return new PlaidRefusal('INVALID_INPUT', 'INVALID_API_KEYS');
}

function badRequest(): PlaidRefusal {
  return new PlaidRefusal('INVALID_REQUEST', 'INVALID_BODY');
}
