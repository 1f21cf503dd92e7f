import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry } from '../../../contract/bank-connector.ts';
import { startGoCardless } from '../../../providers/gocardless/serve.ts';

describe('a bank behind GoCardless that gives long history once', () => {
  let world: Awaited<ReturnType<typeof startGoCardless>>;
  let grant: Grant;
  let account: string;
  beforeAll(async () => {
    world = await startGoCardless({
      features: ['separate_continuous_history_consent', 'account_selection'],
      grantsDays: 90,
      isCounted: true,
      traits: { unattendedPerDay: 2 },
    });
    grant = await world.connect();
    const session = await world.connector.open(grant, undefined);
    account = (await session.accounts())[0]?.externalId ?? '';
  });
  afterAll(() => world.stop());

  test('goes back as far as was granted, and says from when on', async () => {
    const days = ['2025-12-09', '2025-12-10', '2026-03-01'];
    world.control.show('current', {
      entries: days.map((bookingDate) => entry({ bookingDate, reference: bookingDate })),
    });
    const session = await world.connector.open(grant, undefined);
    await expect(collect(session.entries(account, { from: '2025-12-09' }))).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2025-12-10',
    });
    expect(await collect(session.entries(account, { from: '2025-12-10' }))).toHaveLength(2);
  });

  test('has answered where it has nothing', async () => {
    const session = await world.connector.open(grant, undefined);
    const pages = [];
    for await (const page of session.entries(account, { from: '2026-03-10' })) pages.push(page);
    expect(pages).toEqual([{ entries: [] }]);
  });

  test('counts calls by account and kind, and says when there are more', async () => {
    const session = await world.connector.open(grant, undefined);
    await session.balance(account);
    await session.balance(account);
    await expect(session.balance(account)).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 86_400,
    });
    const entries = collect(session.entries(account, { from: '2026-01-01' }));
    await expect(entries).rejects.toMatchObject({ code: 'rate-limited' });
    const [, other = ''] = (await session.accounts()).map(({ externalId }) => externalId);
    await expect(session.balance(other)).resolves.toBeDefined();
  });

  test('shows the same accounts under the same ids after another consent, and one whose token died', async () => {
    const again = await world.connect();
    expect(again['requisitionId']).not.toBe(grant['requisitionId']);
    world.forgetTokens();
    const session = await world.connector.open(again, undefined);
    expect((await session.accounts())[0]?.externalId).toBe(account);
    expect(world.keyOf(account)).toBe('current');
  });

  test('tells when the agreement is over', async () => {
    const session = await world.connector.open(grant, undefined);
    world.clock.set('2026-06-09T12:00:00.000Z');
    await expect(session.balance(account)).rejects.toMatchObject({ code: 'consent-expired' });
    await expect(session.accounts()).rejects.toMatchObject({ code: 'consent-expired' });
  });
});
