import { describe, expect, test } from '@jest/globals';
import type { AccountDoc } from '../../../cloud/core/documents.ts';
import { connections } from '../../../cloud/core/documents.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import {
  BankError,
  type BankSession,
  type EntryPage,
} from '../../../cloud/ports/bank-connector.ts';
import { connectGiro, createTestWorld, entry, giro } from './world.ts';

const hourMs = 3_600_000;

function account(key: string): AccountDoc {
  const bookAccount = { path: `Assets:${key}`, type: 'asset' } as const;
  return { ...giro, externalId: key, key, feed: { bookAccount, from: '2026-01-01' } };
}

/** A bank with two accounts, of which the first does what `joint` says. */
async function twoAccounts(
  joint: Partial<Pick<BankSession, 'balance' | 'entries'>>,
  unattendedPerDay = 1_000,
  giroPages: readonly EntryPage[] = [{ entries: [entry('-4.50')] }],
) {
  const it = createTestWorld();
  const calls: string[] = [];
  const session: BankSession = {
    accounts: async () => [],
    balance: async (id) => {
      calls.push(`${id} balance`);
      return id === 'joint' && joint.balance ? joint.balance(id) : {};
    },
    entries: async function* (id, window) {
      calls.push(`${id} entries`);
      if (id === 'joint' && joint.entries) yield* joint.entries(id, window);
      else yield* giroPages;
    },
    close: async () => {},
  };
  const fake = it.world.connectors.get('fake');
  if (!fake) throw new Error('there is a fake bank');
  const connector = { ...fake, open: async () => session };
  const world: World = { ...it.world, connectors: new Map([['fake', connector]]) };
  const at = world.clock.now();
  const id = await connectGiro(world, {
    accounts: [account('joint'), account('giro')],
    consent: { grantedAt: at, confirmedAt: at, unattendedPerDay },
  });
  return {
    ...it,
    calls,
    sync: () => syncConnection(world, id, 'scheduled'),
    stored: async () => (await world.store.get(connections, id))?.value,
  };
}

const refuse = (error: BankError): BankSession['entries'] =>
  async function* () {
    yield* [];
    throw error;
  };

describe('an account that cannot be read', () => {
  test.each([
    ['timeout', 'partial'],
    ['rate-limited', 'limited'],
    ['needs-confirmation', 'needs-user'],
    ['bank-unavailable', 'partial'],
  ] as const)('for %s leaves the account after it its turn', async (code, outcome) => {
    const { sync, calls } = await twoAccounts({ entries: refuse(new BankError(code)) });
    expect(await sync()).toMatchObject({ outcome, newRows: 1, failure: { code } });
    expect(calls).toEqual(['joint entries', 'giro entries', 'giro balance']);
  });

  test('leaves a sync partial in which the other had no entries and not even a page', async () => {
    const { sync } = await twoAccounts({ entries: refuse(new BankError('timeout')) }, 1_000, []);
    expect(await sync()).toMatchObject({ outcome: 'partial', newRows: 0 });
  });

  test('because the bank lets the user in no more ends the sync', async () => {
    const { sync, calls } = await twoAccounts({ entries: refuse(new BankError('login-rejected')) });
    expect(await sync()).toMatchObject({ outcome: 'failed', newRows: 0 });
    expect(calls).toEqual(['joint entries']);
  });

  test('before a certain time does not put off the other, and is not asked until then', async () => {
    const limit = new BankError('rate-limited', undefined, { retryAfterSeconds: 20 * 3600 });
    const { sync, calls, pass, stored } = await twoAccounts({ entries: refuse(limit) });
    await sync();
    expect((await stored())?.dueAt?.slice(0, 13)).toBe('2026-03-02T14');
    pass(7 * hourMs);
    calls.length = 0;
    expect(await sync()).toMatchObject({ outcome: 'limited' });
    expect(calls).toEqual(['giro entries', 'giro balance']);
    pass(14 * hourMs);
    calls.length = 0;
    await sync();
    expect(calls).toEqual(['joint entries', 'giro entries', 'giro balance']);
  });

  test('by its balance alone is asked for its entries all the same', async () => {
    const limit = new BankError('rate-limited', undefined, { retryAfterSeconds: 20 * 3600 });
    const { sync, calls, pass } = await twoAccounts({
      balance: async () => {
        throw limit;
      },
    });
    await sync();
    pass(7 * hourMs);
    calls.length = 0;
    await sync();
    expect(calls).toEqual(['joint entries', 'giro entries', 'giro balance']);
  });

  test('hides neither that it is gone nor what else fails', async () => {
    const { sync, stored } = await twoAccounts({ entries: refuse(new BankError('account-gone')) });
    expect(await sync()).toMatchObject({ outcome: 'partial', failure: { code: 'account-gone' } });
    expect(await stored()).toMatchObject({
      state: 'connected',
      accounts: [{ gone: { tries: 1, since: '2026-03-02T08:00:00.000Z' } }, {}],
    });
  });

  test('is not asked for without the user once it was gone ten times', async () => {
    const { sync, calls, pass } = await twoAccounts({
      entries: refuse(new BankError('account-gone')),
    });
    for (let times = 0; times < 13; times++) {
      await sync();
      pass(7 * hourMs);
    }
    expect(calls.filter((call) => call === 'joint entries')).toHaveLength(10);
    expect(calls.filter((call) => call === 'giro entries')).toHaveLength(13);
  });
});

describe('a bank with one call a day that refuses a day without saying which it gives', () => {
  test('gives its entries within some days, and is never asked twice a day', async () => {
    const starts: string[] = [];
    const { sync, pass, stored } = await twoAccounts(
      {
        entries: async function* (_id, { from }) {
          starts.push(from);
          if (from < '2026-03-01') throw new BankError('period-not-available');
          yield { entries: [entry('-7.00', { bookingDate: '2026-03-01' })] };
        },
      },
      1,
    );
    for (let day = 1; day <= 8; day++) {
      await sync();
      expect(starts).toHaveLength(day);
      pass(25 * hourMs);
    }
    expect((await stored())?.accounts[0]?.keptFrom).toBe('2026-03-02');
  });
});
