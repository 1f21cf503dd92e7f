import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { companies } from '../../../../cloud/connectors/israel/companies.ts';
import {
  dayInIsrael,
  startOfDayInIsrael,
} from '../../../../cloud/connectors/israel/israel-time.ts';
import { scrapedAccounts } from '../../../../cloud/connectors/israel/schema.ts';
import { toAccount, toBalance, toEntry } from '../../../../cloud/connectors/israel/to-entries.ts';

const sample = {
  type: 'normal',
  identifier: 4711,
  date: '2026-02-28T22:00:00.000Z',
  processedDate: '2026-03-09T22:00:00.000Z',
  originalAmount: -18.5,
  originalCurrency: 'ILS',
  chargedAmount: -18.5,
  description: ' קפה דמיון ',
  memo: '',
  status: 'completed',
};

function companyOf(id: string) {
  const company = companies.find((it) => it.id === id);
  if (!company) throw new Error(id);
  return company;
}

/** As the package gives it, through the schema. */
function entryOf(company: string, more: object = {}) {
  const scraped = [{ accountNumber: '1', txns: [{ ...sample, ...more }] }];
  const [account] = scrapedAccounts.parse(scraped);
  const [transaction] = account?.txns ?? [];
  if (!transaction) throw new Error('no transaction');
  return toEntry(companyOf(company), transaction);
}

const ils = (minor: number) => ({ minor, currency: 'ILS' });

describe('an entry', () => {
  test('of a bank says in its text what the bank says', () => {
    expect(entryOf('hapoalim', { memo: 'עבור שכירות' })).toEqual({
      reference: '4711',
      status: 'booked',
      bookingDate: '2026-03-01',
      valueDate: '2026-03-10',
      amount: ils(-1_850),
      counterparty: '',
      text: 'קפה דמיון\nעבור שכירות',
    });
  });

  test('of a card names the shop, is booked on the day of the purchase and debited later', () => {
    expect(entryOf('isracard')).toMatchObject({
      bookingDate: '2026-03-01',
      valueDate: '2026-03-10',
      counterparty: 'קפה דמיון',
      text: '',
    });
  });

  test('that is pending has no booking day', () => {
    const entry = entryOf('max', { status: 'pending' });
    expect(entry).toMatchObject({ status: 'pending', valueDate: '2026-03-01' });
    expect(entry).not.toHaveProperty('bookingDate');
  });

  test('of One Zero is booked when it moved', () => {
    const movement = { date: '2026-03-02', processedDate: '2026-02-28T23:30:00.000+00:00' };
    expect(entryOf('oneZero', movement)).toMatchObject({
      bookingDate: '2026-03-01',
      valueDate: '2026-03-02',
    });
  });

  test.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01T23:59:00', '2026-03-01'],
    ['2026-03-01T22:30:00Z', '2026-03-02'],
    ['2026-07-01T21:00:00.000Z', '2026-07-02'],
    ['2026-03-01T00:30:00+02:00', '2026-03-01'],
  ])('is of the day in Israel: %s', (date, day) => {
    expect(entryOf('behatsdaa', { date, processedDate: date })).toMatchObject({ bookingDate: day });
  });

  test.each([['01/03/2026'], ['2026-02-30'], ['2026-13-01T00:00:00Z'], ['Invalid date'], ['']])(
    'without a day is refused: %s',
    (date) => {
      expect(() => entryOf('hapoalim', { date })).toThrow('a day');
    },
  );
});

describe('an amount', () => {
  test.each([
    [-42.9, 'ILS', -4_290],
    [0.1 + 0.2, 'ILS', 30],
    [1_234_567.89, 'USD', 123_456_789],
    [-1_500, 'JPY', -1_500],
    [12.345, 'KWD', 12_345],
    [-0, 'ILS', 0],
    [5, '₪', 500],
    [5, 'NIS', 500],
    [5, '$', 500],
  ])('is exact by the decimals of its currency: %s %s', (chargedAmount, currency, minor) => {
    const { amount } = entryOf('visaCal', { chargedAmount, chargedCurrency: currency });
    expect(Object.is(amount.minor, minor)).toBe(true);
  });

  test.each([
    [12.345, 'ILS'],
    [1e300, 'ILS'],
    [5, 'שקל'],
    [5, 'usd'],
  ])('that does not fit its currency is refused: %s %s', (chargedAmount, chargedCurrency) => {
    expect(() => entryOf('visaCal', { chargedAmount, chargedCurrency })).toThrow();
  });

  test.each([[Number.NaN], [undefined], ['5'], [Number.POSITIVE_INFINITY]])(
    'that is none is refused: %s',
    (chargedAmount) => {
      expect(() => entryOf('hapoalim', { chargedAmount })).toThrow();
    },
  );

  test('without a currency is in shekels, or in what was paid when it is the same sum', () => {
    expect(entryOf('hapoalim').amount).toEqual(ils(-1_850));
    const abroad = { originalAmount: -20, originalCurrency: '€', chargedAmount: -20 };
    expect(entryOf('visaCal', abroad).amount).toEqual({ minor: -2_000, currency: 'EUR' });
    expect(entryOf('visaCal', { ...abroad, chargedAmount: -81 }).amount).toEqual(ils(-8_100));
  });

  test('stands beside what was paid in another currency, and beside no price of a whole sofa', () => {
    const abroad = { originalAmount: -12.99, originalCurrency: 'USD', chargedCurrency: 'ILS' };
    expect(entryOf('max', abroad).original).toEqual({ minor: -1_299, currency: 'USD' });
    expect(entryOf('max', { originalAmount: -1_200 })).not.toHaveProperty('original');
    expect(entryOf('max', { ...abroad, originalCurrency: '??' })).not.toHaveProperty('original');
    expect(entryOf('max', { ...abroad, originalAmount: 1.001 })).not.toHaveProperty('original');
  });

  test('may be nothing, as a fee that is waived', () => {
    expect(entryOf('isracard', { originalAmount: -7.8, chargedAmount: 0 }).amount).toEqual(ils(0));
  });
});

describe('instalments', () => {
  const installments = { number: 3, total: 12 };

  test('are told in the words that card companies print', () => {
    expect(entryOf('isracard', { installments }).text).toBe('תשלום 3 מתוך 12');
    const memo = 'ללא ריבית';
    expect(entryOf('isracard', { installments, memo }).text).toBe('ללא ריבית\nתשלום 3 מתוך 12');
  });

  test('are told where the text has one of the numbers for another reason', () => {
    for (const memo of ['קומה 3', 'עסקה 12']) {
      const { text } = entryOf('isracard', { installments, memo });
      expect(text).toBe(`${memo}\nתשלום 3 מתוך 12`);
    }
  });

  test('are told once', () => {
    const memo = 'תשלום 3 מתוך 12';
    expect(entryOf('isracard', { installments, memo }).text).toBe(memo);
  });

  test('have numbers of their own where the purchase has one', () => {
    expect(entryOf('isracard', { installments }).reference).toBe('4711_3');
    expect(entryOf('max', { installments, identifier: '4711_3' }).reference).toBe('4711_3');
  });

  test('of one are none', () => {
    expect(entryOf('visaCal', { installments: { number: 1, total: 1 } }).text).toBe('');
    expect(entryOf('visaCal', { installments: { number: Number.NaN, total: 3 } }).text).toBe('');
  });
});

test.each([
  [undefined],
  [null],
  [''],
  [0],
  ['0'],
  ['000'],
  [Number.NaN],
  ['undefined'],
  ['undefined_3'],
])('what the package makes of no number is no reference: %s', (identifier) => {
  expect(entryOf('max', { identifier })).not.toHaveProperty('reference');
});

test('an account is known again by its number, a card by its last digits and what it is called', () => {
  const [account] = scrapedAccounts.parse([{ accountNumber: '12-600-00042', txns: [] }]);
  if (!account) throw new Error('no account');
  expect(toAccount(companyOf('hapoalim'), account, 'ILS')).toMatchObject({
    externalId: '12-600-00042',
    identification: 'hapoalim:12-600-00042',
    mask: '0042',
    type: 'current',
  });
  const card = toAccount(companyOf('max'), account, 'ILS');
  expect(card).toMatchObject({ externalId: '12-600-00042', mask: '0042', type: 'card' });
  expect(card).not.toHaveProperty('identification');
});

test('a balance is told by banks; what cards tell is the next debit', () => {
  const [account] = scrapedAccounts.parse([{ accountNumber: '1', balance: -10.25, txns: [] }]);
  if (!account) throw new Error('no account');
  expect(toBalance(companyOf('leumi'), account, 'ILS')).toEqual({ booked: ils(-1_025) });
  expect(toBalance(companyOf('visaCal'), account, 'ILS')).toEqual({});
  const [unread] = scrapedAccounts.parse([{ accountNumber: '1', balance: Number.NaN, txns: [] }]);
  if (!unread) throw new Error('no account');
  expect(toBalance(companyOf('mizrahi'), unread, 'ILS')).toEqual({});
});

test('a day in Israel begins at its midnight, in summer and in winter', () => {
  const starts = {
    '2026-01-01': '2025-12-31T22:00:00.000Z',
    '2026-03-27': '2026-03-26T22:00:00.000Z',
    '2026-03-28': '2026-03-27T21:00:00.000Z',
    '2026-10-25': '2026-10-24T21:00:00.000Z',
    '2026-10-26': '2026-10-25T22:00:00.000Z',
  };
  for (const [day, start] of Object.entries(starts)) {
    expect(startOfDayInIsrael(day).toISOString()).toBe(start);
    expect(dayInIsrael(start)).toBe(day);
  }
});

test('days are the same wherever this runs', () => {
  const folder = join(import.meta.dirname, '../../../../cloud/connectors/israel');
  const script = `
    import { companies } from '${folder}/companies.ts';
    import { startOfDayInIsrael } from '${folder}/israel-time.ts';
    import { toEntry } from '${folder}/to-entries.ts';
    const cal = companies.find(({ id }) => id === 'visaCal');
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Jerusalem']) {
      process.env.TZ = zone;
      const transaction = {
        date: startOfDayInIsrael('2026-03-01').toISOString(),
        processedDate: new Date('2026-04-01T00:00:00').toISOString(),
        chargedAmount: -5, description: '', status: 'completed',
      };
      const { bookingDate, valueDate } = toEntry(cal, transaction);
      console.log(new Date(0).getTimezoneOffset() !== 0, bookingDate, valueDate);
    }`;
  const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  const told = execFileSync(process.execPath, node, { encoding: 'utf8' });
  expect(told.trim().split('\n')).toEqual(Array(3).fill('true 2026-03-01 2026-04-01'));
});
