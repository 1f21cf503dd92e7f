import { describe, expect, test } from '@jest/globals';
import {
  type CellNumber,
  countStyle,
  decideStyle,
  noStyles,
  readNumber,
  toDecimalText,
  toScaled,
  unreadable,
} from '../../../cloud/statements/table-number.ts';

const numbersOf = (...cells: string[]): CellNumber[] =>
  cells.map((cell) => {
    const number = readNumber(cell);
    if (!number) throw new Error(`no number: ${cell}`);
    return number;
  });

function findDecimalStyle(numbers: readonly CellNumber[]): string {
  const counts = noStyles();
  for (const number of numbers) countStyle(counts, number);
  return decideStyle(counts);
}

describe('a comma before three digits', () => {
  test.each([
    ['parts thousands where smaller sums have none', ['1,234', '900', '12'], 'point'],
    ['is open where longer sums have none', ['1,234', '900', '12', '4500'], 'two-ways'],
    ['is open where no sum is smaller', ['1,234', '12,500'], 'two-ways'],
    ['is open where points stand so, too', ['1,234', '1.234', '900', '12'], 'two-ways'],
  ])('%s', (_, cells, style) => {
    expect(findDecimalStyle(numbersOf(...cells))).toBe(style);
  });
});

describe('numbers in cells', () => {
  test.each([
    ['-530,86', '530,86', -1],
    ['+ $1,150.00', '1,150.00', 1],
    ['- $21.59', '21.59', -1],
    ['-€5', '5', -1],
    ['€-5', '5', -1],
    ['($85.00)', '85.00', -1],
    ['1.234,56-', '1.234,56', -1],
    ['12,50 EUR', '12,50', 0],
    ['CHF 1\u202f000.00', '1 000.00', 0],
    ["11'373.94", "11'373.94", 0],
    ['−12,00', '12,00', -1],
    ['\u200e-5.00', '5.00', -1],
    ['12.00-₪', '12.00', -1],
    ['1,234.00 Cr', '1,234.00', 1],
    ['12.5DR', '12.5', -1],
    ['60,00 S', '60,00', -1],
    ['-,01', ',01', -1],
    ['$.23', '.23', 0],
  ])('%s is read with its sign', (cell, digits, sign) => {
    expect(readNumber(cell)).toMatchObject({ digits, sign });
  });

  test.each([
    '',
    'four',
    'INV-1',
    'T1',
    '01/02/2026',
    '1e5',
    '--5',
    '(12.00',
    '20.59 POUND',
    '-4,50 -3,00x',
    '0,125 % p.a.',
    '1'.repeat(61),
  ])('%p is no number', (cell) => {
    expect(readNumber(cell)).toBeUndefined();
  });

  test.each([
    ['12,50 EUR', 'EUR'],
    ['€ 5', 'EUR'],
    ['USD 5', 'USD'],
    ['$5', undefined],
    ['5 kr', undefined],
  ])('%s names the currency %s', (cell, currency) => {
    expect(readNumber(cell)?.currency).toBe(currency);
  });
});

describe('the decimal style of a column', () => {
  test.each([
    ['comma', ['1.234', '-5,50']],
    ['point', ['1,234', '5.5']],
    ['point', ['1,234,567', '250']],
    ['comma', ['1.234,56']],
    ['point', ["1'234.500", '1']],
    ['comma', ['0,125']],
    ['plain', ['1200', '-3']],
    ['two-ways', ['1,234', '12,500']],
    ['two-ways', ['1,50', '1.50']],
  ] as [string, string[]][])('is %s for %j', (style, cells) => {
    expect(findDecimalStyle(numbersOf(...cells))).toBe(style);
  });

  test('is that of all others where one in twenty is written otherwise', () => {
    const cells = Array.from({ length: 20 }, (_, index) => `${index},50`);
    expect(findDecimalStyle(numbersOf(...cells, '3.50'))).toBe('comma');
  });

  test.each([
    ['1.234,56', 'comma', '1234.56'],
    ["11'373.94", 'point', '11373.94'],
    ['1 234,5', 'comma', '1234.5'],
    ['12,34,567.00', 'point', '1234567.00'],
    [',01', 'comma', '0.01'],
    ['5.', 'point', '5'],
    ['1.50', 'comma', undefined],
    ['1,2.3,4', 'comma', undefined],
    ['12.3456', 'comma', undefined],
  ] as const)('%s with decimal %s is %s', (cell, style, text) => {
    const value = text === undefined ? unreadable : Math.round(Number(text) * 10_000);
    expect(toScaled(cell, style)).toBe(value);
    const [number] = numbersOf(cell);
    expect(number && toDecimalText(number, style)).toBe(text);
  });

  test.each([
    ['-1.234,5', -12_345_000],
    ['+0,00', 0],
    ['1.23', unreadable],
    ['12.34,56', unreadable],
    ['1.234.567,891', 12_345_678_910],
    ['0,00005', 0.5],
    ['(12,50)', -125_000],
    ['123456789012,00', unreadable],
    ['-', unreadable],
  ])('%s is so many ten-thousandths: %s', (cell, value) => {
    expect(toScaled(cell, 'comma')).toBe(value);
  });
});
