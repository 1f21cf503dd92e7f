import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAmount } from '../../../cloud/statements/amount.ts';
import { createPlainReader } from '../../../cloud/statements/plain-amount.ts';
import { createTextPool } from '../../../cloud/statements/text-pool.ts';

describe('plain amounts', () => {
  const digits = fc.stringMatching(/^[-+]?\d{0,17}\.?\d{0,4}$/);
  const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'XXX');

  test('are read as all amounts are, or left to those', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(digits, currency), { maxLength: 6 }), (amounts) => {
        const readPlain = createPlainReader();
        for (const [text, code] of amounts) {
          const money = readPlain(text, code);
          if (money) expect(readAmount(text, code)).toEqual({ kind: 'read', money });
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  test('are one object where they are equal, whatever stands between them', () => {
    const readPlain = createPlainReader();
    const first = readPlain('100.00', 'EUR');
    expect(readPlain('100.00', 'EUR')).toBe(first);
    expect(readPlain('427.68', 'EUR')?.minor).toBe(42_768);
    expect(readPlain('427.68', 'USD')?.currency).toBe('USD');
    expect(readPlain('100.000', 'KWD')).toEqual({ minor: 100_000, currency: 'KWD' });
    expect(readPlain('100.00', 'USD')).toEqual({ minor: 10_000, currency: 'USD' });
    expect(readPlain('100.00', 'JPY')).toBeUndefined();
    expect(readPlain('-100.00', 'EUR')?.minor).toBe(-10_000);
    expect(readPlain('100.00', 'EUR')).toEqual(first);
  });
});

test('texts that look alike to the pool stay apart', () => {
  const shared = createTextPool();
  const texts = ['Bakery Sol', 'BXkery Sol', 'Bakery SXl', '', 'B', 'BB'];
  for (const text of [...texts, ...texts]) expect(shared(text)).toBe(text);
});
