import { describe, expect, test } from '@jest/globals';
import type { AccountRow, EntryRow } from '../../../../cloud/connectors/direct-access/schema.ts';
import {
  PrintUnreadable,
  readAmount,
  readDay,
  toAccount,
  toBalance,
  toEntry,
} from '../../../../cloud/connectors/direct-access/to-entries.ts';
import { MoneyError } from '../../../../shared/money.ts';

describe('an amount as a German bank prints it', () => {
  test.each([
    ['-1.234,56 EUR', -123_456, 'EUR'],
    ['1.234.567,89 EUR', 123_456_789, 'EUR'],
    ['0,00 EUR', 0, 'EUR'],
    ['-0,05 EUR', -5, 'EUR'],
    ['+12,5 EUR', 1_250, 'EUR'],
    ['1234,56 EUR', 123_456, 'EUR'],
    ['1.234 JPY', 1_234, 'JPY'],
    ['-1.234,567 KWD', -1_234_567, 'KWD'],
    ['−5,00 €', -500, 'EUR'],
    ['5,00- EUR', -500, 'EUR'],
    ['5,00 -EUR', -500, 'EUR'],
    [' 5,00\u00a0EUR ', 500, 'EUR'],
  ])('%s is read', (text, minor, currency) => {
    expect(readAmount(text)).toEqual({ minor, currency });
  });

  test.each([
    '',
    'EUR',
    '5,00',
    '1,234.56 EUR',
    '12.34 EUR',
    '1.23,00 EUR',
    '-5,00- EUR',
    '5,00 Euro',
    '5,00 eur',
    '1 234,56 EUR',
    '5,00 EUR Haben',
  ])('%p is no amount', (text) => {
    expect(() => readAmount(text)).toThrow(PrintUnreadable);
  });

  test('is refused where it has more decimals than its currency, or is beyond counting', () => {
    expect(() => readAmount('5,001 EUR')).toThrow(MoneyError);
    expect(() => readAmount('99.999.999.999.999.999,00 EUR')).toThrow(MoneyError);
  });
});

describe('a day as a bank prints it', () => {
  test('is read, also as pages carry it for machines', () => {
    expect(readDay('01.03.2026')).toBe('2026-03-01');
    expect(readDay('2026-03-01')).toBe('2026-03-01');
  });

  test.each(['30.02.2026', '1.3.2026', '03/01/2026', '', 'heute', '2026-13-01'])(
    '%p is none',
    (text) => {
      expect(() => readDay(text)).toThrow(PrintUnreadable);
    },
  );
});

describe('an account of a page', () => {
  const row: AccountRow = {
    id: 'a1',
    type: 'card',
    currency: 'EUR',
    name: 'Credit Card',
    holder: 'Clara Beispiel',
    product: undefined,
    iban: undefined,
    mask: '···· ···· ···· 4471',
  };

  test('is known by the last digits of a card', () => {
    expect(toAccount(row)).toEqual({
      externalId: 'a1',
      type: 'card',
      currency: 'EUR',
      name: 'Credit Card',
      holder: 'Clara Beispiel',
      mask: '4471',
    });
  });

  test('is known by its IBAN without the gaps', () => {
    const { iban, mask } = toAccount({ ...row, iban: 'DE89 3704 0044 0532 0130 00' });
    expect({ iban, mask }).toEqual({ iban: 'DE89370400440532013000', mask: undefined });
  });

  test('is a current one where the page names another kind, and has its product for a name', () => {
    const shown = toAccount({ ...row, type: 'wallet', name: undefined, product: 'Konto Plus' });
    expect(shown).toMatchObject({ type: 'current', name: 'Konto Plus', product: 'Konto Plus' });
  });

  test('tells the balances that its page tells, and no others', () => {
    expect(toBalance({ booked: '-5,00 EUR', available: undefined })).toEqual({
      booked: { minor: -500, currency: 'EUR' },
    });
    expect(toBalance({ booked: undefined, available: undefined })).toEqual({});
  });
});

describe('an entry of a page', () => {
  const row: EntryRow = {
    status: 'booked',
    reference: 'E1',
    booking: '01.03.2026',
    value: '02.03.2026',
    counterparty: 'Cafe Rot',
    account: 'DE02 1203 0000 0000 2020 51',
    text: 'COFFEE\nMARCH',
    amount: '-4,50 EUR',
    original: '-5,00 USD',
    balance: '995,50 EUR',
  };

  test('has all that stands there', () => {
    expect(toEntry(row)).toEqual({
      status: 'booked',
      reference: 'E1',
      bookingDate: '2026-03-01',
      valueDate: '2026-03-02',
      amount: { minor: -450, currency: 'EUR' },
      counterparty: 'Cafe Rot',
      counterpartyAccount: 'DE02120300000000202051',
      text: 'COFFEE\nMARCH',
      original: { minor: -500, currency: 'USD' },
      balanceAfter: { minor: 99_550, currency: 'EUR' },
    });
  });

  test('has nothing that does not stand there', () => {
    const none = undefined;
    const bare = { reference: none, booking: none, value: none, counterparty: none };
    const entry = toEntry({
      ...row,
      ...bare,
      status: 'pending',
      account: none,
      text: none,
      original: none,
      balance: none,
    });
    expect(entry).toEqual({
      status: 'pending',
      amount: { minor: -450, currency: 'EUR' },
      counterparty: '',
      text: '',
    });
  });

  test('keeps an account number that is no IBAN as it is printed', () => {
    expect(toEntry({ ...row, account: '12 030 000 / 4711' }).counterpartyAccount).toBe(
      '12 030 000 / 4711',
    );
  });

  test('is refused with words that do not quote it', () => {
    for (const wrong of [{ amount: 'geheim' }, { booking: 'geheim' }, { balance: 'geheim EUR' }]) {
      expect(() => toEntry({ ...row, ...wrong })).toThrow(PrintUnreadable);
      expect(() => toEntry({ ...row, ...wrong })).not.toThrow(/geheim/);
    }
  });
});
