import { describe, expect, test } from '@jest/globals';
import { accountSetRead } from '../../../../cloud/connectors/simplefin/schema.ts';
import {
  toAccounts,
  toBalance,
  toEntry,
} from '../../../../cloud/connectors/simplefin/to-entries.ts';

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;
const line = { id: 'T1', posted: noon('2026-03-05'), amount: '-4.50', description: 'COFFEE' };
const checking = { id: 'A1', conn_id: 'C1', name: 'Checking', currency: 'USD', balance: '10.00' };

function read(account: object, ...transactions: object[]) {
  const set = accountSetRead.parse({ accounts: [{ ...checking, ...account, transactions }] });
  const [parsed] = set.accounts;
  if (!parsed) throw new Error('no account');
  return parsed;
}

function entryOf(more: object, currency = 'USD') {
  const [parsed] = read({}, { ...line, ...more }).transactions;
  if (!parsed) throw new Error('no transaction');
  return toEntry(parsed, currency);
}

describe('an entry', () => {
  test('is booked on the day on which it was posted, in UTC', () => {
    expect(entryOf({})).toEqual({
      reference: 'T1',
      status: 'booked',
      bookingDate: '2026-03-05',
      amount: { minor: -450, currency: 'USD' },
      counterparty: '',
      text: 'COFFEE',
    });
    expect(entryOf({ posted: Date.parse('2026-03-05T00:00:00Z') / 1000 }).bookingDate).toBe(
      '2026-03-05',
    );
  });

  test('has the day on which it happened beside it', () => {
    expect(entryOf({ transacted_at: noon('2026-03-03') })).toMatchObject({
      bookingDate: '2026-03-05',
      valueDate: '2026-03-03',
    });
    expect(entryOf({ transacted_at: 0 })).not.toHaveProperty('valueDate');
  });

  test.each([
    ['posted 0 and no word of it', { posted: 0 }, undefined],
    ['posted 0', { posted: 0, pending: true, transacted_at: noon('2026-03-03') }, '2026-03-03'],
    ['a day on which it may be posted', { pending: true }, '2026-03-05'],
    ['no day at all', { posted: null, pending: true }, undefined],
  ])('is pending with %s', (_, more, valueDate) => {
    const { bookingDate, ...entry } = entryOf(more);
    expect([entry.status, bookingDate, entry.valueDate]).toEqual(['pending', undefined, valueDate]);
  });

  test('names the payee, and keeps a memo that says more', () => {
    const more = { payee: 'Cafe Rot', memo: 'TABLE 4' };
    expect(entryOf(more)).toMatchObject({ counterparty: 'Cafe Rot', text: 'COFFEE\nTABLE 4' });
    expect(entryOf({ memo: 'COFF' }).text).toBe('COFFEE');
    expect(entryOf({ memo: '', payee: '' })).toMatchObject({ counterparty: '', text: 'COFFEE' });
    expect(entryOf({ description: null, memo: 'ONLY' }).text).toBe('ONLY');
  });

  test('has an amount of exactly its decimals, be it text or a number', () => {
    expect(entryOf({ amount: '-33293.43' }).amount.minor).toBe(-3_329_343);
    expect(entryOf({ amount: 0.07 }).amount.minor).toBe(7);
    expect(entryOf({ amount: '1200' }, 'JPY').amount).toEqual({ minor: 1200, currency: 'JPY' });
    expect(() => entryOf({ amount: '1,5' })).toThrow('an amount is digits');
  });
});

describe('the accounts', () => {
  const told = (...accounts: object[]) =>
    toAccounts(
      accountSetRead.parse({
        connections: [{ conn_id: 'C1', name: 'My Bank - Jill' }],
        accounts: accounts.map((more) => ({ ...checking, ...more })),
      }),
    );

  test('carry their name, the bank behind them, and their currency', () => {
    expect(told({ currency: 'cad' })).toEqual([
      {
        externalId: 'A1',
        name: 'Checking',
        holder: '',
        product: 'My Bank - Jill',
        type: 'current',
        currency: 'CAD',
      },
    ]);
    expect(told({ conn_id: null, name: null })).toMatchObject([{ name: '' }]);
  });

  test('leave out what holds no money', () => {
    const miles = { id: 'A2', currency: 'https://www.example.com/flight-miles' };
    expect(told({}, miles).map(({ externalId }) => externalId)).toEqual(['A1']);
  });

  test('of two banks may have the same id', () => {
    const ids = told({}, { conn_id: 'C2' }, { id: 'A3' }).map(({ externalId }) => externalId);
    expect(ids).toEqual(['C1/A1', 'C2/A1', 'A3']);
  });

  test.each([
    ['Checking', 'current'],
    ['Total Checking (1234)', 'current'],
    ['Online Savings', 'savings'],
    ['12 Month CD', 'savings'],
    ['Freedom Visa', 'card'],
    ['Platinum Card (71002)', 'card'],
    ['Home Mortgage', 'loan'],
    ['Roth IRA', 'investment'],
    ['Cardinal Checking', 'current'],
  ])('named %s are taken for a %s account', (name, type) => {
    expect(told({ name })[0]?.type).toBe(type);
  });
});

describe('the balance', () => {
  const at = (day: string) => ({ 'balance-date': noon(day), 'available-balance': '8.00' });
  const balanceOf = (account: object, ...transactions: object[]) => {
    const parsed = read(account, ...transactions);
    return toBalance(parsed, parsed.transactions);
  };
  const both = {
    booked: { minor: 1_000, currency: 'USD' },
    available: { minor: 800, currency: 'USD' },
  };

  test('is the one of the account, and what is available where that is told', () => {
    expect(balanceOf(at('2026-03-05'), line)).toEqual(both);
    expect(balanceOf({}, line)).toEqual({ booked: both.booked });
  });

  test('is left out where the account has been booked to since', () => {
    const later = { ...line, posted: noon('2026-03-06') };
    expect(balanceOf(at('2026-03-05'), line, later)).toEqual({});
    expect(balanceOf(at('2026-03-05'), line, { ...later, pending: true })).toEqual(both);
  });
});
