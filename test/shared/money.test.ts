import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount, MoneyError, parseMoney, sumMoney } from '../../shared/money.ts';

describe('money', () => {
  test.each([
    ['-12.50', 'EUR', -1250],
    ['.5', 'EUR', 50],
    ['+7', 'EUR', 700],
    ['25000.000', 'SEK', 2500000],
    ['1200', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
    ['-0.00', 'EUR', 0],
    // Intl has no decimals for it, ISO 4217 and banks have.
    ['-15500.5', 'HUF', -1_550_050],
    ['1.2345', 'CLF', 12_345],
  ])('reads %s %s without a float', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ minor, currency });
  });

  test.each([
    ['12.345', 'EUR'],
    ['1.5', 'JPY'],
    ['1,50', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['99999999999999999', 'EUR'],
    ['1', 'eur'],
  ])('refuses %s %s', (text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(MoneyError);
  });

  test('what is written is read back to the same amount', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'USD', 'ILS'),
        (minor, currency) => {
          expect(parseMoney(formatAmount({ minor, currency }), currency)).toEqual({
            minor: minor === 0 ? 0 : minor,
            currency,
          });
        },
      ),
    );
  });

  test('a sum of two currencies is refused', () => {
    const euro = parseMoney('1', 'EUR');
    expect(sumMoney([euro, euro], 'EUR').minor).toBe(200);
    expect(() => sumMoney([euro], 'USD')).toThrow(MoneyError);
  });
});
