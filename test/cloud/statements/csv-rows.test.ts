import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findDelimiter } from '../../../cloud/statements/csv.ts';
import { readFirstRows } from '../../../cloud/statements/csv-rows.ts';

const cellsOf = (text: string, delimiter = ',') =>
  readFirstRows(text, delimiter).map(({ cells }) => cells);

describe('records of delimited text', () => {
  test.each([
    ['quotes around delimiters', 'a,"b,c",d', [['a', 'b,c', 'd']]],
    ['doubled quotes', '"say ""hi""",b', [['say "hi"', 'b']]],
    ['quotes with a backslash', String.raw`"say \"hi\"",b`, [['say "hi"', 'b']]],
    ['a backslash at the end', '"C:\\",b', [['C:\\', 'b']]],
    ['quotes that are not doubled', '"say "hi" now",b', [['say "hi" now', 'b']]],
    ['blanks around quotes', ' "a" , "b"', [['a', 'b']]],
    ['empty cells', ',"",\n', [['', '', '']]],
    ['a delimiter at the end of the text', 'a,b,', [['a', 'b', '']]],
    ['a quote within a cell', '5" nails,b', [['5" nails', 'b']]],
    [
      'a quote that is never closed',
      'a,"b\nc,d',
      [
        ['a', '"b'],
        ['c', 'd'],
      ],
    ],
    [
      'a quote that would close in a later record',
      '"5 nails,b\nc,"d"',
      [
        ['"5 nails', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('has %s', (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  test('know the line in which they begin, cells of several lines or not', () => {
    const rows = readFirstRows('a,b\n"one\ntwo\n",c\n\nd,e\n', ',');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 5, 6]);
  });

  test('say where a quote stands that may have moved their cells', () => {
    const isOdd = (text: string) => readFirstRows(text, ',')[0]?.isOdd;
    expect(isOdd('"a "b" c",d')).toBe(true);
    expect(isOdd('"a,b')).toBe(true);
    expect(isOdd('"a ""b"" c","d\ne"')).toBe(false);
  });

  test('come back as they were written by RFC 4180, with any delimiter', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'B', '"', ',', ';', '\t', '|', '\n', ' ', '1', 'ü') })
      .map((text) => text.trim());
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        // A backslash before a quote is the one thing that is read otherwise; the cells above have none.
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((cells) => cells.map(quote).join(delimiter)).join('\n');
        expect(cellsOf(text, delimiter)).toEqual(rows);
      }),
    );
  });
});

describe('the delimiter of a text', () => {
  test.each([
    [';', 'Datum;Betrag;Text\n01.02.2026;-1,50;a, b\n02.02.2026;-2,50;c\n'],
    [',', 'Date,Amount\n"2026-02-01","1;5"\n'],
    ['\t', 'Date\tText, long\tAmount\n1\ta, b\t2\n'],
    ['|', 'Date|Amount\n1|2\n'],
    [';', '01.02.2026;a, b, c;-1,50\n02.02.2026;d, e, f;-2,50\n'],
  ])('is %j where that makes a table of a statement', (delimiter, text) => {
    expect(findDelimiter(text)).toBe(delimiter);
  });

  test('is none in a text without a statement', () => {
    expect(findDelimiter('a letter\nof two lines\n')).toBeUndefined();
    expect(findDelimiter('Dear Sir, I write\nto you, again\n')).toBeUndefined();
  });
});
