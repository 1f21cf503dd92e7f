import { describe, expect, test } from '@jest/globals';
import type { NumberFormat } from '../../../../cloud/local/sheets/cell-schema.ts';
import { formatCell } from '../../../../cloud/local/sheets/number-format.ts';
import { readTypedText } from '../../../../cloud/local/sheets/read-typed-text.ts';

const show = (
  numberValue: number,
  pattern?: string,
  type?: NumberFormat['type'],
  locale = 'en_US',
) => formatCell({ numberValue }, { ...(type && { type }), ...(pattern && { pattern }) }, locale);

describe('a number is shown', () => {
  test.each([
    [-1234.5, '#,##0.00;[Red]-#,##0.00', '-1,234.50'],
    [1234.5, '#,##0.00;[Red]-#,##0.00', '1,234.50'],
    [-1200, '#,##0;[Red]-#,##0', '-1,200'],
    [0, '0.00;-0.00;"zero"', 'zero'],
    [0.125, '0.0%', '12.5%'],
    [5, '000', '005'],
    [1.5, '0.##', '1.5'],
    [-3, '0', '-3'],
    [7, '"No. "0\\!', 'No. 7!'],
    [46082, 'yyyy-mm-dd', '2026-03-01'],
    [46082, 'd. mmmm yyyy', '1. March 2026'],
    [46082, 'ddd, mmm d', 'Sun, Mar 1'],
    [46082.75, 'yyyy-mm-dd hh:mm:ss', '2026-03-01 18:00:00'],
    [0.5, 'h:mm am/pm', '12:00 PM'],
    [1.23e21, '0.00E+00', '1,230,000,000,000,000,000,000'.replaceAll(',', '')],
  ])('%d by the pattern %s as %s', (number, pattern, shown) => {
    expect(show(number, pattern)).toBe(shown);
  });

  test('without a pattern by its type and the locale', () => {
    expect(show(0.1 + 0.2)).toBe('0.3');
    expect(show(1234.5, undefined, undefined, 'de_DE')).toBe('1234,5');
    expect(show(1234.5, undefined, 'NUMBER', 'de_DE')).toBe('1.234,50');
    expect(show(46082, undefined, 'DATE', 'de_DE')).toBe('01.03.2026');
    expect(show(46082, undefined, 'DATE', 'en_US')).toBe('3/1/2026');
    expect(show(12, undefined, 'TEXT')).toBe('12');
  });

  test('other values are shown as what they are', () => {
    expect(formatCell({ boolValue: true }, undefined, 'en_US')).toBe('TRUE');
    expect(formatCell({ stringValue: '007' }, { type: 'NUMBER' }, 'en_US')).toBe('007');
    expect(formatCell({ errorValue: { type: 'N_A' } }, undefined, 'en_US')).toBe('#N/A');
  });
});

describe('typed text becomes', () => {
  test.each([
    ['1,234.5', 'en_US', { numberValue: 1234.5 }],
    ['1,23', 'en_US', { stringValue: '1,23' }],
    ['1,23', 'de_DE', { numberValue: 1.23 }],
    ['-.5', 'en_US', { numberValue: -0.5 }],
    ['1e3', 'en_US', { numberValue: 1000 }],
    ['1e999', 'en_US', { stringValue: '1e999' }],
    ['25%', 'en_US', { numberValue: 0.25 }],
    ['3/1/2026', 'en_US', { numberValue: 46082 }],
    ['1/3/2026', 'en_GB', { numberValue: 46082 }],
    ['30.2.2026', 'de_DE', { stringValue: '30.2.2026' }],
    ['false', 'en_US', { boolValue: false }],
    ['=SUM(A1:A2)', 'en_US', { formulaValue: '=SUM(A1:A2)' }],
    ['=', 'en_US', { stringValue: '=' }],
    ["'=1", 'en_US', { stringValue: '=1' }],
    [' padded ', 'en_US', { stringValue: ' padded ' }],
  ])('%s in %s', (text, locale, value) => {
    expect(readTypedText(text, locale).value).toEqual(value);
  });
});
