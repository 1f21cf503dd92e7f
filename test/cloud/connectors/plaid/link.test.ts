import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPlaid } from '../../../../cloud/connectors/plaid/connector.ts';
import { plaid as provider } from '../../../../cloud/connectors/plaid/provider.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { finishRedirect } from '../../../contract/redirect-steps.ts';
import { keys, listed } from '../../../providers/plaid/server.ts';
import { startPlaid } from '../../../providers/plaid/start-plaid.ts';
import { decideAtBank } from '../../local/bank/visit-bank.ts';

let world: Awaited<ReturnType<typeof startPlaid>>;
beforeAll(async () => {
  world = await startPlaid();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.plaid.calls.length = 0;
  Object.assign(world.plaid.arranged, {
    hostedLinkUrl: undefined,
    sessions: undefined,
    down: [],
    itemError: null,
    exitError: null,
    institutions: [listed],
  });
});

const user = { ipAddress: '192.0.2.7' };

async function start(more: { renews?: Grant; notificationUrl?: string } = {}) {
  const step = await world.connector.startAccess({
    institution: world.institution,
    redirectUrl: 'https://book.example/connect/callback?state=s1',
    notificationUrl: 'https://book.example/hooks/plaid',
    validUntil: '2026-06-30',
    credentials: {},
    user,
    ...more,
  });
  if (step.kind !== 'asked' || step.confirmation.kind !== 'redirect') throw new Error('no page');
  return { ...step, page: step.confirmation.url };
}

const sent = () => world.plaid.calls.map(({ path, body }) => ({ path, ...body }));

describe('a new access', () => {
  test('asks for entries of two years, and to be told of news', async () => {
    const { expiresAt, grant } = await start();
    expect(sent()).toEqual([
      {
        path: '/link/token/create',
        client_name: 'Bookfeed',
        language: 'en',
        country_codes: ['US', 'CA'],
        user: { client_user_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        hosted_link: { completion_redirect_uri: 'https://book.example/connect/callback?state=s1' },
        products: ['transactions'],
        transactions: { days_requested: 730 },
        webhook: 'https://book.example/hooks/plaid',
        institution_data: { routing_number: '011000138' },
      },
    ]);
    expect(expiresAt).toBe('2026-03-10T12:30:00.000Z');
    expect(Object.keys(grant)).toEqual(['linkToken']);
  });

  test('on a machine that Plaid cannot reach asks for no notices', async () => {
    await start({ notificationUrl: 'http://127.0.0.1:4711/hooks/plaid' });
    expect(sent()[0]).not.toHaveProperty('webhook');
  });

  test('is granted with the item by which notices name it', async () => {
    const { grant, page } = await start();
    expect(await decideAtBank(page, 'allow')).toBe(
      'https://book.example/connect/callback?state=s1',
    );
    const step = await finishRedirect(world.connector, grant);
    const { itemId } = world.plaid.itemIds().at(-1) ?? {};
    expect(step).toEqual({
      kind: 'granted',
      grant: { accessToken: expect.stringMatching(/^access-/), itemId },
      validUntil: '2026-09-06',
      noticeKey: `plaid:${itemId}`,
    });
  });

  test('is refused where Plaid gives these keys no page, or keys are wrong', async () => {
    world.plaid.arranged.hostedLinkUrl = null;
    await expect(start()).rejects.toMatchObject({ code: 'provider-not-configured' });
    const { clock, url } = world;
    const wrong = { ...keys, secret: 'another' };
    const other = createPlaid({ fetch, clock, url, keys: wrong, countries: ['US'] });
    await expect(other.institutions()).rejects.toMatchObject({
      code: 'provider-not-configured',
      detail: 'institutions: 400 INVALID_INPUT.INVALID_API_KEYS',
    });
  });

  test.each(['javascript:alert(1)', 'http://plaid.example/link', 'no address'])(
    'sends nobody to %s',
    async (page) => {
      world.plaid.arranged.hostedLinkUrl = page;
      await expect(start()).rejects.toMatchObject({ code: 'reply-unreadable' });
    },
  );

  test('is what any session of Link has brought, in the old field, too', async () => {
    const { page } = await start();
    await decideAtBank(page, 'allow');
    const open = { link_session_id: 's', finished_at: null };
    const left = { ...open, finished_at: '2026-03-10T12:00:00Z', exit: { error: null } };
    const sessionsOf = async (done: (publicToken: string) => object) => {
      const asked = await start();
      await decideAtBank(asked.page, 'allow');
      const publicToken = world.plaid.publicTokenOf(asked.grant['linkToken'] ?? '');
      world.plaid.arranged.sessions = [left, { ...left, exit: null, ...done(publicToken) }, open];
      return (await finishRedirect(world.connector, asked.grant)).kind;
    };
    const added = (public_token: string) => ({ item_add_results: [{ public_token }] });
    expect(await sessionsOf((it) => ({ results: added(it) }))).toBe('granted');
    expect(await sessionsOf((it) => ({ on_success: { public_token: it } }))).toBe('granted');
  });

  test('tells what went wrong in Link, where that is more than that the user left', async () => {
    const { grant } = await start();
    world.plaid.arranged.exitError = {
      error_type: 'INSTITUTION_ERROR',
      error_code: 'INSTITUTION_DOWN',
      error_message: 'Erika',
    };
    world.plaid.calls.length = 0;
    // Not finished: Plaid tells of a session that is still open, and the question stays so.
    await expect(finishRedirect(world.connector, grant)).rejects.toMatchObject({
      code: 'needs-confirmation',
    });
    // The browser may have been faster than Plaid.
    expect(sent().map(({ path }) => path)).toEqual(['/link/token/get', '/link/token/get']);
    const left = await start();
    await decideAtBank(left.page, 'decline');
    await expect(finishRedirect(world.connector, left.grant)).rejects.toMatchObject({
      code: 'bank-unavailable',
      message: expect.not.stringContaining('Erika'),
    });
  });

  test('whose item is not well is not granted', async () => {
    const { grant, page } = await start();
    await decideAtBank(page, 'allow');
    world.plaid.arranged.itemError = { error_type: 'ITEM_ERROR', error_code: 'ITEM_LOCKED' };
    await expect(finishRedirect(world.connector, grant)).rejects.toMatchObject({
      code: 'account-locked',
    });
    // And is not paid for.
    expect(sent().at(-1)?.path).toBe('/item/remove');
    const again = await start();
    await decideAtBank(again.page, 'allow');
    world.plaid.arranged.down = ['/item/remove'];
    await expect(finishRedirect(world.connector, again.grant)).rejects.toMatchObject({
      code: 'account-locked',
    });
  });

  test('is kept though its item cannot be read now, for what brought it counts once', async () => {
    const { grant, page } = await start();
    await decideAtBank(page, 'allow');
    world.plaid.arranged.down = ['/item/get'];
    const step = await finishRedirect(world.connector, grant);
    expect(step).not.toHaveProperty('validUntil');
    expect(step.noticeKey).toBe(`plaid:${step.grant['itemId']}`);
    const session = await world.connector.open(step.grant, user);
    expect(await session.accounts()).not.toHaveLength(0);
  });

  test('of a question that Plaid no longer knows has to begin anew', async () => {
    const grant = { linkToken: 'link-sandbox-unknown' };
    await expect(finishRedirect(world.connector, grant)).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
  });
});

test('an access is given back once, and of a question alone there is none', async () => {
  const grant = await world.connect();
  await world.connector.revokeAccess(grant);
  await world.connector.revokeAccess(grant);
  world.plaid.calls.length = 0;
  await world.connector.revokeAccess({ linkToken: 'link-sandbox-1' });
  expect(sent()).toEqual([]);
  const open = world.connector.open({ linkToken: 'link-sandbox-1' }, user);
  await expect(open).rejects.toMatchObject({ code: 'consent-expired' });
});

test('an access that Plaid does not take back now is told as one', async () => {
  const { clock } = world;
  const url = 'http://127.0.0.1:9';
  const connector = createPlaid({ fetch, clock, keys, url, countries: ['US'], timeoutMs: 2_000 });
  const revoke = connector.revokeAccess({ accessToken: 'access-sandbox-1' });
  await expect(revoke).rejects.toMatchObject({ code: 'bank-unavailable' });
});

test('our keys follow no redirect, and go by the fetch that is given', async () => {
  const asked: string[] = [];
  const redirecting = async (...[url, init]: Parameters<typeof fetch>) => {
    asked.push(`${init?.redirect ?? (url as Request).redirect} ${new Request(url).url}`);
    return new Response(null, { status: 307, headers: { Location: 'https://192.0.2.1/' } });
  };
  const { clock } = world;
  const url = 'https://plaid.example';
  const connector = createPlaid({ fetch: redirecting, clock, keys, url, countries: ['US'] });
  await expect(connector.institutions()).rejects.toMatchObject({ code: 'reply-unreadable' });
  expect(asked).toEqual(['manual https://plaid.example/institutions/get']);
});

describe('an access that is renewed', () => {
  test('stays the same item, with the same accounts, and is granted as the same', async () => {
    const before = await world.connect();
    const session = await world.connector.open(before, user);
    const accounts = await session.accounts();
    world.plaid.calls.length = 0;
    const { grant, page } = await start({ renews: before });
    expect(sent()[0]).toMatchObject({ access_token: before['accessToken'] });
    for (const field of ['products', 'transactions', 'webhook', 'institution_data']) {
      expect(sent()[0]).not.toHaveProperty(field);
    }
    await expect(finishRedirect(world.connector, grant)).rejects.toMatchObject({
      code: 'needs-confirmation',
    });
    await decideAtBank(page, 'allow');
    const step = await finishRedirect(world.connector, grant);
    expect(JSON.stringify(step.grant)).toBe(JSON.stringify(before));
    expect(step.noticeKey).toBe(`plaid:${before['itemId']}`);
    expect(sent().some(({ path }) => path === '/item/public_token/exchange')).toBe(false);
    expect(await (await world.connector.open(step.grant, user)).accounts()).toEqual(accounts);
  });

  test('is not renewed when the user leaves, or its bank still wants something', async () => {
    const before = await world.connect();
    const left = await start({ renews: before });
    await decideAtBank(left.page, 'decline');
    await expect(finishRedirect(world.connector, left.grant)).rejects.toMatchObject({
      code: 'confirmation-declined',
    });
    const done = await start({ renews: before });
    await decideAtBank(done.page, 'allow');
    world.plaid.arranged.itemError = {
      error_type: 'ITEM_ERROR',
      error_code: 'ITEM_LOGIN_REQUIRED',
    };
    await expect(finishRedirect(world.connector, done.grant)).rejects.toMatchObject({
      code: 'consent-expired',
    });
  });

  test('that is gone at Plaid becomes a new one', async () => {
    const before = await world.connect();
    await world.connector.revokeAccess(before);
    world.plaid.calls.length = 0;
    const { grant } = await start({ renews: before });
    expect(grant).not.toHaveProperty('accessToken');
    // The first one, of the item that is gone, was refused.
    expect(sent().map((it) => 'products' in it)).toEqual([false, true]);
  });

  test('that Plaid refuses for another reason is not begun anew', async () => {
    const before = await world.connect();
    world.plaid.arranged.hostedLinkUrl = null;
    world.plaid.calls.length = 0;
    await expect(start({ renews: before })).rejects.toMatchObject({
      code: 'provider-not-configured',
    });
    expect(sent()).toHaveLength(1);
  });

  test('is renewed by the last session that came to an end', async () => {
    const before = await world.connect();
    const { grant } = await start({ renews: before });
    const ended = { link_session_id: 's', finished_at: '2026-03-10T12:00:00Z' };
    const left = { ...ended, on_exit: { error: null } };
    const open = { link_session_id: 's', finished_at: null };
    world.plaid.arranged.sessions = [left, ended, open];
    expect((await finishRedirect(world.connector, grant)).grant).toEqual(before);
    world.plaid.arranged.sessions = [ended, left, open];
    await expect(finishRedirect(world.connector, grant)).rejects.toMatchObject({
      code: 'confirmation-declined',
    });
  });

  test('of which only a question is left becomes a new one', async () => {
    const { grant } = await start({ renews: { linkToken: 'link-sandbox-old' } });
    expect(Object.keys(grant)).toEqual(['linkToken']);
  });
});

describe('the institutions', () => {
  test('come page by page, in each country of ours where they are', async () => {
    const many = Array.from({ length: 1_203 }, (_, n) => ({
      ...listed,
      institution_id: `ins_${n}`,
      name: `Bank ${n}`,
      country_codes: n === 0 ? ['US', 'CA', 'GB'] : n === 1 ? ['GB'] : ['CA'],
      routing_numbers: n === 2 ? [] : ['0110-0013', '021000322'],
    }));
    world.plaid.arranged.institutions = many;
    const found = await world.connector.institutions();
    expect(world.plaid.calls.map(({ path, body }) => [path, body['offset']])).toEqual(
      [0, 500, 1_000].map((offset) => ['/institutions/get', offset]),
    );
    expect(sent()[0]).toMatchObject({
      count: 500,
      country_codes: ['US', 'CA'],
      options: { products: ['transactions'], include_optional_metadata: false },
    });
    expect(found.slice(0, 3).map(({ id, country }) => [id, country])).toEqual([
      ['plaid:ins-0', 'US'],
      ['plaid:ins-0-ca', 'CA'],
      ['plaid:ins-2', 'CA'],
    ]);
    expect(found).toHaveLength(1_203);
    expect(found[0]).toEqual({
      id: 'plaid:ins-0',
      connector: 'plaid',
      name: 'Bank 0',
      country: 'US',
      routingNumbers: ['021000322'],
      wayIn: 'psd2',
      historyDays: 730,
      unattendedPerDay: 24,
    });
    expect(found[2]).not.toHaveProperty('routingNumbers');
  });

  test('of none end at once', async () => {
    world.plaid.arranged.institutions = [];
    expect(await world.connector.institutions()).toEqual([]);
    expect(sent()).toHaveLength(1);
  });
});

describe('the settings', () => {
  const needed = { BOOKFEED_PLAID_CLIENT_ID: 'client', BOOKFEED_PLAID_SECRET: 'hidden-word' };
  const set = (more: object) => provider.settings.safeParse({ ...needed, ...more });

  test('are an id and a secret, and all else has a default', () => {
    expect(provider.settings.safeParse({}).success).toBe(false);
    expect(set({}).data).toEqual({
      ...needed,
      BOOKFEED_PLAID_ENVIRONMENT: 'production',
      BOOKFEED_PLAID_COUNTRIES: 'US,CA',
    });
    expect(set({ BOOKFEED_PLAID_URL: 'https://plaid.example' }).success).toBe(true);
  });

  test.each([
    ['BOOKFEED_PLAID_ENVIRONMENT', 'hidden-development'],
    ['BOOKFEED_PLAID_COUNTRIES', 'us hidden-word'],
    ['BOOKFEED_PLAID_URL', 'hidden-word'],
    ['BOOKFEED_PLAID_SECRET', 'hidden word'],
  ])('refuse a wrong %s without quoting it', (name, value) => {
    const told = JSON.stringify(set({ [name]: value }).error?.issues);
    expect(told).toContain(name);
    expect(told).not.toContain('hidden');
  });
});
