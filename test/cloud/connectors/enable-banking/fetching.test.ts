import { describe, expect, test } from '@jest/globals';
import { refusal, scripted, transaction, transactionsOf, uid, user } from './scripted.ts';

const held = transaction({ status: 'PDNG', booking_date: null });
const booked = transaction();

describe('pages by Enable Banking', () => {
  test('come until there is no key, with the query of the first, empty ones too', async () => {
    const { entries, queries } = scripted([
      transactionsOf([booked], 'k1'),
      transactionsOf([], 'k2'),
      transactionsOf([held], null),
    ]);
    expect(await entries('2026-02-01')).toHaveLength(2);
    expect(queries()).toEqual([
      { date_from: '2026-02-01' },
      { date_from: '2026-02-01', continuation_key: 'k1' },
      { date_from: '2026-02-01', continuation_key: 'k2' },
    ]);
  });

  test('are one at least: a bank that has nothing has answered', async () => {
    const session = await scripted([transactionsOf([])]).open();
    const pages = [];
    for await (const page of session.entries(uid, { from: '2026-03-01' })) pages.push(page);
    expect(pages).toEqual([{ entries: [] }]);
  });

  test('that go in a circle end', async () => {
    const { entries, asked } = scripted([
      transactionsOf([held], 'k1'),
      transactionsOf([], 'k2'),
      transactionsOf([], 'k1'),
    ]);
    await expect(entries('2026-02-01')).rejects.toMatchObject({ code: 'reply-unreadable' });
    expect(asked).toHaveLength(3);
  });

  test('of a window that reaches further back than usual are as long as the bank gives', async () => {
    const { open, entries, queries } = scripted([transactionsOf([held], 'k1'), transactionsOf([])]);
    await entries('2025-12-10');
    expect(queries()).toEqual([
      { date_from: '2025-12-10', strategy: 'longest' },
      { date_from: '2025-12-10', strategy: 'longest', continuation_key: 'k1' },
    ]);
    const usual = scripted([transactionsOf([held])]);
    await usual.entries('2025-12-11');
    expect(usual.queries()).toEqual([{ date_from: '2025-12-11' }]);
    // The longest has no end, so a window with one is asked for as it is.
    const session = await open();
    const window = { from: '2025-01-01', to: '2025-02-01' };
    for await (const _ of session.entries(uid, window));
    expect(queries().at(-1)).toEqual({ date_from: '2025-01-01', date_to: '2025-02-01' });
  });
});

describe('what is pending by Enable Banking', () => {
  test('is looked for apart while the user is present, and from then on if it is there', async () => {
    const first = scripted([transactionsOf([booked]), transactionsOf([held, booked])]);
    expect(await first.entries('2026-01-01', user)).toHaveLength(2);
    expect(first.queries().at(-1)).toEqual({
      date_from: '2026-01-24',
      transaction_status: 'PDNG',
    });
    expect(first.kept).toMatchObject([{ sessionId: 's-1', pendingWay: 'asked-apart' }]);

    const later = scripted([transactionsOf([booked]), transactionsOf([held])]);
    const shown = await later.entries('2026-03-01', undefined, first.kept[0]);
    expect(shown.map(({ status }) => status)).toEqual(['booked', 'pending']);
    expect(later.kept).toEqual([]);
  });

  test('costs no second call where it stands among the rest, or the user is away', async () => {
    const among = scripted([transactionsOf([booked, held])]);
    expect(await among.entries('2026-02-01', user)).toHaveLength(2);
    expect(among.asked).toHaveLength(1);
    const away = scripted([transactionsOf([booked])]);
    expect(await away.entries('2026-02-01')).toHaveLength(1);
    expect(away.asked).toHaveLength(1);
    // A bank that wants to know more of its user than we do is not told of one.
    const untold = { psuHeaders: 'Psu-Geo-Location' };
    await away.entries('2026-02-01', user, untold);
    expect(away.asked).toHaveLength(2);
  });

  test.each([400, 422])('is not asked for again where that is refused with %s', async (status) => {
    const error = status === 400 ? 'ASPSP_ERROR' : 'WRONG_REQUEST_PARAMETERS';
    const answers = [transactionsOf([booked]), refusal(status, { error })];
    const first = scripted(answers);
    expect(await first.entries('2026-02-01', user)).toHaveLength(1);
    expect(first.kept).toMatchObject([{ pendingWay: 'never-apart' }]);
    const later = scripted(answers);
    expect(await later.entries('2026-02-01', user, first.kept[0])).toHaveLength(1);
    expect(later.asked).toHaveLength(1);
  });

  test('that does not come is no failure as long as nobody knows that there is any', async () => {
    const answers = [transactionsOf([booked]), refusal(429, {})];
    const first = scripted(answers);
    expect(await first.entries('2026-02-01', user)).toHaveLength(1);
    expect(first.kept).toEqual([]);
    // A bank that has shown some would seem to have taken them away.
    const known = { pendingWay: 'asked-apart' };
    const later = scripted(answers).entries('2026-02-01', undefined, known);
    await expect(later).rejects.toMatchObject({ code: 'rate-limited' });
  });

  test('is asked for of no days that are long over', async () => {
    const { open, asked } = scripted([transactionsOf([])]);
    const session = await open(user);
    const window = { from: '2026-01-01', to: '2026-01-10' };
    for await (const _ of session.entries(uid, window));
    expect(asked).toHaveLength(1);
  });
});

describe('a habit of one bank', () => {
  test('two years and no more: an older day is not even asked for', async () => {
    const fortis = { institutionId: 'enable-banking:be-bnp-paribas-fortis' };
    const { entries, asked } = scripted([transactionsOf([held])]);
    const tooOld = { code: 'period-not-available', earliest: '2024-03-11' };
    await expect(entries('2024-03-10', undefined, fortis)).rejects.toMatchObject(tooOld);
    expect(asked).toHaveLength(0);
    expect(await entries('2024-03-11', undefined, fortis)).toHaveLength(1);
    expect(await entries('2024-03-10')).toHaveLength(1);
  });

  test('N26 refuses a period in its own words, and does not say which it would give', async () => {
    const refused = refusal(400, {
      title: 'Range is out of the last 90-day period',
      code: 'PERIOD_INVALID',
      detail: 'dateFrom=2025-11-01, dateTo=2026-03-10',
    });
    const { entries } = scripted([refused]);
    const n26 = { institutionId: 'enable-banking:de-n26' };
    const code = 'period-not-available';
    const told = { code, earliest: '2025-12-11' };
    await expect(entries('2025-11-01', undefined, n26)).rejects.toMatchObject(told);
    const untold = { code, earliest: undefined };
    await expect(entries('2025-12-11', undefined, n26)).rejects.toMatchObject(untold);
    await expect(entries('2025-11-01')).rejects.toMatchObject(untold);
  });
});
