import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type BookRow,
  descriptionSeparator,
  type PostedRow,
} from '../../../../cloud/learner/book-row.ts';
import { contextKeys } from '../../../../cloud/learner/context-keys.ts';
import { createLearner } from '../../../../cloud/learner/create-learner.ts';
import type { Suggestion } from '../../../../cloud/learner/learner.ts';
import { explainAll } from '../../../../cloud/learner/receipts/explain.ts';

const payees = ['REWE Markt', 'Stadtwerke Köln', 'שופרסל דיל', 'Corner Shop'];
const texts = ['', 'monthly bill', 'card 4711', 'Gutschein Markt'];
const counterAccounts = ['Expenses:Groceries', 'Expenses:Power', 'Income:Other'];
const bookRow: fc.Arbitrary<BookRow> = fc.record({
  date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}`),
  description: fc
    .tuple(fc.constantFrom(...payees), fc.constantFrom(...texts))
    .map((parts) => parts.filter(Boolean).join(descriptionSeparator)),
  amount: fc
    .constantFrom(-2000, -2100, -5000, 2000, 90000)
    .map((minor) => ({ minor, currency: 'EUR' })),
  account: fc.constantFrom('Assets:Bank', 'Liabilities:Card'),
});
const history = fc
  .array(
    fc
      .tuple(bookRow, fc.nat({ max: 5 }))
      // Most rows of a payee go the same way, as in a real book.
      .map(([row, slip]): PostedRow => {
        const own = payees.findIndex((payee) => row.description.startsWith(payee)) % 3;
        return { ...row, counterAccount: counterAccounts[slip < 3 ? slip : own] ?? '' };
      }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)));

function explainLearned(rows: readonly PostedRow[], asked: readonly BookRow[]) {
  const learner = createLearner();
  for (const row of rows) learner.learn(row);
  const suggested = asked.map((row) => ({ row, suggestion: learner.suggest(row) }));
  const explanations = explainAll(suggested, rows);
  return suggested.flatMap((one, at) => {
    const explanation = explanations[at];
    return explanation ? [{ ...one, explanation }] : [];
  });
}

/** Counts by looking into the rows what a clause says: '3 of 4 outgoing rows of “REWE Markt” in this account'. */
function recount(clause: string, row: BookRow, rows: readonly PostedRow[]): readonly PostedRow[] {
  const [payee = ''] = row.description.split(descriptionSeparator);
  const quoted = /“([^”]*)”/.exec(clause)?.[1];
  const newest = clause.includes('of the last') ? rows.slice(-10) : rows;
  return newest.filter(({ account, amount, date, description }) => {
    if (clause.includes('outgoing') && amount.minor >= 0) return false;
    if (clause.includes('incoming') && amount.minor < 0) return false;
    if (clause.includes('in this account') && account !== row.account) return false;
    if (clause.includes('exactly') && Math.abs(amount.minor) !== Math.abs(row.amount.minor))
      return false;
    if (clause.includes('about this') && Math.abs(amount.minor / row.amount.minor - 1) > 0.5)
      return false;
    if (clause.includes('of a month') && date.slice(8) !== row.date.slice(8)) return false;
    if (/of (this payee|“)/.test(clause))
      return description.split(descriptionSeparator)[0] === payee;
    const words = (quoted ?? '').toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => description.toLowerCase().includes(word));
  });
}

function expectTrue(
  clause: string,
  row: BookRow,
  rows: readonly PostedRow[],
  counterAccount: string,
) {
  const [, times, of] = /(\d+) of (?:the last )?(\d+) /.exec(clause) ?? ['', '1', '1'];
  const alike = recount(clause, row, rows);
  const there = alike.filter((other) => other.counterAccount === counterAccount);
  // Rows are similar by where a word stands, too, or by what it is known for: never more of them than that.
  if (/similar|same kind/.test(clause)) {
    expect(there.length).toBeGreaterThanOrEqual(Number(times));
    expect(alike.length).toBeGreaterThanOrEqual(Number(of));
  } else {
    expect([clause, there.length, alike.length]).toEqual([clause, Number(times), Number(of)]);
  }
  const last = /(?:last on|, on) (\d{4}-\d{2}-\d{2})/.exec(clause)?.[1];
  if (last) expect(there.map(({ date }) => date)).toContain(last);
  if (last && !/similar|same kind/.test(clause)) expect(there.at(-1)?.date).toBe(last);
}

function expectOwnRows(
  shown: readonly PostedRow[],
  rows: readonly PostedRow[],
  suggestion: Suggestion,
) {
  const places = shown.map((row) => rows.indexOf(row));
  expect(places).toEqual([...new Set(places)].sort((a, b) => b - a));
  const keys = new Set(suggestion.evidence.map(({ key }) => key));
  for (const row of shown) {
    expect(rows).toContain(row);
    expect(contextKeys(row).some(({ key }) => keys.has(key))).toBe(true);
  }
}

describe('the receipt of a suggestion that was learned', () => {
  test('says what a reader counts in the book, and shows rows of it', () => {
    fc.assert(
      fc.property(history, fc.array(bookRow, { minLength: 1, maxLength: 3 }), (rows, asked) => {
        for (const { row, suggestion, explanation } of explainLearned(rows, asked)) {
          const first = suggestion.candidates[0]?.counterAccount ?? '';
          const { sentence, short, against = '', rowsAgainst = [] } = explanation;
          for (const clause of sentence.split('; ')) {
            if (/\brows?\b/.test(clause)) expectTrue(clause, row, rows, first);
          }
          if (/\brows?\b/.test(short)) expectTrue(short, row, rows, first);
          const other = /^But .* went to (\S+), (?:last )?on/.exec(against)?.[1];
          if (other) expectTrue(against.replace(/ \(“[^”]*”\)\.[^.]*\.?$/, ''), row, rows, other);
          expect([...short].length).toBeLessThanOrEqual(90);
          expectOwnRows(explanation.rows, rows, suggestion);
          expectOwnRows(rowsAgainst, rows, suggestion);
          expect(explanation.rows.every(({ counterAccount }) => counterAccount === first)).toBe(
            true,
          );
          expect(rowsAgainst.every(({ counterAccount }) => counterAccount === other)).toBe(true);
          expect(explanation.rows.length).toBeLessThanOrEqual(5);
          const [payee = ''] = row.description.split(descriptionSeparator);
          expect(/new\.$/.test(against)).toBe(
            !rows.some(({ description }) => description.startsWith(payee)),
          );
        }
      }),
      { numRuns: 80 },
    );
  });

  test('names the payee of a habit, with the rows of it', () => {
    const row = (
      day: number,
      description: string,
      counterAccount: string,
      minor: number,
    ): PostedRow => ({
      date: `2026-01-${String(day).padStart(2, '0')}`,
      description,
      amount: { minor, currency: 'EUR' },
      account: 'Assets:Bank',
      counterAccount,
    });
    const rows = Array.from({ length: 24 }, (_, at) =>
      at % 2
        ? row(at + 1, `REWE Markt · card ${at}`, 'Expenses:Groceries', -1000 - at * 371)
        : row(at + 1, `Stadtwerke Köln · bill ${at}`, 'Expenses:Power', -9000 - at),
    );
    const [told] = explainLearned(rows, [row(28, 'REWE Markt · card 99', '', -3300)]);
    expect(told?.explanation.sentence).toMatch(/12 of 12 (similar )?rows .*“REWE/);
    expect(told?.explanation.rows).toContain(rows[23]);
    expect(told?.explanation).not.toHaveProperty('against');
  });
});
