import { expect, test } from '@jest/globals';
import { sampleCustomers } from '../../../../cloud/local/bank/sample-customers.ts';
import { addDays, addMs, dayOf } from '../../../../shared/calendar-date.ts';
import { sumMoney } from '../../../../shared/money.ts';

const accounts = sampleCustomers.flatMap((customer) => customer.accounts);
const [current] = accounts;
const noon = '2026-03-10T12:00:00.000Z';

test.each(accounts.map((account) => [account.key, account] as const))(
  'the account %s holds what its entries lead to, every day',
  (_key, account) => {
    let before = account.statement(noon);
    for (let day = 1; day <= 60; day++) {
      const after = account.statement(addMs(noon, day * 86_400_000));
      const known = new Set(booked(before.entries).map(({ reference }) => reference));
      const added = booked(after.entries).filter(({ reference }) => !known.has(reference));
      const amounts = added.map(({ amount }) => amount);
      const balance = before.balance?.booked;
      expect(balance && sumMoney([balance, ...amounts], account.currency)).toEqual(
        after.balance?.booked,
      );
      before = after;
    }
  },
);

test('the past is the same whenever it is asked, and grows', () => {
  const earlier = booked(current?.statement(noon).entries ?? []);
  const later = booked(current?.statement('2026-09-10T12:00:00.000Z').entries ?? []);
  expect(earlier.length).toBeGreaterThan(365);
  expect(later.slice(0, earlier.length)).toEqual(earlier);
  expect(later.length).toBeGreaterThan(earlier.length + 100);
});

test('a card payment is pending first and booked a day or two later, weekends aside', () => {
  const seen = new Map<string, string>();
  let settledNew = 0;
  for (let hour = 0; hour < 24 * 40; hour++) {
    const now = addMs('2026-02-01T00:00:00.000Z', hour * 3_600_000);
    for (const entry of current?.statement(now).entries ?? []) {
      const { reference = '', valueDate = '' } = entry;
      if (entry.status === 'pending') seen.set(reference, valueDate);
      const paidOn = seen.get(reference.replace(/B$/, ''));
      if (entry.status === 'booked' && paidOn) {
        expect(entry.bookingDate).toBe(valueDate);
        expect(valueDate > paidOn && valueDate <= addDays(paidOn, 4)).toBe(true);
        expect(valueDate <= dayOf(now)).toBe(true);
        if (reference.endsWith('B')) settledNew += 1;
      }
    }
  }
  expect(seen.size).toBeGreaterThan(20);
  expect(settledNew).toBeGreaterThan(0);
});

test('a transfer between own accounts stands in both', () => {
  const [out, into] = accounts
    .slice(0, 2)
    .map((account) =>
      account.statement(noon).entries.filter(({ text }) => text.startsWith('TRANSFER TO SAVINGS')),
    );
  expect(out?.map(({ bookingDate }) => bookingDate)).toEqual(
    into?.map(({ bookingDate }) => bookingDate),
  );
  expect(out?.length).toBe(14);
});

test('there is a customer for each way to confirm, and one with accounts of every kind', () => {
  const ways = sampleCustomers.map(({ methods = [], isAskedQuestion = false }) => [
    methods.join(' '),
    isAskedQuestion,
  ]);
  expect(ways).toEqual([
    ['sms photo app', false],
    ['sms', false],
    ['app', false],
    ['sms', true],
  ]);
  const kinds = new Set(sampleCustomers[0]?.accounts.map(({ type }) => type));
  expect([...kinds]).toEqual(['current', 'savings', 'card', 'loan', 'investment']);
});

test('accounts have keys and numbers of their own, and IBANs with the right check digits', () => {
  const keys = accounts.map(({ key }) => key);
  const numbers = accounts.map(({ iban, bban, maskedPan }) => iban ?? bban ?? maskedPan);
  expect([new Set(keys).size, new Set(numbers).size]).toEqual([keys.length, keys.length]);
  for (const { iban } of accounts) {
    if (!iban) continue;
    const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
      String(letter.charCodeAt(0) - 55),
    );
    expect([iban, BigInt(digits) % 97n]).toEqual([iban, 1n]);
  }
});

test('a depot buys, pays dividends and never owes; a loan shrinks', () => {
  const [loan, depot] = ['loan', 'depot'].map((key) =>
    accounts.find((account) => account.key === key)?.statement(noon),
  );
  const texts = depot?.entries.map(({ text }) => text).join('\n');
  expect(texts).toContain('BUY WELTINDEX');
  expect(texts).toContain('DIVIDEND');
  expect(depot?.balance?.booked?.minor).toBeGreaterThan(0);
  expect(loan?.balance?.booked?.minor).toBeGreaterThan(-1_185_000);
  expect(loan?.balance?.booked?.minor).toBeLessThan(0);
});

function booked<T extends { readonly status: string }>(entries: readonly T[]): T[] {
  return entries.filter(({ status }) => status === 'booked');
}
