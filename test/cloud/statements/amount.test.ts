import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAmount } from '../../../cloud/statements/amount.ts';
import { formatAmount } from '../../../shared/money.ts';

describe('amounts of statement files', () => {
  test.each([
    ['-530,86', 'EUR', -53086],
    ['74,4', 'BRL', 7440],
    ['+1339.85', 'EUR', 133985],
    ['.5', 'EUR', 50],
    [',5', 'EUR', 50],
    ['500,', 'EUR', 50000],
    ['-0', 'EUR', 0],
    ['-30.000', 'USD', -3000],
    ['1.234,56', 'EUR', 123456],
    ['1,234,567.8', 'EUR', 123456780],
    ['1.234.567', 'EUR', 123456700],
    ['0,125', 'KWD', 125],
    ['1,125', 'KWD', 1125],
    ['0,500', 'EUR', 50],
    ['1200', 'JPY', 1200],
  ])('reads %s %s', (text, currency, minor) => {
    expect(readAmount(text, currency)).toEqual({ kind: 'read', money: { minor, currency } });
  });

  test.each([
    ['-8.4850', 'USD', -849],
    ['8.4849', 'USD', 848],
    ['-0.004', 'USD', 0],
    ['0.999', 'USD', 100],
    ['10.5', 'JPY', 11],
  ])('rounds %s %s half away from zero and says so', (text, currency, minor) => {
    expect(readAmount(text, currency)).toEqual({ kind: 'rounded', money: { minor, currency } });
  });

  test.each([
    ['', 'no amount'],
    ['five', 'no number'],
    ['1e3', 'no number'],
    ['1-', 'no number'],
    ['.', 'no number'],
    ['1,2.3,4', 'no number'],
    ['1.23.456', 'no number'],
    ['1,234', 'two ways'],
    ['9999999999999999.00', 'too large'],
  ])('does not read %p: %s', (text, why) => {
    expect(readAmount(text, 'EUR')).toEqual({ kind: 'unread', why: expect.stringContaining(why) });
  });

  test('what Bookfeed writes is read to the same amount, with a point or with a comma', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, currency) => {
          const text = formatAmount({ minor, currency });
          const read = { kind: 'read', money: { minor: minor === 0 ? 0 : minor, currency } };
          expect(readAmount(text, currency)).toEqual(read);
          expect(readAmount(text.replace('.', ','), currency)).toEqual(read);
        },
      ),
    );
  });
});
