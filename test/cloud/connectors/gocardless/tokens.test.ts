import { describe, expect, test } from '@jest/globals';
import { accountId, answering, type Script, scripted } from './scripted.ts';

const balances: Script = { [`GET /accounts/${accountId}/balances/`]: answering({ balances: [] }) };

/** Tokens of the calls for data, in order. */
function tokensOf({ asked }: ReturnType<typeof scripted>) {
  return asked.flatMap(({ call, token }) => (call.includes('/token/') ? [] : [token]));
}

describe('the token of GoCardless', () => {
  test('is asked for once, whatever asks for it at a time', async () => {
    const script = scripted(balances);
    const session = await script.open();
    await Promise.all([1, 2, 3].map(() => session.balance(accountId)));
    await session.balance(accountId);
    expect(script.calls().filter((call) => call.includes('/token/'))).toEqual(['POST /token/new/']);
    expect(script.asked[0]).toMatchObject({
      token: null,
      body: { secret_id: 'id', secret_key: 'key' },
    });
    expect(new Set(tokensOf(script))).toEqual(new Set(['Bearer access-1']));
  });

  test('is renewed before its end, by the refresh token as long as that is good', async () => {
    let now = '2026-03-10T12:00:00.000Z';
    const script = scripted(balances, { clock: { now: () => now } });
    const session = await script.open();
    for (const next of [
      '2026-03-11T11:54:59.000Z',
      '2026-03-11T11:55:00.000Z',
      '2026-04-09T11:54:59.000Z',
      '2026-04-20T12:00:00.000Z',
    ]) {
      await session.balance(accountId);
      now = next;
    }
    await session.balance(accountId);
    expect(tokensOf(script)).toEqual([
      'Bearer access-1',
      'Bearer access-1',
      'Bearer renewed-1',
      'Bearer renewed-2',
      'Bearer access-2',
    ]);
    expect(script.asked.find(({ call }) => call.includes('refresh'))?.body).toEqual({
      refresh: 'refresh-1',
    });
  });

  test('that is dead is renewed once, by the secrets where the refresh token is dead too', async () => {
    const dead = answering({ summary: 'Invalid token' }, 401);
    const path = `GET /accounts/${accountId}/balances/`;
    const revive: Script = {
      [path]: (_, count) => (count === 1 ? dead() : Response.json({ balances: [] })),
      'POST /token/refresh/': dead,
    };
    const script = scripted(revive);
    await expect((await script.open()).balance(accountId)).resolves.toEqual({});
    expect(script.calls().map((call) => call.split(' ')[1])).toEqual([
      '/token/new/',
      `/accounts/${accountId}/balances/`,
      '/token/refresh/',
      '/token/new/',
      `/accounts/${accountId}/balances/`,
    ]);
    const never = scripted({ [path]: dead });
    const refused = { code: 'provider-not-configured' };
    await expect((await never.open()).balance(accountId)).rejects.toMatchObject(refused);
    expect(tokensOf(never)).toEqual(['Bearer access-1', 'Bearer renewed-1']);
  });

  test('is not asked for with the secrets where GoCardless is down', async () => {
    const script = scripted({
      [`GET /accounts/${accountId}/balances/`]: answering({ summary: 'Invalid token' }, 401),
      'POST /token/refresh/': answering({}, 503),
    });
    const down = { code: 'bank-unavailable' };
    await expect((await script.open()).balance(accountId)).rejects.toMatchObject(down);
    expect(script.calls().filter((call) => call === 'POST /token/new/')).toHaveLength(1);
  });

  test('is left alone where the consent is what is over', async () => {
    const expired = answering({ type: 'AccessExpiredError' }, 401);
    const script = scripted({ [`GET /accounts/${accountId}/balances/`]: expired });
    const refused = { code: 'consent-expired' };
    await expect((await script.open()).balance(accountId)).rejects.toMatchObject(refused);
    expect(script.calls()).toHaveLength(2);
  });

  test('that is not given is told as what it is, and asked for again the next time', async () => {
    let answer = answering({ summary: 'Authentication failed' }, 401);
    const script = scripted({ ...balances, 'POST /token/new/': () => answer() });
    const session = await script.open();
    const refused = { code: 'provider-not-configured' };
    await expect(session.balance(accountId)).rejects.toMatchObject(refused);
    answer = answering({}, 503);
    await expect(session.balance(accountId)).rejects.toMatchObject({ code: 'bank-unavailable' });
    answer = answering({ access: 'a', access_expires: 86_400 });
    await expect(session.balance(accountId)).resolves.toEqual({});
  });
});
