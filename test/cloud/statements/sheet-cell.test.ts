import { describe, expect, test } from '@jest/globals';
import { kindOfFormat, textOfNumber } from '../../../cloud/statements/sheet-cell.ts';

describe('a number in a sheet', () => {
  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    // 29 February 1900, which was no day.
    [60, '60'],
    [61, '1900-03-01'],
    [45292, '2024-01-01'],
    [45292.75, '2024-01-01'],
    [45291.9999999, '2024-01-01'],
    [2957003, '9995-12-30'],
    [2957004, '2957004'],
    [0.5, '12:00:00'],
    [-1, '-1'],
  ])('%p in a cell of days is %s', (value, text) => {
    expect(textOfNumber(value, 'day', false)).toBe(text);
    expect(textOfNumber(String(value), 'day', false)).toBe(text);
  });

  test('counts days from 1904 on in workbooks of early Macs', () => {
    expect(textOfNumber(43830, 'day', true)).toBe('2024-01-01');
    expect(textOfNumber('60', 'day', true)).toBe('1904-03-01');
  });

  test.each([
    ['0.1', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['-33.500000000000007', '-33.5'],
    ['1234.5699999999999', '1234.57'],
    ['1.2345E3', '1234.5'],
    ['1E-7', '0.0000001'],
    ['-5.6843418860808015E-14', '-0.000000000000056843418860808'],
    ['12345678901234567890', '12345678901234600000'],
    ['100000000000000', '100000000000000'],
    ['12.50', '12.50'],
    ['-0', '-0'],
    ['1e400', ''],
    ['1e60', ''],
    ['abc', ''],
    ['', ''],
  ])('%s is %s without the noise of binary fractions', (value, text) => {
    expect(textOfNumber(value, 'number', false)).toBe(text);
  });

  test('is itself in digits where it is binary already', () => {
    expect(textOfNumber(0.1 + 0.2, undefined, false)).toBe('0.3');
    expect(textOfNumber(-0, undefined, false)).toBe('0');
    expect(textOfNumber(Number.NaN, 'day', false)).toBe('');
  });
});

describe('a number format', () => {
  test.each([14, 17, 22, 27, 36, 45, 47, 50, 58])('%i is one of days', (id) => {
    expect(kindOfFormat(id, undefined)).toBe('day');
  });

  test.each([0, 1, 4, 10, 11, 13, 23, 37, 44, 48, 49, 59, 164])('%i is one of numbers', (id) => {
    expect(kindOfFormat(id, undefined)).toBe('number');
  });

  test.each([
    'yyyy-mm-dd',
    'dd\\.mm\\.yyyy;@',
    '[$-407]d/\\ mmm\\ yy;@',
    'MM/DD/YY',
    'd "de" mmmm',
    '[h]:mm:ss',
    'mm:ss.00',
  ])('%s is one of days', (pattern) => {
    expect(kindOfFormat(164, pattern)).toBe('day');
  });

  test.each([
    'General',
    '0.00',
    '#,##0.00\\ "d"',
    '#,##0.00 [$Kč-405];[Red]-#,##0.00',
    '"day" 0',
    '_-* #,##0.00\\ _D_M_-',
    '0.00E+00',
    '@',
    '',
    '#,##0 \\d',
  ])('%s is one of numbers, also where it replaces a built-in one', (pattern) => {
    expect(kindOfFormat(14, pattern)).toBe('number');
  });
});
