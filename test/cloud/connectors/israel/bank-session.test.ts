import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBankSession } from '../../../../cloud/connectors/israel/bank-session.ts';
import { companies } from '../../../../cloud/connectors/israel/companies.ts';
import { scrapedAccounts } from '../../../../cloud/connectors/israel/schema.ts';
import { BankError, type BankSession } from '../../../../cloud/ports/bank-connector.ts';
import { addDays, daysBetween } from '../../../../shared/calendar-date.ts';
import { collect } from '../../../contract/bank-connector.ts';

const today = '2026-03-10';

/** A company that shows one account with an entry every tenth day. */
function startSession(id = 'hapoalim', now = `${today}T12:00:00.000Z`, times = 1) {
  const company = companies.find((it) => it.id === id);
  if (!company) throw new Error(id);
  const scraped: string[] = [];
  const state: { failure?: BankError; ended?: AbortSignal; until?: Promise<void> } = {};
  const session = createBankSession({
    company,
    clock: { now: () => now },
    currency: 'ILS',
    async scrape(from, ended) {
      scraped.push(from);
      state.ended = ended;
      await state.until;
      if (state.failure) throw state.failure;
      const count = Math.floor(daysBetween(from, today) / 10) + 1;
      const txns = Array.from({ length: count }, (_, n) => ({
        date: addDays(today, -10 * n),
        chargedAmount: n,
        description: `${n}`,
        status: 'completed',
      }));
      const account = { accountNumber: '12-1', balance: 5, txns };
      return scrapedAccounts.parse(Array(times).fill(account));
    },
  });
  return { session, scraped, state };
}

const back = (days: number) => addDays(today, -days);

describe('a session', () => {
  test('logs in once for a sync of several accounts, whatever their windows within two months', async () => {
    const { session, scraped } = startSession();
    for (const days of [3, 40, 7, 62, 1]) {
      const entries = await collect(session.entries('12-1', { from: back(days) }));
      expect(entries).toHaveLength(Math.floor(days / 10) + 1);
      expect(await session.balance('12-1')).toEqual({ booked: { minor: 500, currency: 'ILS' } });
    }
    await session.accounts();
    expect(scraped).toEqual([back(62)]);
  });

  test('reads a year at once where more than two months are asked for, and all there is beyond', async () => {
    const { session, scraped } = startSession('leumi');
    await collect(session.entries('12-1', { from: back(63) }));
    await collect(session.entries('12-1', { from: back(364) }));
    expect(scraped).toEqual([back(364)]);
    await collect(session.entries('12-1', { from: back(365) }));
    expect(scraped).toEqual([back(364), back(3 * 365 - 2)]);
  });

  test('of a bank with a short memory never asks for more than that', async () => {
    const { session, scraped } = startSession('yahav');
    await collect(session.entries('12-1', { from: back(87) }));
    expect(scraped).toEqual([back(87)]);
  });

  test('says from when on there are entries, without a login', async () => {
    const { session, scraped } = startSession();
    const asked = collect(session.entries('12-1', { from: back(364) }));
    const refused = { code: 'period-not-available', earliest: back(363) };
    await expect(asked).rejects.toMatchObject(refused);
    expect(scraped).toEqual([]);
  });

  test('never tries again after a failure, whatever is asked', async () => {
    const { session, scraped, state } = startSession();
    state.failure = new BankError('login-rejected');
    const asked = [
      () => session.accounts(),
      () => session.balance('12-1'),
      () => collect(session.entries('12-1', { from: back(300) })),
    ];
    for (const ask of asked) await expect(ask()).rejects.toBe(state.failure);
    const failures = await Promise.allSettled(asked.map((ask) => ask()));
    expect(failures.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(scraped).toHaveLength(1);
  });

  test('that is closed ends the scrape under way', async () => {
    const { session, state } = startSession();
    const { promise, resolve: end } = Promise.withResolvers<void>();
    state.until = promise;
    const asking = session.accounts();
    await new Promise((resolve) => setImmediate(resolve));
    const closing = session.close();
    expect(state.ended?.aborted).toBe(true);
    end();
    await closing;
    await asking;
  });

  test('shows two cards with the same last digits as one, with the entries of both', async () => {
    const { session } = startSession('visaCal', undefined, 2);
    expect(await session.accounts()).toHaveLength(1);
    expect(await collect(session.entries('12-1', { from: back(10) }))).toHaveLength(4);
  });

  test('is at the day that it is in Israel', async () => {
    const { session } = startSession('hapoalim', '2026-03-09T23:30:00.000Z');
    const entries = await collect(session.entries('12-1', { from: today }));
    expect(entries.map(({ bookingDate }) => bookingDate)).toEqual([today]);
  });

  test('answers the same in whatever order it is asked, with as few logins as windows need', async () => {
    const call = fc.oneof(
      fc.constant<'accounts' | 'balance'>('accounts'),
      fc.constant<'accounts' | 'balance'>('balance'),
      fc.integer({ min: 0, max: 363 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (calls, atOnce) => {
          const { session, scraped } = startSession();
          const asked: Promise<unknown>[] = [];
          for (const one of calls) {
            const answer = ask(session, one);
            if (!atOnce) await answer;
            asked.push(answer);
          }
          const answers = await Promise.all(asked);
          for (const [at, one] of calls.entries()) {
            if (typeof one === 'number') expect(answers[at]).toHaveLength(Math.floor(one / 10) + 1);
          }
          const isLong = calls.some((it) => typeof it === 'number' && it > 62);
          expect(scraped.length).toBeLessThanOrEqual(isLong ? 2 : 1);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function ask(session: BankSession, call: 'accounts' | 'balance' | number): Promise<unknown> {
  if (call === 'accounts') return session.accounts();
  if (call === 'balance') return session.balance('12-1');
  return collect(session.entries('12-1', { from: back(call) }));
}
