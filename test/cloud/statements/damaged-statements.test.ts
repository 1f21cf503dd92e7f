import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../../../cloud/statements/decode.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { isCalendarDate } from '../../../shared/calendar-date.ts';
import { statementsOf } from './statements-of.ts';

const folder = new URL('../../fixtures/statements/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => /\.(ofx|qfx|xml|csv|tsv)$/.test(name))
  .map((name) => ({ name, text: decodeText(readFileSync(new URL(name, folder))) }));

/** One damage: some characters at a place are replaced by a piece of something else. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(3), fc.nat(300)),
  piece: fc.oneof(
    fc.constantFrom('', '<', '>', '</', '&', '\0', '\n', '<!--', ']]>', '<![CDATA[', '<!DOCTYPE'),
    fc.constantFrom(
      '<STMTTRN>',
      '</STMTRS>',
      '<OFX>',
      '<Ntry>',
      '</Stmt>',
      '<__proto__>',
      '-',
      ',',
      ';',
      '"',
      '"\n',
      '01/02/2026',
    ),
    fc.string({ maxLength: 6, unit: 'binary' }),
  ),
});
const damagedText = fc
  .tuple(
    fc.constantFrom(...sources),
    fc.array(damage, { minLength: 1, maxLength: 4 }),
    fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
  )
  .map(([source, damages, cut]) => {
    let { text } = source;
    for (const { at, length, piece } of damages) {
      const from = Math.floor(at * text.length);
      text = text.slice(0, from) + piece + text.slice(from + length);
    }
    return cut === null ? text : text.slice(0, Math.floor(cut * text.length));
  });

function readOrRefuse(text: string): void {
  const bytes = Buffer.from(text);
  try {
    const lines = text.split(/\r\n?|\n/).length;
    for (const { entries, problems } of statementsOf(bytes)) {
      for (const { amount, bookingDate, valueDate } of entries) {
        expect(Number.isSafeInteger(amount.minor)).toBe(true);
        expect([bookingDate, valueDate].filter((day) => day !== undefined)).not.toHaveLength(0);
        expect(isCalendarDate(bookingDate ?? valueDate ?? '')).toBe(true);
      }
      for (const { line } of problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }
  } catch (error) {
    if (!(error instanceof StatementUnreadable)) throw error;
    expect(error.message).toMatch(/\.$/);
  }
}

describe('damaged statement files', () => {
  test('are read to true entries or refused, whatever is wrong with them', () => {
    fc.assert(fc.property(damagedText, readOrRefuse), { seed: 20261121, numRuns: 6000 });
  });

  test('cut anywhere, never give more entries than the whole file', () => {
    for (const { name, text } of sources) {
      const whole = countEntries(text);
      for (let end = 0; end < text.length; end += 37) {
        const left = countEntries(text.slice(0, end));
        if (left > whole)
          throw new Error(`${name} cut at ${end} gives ${left} entries of ${whole}`);
      }
    }
  });

  test.each([
    ['open tags', '<OFX>', '<A'],
    ['angle brackets', '<OFX>', '<'],
    ['comments', '<OFX>', '<!-- -->'],
    ['ampersands', '<OFX><STMTRS><BANKTRANLIST><STMTTRN><MEMO>', '&'],
    ['nested aggregates', '<OFX>', '<STMTRS><BANKTRANLIST><STMTTRN>'],
    ['line breaks before bad entries', '<OFX><STMTRS><BANKTRANLIST>', '\n<STMTTRN><TRNAMT>x'],
    ['nested elements', '<Document><BkToCstmrStmt>', '<a>'],
    ['attributes', '<Document><BkToCstmrStmt', ' a="1"'],
    ['quotes', 'Date,Amount\n', '"'],
    ['quotes that do not close', 'Date,Amount\n', '"a,'],
    ['quotes within quotes', 'Date,Amount\n', '"a"b",'],
    ['odd quotes on one line', 'Date,Amount\n', '"a"x,'],
    ['quotes before line breaks', 'Date,Amount\n', '"a\n'],
    ['delimiters', 'Date,Amount\n', ','],
    ['line breaks', 'Date,Amount\n', '\n'],
    ['blanks', 'Date,Amount\n2026-01-01,', ' '],
    ['blanks before quotes', 'Date,Amount\n', '   "  '],
    ['digits of a number', 'Date,Amount\n2026-01-01,', '1.'],
    ['days', 'Date,Amount\n', '01/02/2026,5\n'],
    ['rows of two tables', 'Date,Amount\n', '2026-01-01,-5\nDate,Text,Amount\n'],
    ['names of columns', 'Date,Amount', ',Amount'],
    ['digits', '<OFX><STMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>20260101<TRNAMT>', '1,'],
  ])('a megabyte of %s takes no longer than two seconds', (_, start, piece) => {
    const text = start + piece.repeat(Math.floor(1_000_000 / piece.length));
    for (const end of ['', '</STMTRS></OFX>', '</BkToCstmrStmt></Document>']) {
      const before = performance.now();
      countEntries(text + end);
      expect(performance.now() - before).toBeLessThan(2000);
    }
  });
});

function countEntries(text: string): number {
  try {
    return statementsOf(Buffer.from(text)).reduce((sum, { entries }) => sum + entries.length, 0);
  } catch (error) {
    if (error instanceof StatementUnreadable) return 0;
    throw error;
  }
}
