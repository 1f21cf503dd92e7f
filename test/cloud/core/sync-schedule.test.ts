import { describe, expect, test } from '@jest/globals';
import type { ConnectionDoc } from '../../../cloud/core/documents.ts';
import { nextDueAt } from '../../../cloud/core/sync-schedule.ts';
import type { Access, SyncInterval } from '../../../shared/access.ts';
import type { ConnectionState } from '../../../shared/bank.ts';
import { addMs, msBetween } from '../../../shared/calendar-date.ts';
import { giro, institution } from './world.ts';

const now = '2026-03-02T08:00:00.000Z';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A connection with one account, and an access so many hours ago for each of these. */
function connection(
  hours: readonly number[] = [0],
  change: Partial<ConnectionDoc> = {},
): ConnectionDoc {
  const kinds = ['entries', 'balances'] as const;
  const calls = kinds.map((kind) => ({ kind, accountKey: 'k1', count: 1 }));
  const before = addMs(now, -1_000 * hourMs);
  return {
    bookId: 'book-of-erika',
    ownerId: 'erika',
    institution,
    wayIn: 'psd2',
    name: 'Fake Bank',
    state: 'connected',
    createdAt: before,
    consent: { grantedAt: before, confirmedAt: before },
    terms: { version: '1', acceptedAt: before },
    accesses: hours
      .toSorted((a, b) => b - a)
      .map(
        (it): Access => ({
          at: addMs(now, -it * hourMs),
          cause: 'scheduled',
          isUserPresent: false,
          calls,
          result: 'complete',
        }),
      ),
    accounts: [
      {
        ...giro,
        key: 'k1',
        feed: { bookAccount: { path: 'Assets:Checking', type: 'asset' }, from: '2026-01-01' },
      },
    ],
    ...change,
  };
}

/** Minutes until the next sync; undefined where there is none. */
function dueIn(value: ConnectionDoc, retryAfterSeconds = 0, id = 'c1'): number | undefined {
  const due = nextDueAt(now, id, value, retryAfterSeconds);
  return due === undefined ? undefined : msBetween(now, due) / minuteMs;
}

const failingSince = (count: number): Partial<ConnectionDoc> => ({
  state: 'failing',
  failing: { since: now, count },
});

describe('the next sync of a connection', () => {
  test.each([6, 8, 12, 24] as const)(
    'comes %d hours after this one, up to ten minutes later',
    (hours) => {
      const value = connection([0], { everyHours: hours });
      for (const id of ['c1', 'c2', 'another', '']) {
        const due = dueIn(value, 0, id) ?? 0;
        expect(due).toBeGreaterThanOrEqual(hours * 60);
        expect(due).toBeLessThan(hours * 60 + 10);
        // The same for the same connection, each time.
        expect(dueIn(value, 0, id)).toBe(due);
      }
    },
  );

  test('comes every six hours where nothing else was said', () => {
    expect(Math.floor((dueIn(connection()) ?? 0) / 60)).toBe(6);
  });

  test('comes in another minute for another connection', () => {
    const minutes = Array.from({ length: 2_000 }, (_, at) =>
      Math.floor((dueIn(connection(), 0, `c${at}`) ?? 0) % 10),
    );
    const counts = Object.values(Object.groupBy(minutes, (it) => it)).map((it) => it?.length ?? 0);
    expect(counts).toHaveLength(10);
    expect(Math.max(...counts)).toBeLessThan(2 * Math.min(...counts));
  });

  test('waits until the calls of 24 hours allow a whole one', () => {
    expect(dueIn(connection([0, 1, 2, 3]))).toBe(21 * 60);
    expect(dueIn(connection([0, 1, 2]))).toBeLessThan(6 * 60 + 10);
  });

  test('waits until the bank answers again, and no less than its interval', () => {
    expect(dueIn(connection(), 10 * 3600)).toBe(10 * 60);
    expect(dueIn(connection(), 60)).toBe(dueIn(connection()));
    // Also where a retry would come sooner.
    expect(
      dueIn(connection([0], { ...failingSince(1), everyHours: 24 }), 10 * 3600),
    ).toBeGreaterThanOrEqual(600);
  });

  test.each([
    'pending',
    'expired',
    'needs-user',
    'broken',
    'removed',
  ] as const satisfies readonly ConnectionState[])(
    'does not come by itself where it is %s',
    (state) => {
      expect(dueIn(connection([0], { state }))).toBeUndefined();
    },
  );

  test.each(['connected', 'expiring', 'failing'] as const)('comes where it is %s', (state) => {
    expect(dueIn(connection([0], { state }))).toBeDefined();
  });
});

describe('after a failure that heals by itself', () => {
  const tries = (everyHours: SyncInterval) =>
    [1, 2, 3, 4, 5].map((count) => {
      const due = dueIn(connection([0], { ...failingSince(count), everyHours })) ?? 0;
      return due >= everyHours * 60 ? 'regular' : due;
    });

  test('a day-long interval has room for four tries, half an hour, one, two and four hours after', () => {
    expect(tries(24)).toEqual([30, 60, 120, 240, 'regular']);
  });

  test('an interval of six hours has none: each call is spoken for', () => {
    expect(tries(6)).toEqual(Array(5).fill('regular'));
  });

  test('a bank that allows more calls is tried again with six hours, too', () => {
    const consent = { grantedAt: now, confirmedAt: now, unattendedPerDay: 8 };
    expect(dueIn(connection([0], { ...failingSince(1), consent }))).toBe(30);
  });

  test('a try takes no call from the regular syncs of the next day', () => {
    expect(dueIn(connection([0, 1, 2], { ...failingSince(1), everyHours: 24 }))).toBe(30);
    expect(
      dueIn(connection([0, 1, 2, 3], { ...failingSince(1), everyHours: 24 })),
    ).toBeGreaterThanOrEqual(24 * 60);
    expect(
      dueIn(connection([0, 1, 2], { ...failingSince(1), everyHours: 12 })),
    ).toBeGreaterThanOrEqual(12 * 60);
  });
});
