import { describe, expect, test } from '@jest/globals';
import { problemCells, readRules, ruleCells } from '../../../cloud/core/rule-rows.ts';
import type { NewRule } from '../../../cloud/learner/rules/rule.ts';
import type { Cell, CellContent, SheetRow, SheetTab } from '../../../cloud/ports/sheet.ts';
import { type RuleColumn, ruleColumns } from '../../../shared/book.ts';

type Cells = SheetRow<RuleColumn>['cells'];

const text = (words: string): Cell => ({ kind: 'text', text: words });
const number = (amount: number): Cell => ({ kind: 'number', number: amount });
const check = (checked: boolean): Cell => ({ kind: 'check', checked });

/** Rows from the second one on, as a new tab has them. */
const tab = (...rows: readonly Cells[]): SheetTab<RuleColumn> => ({
  sheetId: 3,
  title: 'Rules',
  columns: Object.fromEntries(ruleColumns.map((column, at) => [column, at])),
  rows: rows.map((cells, at) => ({ index: at + 1, cells })),
});

const paths = new Set(['Expenses:Groceries', 'Assets:Bank']);
const groceries = { thenCounterAccount: text('Expenses:Groceries') };

describe('a row of the Rules tab', () => {
  test('is a rule with the conditions and actions that are filled in', () => {
    const rows = tab(
      {
        whenText: text(' markt '),
        whenCounterparty: text('Muster*'),
        amountFrom: number(-20.5),
        amountTo: number(0),
        whenAccount: text('Assets:Bank'),
        ...groceries,
        thenDescription: text('Food'),
        thenPost: check(true),
        problem: { kind: 'empty' },
      },
      { whenText: text('kiosk'), thenDescription: text('Kiosk'), thenPost: check(false) },
    );
    expect(readRules(rows, paths)).toEqual({
      rules: [
        {
          index: 1,
          text: 'markt',
          counterparty: 'Muster*',
          amountFrom: -20.5,
          amountTo: 0,
          account: 'Assets:Bank',
          counterAccount: 'Expenses:Groceries',
          description: 'Food',
          post: true,
        },
        { index: 2, text: 'kiosk', description: 'Kiosk', post: false },
      ],
      problems: [],
    });
  });

  test('that the user has not begun is none, and no problem', () => {
    const rows = tab(
      { thenPost: check(false) },
      { whenText: text('  ') },
      { problem: text('Old words.'), thenPost: text(' ') },
    );
    expect(readRules(rows, paths)).toEqual({ rules: [], problems: [] });
    expect(readRules(null, paths)).toEqual({ rules: [], problems: [] });
  });

  test('keeps its place in the order of the tab, whatever the order of the reading', () => {
    const rows = tab(
      { whenText: text('a'), ...groceries },
      { whenText: text('b') },
      { whenText: text('c'), ...groceries },
    );
    const { rules } = readRules({ ...rows, rows: rows.rows.toReversed() }, paths);
    expect(rules.map((rule) => [rule.index, rule.text])).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  test.each([
    ['-20,50', -20.5],
    ['-20.50', -20.5],
    [' − 20 ', -20],
    ['+1000', 1000],
    ['7,5', 7.5],
  ])('takes the amount “%s” that was typed as text', (typed, amountFrom) => {
    const { rules, problems } = readRules(tab({ amountFrom: text(typed), ...groceries }), paths);
    expect(problems).toEqual([]);
    expect(rules).toEqual([
      { index: 1, amountFrom, counterAccount: 'Expenses:Groceries', post: false },
    ]);
  });

  test('keeps words that the spreadsheet took for numbers or ticks', () => {
    const { rules } = readRules(
      tab({ whenText: number(4711), ...groceries }, { whenText: check(true), ...groceries }),
      paths,
    );
    expect(rules.map((rule) => rule.text)).toEqual(['4711', 'TRUE']);
  });

  const kiosk = { whenText: text('kiosk') };
  test.each<[string, Cells, RegExp]>([
    ['without a condition', groceries, /^It has no condition.*Text, Counterparty, Amount from/],
    ['without an action', kiosk, /^It does nothing: fill in Counter-account or Description/],
    [
      'with an amount that is none',
      { amountFrom: text('abc'), ...groceries },
      /^Amount from: “abc” is no number; write one such as -20\.50\.$/,
    ],
    [
      'with an amount of two meanings',
      { amountTo: text('1.234'), ...groceries },
      /^Amount to: “1.234” is no number/,
    ],
    [
      'with a tick for an amount',
      { amountTo: check(true), ...groceries },
      /^Amount to: “TRUE” is no number/,
    ],
    [
      'with an unknown counter-account',
      { ...kiosk, thenCounterAccount: text('Expenses:Kiosk') },
      /^Counter-account: the Accounts tab has no “Expenses:Kiosk”/,
    ],
    [
      'that posts without a counter-account',
      { ...kiosk, thenDescription: text('Kiosk'), thenPost: check(true) },
      /^Post at once needs a counter-account/,
    ],
    [
      'with text for a tick',
      { ...kiosk, ...groceries, thenPost: text('yes') },
      /^Post at once: “yes” is no tick/,
    ],
    [
      'that is a tick alone',
      { thenPost: check(true) },
      /^It has no condition.* Post at once needs/,
    ],
    [
      'with two mistakes',
      { amountFrom: text('x'), amountTo: text('y'), ...groceries },
      /^Amount from: “x”.* Amount to: “y”/,
    ],
  ])('%s is none, and says what to do', (_, cells, message) => {
    const read = readRules(tab(kiosk, { ...kiosk, ...groceries }, cells), paths);
    expect(read.rules).toHaveLength(1);
    expect(read.problems).toEqual([
      expect.objectContaining({ index: 1 }),
      { index: 3, message: expect.stringMatching(message) },
    ]);
  });

  test('takes any counter-account while the Accounts tab is not known', () => {
    const rows = tab({ ...kiosk, thenCounterAccount: text('Expenses:Kiosk') });
    expect(readRules(rows, null).rules).toHaveLength(1);
  });

  test('beyond the first 500 rules is none', () => {
    const { rules, problems } = readRules(
      tab(...Array.from({ length: 501 }, () => ({ ...kiosk, ...groceries }))),
      paths,
    );
    expect(rules).toHaveLength(500);
    expect(problems).toEqual([{ index: 501, message: expect.stringContaining('first 500') }]);
  });
});

describe('the column of problems', () => {
  test('changes only where it says something else', () => {
    const rows = tab(
      { problem: text('It is wrong.') },
      { problem: text('It was wrong.') },
      {},
      { problem: text('Fixed long ago.') },
      {},
    );
    const problems = [
      { index: 1, message: 'It is wrong.' },
      { index: 2, message: 'It is wrong.' },
      { index: 3, message: 'It is wrong.' },
    ];
    const wrong: CellContent = { kind: 'text', text: 'It is wrong.' };
    expect(problemCells(rows, problems)).toEqual([
      { index: 2, cells: { problem: wrong } },
      { index: 3, cells: { problem: wrong } },
      { index: 4, cells: { problem: { kind: 'empty' } } },
    ]);
    const { problem: _none, ...columns } = rows.columns;
    expect(problemCells({ ...rows, columns }, problems)).toEqual([]);
  });
});

describe('a rule as a row', () => {
  const cellOf = (content: CellContent | undefined): Cell => {
    if (content?.kind === 'amount') {
      const { minor, currency } = content.amount;
      return number(minor / (currency === 'KWD' ? 1000 : 100));
    }
    return content?.kind === 'text' || content?.kind === 'check' ? content : { kind: 'empty' };
  };

  test.each<NewRule>([
    { text: 'markt', counterAccount: 'Expenses:Groceries', post: true },
    { counterparty: 'Muster*', amountFrom: -20.55, amountTo: 0, description: 'Food', post: false },
    { account: 'Assets:Bank', amountTo: 1.125, counterAccount: 'Expenses:Groceries', post: false },
  ])('is read back as it was: %j', (rule) => {
    const cells = Object.entries(ruleCells(rule)).map(([column, it]) => [column, cellOf(it)]);
    const { rules } = readRules(tab(Object.fromEntries(cells)), paths);
    expect(rules).toEqual([{ index: 1, ...rule }]);
  });
});
