import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountsRead, transactionsRead } from '../../../../cloud/connectors/plaid/schema.ts';
import {
  toAccounts,
  toBalance,
  toEntry,
  toMoney,
} from '../../../../cloud/connectors/plaid/to-entries.ts';
import { formatAmount } from '../../../../shared/money.ts';

const line = {
  transaction_id: 'T1',
  account_id: 'A1',
  amount: 4.5,
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
  date: '2026-03-05',
  authorized_date: '2026-03-03',
  pending: false,
  pending_transaction_id: null,
  name: 'Coffee',
  original_description: 'COFFEE 4711 ROT',
  merchant_name: 'Cafe Rot',
  counterparties: [{ name: 'Cafe Rot Inc', type: 'merchant' }],
  payment_meta: { payee: null, payer: null, reason: null },
};

function entryOf(more: object, currency = 'USD') {
  const answer = { added: [{ ...line, ...more }], modified: [], removed: [] };
  const read = transactionsRead.parse({ ...answer, next_cursor: '', has_more: false });
  const [transaction] = read.added;
  if (!transaction) throw new Error('no transaction');
  return toEntry(transaction, currency);
}

describe('an entry', () => {
  test('has our sign, the day on which it was posted, and the day on which it was made', () => {
    expect(entryOf({})).toEqual({
      reference: 'T1',
      status: 'booked',
      bookingDate: '2026-03-05',
      valueDate: '2026-03-03',
      amount: { minor: -450, currency: 'USD' },
      counterparty: 'Cafe Rot',
      text: 'COFFEE 4711 ROT',
    });
    expect(entryOf({ amount: -2_500 }).amount.minor).toBe(250_000);
    expect(Object.is(entryOf({ amount: 0 }).amount.minor, 0)).toBe(true);
    expect(entryOf({ authorized_date: null })).not.toHaveProperty('valueDate');
  });

  test('that is pending has no booking date', () => {
    const pending = entryOf({ pending: true, authorized_date: null });
    expect(pending).toMatchObject({ status: 'pending', valueDate: '2026-03-05' });
    expect(pending).not.toHaveProperty('bookingDate');
    expect(entryOf({ pending: true }).valueDate).toBe('2026-03-03');
  });

  test('keeps the reference that it had while it was pending', () => {
    expect(entryOf({ pending_transaction_id: 'P1' }).reference).toBe('P1');
  });

  test('names the other side by the first of what Plaid tells', () => {
    const none = { merchant_name: null };
    expect(entryOf(none).counterparty).toBe('Cafe Rot Inc');
    const payment_meta = { payee: 'Payee', payer: 'Payer', reason: null };
    const bare = { ...none, counterparties: [], payment_meta };
    expect(entryOf(bare).counterparty).toBe('Payee');
    expect(entryOf({ ...bare, amount: -1 }).counterparty).toBe('Payer');
    expect(entryOf({ ...none, counterparties: null, payment_meta: null }).counterparty).toBe('');
  });

  test("takes the bank's own text before Plaid's, with the reason of a transfer", () => {
    expect(entryOf({ original_description: null }).text).toBe('Coffee');
    expect(entryOf({ original_description: null, name: null }).text).toBe('');
    const reason = (text: string) => ({ payment_meta: { reason: text } });
    expect(entryOf(reason('RENT MARCH')).text).toBe('COFFEE 4711 ROT\nRENT MARCH');
    expect(entryOf(reason('4711')).text).toBe('COFFEE 4711 ROT');
  });

  test("without a currency has the account's, and with one that is not official is unreadable", () => {
    const none = { iso_currency_code: null };
    expect(entryOf(none, 'CAD').amount).toEqual({ minor: -450, currency: 'CAD' });
    expect(() => entryOf({ ...none, unofficial_currency_code: 'BTC' }, 'USD')).toThrow(
      'three capital letters',
    );
  });
});

describe('a number', () => {
  test.each([
    [12.34, 'USD', 1_234],
    [0.07, 'USD', 7],
    [1.1 + 2.2, 'USD', 330],
    [4_999.999_999_999_999, 'USD', 500_000],
    [1_203.419_999_999_999_8, 'USD', 120_342],
    [-0.285, 'KWD', -285],
    [1_500, 'JPY', 1_500],
    [9_007_199_254_740.99, 'USD', 900_719_925_474_099],
    [-0, 'USD', 0],
  ])('%d %s is %d', (value, currency, minor) => {
    expect(toMoney(value, currency)).toEqual({ minor, currency });
  });

  test.each([
    [1.005, 'USD'],
    [0.000_123_45, 'USD'],
    [1.5, 'JPY'],
    [1e21, 'USD'],
  ])('%d %s is no amount', (value, currency) => {
    expect(() => toMoney(value, currency)).toThrow();
  });

  test('of any amount is that amount, as JSON wrote it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.constantFrom('USD', 'CAD', 'JPY', 'KWD'),
        (minor, currency) => {
          const written = JSON.parse(formatAmount({ minor, currency })) as number;
          expect(toMoney(written, currency)).toEqual({ minor, currency });
        },
      ),
      { numRuns: 300 },
    );
  });
});

const account = {
  account_id: 'A1',
  balances: { available: 80, current: 100.1, limit: null, iso_currency_code: 'USD' },
  mask: '0000',
  name: 'Plaid Checking',
  official_name: 'Gold Standard Checking',
  type: 'depository',
  subtype: 'checking',
};

function read(...accounts: object[]) {
  const all = accounts.map((more) => ({ ...account, ...more }));
  return accountsRead.parse({ accounts: all, item: { update_type: 'background' } }).accounts;
}

describe('an account', () => {
  test('shows its mask, its names, and the id that it has in every item', () => {
    expect(toAccounts(read({ persistent_account_id: 'persistent' }))).toEqual([
      {
        externalId: 'A1',
        identification: 'persistent',
        mask: '0000',
        name: 'Plaid Checking',
        holder: '',
        product: 'Gold Standard Checking',
        type: 'current',
        currency: 'USD',
      },
    ]);
    const bare = toAccounts(read({ mask: null, official_name: null, subtype: null }));
    expect(Object.keys(bare[0] ?? {})).toEqual([
      'externalId',
      'name',
      'holder',
      'type',
      'currency',
    ]);
  });

  test('in a currency that is not official is left out', () => {
    const balances = { ...account.balances, iso_currency_code: null };
    expect(toAccounts(read({ balances }))).toEqual([]);
  });

  test.each([
    ['depository', 'checking', 'current'],
    ['depository', 'savings', 'savings'],
    ['depository', 'money market', 'savings'],
    ['depository', 'cd', 'savings'],
    ['depository', 'paypal', 'current'],
    ['credit', 'credit card', 'card'],
    ['loan', 'student', 'loan'],
    ['investment', '401k', 'investment'],
    ['brokerage', null, 'investment'],
    ['other', null, 'current'],
  ])('of the type %s and subtype %s is a %s account', (type, subtype, meant) => {
    expect(toAccounts(read({ type, subtype }))[0]?.type).toBe(meant);
  });
});

describe('the balance', () => {
  const balanceOf = (more: object) => read(more).map(toBalance)[0];
  const usd = (minor: number) => ({ minor, currency: 'USD' });

  test('is what the account holds, and what may be spent', () => {
    expect(balanceOf({})).toEqual({ booked: usd(10_010), available: usd(8_000) });
    const balances = { available: null, current: null, iso_currency_code: 'USD' };
    expect(balanceOf({ balances })).toEqual({});
  });

  test.each(['credit', 'loan'])('of a %s is negative for what is owed', (type) => {
    expect(balanceOf({ type })).toEqual({ booked: usd(-10_010), available: usd(8_000) });
    const balances = { ...account.balances, current: -5 };
    expect(balanceOf({ type, balances })?.booked).toEqual(usd(500));
  });
});
