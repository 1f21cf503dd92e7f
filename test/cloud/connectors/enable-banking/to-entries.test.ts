import { describe, expect, test } from '@jest/globals';
import {
  accountRead,
  balancesRead,
  transactionsRead,
} from '../../../../cloud/connectors/enable-banking/schema.ts';
import {
  toAccount,
  toBalance,
  toEntries,
} from '../../../../cloud/connectors/enable-banking/to-entries.ts';
import { transaction } from './scripted.ts';

function entryOf(more: object) {
  return toEntries(transactionsRead.parse({ transactions: [transaction(more)] }).transactions)[0];
}

describe('an entry by Enable Banking', () => {
  test('is read with what a bank leaves out, sends as null or adds', () => {
    const nulls = {
      entry_reference: null,
      value_date: null,
      creditor: null,
      creditor_account: { iban: null, other: null },
      debtor: { name: null },
      remittance_information: null,
      bank_transaction_code: null,
      balance_after_transaction: null,
      exchange_rate: { instructed_amount: null },
      mood: 'good',
    };
    expect(entryOf(nulls)).toEqual({
      status: 'booked',
      bookingDate: '2026-03-01',
      amount: { minor: -450, currency: 'EUR' },
      counterparty: '',
      text: '',
    });
  });

  test.each([
    ['4.50', 'DBIT', -450],
    ['-4.50', 'DBIT', -450],
    ['-4.50', 'CRDT', 450],
    [4.5, 'CRDT', 450],
    ['0.00', 'DBIT', 0],
    ['-4.50', null, -450],
    ['25000.000', 'CRDT', 2_500_000],
  ])('of %s with %s is %s', (amount, credit_debit_indicator, minor) => {
    const transaction_amount = { amount, currency: 'EUR' };
    expect(entryOf({ transaction_amount, credit_debit_indicator })?.amount).toEqual({
      minor,
      currency: 'EUR',
    });
  });

  test.each([
    ['BOOK', 'booked'],
    ['PDNG', 'pending'],
    ['HOLD', 'pending'],
    ['OTHR', 'booked'],
  ])('that is %s is %s', (status, ours) => {
    expect(entryOf({ status })?.status).toBe(ours);
  });

  test('is none where a payment is scheduled, cancelled or rejected', () => {
    for (const status of ['SCHD', 'CNCL', 'RJCT']) expect(entryOf({ status })).toBeUndefined();
    expect(entryOf({ status: 'OTHR', booking_date: null })?.status).toBe('pending');
  });

  test('has the reference of the bank, never the id of this one answer', () => {
    expect(entryOf({ entry_reference: 'A-1', transaction_id: 'T1' })?.reference).toBe('A-1');
    for (const entry_reference of [null, '', '0', '00', '2026-03-01.0', '2026-03-01-12']) {
      expect(entryOf({ entry_reference, transaction_id: 'T1' })).not.toHaveProperty('reference');
    }
    expect(entryOf({ entry_reference: '2026-03-01-12345678' })).toHaveProperty('reference');
  });

  test('has the day of the purchase where the bank gives no other', () => {
    const purchase = { booking_date: null, transaction_date: '2026-02-27' };
    expect(entryOf(purchase)).toMatchObject({ bookingDate: '2026-02-27' });
    const held = entryOf({ ...purchase, status: 'PDNG' });
    expect(held).toMatchObject({ valueDate: '2026-02-27' });
    expect(held).not.toHaveProperty('bookingDate');
    const both = entryOf({ value_date: '2026-03-02T00:00:00Z', transaction_date: '2026-02-27' });
    expect(both).toMatchObject({ bookingDate: '2026-03-01', valueDate: '2026-03-02' });
    const valued = entryOf({ ...purchase, value_date: '2026-03-02' });
    expect(valued).toMatchObject({ valueDate: '2026-03-02' });
    expect(valued).not.toHaveProperty('bookingDate');
  });

  test('names the other side, never the user who stands on their own', () => {
    const both = {
      creditor: { name: 'Shop' },
      creditor_account: { iban: 'DE89370400440532013000' },
      debtor: { name: 'Erika Muster' },
      debtor_account: { other: { identification: '4711', scheme_name: 'BBAN' } },
    };
    expect(entryOf(both)).toMatchObject({
      counterparty: 'Shop',
      counterpartyAccount: 'DE89370400440532013000',
    });
    expect(entryOf({ ...both, credit_debit_indicator: 'CRDT' })).toMatchObject({
      counterparty: 'Erika Muster',
      counterpartyAccount: '4711',
    });
    const zero = { transaction_amount: { amount: '0', currency: 'EUR' } };
    expect(entryOf({ ...both, ...zero })?.counterparty).toBe('Shop');
    const credited = { ...both, ...zero, credit_debit_indicator: 'CRDT' };
    expect(entryOf(credited)?.counterparty).toBe('Erika Muster');
  });

  test('has the lines of the remittance, else what says most', () => {
    const others = { reference_number: 'RF18', note: 'mine', bank_transaction_code: null };
    expect(entryOf({ remittance_information: ['A', 'B'], ...others })?.text).toBe('A\nB');
    expect(entryOf({ remittance_information: [''], ...others })?.text).toBe('RF18');
    expect(entryOf({ ...others, reference_number: null })?.text).toBe('mine');
    expect(entryOf({ bank_transaction_code: { description: 'Card' } })?.text).toBe('Card');
  });

  test('has the sum in the other currency, with its own sign, and the balance after it', () => {
    const dollars = { instructed_amount: { amount: '5.00', currency: 'USD' } };
    const after = { amount: '-10.00', currency: 'EUR' };
    expect(entryOf({ exchange_rate: dollars, balance_after_transaction: after })).toMatchObject({
      original: { minor: -500, currency: 'USD' },
      balanceAfter: { minor: -1_000, currency: 'EUR' },
    });
    const same = { instructed_amount: { amount: '4.50', currency: 'EUR' } };
    expect(entryOf({ exchange_rate: same })).not.toHaveProperty('original');
  });
});

describe('an account by Enable Banking', () => {
  const read = (more: object) => toAccount(accountRead.parse({ currency: 'EUR', ...more }));

  test('goes by its hash, and is named by what it is, for `name` is who holds it', () => {
    const account = {
      uid: 'u-1',
      identification_hash: 'h=',
      account_id: { iban: 'DE89370400440532013000' },
      name: 'Erika Muster',
      details: 'Everyday',
      product: 'Giro',
      cash_account_type: 'SVGS',
    };
    expect(read(account)).toEqual({
      externalId: 'u-1',
      identification: 'h=',
      iban: 'DE89370400440532013000',
      name: 'Everyday',
      holder: 'Erika Muster',
      product: 'Giro',
      type: 'savings',
      currency: 'EUR',
    });
  });

  test.each([
    ['CACC', 'current'],
    ['CARD', 'card'],
    ['LOAN', 'loan'],
    ['CASH', 'current'],
    [null, 'current'],
  ])('of the kind %s is a %s one', (cash_account_type, type) => {
    expect(read({ uid: 'u-1', cash_account_type })?.type).toBe(type);
  });

  test('without IBAN shows the last digits of its number, and without uid is left out', () => {
    const other = { identification: '************4471', scheme_name: 'CPAN' };
    expect(read({ uid: 'u-1', account_id: { other }, product: 'Gold' })).toMatchObject({
      mask: '4471',
      name: 'Gold',
      holder: '',
    });
    expect(read({ uid: null, account_id: { other } })).toBeUndefined();
    expect(read({ account_id: { other } })).toBeUndefined();
  });
});

describe('balances by Enable Banking', () => {
  const balance = (balance_type: string, amount: string, more: object = {}) => ({
    balance_type,
    balance_amount: { amount, currency: 'EUR' },
    ...more,
  });
  const read = (...balances: object[]) =>
    toBalance(balancesRead.parse({ balances }).balances, 'EUR');

  test('are the one of now before the one of the last closing, and the newest of a kind', () => {
    expect(
      read(
        balance('CLBD', '1.00'),
        balance('ITBD', '2.00', { reference_date: '2026-03-09' }),
        balance('ITBD', '3.00', { reference_date: '2026-03-10' }),
        balance('XPCD', '4.00'),
        balance('ITAV', '5.00'),
      ),
    ).toEqual({
      booked: { minor: 300, currency: 'EUR' },
      available: { minor: 500, currency: 'EUR' },
    });
    expect(read(balance('CLBD', '-1.00')).booked?.minor).toBe(-100);
  });

  test('take nothing for booked that may hold a credit limit', () => {
    expect(read(balance('CLAV', '900.00'))).toEqual({
      available: { minor: 90_000, currency: 'EUR' },
    });
    expect(read(balance('OTHR', '1.00'), balance('INFO', '1.00'))).toEqual({});
  });

  test('are those in the currency of the account, where a bank gives several', () => {
    const dollars = { balance_amount: { amount: '7.00', currency: 'USD' } };
    expect(read(balance('ITBD', '0', dollars), balance('ITBD', '2.00')).booked).toEqual({
      minor: 200,
      currency: 'EUR',
    });
    expect(read(balance('ITBD', '0', dollars)).booked).toEqual({ minor: 700, currency: 'USD' });
  });
});
