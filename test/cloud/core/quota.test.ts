import { describe, expect, test } from '@jest/globals';
import type { AccountDoc, ConnectionDoc } from '../../../cloud/core/documents.ts';
import {
  callsOfOneSync,
  createBudget,
  fitsQuota,
  meterSession,
  nextAllowedAt,
  perDayOf,
  QuotaSpent,
  syncsLeft,
} from '../../../cloud/core/quota.ts';
import type { Access } from '../../../shared/access.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { giro } from './world.ts';

const now = '2026-03-02T08:00:00.000Z';
const hourMs = 3_600_000;
const ago = (hours: number): Instant => addMs(now, -hours * hourMs);

function account(key: string, isFed = true): AccountDoc {
  const feed = {
    bookAccount: { path: `Assets:${key}`, type: 'asset' },
    from: '2026-01-01',
  } as const;
  return { ...giro, externalId: `x-${key}`, key, ...(isFed && { feed }) };
}

/** An access so many hours ago that asked for entries and balance of these accounts. */
function access(hours: number, keys = ['k1'], facts: Partial<Access> = {}): Access {
  const calls = keys.flatMap((accountKey) => [
    { kind: 'entries' as const, accountKey, count: 1 },
    { kind: 'balances' as const, accountKey, count: 1 },
  ]);
  return {
    at: ago(hours),
    cause: 'scheduled',
    isUserPresent: false,
    calls,
    result: 'complete',
    ...facts,
  };
}

function counted(
  accesses: readonly Access[],
  {
    perDay,
    accounts = [account('k1')],
    grantedAt = ago(500),
  }: {
    perDay?: number;
    accounts?: readonly AccountDoc[];
    grantedAt?: Instant;
  } = {},
): Pick<ConnectionDoc, 'consent' | 'accesses' | 'accounts'> {
  const told = perDay === undefined ? {} : { unattendedPerDay: perDay };
  return { consent: { grantedAt, confirmedAt: grantedAt, ...told }, accesses, accounts };
}

describe('calls without the user in 24 hours', () => {
  test('are four by law, or as many as the bank has told', () => {
    expect(perDayOf(counted([]))).toBe(4);
    expect(perDayOf(counted([], { perDay: 2 }))).toBe(2);
  });

  test('leave as many syncs as the account with the most calls has left', () => {
    const accounts = [account('k1'), account('k2')];
    const made = [access(1), access(2, ['k1', 'k2'])];
    expect(syncsLeft(counted(made, { accounts }), now)).toBe(2);
    expect(syncsLeft(counted([...made, ...made, ...made], { accounts }), now)).toBe(0);
  });

  test('are counted by kind: balances alone use up what balances have', () => {
    const of = (kind: 'balances' | 'entries', count: number) =>
      access(1, [], { calls: [{ kind, accountKey: 'k1', count }] });
    expect(syncsLeft(counted([of('balances', 3)]), now)).toBe(1);
    expect(syncsLeft(counted([of('balances', 2), of('entries', 2)]), now)).toBe(2);
  });

  test('count for a day to the millisecond', () => {
    const made = [access(24), access(23)];
    expect(syncsLeft(counted(made), now)).toBe(3);
    expect(syncsLeft(counted(made), addMs(now, -1))).toBe(2);
  });

  test('do not count where the user was there, nor under a consent before this one', () => {
    expect(syncsLeft(counted([access(1, ['k1'], { isUserPresent: true })]), now)).toBe(4);
    expect(syncsLeft(counted([access(3), access(1)], { grantedAt: ago(2) }), now)).toBe(3);
  });

  test('of an account that fills no book, or of the list of accounts, take nothing from a sync', () => {
    const accounts = [account('k1'), account('k2', false)];
    const list = { calls: [{ kind: 'accounts', count: 4 }] } as const;
    const made = [access(1, ['k2']), access(2, ['k2']), access(3, [], list)];
    expect(syncsLeft(counted(made, { accounts }), now)).toBe(4);
    expect(callsOfOneSync({ accounts })).toEqual([
      { kind: 'entries', accountKey: 'k1', count: 1 },
      { kind: 'balances', accountKey: 'k1', count: 1 },
    ]);
  });
});

describe('the next sync without the user', () => {
  test('is allowed now as long as one is left', () => {
    expect(nextAllowedAt(counted([access(1), access(2), access(3)]), now)).toBe(now);
  });

  test('is allowed a day after the oldest of the last four', () => {
    const made = [access(20), access(13), access(7), access(1)];
    expect(nextAllowedAt(counted(made), now)).toBe(addMs(now, 4 * hourMs));
    // Where more were made than allowed, a day after the oldest that still leaves one too many.
    expect(nextAllowedAt(counted([access(22), ...made]), now)).toBe(addMs(now, 4 * hourMs));
  });

  test('waits for the account that has to wait longest', () => {
    const accounts = [account('k1'), account('k2')];
    const made = [access(9, ['k1']), access(2, ['k2'])];
    expect(nextAllowedAt(counted(made, { accounts, perDay: 1 }), now)).toBe(
      addMs(now, 22 * hourMs),
    );
  });
});

describe('a plan of syncs', () => {
  const every = (hours: number, count: number) =>
    Array.from({ length: count }, (_, at) => addMs(now, at * hours * hourMs));

  test('fits where no 24 hours hold more than allowed, those of the last day included', () => {
    expect(fitsQuota(counted([access(6), access(12), access(18)]), now, every(6, 5))).toBe(true);
    expect(fitsQuota(counted([access(5), access(12), access(20)]), now, every(5, 2))).toBe(true);
    expect(fitsQuota(counted([access(1), access(2), access(3)]), now, every(5, 2))).toBe(false);
    expect(fitsQuota(counted([]), now, every(5, 5))).toBe(false);
  });
});

describe('the budget of one access', () => {
  test('is spent by kind and account, and then says how long to wait', () => {
    const budget = createBudget(counted([access(10)], { perDay: 2 }), now, false);
    budget.spend('entries', 'k1');
    budget.spend('balances', 'k1');
    budget.spend('entries', 'k2');
    expect(() => budget.spend('entries', 'k1')).toThrow(QuotaSpent);
    expect(() => budget.spend('entries', 'k1')).toThrow(
      expect.objectContaining({ code: 'rate-limited', retryAfterSeconds: 14 * 3600 }),
    );
    expect(budget.made()).toEqual([
      { kind: 'entries', accountKey: 'k1', count: 1 },
      { kind: 'balances', accountKey: 'k1', count: 1 },
      { kind: 'entries', accountKey: 'k2', count: 1 },
    ]);
  });

  test('counts its own tries: the fifth of one sync is refused', () => {
    const budget = createBudget(counted([]), now, false);
    for (let tries = 0; tries < 4; tries++) budget.spend('entries', 'k1');
    expect(() => budget.spend('entries', 'k1')).toThrow(
      expect.objectContaining({ retryAfterSeconds: 24 * 3600 }),
    );
  });

  test('has no end with the user there, and is counted all the same', () => {
    const budget = createBudget(counted([access(1)], { perDay: 1 }), now, true);
    for (let tries = 0; tries < 9; tries++) budget.spend('entries', 'k1');
    expect(budget.made()).toEqual([{ kind: 'entries', accountKey: 'k1', count: 9 }]);
  });

  test('is spent and reserved before the bank is asked, and one too many is not asked at all', async () => {
    const done: string[] = [];
    const tell = (what: string) => async () => void done.push(what);
    const session = meterSession(
      {
        accounts: async () => {
          done.push('accounts');
          return [];
        },
        balance: async (externalId) => {
          done.push(`balance ${externalId}`);
          return {};
        },
        entries: async function* (externalId) {
          done.push(`entries ${externalId}`);
          yield { entries: [] };
          yield { entries: [] };
        },
        close: tell('close'),
      },
      createBudget(counted([], { perDay: 1 }), now, false),
      [account('k1')],
      tell('reserved'),
    );
    const window = { from: '2026-03-01' };
    for await (const page of session.entries('x-k1', window))
      done.push(`page ${page.entries.length}`);
    await session.balance('x-k1');
    await session.accounts();
    await expect(session.balance('x-k1')).rejects.toThrow(QuotaSpent);
    await session.close();
    expect(done).toEqual([
      'reserved',
      'entries x-k1',
      'page 0',
      'page 0',
      'reserved',
      'balance x-k1',
      'reserved',
      'accounts',
      'close',
    ]);
  });
});
