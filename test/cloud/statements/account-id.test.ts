import { describe, expect, test } from '@jest/globals';
import { isIban, toAccountId } from '../../../cloud/statements/iban.ts';

describe('how a statement names its account', () => {
  test.each(['DE89370400440532013000', 'NO9386011117947', 'FR1420041010050500013M02606'])(
    '%s is an IBAN',
    (text) => {
      expect(isIban(text)).toBe(true);
      expect(toAccountId(text.replace(/(.{4})/g, '$1 ').toLowerCase())).toEqual({ iban: text });
    },
  );

  test.each([
    'DE89370400440532013001',
    'DExxxxxxxxxxxxxxxxxxxx',
    '37040044/532013000',
    'DE8937040044',
  ])('%s is a number', (text) => {
    expect(toAccountId(text)).toEqual({ number: text });
  });
});
