import { describe, expect, test } from '@jest/globals';
import {
  balancesRead,
  detailsRead,
  metadataRead,
  transactionsRead,
} from '../../../../cloud/connectors/gocardless/schema.ts';
import { toAccount, toEntries } from '../../../../cloud/connectors/gocardless/to-entries.ts';
import { toBalance } from '../../../../cloud/connectors/psd2-transactions.ts';

function entryOf(more: object, kind: 'booked' | 'pending' = 'booked') {
  const one = { transactionAmount: { amount: '-4.50', currency: 'EUR' }, ...more };
  const read = transactionsRead.parse({ transactions: { [kind]: [one] } });
  return toEntries(read.transactions)[0];
}

describe('an entry by GoCardless', () => {
  test('is read with what a bank leaves out, sends as null or adds', () => {
    const nulls = {
      transactionId: null,
      bookingDate: null,
      creditorName: null,
      creditorAccount: null,
      currencyExchange: null,
      balanceAfterTransaction: {},
      remittanceInformationUnstructuredArray: null,
      mood: 'good',
    };
    expect(entryOf(nulls)).toEqual({
      status: 'booked',
      amount: { minor: -450, currency: 'EUR' },
      counterparty: '',
      text: '',
    });
    expect(
      toEntries(transactionsRead.parse({ transactions: { booked: null } }).transactions),
    ).toEqual([]);
  });

  test('is booked or pending, as it is listed', () => {
    expect(entryOf({}, 'pending')?.status).toBe('pending');
    const [one] = [{ transactionAmount: { amount: 4.5, currency: 'EUR' } }];
    const both = transactionsRead.parse({ transactions: { pending: [one], booked: [one] } });
    expect(toEntries(both.transactions).map(({ status }) => status)).toEqual(['booked', 'pending']);
  });

  test('goes by the id of the bank before the one of GoCardless; a blank one is none', () => {
    const own = { internalTransactionId: 'i-1' };
    expect(entryOf({ transactionId: 'T-1', ...own })?.reference).toBe('T-1');
    for (const transactionId of [null, '', ' ']) {
      expect(entryOf({ transactionId, ...own })?.reference).toBe('i-1');
    }
    expect(entryOf({ transactionId: ' ', internalTransactionId: ' ' })).not.toHaveProperty(
      'reference',
    );
  });

  test('has its days, of an instant the day as it is written', () => {
    const instants = {
      bookingDateTime: '2026-03-10T00:30:00+02:00',
      valueDateTime: '2026-03-09T22:12:08.510+01:00',
    };
    const days = { bookingDate: '2026-03-10', valueDate: '2026-03-09' };
    expect(entryOf(instants)).toMatchObject(days);
    const both = { ...instants, bookingDate: '2026-03-11', valueDate: '2026-03-12' };
    expect(entryOf(both)).toMatchObject({ bookingDate: '2026-03-11', valueDate: '2026-03-12' });
  });

  test('names the other side, never the user who stands on their own', () => {
    const both = {
      creditorName: 'Shop',
      creditorAccount: { iban: 'DE89370400440532013000' },
      debtorName: 'Erika Muster',
      debtorAccount: { bban: '4711' },
    };
    const money = (amount: string) => ({ transactionAmount: { amount, currency: 'EUR' } });
    expect(entryOf(both)).toMatchObject({
      counterparty: 'Shop',
      counterpartyAccount: 'DE89370400440532013000',
    });
    expect(entryOf({ ...both, ...money('4.50') })).toMatchObject({
      counterparty: 'Erika Muster',
      counterpartyAccount: '4711',
    });
    expect(entryOf({ ...both, ...money('0.00') })?.counterparty).toBe('Shop');
    expect(entryOf({ ultimateCreditor: 'Shop' })?.counterparty).toBe('Shop');
    const credited = { ultimateDebtor: 'Payer', ...money('0') };
    expect(entryOf(credited)?.counterparty).toBe('Payer');
  });

  test.each([
    [{ remittanceInformationUnstructuredArray: ['A', 'B'] }, 'A\nB'],
    [{ remittanceInformationUnstructured: 'A' }, 'A'],
    [{ remittanceInformationUnstructuredArray: [], remittanceInformationStructured: 'S' }, 'S'],
    [{ remittanceInformationStructured: { reference: 'S' } }, 'S'],
    [{ remittanceInformationStructuredArray: [{ reference: 'S' }, 'T'] }, 'S'],
    [{ additionalInformation: 'more' }, 'more'],
  ])('with %j has the text %j', (more, text) => {
    expect(entryOf({ additionalInformation: 'least', ...more })?.text).toBe(text);
  });

  test('has the sum in the other currency, in a list or by itself, and the balance after it', () => {
    const exchange = { instructedAmount: { amount: '5.00', currency: 'USD' } };
    const original = { minor: -500, currency: 'USD' };
    for (const currencyExchange of [exchange, [exchange], [{}, exchange]]) {
      expect(entryOf({ currencyExchange })).toMatchObject({ original });
    }
    const same = { instructedAmount: { amount: '4.50', currency: 'EUR' } };
    expect(entryOf({ currencyExchange: same })).not.toHaveProperty('original');
    const after = { balanceAmount: { amount: '-1.00', currency: 'EUR' } };
    expect(entryOf({ balanceAfterTransaction: after })?.balanceAfter?.minor).toBe(-100);
  });
});

describe('an account by GoCardless', () => {
  const read = (details: object, metadata: object = {}) =>
    toAccount(
      'id',
      metadataRead.parse(metadata),
      detailsRead.parse({ account: { currency: 'EUR', ...details } }).account,
    );

  test('is what the bank tells, and what it lacks is what GoCardless knows', () => {
    const known = { iban: 'DE89370400440532013000', owner_name: 'Erika Muster', name: 'Current' };
    const details = { iban: 'DE02120300000000202051', ownerName: 'Max', name: 'Savings' };
    expect(read({}, known)).toEqual({
      externalId: 'id',
      iban: 'DE89370400440532013000',
      name: 'Current',
      holder: 'Erika Muster',
      type: 'current',
      currency: 'EUR',
    });
    const told = { ...details, product: 'Plus', cashAccountType: 'SVGS' };
    expect(read(told, known)).toEqual({
      externalId: 'id',
      iban: 'DE02120300000000202051',
      name: 'Savings',
      holder: 'Max',
      product: 'Plus',
      type: 'savings',
      currency: 'EUR',
    });
  });

  test('without IBAN shows the last digits of its number', () => {
    expect(read({ maskedPan: '************4471', bban: '1' }).mask).toBe('4471');
    expect(read({ scan: '40127612345678' }).mask).toBe('5678');
    expect(read({ bban: '00112233' }).mask).toBe('2233');
  });
});

test('balances by GoCardless are the one of now before the last closing, the newest of a kind', () => {
  const balance = (balanceType: string, amount: string, referenceDate?: string) => ({
    balanceType,
    balanceAmount: { amount, currency: 'EUR' },
    referenceDate,
  });
  const read = (...balances: object[]) => toBalance(balancesRead.parse({ balances }).balances);
  expect(
    read(
      balance('closingBooked', '1.00'),
      balance('interimBooked', '2.00', '2026-03-09'),
      balance('interimBooked', '3.00', '2026-03-10'),
      balance('expected', '4.00'),
      balance('interimAvailable', '5.00'),
    ),
  ).toEqual({
    booked: { minor: 300, currency: 'EUR' },
    available: { minor: 500, currency: 'EUR' },
  });
  expect(read(balance('expected', '4.00'))).toEqual({ available: { minor: 400, currency: 'EUR' } });
  expect(read(balance('openingBooked', '1.00'))).toEqual({});
});
