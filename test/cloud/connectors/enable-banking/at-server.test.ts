import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Grant, UserPresence } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry } from '../../../contract/bank-connector.ts';
import { startEnableBanking } from '../../../providers/enable-banking/serve.ts';

const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

describe('a bank behind Enable Banking that shows what is pending apart', () => {
  let world: Awaited<ReturnType<typeof startEnableBanking>>;
  let grant: Grant;
  let account: string;
  beforeAll(async () => {
    world = await startEnableBanking({
      pending: 'apart',
      requiredHeaders: ['Psu-Ip-Address', 'Psu-User-Agent'],
      traits: { unattendedPerDay: 4, historyDays: 89 },
    });
    grant = await world.connect();
    account = (await (await open()).accounts())[0]?.externalId ?? '';
    world.control.show('current', {
      entries: [
        entry({ bookingDate: '2024-05-01', reference: 'old' }),
        entry(),
        { ...entry({ status: 'pending', reference: 'P1' }), bookingDate: '2026-03-09' },
      ],
    });
  });
  afterAll(() => world.stop());

  function open(present?: UserPresence) {
    return world.connector.open(grant, present, async (next) => {
      grant = next;
    });
  }
  async function references(from: string, present?: UserPresence) {
    const entries = await collect((await open(present)).entries(account, { from }));
    return entries.map(({ reference }) => reference);
  }

  test('gives all that it has right after the consent', async () => {
    expect(await references('2020-01-01', user)).toEqual(['old', 'E1', 'P1']);
    expect(grant).toMatchObject({ pendingWay: 'asked-apart' });
  });

  test('counts calls without the user alone, and shows what is pending at each', async () => {
    for (let times = 0; times < 5; times += 1) {
      expect(await references('2026-03-01', user)).toEqual(['E1', 'P1']);
    }
    expect(await references('2026-03-01')).toEqual(['E1', 'P1']);
    expect(await references('2026-03-01')).toEqual(['E1', 'P1']);
    await expect(references('2026-03-01')).rejects.toMatchObject({ code: 'rate-limited' });
  });

  test('counts a user as absent who cannot be told of as it wants', async () => {
    const withoutAgent = { ipAddress: '192.0.2.7' };
    await expect(references('2026-03-01', withoutAgent)).rejects.toMatchObject({
      code: 'rate-limited',
    });
  });

  test('says from when on it gives entries, later', async () => {
    world.clock.set('2026-03-11T12:00:01.000Z');
    const window = { from: '2025-12-01', to: '2026-03-10' };
    const tooOld = collect((await open(user)).entries(account, window));
    await expect(tooOld).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2025-12-12',
    });
  });

  test('knows its accounts after another consent, under other ids', async () => {
    const [first] = await (await open()).accounts();
    grant = await world.connect();
    const [again] = await (await open()).accounts();
    expect(again?.identification).toBe(first?.identification);
    expect(again?.externalId).not.toBe(first?.externalId);
    expect(world.keyOf(again?.externalId ?? '')).toBe('current');
  });

  test('tells that the session is over', async () => {
    world.clock.set('2026-07-01T00:00:00.000Z');
    const session = await open();
    await expect(session.accounts()).rejects.toMatchObject({ code: 'consent-expired' });
    await expect(session.balance(account)).rejects.toMatchObject({ code: 'consent-expired' });
  });
});

test('a bank that refuses to be asked for what is pending is read as it is', async () => {
  const world = await startEnableBanking({ pending: 'refused' });
  let grant = await world.connect();
  const session = await world.connector.open(grant, user, async (next) => {
    grant = next;
  });
  const [account] = await session.accounts();
  world.control.show('current', { entries: [entry()] });
  const window = { from: '2026-03-01' };
  expect(await collect(session.entries(account?.externalId ?? '', window))).toHaveLength(1);
  expect(grant).toMatchObject({ pendingWay: 'never-apart' });
  await world.stop();
});
