import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPlaid } from '../../../../cloud/connectors/plaid/connector.ts';
import type { BankConnector } from '../../../../cloud/ports/bank-connector.ts';
import { keys } from '../../../providers/plaid/server.ts';
import { startPlaid } from '../../../providers/plaid/start-plaid.ts';

let world: Awaited<ReturnType<typeof startPlaid>>;
let connector: BankConnector;
/** Of the connector: Plaid's own stands still. */
let now = '';
beforeAll(async () => {
  world = await startPlaid();
});
afterAll(() => world.stop());
beforeEach(() => {
  now = '2026-03-10T12:00:00.000Z';
  world.plaid.calls.length = 0;
  const clock = { now: () => now };
  connector = createPlaid({
    fetch,
    clock,
    keys,
    url: world.url,
    countries: ['US'],
    timeoutMs: 2_000,
  });
});

const body = {
  webhook_type: 'TRANSACTIONS',
  webhook_code: 'SYNC_UPDATES_AVAILABLE',
  item_id: 'item1',
  initial_update_complete: true,
  historical_update_complete: true,
  environment: 'sandbox',
};
const sign = (...args: Parameters<typeof world.plaid.webhookKeys.notice>) =>
  world.plaid.webhookKeys.notice(...args);
type Request = Parameters<NonNullable<BankConnector['readNotice']>>[0];
const read = async (request: Request) => connector.readNotice?.(request);
const refused = { code: 'notice-refused', cause: undefined };
const keyCalls = () => world.plaid.calls.filter(({ path }) => path.includes('verification'));

describe('a notice of Plaid', () => {
  test('names the item of which it brings news, and is the same notice when it comes again', async () => {
    const request = await sign(body);
    const notice = await read(request);
    expect(notice).toEqual({ id: expect.any(String), noticeKey: 'plaid:item1' });
    expect(await read(request)).toEqual(notice);
    const later = await read(await sign(body, { at: -1 }));
    expect(later?.id).not.toBe(notice?.id);
    const other = await read(await sign({ ...body, item_id: 'item2' }));
    expect(other?.id).not.toBe(notice?.id);
  });

  test.each([
    ['TRANSACTIONS', 'SYNC_UPDATES_AVAILABLE', 'plaid:item1'],
    ['ITEM', 'ERROR', 'plaid:item1'],
    ['ITEM', 'LOGIN_REPAIRED', 'plaid:item1'],
    ['ITEM', 'PENDING_DISCONNECT', 'plaid:item1'],
    ['ITEM', 'PENDING_EXPIRATION', 'plaid:item1'],
    ['ITEM', 'USER_PERMISSION_REVOKED', 'plaid:item1'],
    ['ITEM', 'USER_ACCOUNT_REVOKED', 'plaid:item1'],
    ['ITEM', 'WEBHOOK_UPDATE_ACKNOWLEDGED', 'plaid:none'],
    ['TRANSACTIONS', 'DEFAULT_UPDATE', 'plaid:none'],
    ['LINK', 'SESSION_FINISHED', 'plaid:none'],
  ])('of %s %s wakes %s', async (webhook_type, webhook_code, noticeKey) => {
    const notice = await read(await sign({ ...body, webhook_type, webhook_code }));
    expect(notice?.noticeKey).toBe(noticeKey);
  });

  test('without an item wakes nobody', async () => {
    const { item_id: _, ...rest } = body;
    expect((await read(await sign(rest)))?.noticeKey).toBe('plaid:none');
  });

  test.each([-300, 60])('counts when it was signed %d seconds from now', async (at) => {
    await expect(read(await sign(body, { at }))).resolves.toBeDefined();
  });

  test.each<[string, object]>([
    ['older than five minutes', { at: -301 }],
    ['of a time to come', { at: 61 }],
    ['of another body', { signedBody: '{}' }],
    ['of a key that Plaid does not know', { kid: 'unknown' }],
    ['of a key with a strange name', { kid: '../secret' }],
  ])('is refused when %s', async (_, changes) => {
    await expect(read(await sign(body, changes))).rejects.toMatchObject(refused);
  });

  test('is refused when changed by a letter, unsigned, or signed otherwise', async () => {
    const { body: sent, headers } = await sign(body);
    const jwt = headers['plaid-verification'];
    const [head = '', payload, signature] = jwt.split('.');
    const none = Buffer.from('{"alg":"none","kid":"k"}').toString('base64url');
    const mac = Buffer.from('{"alg":"HS256","kid":"k"}').toString('base64url');
    const tokens = ['', 'x', `${none}.${payload}.`, `${mac}.${payload}.${signature}`];
    tokens.push(`${head}.${payload}.${'A'.repeat(86)}`, `${head}.${payload}`);
    for (const token of tokens) {
      const request = { body: sent, headers: { 'plaid-verification': token } };
      await expect(read(request)).rejects.toMatchObject(refused);
    }
    expect(keyCalls().map((it) => it.body['key_id'])).not.toContain('k');
    await expect(read({ body: sent, headers: {} })).rejects.toMatchObject(refused);
    await expect(read({ body: `${sent} `, headers })).rejects.toMatchObject(refused);
    await expect(read({ body: sent, headers })).resolves.toBeDefined();
  });

  test('that is signed and says nothing is refused', async () => {
    await expect(read(await sign([]))).rejects.toMatchObject(refused);
  });
});

describe('the key of a notice', () => {
  test('is asked for once an hour', async () => {
    for (let n = 0; n < 3; n++) await read(await sign(body));
    expect(keyCalls()).toHaveLength(1);
    now = '2026-03-10T13:00:00.000Z';
    await read(await sign(body, { at: 3_600 }));
    expect(keyCalls()).toHaveLength(2);
  });

  test('that has ended signs nothing any more, and the one after it does', async () => {
    const old = await world.plaid.webhookKeys.rotate();
    await world.plaid.webhookKeys.rotate();
    world.plaid.webhookKeys.expire(old);
    await expect(read(await sign(body, { kid: old }))).rejects.toMatchObject(refused);
    await expect(read(await sign(body))).resolves.toBeDefined();
  });

  test('is asked for ten times a minute at the most, whatever is sent', async () => {
    for (let n = 0; n < 15; n++) {
      await expect(read(await sign(body, { kid: `none-${n}` }))).rejects.toMatchObject(refused);
    }
    expect(keyCalls()).toHaveLength(10);
    now = '2026-03-10T12:01:01.000Z';
    await expect(read(await sign(body, { at: 61 }))).resolves.toBeDefined();
  });

  test('that Plaid cannot tell now leaves the notice to be sent again', async () => {
    const clock = { now: () => now };
    const url = 'http://127.0.0.1:9';
    connector = createPlaid({ fetch, clock, keys, url, countries: ['US'], timeoutMs: 2_000 });
    await expect(read(await sign(body))).rejects.toMatchObject({ code: 'bank-unavailable' });
  });
});
