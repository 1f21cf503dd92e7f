import { describe, expect, test } from '@jest/globals';
import {
  accountsRead,
  balancesRead,
  transactionsRead,
} from '../../../../cloud/connectors/berlin-group/schema.ts';
import { toAccount, toEntries } from '../../../../cloud/connectors/berlin-group/to-entries.ts';
import { toBalance } from '../../../../cloud/connectors/psd2-transactions.ts';

function entryOf(transaction: object, kind: 'booked' | 'pending' = 'booked') {
  const one = { transactionAmount: { amount: '-4.50', currency: 'EUR' }, ...transaction };
  const [entry] = toEntries(
    transactionsRead.parse({ transactions: { [kind]: [one] } }).transactions,
  );
  return entry;
}

function accountOf(account: object) {
  const one = { resourceId: 'A1', currency: 'EUR', ...account };
  const [read] = accountsRead.parse({ accounts: [one] }).accounts;
  return read && toAccount(read);
}

describe('an entry of a bank', () => {
  test('is read with what the bank leaves out, sends as null or adds', () => {
    expect(
      entryOf({ bookingDate: null, creditorName: null, creditorAccount: null, mood: 'good' }),
    ).toEqual({
      status: 'booked',
      amount: { minor: -450, currency: 'EUR' },
      counterparty: '',
      text: '',
    });
  });

  test.each([
    ['-0.1', 'EUR', -10],
    [-12.35, 'EUR', -1_235],
    [1056, 'EUR', 105_600],
    ['25000.000', 'SEK', 2_500_000],
    ['-1200', 'JPY', -1_200],
    ['-0.005', 'KWD', -5],
  ])('has the amount %s %s in minor units', (amount, currency, minor) => {
    expect(entryOf({ transactionAmount: { amount, currency } })?.amount).toEqual({
      minor,
      currency,
    });
  });

  test('names the other side, never the user who stands on their own', () => {
    const both = {
      creditorName: 'Shop',
      creditorAccount: { iban: 'DE89370400440532013000' },
      debtorName: 'Erika Muster',
      debtorAccount: { bban: '4711' },
    };
    expect(entryOf(both)).toMatchObject({
      counterparty: 'Shop',
      counterpartyAccount: 'DE89370400440532013000',
    });
    const incoming = { ...both, transactionAmount: { amount: '4.50', currency: 'EUR' } };
    expect(entryOf(incoming)).toMatchObject({
      counterparty: 'Erika Muster',
      counterpartyAccount: '4711',
    });
    expect(entryOf({ debtorName: 'Erika Muster' })?.counterparty).toBe('');
    expect(entryOf({ creditorName: '', ultimateCreditor: 'Seller' })?.counterparty).toBe('Seller');
  });

  test('takes its text from the first place that holds any', () => {
    const additionalInformation = 'more';
    const remittanceInformationStructured = { reference: 'RF18' };
    const remittanceInformationUnstructured = 'one line';
    const remittanceInformationUnstructuredArray = ['first', 'second'];
    expect(entryOf({ additionalInformation })?.text).toBe('more');
    expect(entryOf({ additionalInformation, remittanceInformationStructured })?.text).toBe('RF18');
    expect(
      entryOf({ remittanceInformationStructured, remittanceInformationUnstructured })?.text,
    ).toBe('one line');
    expect(
      entryOf({ remittanceInformationUnstructured, remittanceInformationUnstructuredArray })?.text,
    ).toBe('first\nsecond');
  });

  test('goes by its entry reference, else by its transaction id', () => {
    expect(entryOf({ entryReference: 'E1', transactionId: 'T1' })?.reference).toBe('E1');
    expect(entryOf({ entryReference: '', transactionId: 'T1' })?.reference).toBe('T1');
    expect(entryOf({})).not.toHaveProperty('reference');
  });

  test('keeps the sum in the other currency with the sign of the entry', () => {
    const instructedAmount = { amount: '5.00', currency: 'USD' };
    const original = { minor: -500, currency: 'USD' };
    expect(entryOf({ currencyExchange: [{ instructedAmount }] })?.original).toEqual(original);
    expect(entryOf({ currencyExchange: { instructedAmount } })?.original).toEqual(original);
    expect(entryOf({ currencyExchange: [{ exchangeRate: '1.1' }] })).not.toHaveProperty('original');
  });

  test('keeps the balance after it, and the day of an instant', () => {
    const balanceAmount = { amount: '100.00', currency: 'EUR' };
    const read = entryOf({
      balanceAfterTransaction: { balanceAmount, balanceType: 'interimBooked' },
      bookingDate: '2026-03-01T00:00:00+01:00',
    });
    expect(read).toMatchObject({
      balanceAfter: { minor: 10_000, currency: 'EUR' },
      bookingDate: '2026-03-01',
    });
  });

  test('is pending where the bank lists it so', () => {
    expect(entryOf({ valueDate: '2026-03-09' }, 'pending')).toMatchObject({
      status: 'pending',
      valueDate: '2026-03-09',
    });
  });
});

describe('an account of a bank', () => {
  test('shows an IBAN, or the last digits where there is none', () => {
    expect(accountOf({ iban: 'DE89370400440532013000', maskedPan: '****4471' })).toMatchObject({
      iban: 'DE89370400440532013000',
    });
    expect(accountOf({ maskedPan: '************4471' })).toMatchObject({ mask: '4471' });
    expect(accountOf({ bban: '4800127731' })).toMatchObject({ mask: '7731' });
  });

  test.each([
    ['CACC', 'current'],
    ['SVGS', 'savings'],
    ['CARD', 'card'],
    ['LOAN', 'loan'],
    ['SACC', 'investment'],
    ['OTHR', 'current'],
  ])('of the code %s is a %s account', (cashAccountType, type) => {
    expect(accountOf({ cashAccountType })?.type).toBe(type);
  });
});

describe('the balances of a bank', () => {
  const balance = (balanceType: string, amount: string, referenceDate?: string) => ({
    balanceType,
    balanceAmount: { amount, currency: 'EUR' },
    referenceDate,
  });
  const read = (...balances: object[]) => toBalance(balancesRead.parse({ balances }).balances);

  test('are the one of now before the one of the last closing, and the newest of a kind', () => {
    expect(
      read(
        balance('closingBooked', '1.00', '2026-03-09'),
        balance('interimBooked', '2.00', '2026-03-09'),
        balance('interimBooked', '3.00', '2026-03-10'),
        balance('expected', '4.00'),
        balance('interimAvailable', '5.00'),
      ),
    ).toEqual({
      booked: { minor: 300, currency: 'EUR' },
      available: { minor: 500, currency: 'EUR' },
    });
  });

  test('are absent where the bank tells none that is booked or available', () => {
    expect(read(balance('nonInvoiced', '1.00'), balance('openingBooked', '1.00'))).toEqual({});
  });
});
