import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSimplefin } from '../../../../cloud/connectors/simplefin/connector.ts';
import { simplefin } from '../../../../cloud/connectors/simplefin/provider.ts';
import { collect, entry } from '../../../contract/bank-connector.ts';
import { grantFor, startSimplefin } from '../../../providers/simplefin/start-simplefin.ts';

let world: Awaited<ReturnType<typeof startSimplefin>>;
beforeAll(async () => {
  world = await startSimplefin();
});
afterAll(() => world.stop());

const clock = { now: () => '2026-03-10T12:00:00.000Z' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A connector for the Bridge alone, of which every request is seen, and answered so. */
function watched(answer = 'https://u:p@bridge.simplefin.org/simplefin', hosts: string[] = []) {
  const requests: string[] = [];
  const connector = createSimplefin({
    clock,
    hosts,
    fetch: async (url) => {
      requests.push(String(url));
      return new Response(answer);
    },
  });
  const claim = async (token: string) => {
    const [institution] = await connector.institutions();
    if (!institution) throw new Error('no institution');
    return grantFor(connector, institution, { 'setup-token': token });
  };
  return { connector, requests, claim };
}

describe('a setup token', () => {
  test('is claimed once: who comes second is told that it is refused', async () => {
    const credentials = await world.credentialsOf('clara');
    const spaced = ` ${credentials['setup-token'].replace(/(.{20})/g, '$1\n')} `;
    const grant = await grantFor(world.connector, world.institution, { 'setup-token': spaced });
    expect(grant['accessUrl']).toMatch(/^http:\/\/user-.*:p%40ss-.*@127\.0\.0\.1:\d+\/simplefin$/);
    await expect(grantFor(world.connector, world.institution, credentials)).rejects.toMatchObject({
      code: 'confirmation-declined',
      detail: 'claim: 403',
    });
  });

  test.each([
    ['nothing', ''],
    ['no Base64', 'https://bridge.simplefin.org/simplefin/claim/demo'],
    ['no address', base64('hello')],
    ['another kind of address', base64('file:///etc/passwd')],
    ['a login in it', base64('https://a:b@bridge.simplefin.org/simplefin/claim/x')],
    ['the Bridge as a login', base64('https://bridge.simplefin.org@192.0.2.1/claim/x')],
  ])('that is %s is sent nowhere', async (_, token) => {
    const { claim, requests } = watched();
    await expect(claim(token)).rejects.toMatchObject({ code: 'login-rejected' });
    expect(requests).toEqual([]);
  });

  test.each([
    'https://192.0.2.1/simplefin/claim/x',
    'https://bridge.simplefin.org.example.org/claim/x',
    'https://bridge.simplefin.org:8443/simplefin/claim/x',
    'http://bridge.simplefin.org/simplefin/claim/x',
    'http://sfin.example.org/claim/x',
    'http://127.0.0.1:80/claim/x',
    'http://169.254.169.254/latest/meta-data',
  ])('of %s, which is not set up so, is sent nowhere', async (url) => {
    const { claim, requests } = watched('', ['sfin.example.org']);
    await expect(claim(base64(url))).rejects.toMatchObject({
      code: 'provider-not-configured',
      message: expect.not.stringContaining(new URL(url).hostname),
    });
    expect(requests).toEqual([]);
  });

  test('of the Bridge, old or new, and of a server that is set up, is claimed', async () => {
    const { claim, requests } = watched(undefined, ['sfin.example.org']);
    const urls = ['bridge.simplefin.org', 'beta-bridge.simplefin.org', 'sfin.example.org'].map(
      (host) => `https://${host}/simplefin/claim/DEMO`,
    );
    for (const url of urls) await claim(base64(url));
    expect(requests).toEqual(urls);
  });

  test.each([
    ['Forbidden', 'reply-unreadable'],
    ['https://bridge.simplefin.org/simplefin', 'reply-unreadable'],
    ['https://%zz:p@bridge.simplefin.org/simplefin', 'reply-unreadable'],
    ['https://u:p@192.0.2.1/simplefin', 'provider-not-configured'],
    ['http://u:p@bridge.simplefin.org/simplefin', 'provider-not-configured'],
  ])('that brings %s brings no access', async (answer, code) => {
    const { claim } = watched(answer);
    const token = base64('https://bridge.simplefin.org/simplefin/claim/x');
    await expect(claim(token)).rejects.toMatchObject({ code });
  });
});

describe('an access', () => {
  test('is sent as a header, and stands in no address', async () => {
    const seen: [string, string | null][] = [];
    const connector = createSimplefin({
      clock,
      fetch: async (url, init) => {
        seen.push([String(url), new Headers(init?.headers).get('Authorization')]);
        return Response.json({ accounts: [] });
      },
    });
    const accessUrl = 'https://us%C3%A9r:p%40ss@bridge.simplefin.org/simplefin/';
    const session = await connector.open({ accessUrl }, undefined);
    await session.accounts();
    expect(seen).toEqual([
      [
        'https://bridge.simplefin.org/simplefin/accounts?version=2&balances-only=1',
        `Basic ${base64('usér:p@ss')}`,
      ],
    ]);
  });

  test('of a host that is no longer set up is sent nowhere', async () => {
    const { connector, requests } = watched();
    const open = connector.open({ accessUrl: 'https://u:p@sfin.example.org/' }, undefined);
    await expect(open).rejects.toMatchObject({ code: 'provider-not-configured' });
    await expect(connector.open({}, undefined)).rejects.toMatchObject({ code: 'consent-revoked' });
    expect(requests).toEqual([]);
  });

  test('that the user disabled at the Bridge has ended; to give it back needs no call', async () => {
    const other = await startSimplefin();
    const grant = await other.connect();
    await other.connector.revokeAccess(grant);
    const session = await other.connector.open(grant, undefined);
    expect(await session.accounts()).not.toHaveLength(0);
    await other.simplefin.disableTokens();
    await expect(session.accounts()).rejects.toMatchObject({ code: 'consent-revoked' });
    const answer = other.connector.answerConfirmation(grant, { kind: 'poll' }, undefined);
    await expect(answer).rejects.toMatchObject({ code: 'confirmation-expired' });
    await other.stop();
  });
});

describe('the requests of a session', () => {
  async function open() {
    const session = await world.connector.open(await world.connect(), undefined);
    const before = world.simplefin.requests();
    return { session, made: () => world.simplefin.requests() - before };
  }

  test('are two for all that a new connection reads, and one for a sync of all accounts', async () => {
    const first = await open();
    const accounts = await first.session.accounts();
    expect(accounts.length).toBeGreaterThan(1);
    for (const { externalId } of accounts) await first.session.balance(externalId);
    expect(first.made()).toBe(1);
    const sync = await open();
    for (const [at, { externalId }] of accounts.entries()) {
      await collect(sync.session.entries(externalId, { from: `2026-03-0${8 - at}` }));
      expect(await sync.session.balance(externalId)).toHaveProperty('booked');
    }
    expect(sync.made()).toBe(1);
  });

  test('reach back by 90 days each, and ask for what is missing alone', async () => {
    const { session, made } = await open();
    const [account] = await session.accounts();
    const id = account?.externalId ?? '';
    const days = [
      '2024-12-16',
      '2025-06-14',
      '2025-09-12',
      '2025-12-10',
      '2025-12-11',
      '2026-03-10',
    ];
    world.control.show('current', {
      entries: [
        ...days.map((bookingDate) => entry({ bookingDate, reference: bookingDate })),
        { ...entry({ status: 'pending', reference: 'P' }) },
      ],
    });
    const shown = async (from: string) =>
      (await collect(session.entries(id, { from }))).map(({ reference }) => reference);
    expect(made()).toBe(1);
    expect(await shown('2026-03-10')).toEqual(['2026-03-10', 'P']);
    expect(made()).toBe(2);
    expect(await shown('2026-02-09')).toEqual(['2026-03-10', 'P']);
    expect(made()).toBe(2);
    // From there to the first 30 days is one more.
    expect((await shown('2025-12-11')).sort()).toEqual(['2025-12-11', '2026-03-10', 'P']);
    expect(made()).toBe(3);
    const all = await shown('2024-12-16');
    expect([...all].sort()).toEqual([...days, 'P'].sort());
    expect(made()).toBe(7);
  });

  test('are at most five, and none for a day before all that they reach', async () => {
    const { session, made } = await open();
    const [account] = await session.accounts();
    const id = account?.externalId ?? '';
    const tooOld = collect(session.entries(id, { from: '2024-12-15' }));
    await expect(tooOld).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2024-12-16',
    });
    expect(made()).toBe(1);
    await collect(session.entries(id, { from: '2024-12-16' }));
    expect(made()).toBe(6);
  });
});

test('a server that tells more than it was asked for tells everything once, and its last balance', async () => {
  const noon = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;
  const days = ['2025-08-01', '2025-11-30', '2025-12-01', '2026-03-10'];
  let answers = 0;
  const connector = createSimplefin({
    clock,
    fetch: async () => {
      answers += 1;
      const transactions = days.map((day) => ({ id: day, posted: noon(day), amount: '-1.00' }));
      const account = { id: 'A1', name: 'Checking', currency: 'USD', transactions };
      return Response.json({ accounts: [{ ...account, balance: `${answers}.00` }] });
    },
  });
  const accessUrl = 'https://u:p@bridge.simplefin.org/simplefin';
  const session = await connector.open({ accessUrl }, undefined);
  const shown = async (from: string, to?: string) => {
    const entries = await collect(session.entries('A1', { from, ...(to && { to }) }));
    return entries.map(({ reference }) => reference);
  };
  expect(await shown('2025-09-01')).toEqual(days.slice(1));
  expect(answers).toBe(3);
  expect(await session.balance('A1')).toEqual({ booked: { minor: 300, currency: 'USD' } });
  expect(await shown('2025-09-01', '2025-12-31')).toEqual(days.slice(1, 3));
  expect(answers).toBe(3);
});

describe('the settings', () => {
  const set = (text: string) => simplefin.settings.safeParse({ BOOKFEED_SIMPLEFIN_HOSTS: text });

  test('need not be there, and add hosts', () => {
    expect(simplefin.settings.safeParse({}).success).toBe(true);
    expect(set('SFIN.example.org, 127.0.0.1:4711').data).toEqual({
      BOOKFEED_SIMPLEFIN_HOSTS: ['sfin.example.org', '127.0.0.1:4711'],
    });
  });

  test.each(['https://secret.example.org', 'secret host', 'a,,b'])('refuse %s', (text) => {
    expect(String(set(text).error)).toContain('is no list of hosts');
    expect(String(set(text).error)).not.toContain('secret');
  });
});
