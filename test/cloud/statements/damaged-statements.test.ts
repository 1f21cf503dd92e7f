import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeText } from '../../../cloud/statements/decode.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { statementsOf } from './statements-of.ts';

const folder = new URL('../../fixtures/statements/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => /\.(ofx|qfx|xml|csv|tsv)$/.test(name))
  .map((name) => ({ name, text: decodeText(readFileSync(new URL(name, folder))) }));

describe('damaged statement files', () => {
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
    const end = start.startsWith('<OFX>') ? '</STMTRS></OFX>' : '</BkToCstmrStmt></Document>';
    for (const file of start.startsWith('<') ? [text, text + end] : [text]) {
      // Of this process: what else runs on the machine does not count.
      const before = process.cpuUsage();
      countEntries(file);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(2000);
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
