import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ConnectionDoc, GoneAccount } from '../../../cloud/core/documents.ts';
import { nextNoticeAt, noticesOf, settleByTime } from '../../../cloud/core/due-notices.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { type FailureCode, failures } from '../../../shared/failures.ts';
import { confirmedAt, connectionDoc, pendingCode } from './connection-docs.ts';
import { giro } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const idsOf = (connection: ConnectionDoc, now: Instant) =>
  noticesOf('c1', connection, now).map(({ id }) => id);

/** All that is told while nothing but time happens, each at the instant for which it was planned. */
function toldByTime(connection: ConnectionDoc, from: Instant): readonly [Instant, string][] {
  const told: [Instant, string][] = [];
  let at: Instant | undefined = from;
  for (let now = connection; at; at = nextNoticeAt(now, at)) {
    now = settleByTime(now, at);
    for (const id of idsOf(now, at)) if (!told.some(([, it]) => it === id)) told.push([at, id]);
  }
  return told;
}

describe('renewal', () => {
  test('is told 30, 14, 7 and 1 days before the last day, and the end on the morning after it', () => {
    expect(toldByTime(connectionDoc(), confirmedAt)).toEqual([
      ['2026-07-30T08:00:00.000Z', 'c1~renew-30~2026-08-29'],
      ['2026-08-15T08:00:00.000Z', 'c1~renew-14~2026-08-29'],
      ['2026-08-22T08:00:00.000Z', 'c1~renew-7~2026-08-29'],
      ['2026-08-28T08:00:00.000Z', 'c1~renew-1~2026-08-29'],
      ['2026-08-30T08:00:00.000Z', 'c1~consent-expired~20260302080000000'],
    ]);
  });

  test('leaves out the stages that lay behind as the consent was given', () => {
    const consent = { grantedAt: confirmedAt, confirmedAt, validUntil: '2026-03-12' };
    expect(toldByTime(connectionDoc({ consent }), confirmedAt).map(([, id]) => id)).toEqual([
      'c1~renew-7~2026-03-12',
      'c1~renew-1~2026-03-12',
      'c1~consent-expired~20260302080000000',
    ]);
  });

  test('does not catch up on a stage that was missed', () => {
    expect(idsOf(connectionDoc(), '2026-08-25T12:00:00.000Z')).toEqual(['c1~renew-7~2026-08-29']);
  });

  test('of a consent that does not end is never told', () => {
    const connection = connectionDoc({ consent: { grantedAt: confirmedAt, confirmedAt } });
    expect(toldByTime(connection, confirmedAt)).toEqual([]);
  });

  test.each(['broken', 'expired', 'removed', 'pending'] as const)(
    'is not told of one that is %s',
    (state) => {
      expect(nextNoticeAt(connectionDoc({ state }), confirmedAt)).toBeUndefined();
      expect(idsOf(connectionDoc({ state }), '2026-08-25T12:00:00.000Z')).toEqual([]);
    },
  );
});

describe('a consent that is over', () => {
  const after = '2026-08-30T08:00:00.000Z';

  test.each(['connected', 'expiring', 'failing', 'needs-user'] as const)(
    'makes a connection that was %s expired, with nothing left to try',
    (state) => {
      const failing = { since: confirmedAt, count: 3 };
      const confirmation = pendingCode('2026-08-30T07:30:00.000Z');
      const over = settleByTime(connectionDoc({ state, failing, confirmation }), after);
      expect(over).toMatchObject({ state: 'expired', failure: { code: 'consent-expired' } });
      expect(Object.keys(over)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(dueAt|failing|confirmation)$/)]),
      );
    },
  );

  test('holds through its last day, also where that ends later than ours', () => {
    const connection = connectionDoc();
    expect(settleByTime(connection, '2026-08-30T07:59:59.999Z')).toBe(connection);
  });

  test.each(['broken', 'removed', 'pending', 'expired'] as const)(
    'changes nothing in one that is %s',
    (state) => {
      const connection = connectionDoc({ state });
      expect(settleByTime(connection, after)).toBe(connection);
    },
  );
});

describe('what has stopped', () => {
  const codes = Object.keys(failures) as FailureCode[];
  const ofUser = codes.filter(
    (code) => failures[code].colour === 'red' && failures[code].acts === 'user',
  );

  test.each(ofUser)('for %s is told once for each consent', (code) => {
    const broken = connectionDoc({ state: 'broken', failure: { code } });
    const [id = ''] = idsOf(broken, '2026-03-05T00:00:00.000Z');
    expect(id).toBe(`c1~${code}~20260302080000000`);
    expect(idsOf(broken, '2026-04-05T00:00:00.000Z')).toEqual([id]);
    const again = { ...broken.consent, confirmedAt: '2026-04-06T00:00:00.000Z' };
    expect(idsOf({ ...broken, consent: again }, '2026-04-07T00:00:00.000Z')).not.toEqual([id]);
    expect(id).toMatch(/^[a-z0-9~.-]+$/);
  });

  test('that only the operator can mend is not told the user', () => {
    const failure = { code: 'provider-not-configured' } as const;
    expect(idsOf(connectionDoc({ state: 'broken', failure }), confirmedAt)).toEqual([]);
  });

  test('is also an account that the bank no longer shows, while the others go on', () => {
    const feed = { bookAccount: { path: 'Assets:A', type: 'asset' }, from: '2026-01-01' } as const;
    const at = '2026-03-09T14:00:00.000Z';
    const goneAt = (key: string, gone: GoneAccount) => ({ ...giro, key, feed, gone });
    const accounts = [
      goneAt('a', { since: at, tries: 1 }),
      goneAt('b', { since: at, tries: 1 }),
      goneAt('c', { since: '2026-03-12T14:00:00.000Z', tries: 1 }),
      goneAt('d', { since: '2026-03-01T14:00:00.000Z', tries: 1, isSeen: true }),
    ];
    expect(idsOf(connectionDoc({ accounts }), confirmedAt)).toEqual([
      'c1~account-gone~20260309140000000',
      'c1~account-gone~20260312140000000',
    ]);
    expect(idsOf(connectionDoc({ state: 'removed', accounts }), confirmedAt)).toEqual([]);
  });
});

describe('a failure that heals by itself', () => {
  const failing = (code: FailureCode) =>
    connectionDoc({
      state: 'failing',
      failure: { code },
      failing: { since: '2026-03-03T10:00:00.000Z', count: 9 },
    });

  test('is told after it has lasted for seven days', () => {
    const week = '2026-03-10T10:00:00.000Z';
    expect(nextNoticeAt(failing('timeout'), '2026-03-03T10:00:00.000Z')).toBe(week);
    expect(idsOf(failing('timeout'), addMs(week, -1))).toEqual([]);
    expect(idsOf(failing('timeout'), week)).toEqual(['c1~failing~20260303100000000']);
  });

  test('is not told once it has healed, nor where nobody but the operator could do something', () => {
    const week = '2026-03-10T10:00:00.000Z';
    expect(idsOf({ ...failing('timeout'), state: 'connected' }, week)).toEqual([]);
    expect(idsOf(failing('internal'), week)).toEqual([]);
    expect(nextNoticeAt(failing('internal'), confirmedAt)).toBe('2026-07-30T08:00:00.000Z');
  });
});

describe('what a bank asks in the middle of a sync', () => {
  const askedAt = '2026-03-03T10:00:00.000Z';
  const hourLater = addMs(askedAt, hourMs);

  test('is told after an hour without an answer to who was there', () => {
    const connection = connectionDoc({ confirmation: pendingCode(askedAt) });
    expect(nextNoticeAt(connection, askedAt)).toBe(hourLater);
    expect(idsOf(connection, addMs(hourLater, -1))).toEqual([]);
    expect(idsOf(connection, hourLater)).toEqual(['c1~confirm~20260303100000000']);
    expect(idsOf(connectionDoc(), hourLater)).toEqual([]);
  });

  test.each(['scheduled', 'notified'] as const)(
    'is told at once after a sync that was %s',
    (cause) => {
      const confirmation = pendingCode(askedAt, { cause });
      const connection = connectionDoc({ state: 'needs-user', confirmation });
      expect(idsOf(connection, askedAt)).toEqual(['c1~confirm~20260303100000000']);
    },
  );

  test('is not told when the bank no longer waits by then', () => {
    const confirmation = pendingCode(askedAt, { expiresAt: addMs(askedAt, hourMs / 2) });
    const connection = connectionDoc({ confirmation });
    expect(nextNoticeAt(connection, askedAt)).toBe(confirmation.expiresAt);
    expect(idsOf(connection, hourLater)).toEqual([]);
  });

  test('ends with a text of its own when nobody answers', () => {
    const expiresAt = addMs(askedAt, 2 * hourMs);
    const confirmation = pendingCode(askedAt, { expiresAt });
    const needs = { code: 'needs-confirmation' } as const;
    const over = { code: 'confirmation-expired' };
    const history = connectionDoc({ confirmation });
    expect(settleByTime(history, addMs(expiresAt, -1))).toBe(history);
    expect(settleByTime(history, expiresAt)).toMatchObject({ state: 'connected', failure: over });
    expect(settleByTime(history, expiresAt)).not.toHaveProperty('confirmation');
    const waiting = connectionDoc({ state: 'needs-user', failure: needs, confirmation });
    expect(settleByTime(waiting, expiresAt)).toMatchObject({ state: 'needs-user', failure: over });
    // What is worse stays in sight.
    const failure = { code: 'login-rejected' } as const;
    const broken = connectionDoc({ state: 'broken', failure, confirmation });
    expect(settleByTime(broken, expiresAt)).toMatchObject({ state: 'broken', failure });
  });

  test('where nothing waits for an answer is told once: at once, or an hour after who was there', () => {
    const failure = { code: 'needs-confirmation' } as const;
    const at = askedAt;
    const access = { at, cause: 'manual', calls: [], result: 'needs-confirmation' } as const;
    const needs = (isUserPresent: boolean) =>
      connectionDoc({ state: 'needs-user', failure, accesses: [{ ...access, isUserPresent }] });
    const id = 'c1~needs-confirmation~20260302080000000';
    expect(idsOf(needs(false), askedAt)).toEqual([id]);
    expect(idsOf(needs(true), askedAt)).toEqual([]);
    expect(nextNoticeAt(needs(true), askedAt)).toBe(hourLater);
    expect(idsOf(needs(true), hourLater)).toEqual([id]);
  });
});

test('no connection that lives is without a next instant, nor has one that never ends', () => {
  const instant = fc.integer({ min: 0, max: 300 }).map((days) => addMs(confirmedAt, days * dayMs));
  const state = fc.constantFrom(
    'connected',
    'expiring',
    'failing',
    'needs-user',
    'broken',
    'expired',
  );
  const code = fc.constantFrom<FailureCode>(
    'timeout',
    'needs-confirmation',
    'login-rejected',
    'internal',
  );
  fc.assert(
    fc.property(state, code, instant, instant, fc.boolean(), (is, failed, since, askedAt, asks) => {
      const expiresAt = addMs(askedAt, dayMs);
      const connection = connectionDoc({
        state: is as ConnectionDoc['state'],
        failure: { code: failed },
        failing: { since, count: 1 },
        ...(asks && { confirmation: pendingCode(askedAt, { expiresAt }) }),
      });
      const told = toldByTime(connection, confirmedAt).map(([, id]) => id);
      expect(new Set(told).size).toBe(told.length);
      if (is !== 'broken' && is !== 'expired') {
        expect(told.at(-1)).toBe('c1~consent-expired~20260302080000000');
      }
    }),
  );
});
