import { describe, expect, test } from '@jest/globals';
import type { QuirkName } from '../../../../cloud/connectors/berlin-group/quirks/quirks.ts';
import { addDays } from '../../../../shared/calendar-date.ts';
import { collect } from '../../../contract/bank-connector.ts';
import {
  type Answer,
  byPath,
  connectTo,
  json,
  refusal,
  report,
  transaction,
} from './strange-bank.ts';

/** Today is 2026-03-10. */
const today = '2026-03-10';
const withQuirk = (...quirks: QuirkName[]) => ({ settings: { quirks } });
/** The days for which the bank was asked, and whether for pending entries too. */
const asked = (requests: readonly { readonly url: string }[]) =>
  requests.map(({ url }) => {
    const query = new URL(url, 'http://127.0.0.1').searchParams;
    return ['dateFrom', 'dateTo', 'bookingStatus'].map((name) => query.get(name)).join(' ');
  });

describe('a bank that sends amounts as numbers', () => {
  test('is read like any other', async () => {
    const numbers = [-12.35, 1056, -0.1, 1234567.89].map((amount) => ({
      transactionAmount: { amount, currency: 'EUR' },
    }));
    const { entries } = await connectTo(json(report(numbers)));
    expect((await entries()).map(({ amount }) => amount.minor)).toEqual([
      -1_235, 105_600, -10, 123_456_789,
    ]);
  });
});

describe('a bank that gives some days at a time', () => {
  const daily: Answer = (request, response) => {
    const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
    const bookingDate = query.get('dateFrom') ?? '';
    const isLong = addDays(bookingDate, 14) <= (query.get('dateTo') ?? today);
    const pending = query.get('bookingStatus') === 'both' ? [transaction] : [];
    const { transactions } = report([{ ...transaction, bookingDate }]);
    const answer = isLong
      ? refusal(400, 'PERIOD_INVALID')
      : json({ transactions: { ...transactions, pending } });
    answer(request, response);
  };

  test.each([
    ['by its BIC', { bic: 'BCITITMMXXX' }],
    ['by its own limit', { settings: { windowDays: 14 } }],
    ['by name', withQuirk('short-windows')],
  ])('is found %s, and asked in parts, for pending entries once', async (_, options) => {
    const { entries, requests } = await connectTo(daily, options);
    const found = await entries('2026-02-01');
    expect(asked(requests)).toEqual([
      '2026-02-01 2026-02-14 booked',
      '2026-02-15 2026-02-28 booked',
      '2026-03-01  both',
    ]);
    expect(found.map(({ status, bookingDate }) => bookingDate ?? status)).toEqual([
      '2026-02-01',
      '2026-02-15',
      '2026-03-01',
      'pending',
    ]);
  });

  test('is asked once for days that it gives at a time', async () => {
    const { session, requests } = await connectTo(daily, withQuirk('short-windows'));
    await collect(session.entries('A1', { from: addDays(today, -13) }));
    await collect(session.entries('A1', { from: '2026-02-01', to: '2026-02-14' }));
    await collect(session.entries('A1', { from: '2026-02-01', to: '2026-02-15' }));
    await collect(session.entries('A1', { from: today }));
    expect(asked(requests)).toEqual([
      '2026-02-25  both',
      '2026-02-01 2026-02-14 both',
      '2026-02-01 2026-02-14 booked',
      '2026-02-15 2026-02-15 both',
      '2026-03-10  both',
    ]);
  });

  test('fails as a whole where one part fails', async () => {
    const path = 'GET /v1/accounts/A1/transactions';
    const answers = { [path]: [json(report([transaction])), json({}, 503)] };
    const { entries } = await connectTo(byPath(answers), withQuirk('short-windows'));
    await expect(entries('2026-02-01')).rejects.toMatchObject({ code: 'bank-unavailable' });
  });

  test('is not asked for more parts than a hundred or so', async () => {
    const { entries, requests } = await connectTo(daily, { settings: { windowDays: 2 } });
    const earliest = '2025-07-14';
    await expect(entries('2025-07-12')).rejects.toMatchObject({
      code: 'period-not-available',
      earliest,
    });
    expect(requests).toHaveLength(0);
    await entries(earliest);
    expect(requests).toHaveLength(120);
  });

  test('asked in parts for any window, is asked for each day once', async () => {
    for (const windowDays of [1, 3, 7]) {
      const { session, requests } = await connectTo(json(report([])), { settings: { windowDays } });
      await collect(session.entries('A1', { from: '2026-02-20', to: '2026-03-02' }));
      const days = asked(requests).flatMap((one) => {
        const [from = '', to = ''] = one.split(' ');
        const all: string[] = [];
        for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
        return all;
      });
      expect(days).toEqual(Array.from({ length: 11 }, (_, n) => addDays('2026-02-20', n)));
    }
  });
});

describe('a bank that refuses pending entries', () => {
  const bookedOnly =
    (refused: Answer): Answer =>
    (request, response) => {
      const isBooked = request.url?.includes('bookingStatus=booked');
      (isBooked ? json(report([transaction])) : refused)(request, response);
    };

  test.each<[string, Answer]>([
    ['422', json({ error: 'unprocessable' }, 422)],
    ['422 with a code', refusal(422, 'FORMAT_ERROR')],
    ['the standard’s code', refusal(400, 'PARAMETER_NOT_SUPPORTED')],
  ])('by %s is asked for booked ones, and not again in that session', async (_, refused) => {
    const { entries, requests } = await connectTo(bookedOnly(refused));
    expect(await entries()).toHaveLength(1);
    expect(requests).toHaveLength(2);
    expect(await entries()).toHaveLength(1);
    expect(requests).toHaveLength(3);
  });

  test('without saying so is asked for booked ones where that is known of it', async () => {
    const refused = refusal(400, 'FORMAT_ERROR');
    const { entries, requests } = await connectTo(bookedOnly(refused), withQuirk('booked-only'));
    expect(await entries()).toHaveLength(1);
    expect(requests).toHaveLength(1);
    const unknown = await connectTo(bookedOnly(refused));
    await expect(unknown.entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
  });

  test('in the middle of its pages is not begun anew', async () => {
    const path = 'GET /v1/accounts/A1/transactions';
    const pages = [json(report([transaction], '?page=2')), json({}, 422)];
    const { entries, requests } = await connectTo(byPath({ [path]: pages }));
    await expect(entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(requests).toHaveLength(2);
  });

  test('and booked ones too fails', async () => {
    const { entries, requests } = await connectTo(json({}, 422));
    await expect(entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(requests).toHaveLength(2);
  });
});

describe('a bank that mixes up or re-issues what it says of entries', () => {
  const odd = { ...transaction, bookingDate: '2026-03-03', valueDate: '2026-03-05' };

  test('is read with its days in their places', async () => {
    const answer = json(report([odd, { ...odd, valueDate: null }]));
    const { entries } = await connectTo(answer, withQuirk('swapped-dates'));
    expect(await entries()).toMatchObject([
      { bookingDate: '2026-03-05', valueDate: '2026-03-03' },
      { bookingDate: '2026-03-03', valueDate: '2026-03-03' },
    ]);
    const plain = await connectTo(answer);
    expect(await plain.entries()).toMatchObject([{ bookingDate: '2026-03-03' }, {}]);
  });

  test('is read without its ids, with several habits at once', async () => {
    const none = { ...odd, transactionId: '0', entryReference: 'NOTPROVIDED' };
    const answer = json({ transactions: { booked: [none], pending: [none] } });
    const { entries } = await connectTo(answer, withQuirk('missing-ids', 'swapped-dates'));
    const found = await entries();
    expect(found.map(({ reference }) => reference)).toEqual([undefined, undefined]);
    expect(found.map(({ bookingDate }) => bookingDate)).toEqual(['2026-03-05', '2026-03-05']);
  });
});

describe('a bank that tells its history once', () => {
  const path = 'GET /v1/accounts/A1/transactions';
  const status = 'GET /v1/consents/secret-consent/status';

  test.each<[string, Answer, { bic?: string; settings?: { quirks: QuirkName[] } }]>([
    ['an invalid consent', refusal(401, 'CONSENT_INVALID'), { bic: 'TRIODEF1' }],
    ['an expired consent', refusal(401, 'CONSENT_EXPIRED'), withQuirk('history-once')],
    ['a blocked service', refusal(403, 'SERVICE_BLOCKED'), withQuirk('history-once')],
    ['nothing', json({}, 403), withQuirk('history-once')],
  ])('and then speaks of %s means the days', async (_, answer, options) => {
    const { entries, requests } = await connectTo(byPath({ [path]: answer }), options);
    await expect(entries('2025-01-01')).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2025-12-10',
    });
    expect(requests).toHaveLength(1);
  });

  test('means what it says of younger days, and of what is no answer', async () => {
    const revoked = {
      [path]: refusal(401, 'CONSENT_INVALID'),
      [status]: json({ consentStatus: 'revokedByPsu' }),
    };
    const { entries } = await connectTo(byPath(revoked), withQuirk('history-once'));
    await expect(entries('2026-01-01')).rejects.toMatchObject({ code: 'consent-revoked' });
    const limited = await connectTo(refusal(429, 'ACCESS_EXCEEDED'), withQuirk('history-once'));
    await expect(limited.entries('2025-01-01')).rejects.toMatchObject({ code: 'rate-limited' });
    const lost = await connectTo(json({}, 404), withQuirk('history-once'));
    await expect(lost.entries('2025-01-01')).rejects.toMatchObject({ code: 'bank-unavailable' });
    const plain = await connectTo(refusal(401, 'CONSENT_EXPIRED'));
    await expect(plain.entries('2025-01-01')).rejects.toMatchObject({ code: 'consent-expired' });
  });
});
