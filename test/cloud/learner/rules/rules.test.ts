import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Rule } from '../../../../cloud/learner/rules/rule.ts';
import { backtest, createMatcher } from '../../../../cloud/learner/rules/rules.ts';
import { bookRow, posted } from './posted.ts';

const rule = (conditions: Partial<Rule>): Rule => ({
  index: 1,
  counterAccount: 'Expenses:Other',
  post: false,
  ...conditions,
});
const holds = (conditions: Partial<Rule>, row: Parameters<typeof bookRow>[0]) =>
  createMatcher([rule(conditions)])(bookRow(row)) !== null;

describe('the text of a rule', () => {
  test.each([
    ['markt', 'MUSTER MARKT · Einkauf', true],
    ['Bäckerei', 'BACKEREI BEISPIEL', true],
    ['strasse', 'Straße 5', true],
    ['ΟΔΟΣ', 'οδός', true],
    ['か', 'が', false],
    ['muster   markt', 'Muster\u00a0\tMarkt', true],
    ['  markt ', 'supermarkt', true],
    ['markt·einkauf', 'Muster Markt · Einkauf', true],
    ['a.b', 'axb', false],
    ['(x', 'f(x)', true],
    ['muster*kauf', 'Muster Markt · Einkauf', true],
    ['kauf*muster', 'Muster Markt · Einkauf', false],
    ['ab*bc', 'abc', false],
    ['*', 'anything', true],
    ['pay *shop', 'PAY *SHOP 123', true],
    ['shell * berlin', 'Shell Berlin', true],
    ['shell * berlin', 'Shell 123 Berlin', true],
    ['shell *', 'Shellfish', false],
    ['shell *', 'Shell', true],
    ['* art *', 'Modern Art, Gallery', false],
    ['* art *', 'Modern Art Gallery', true],
  ])('“%s” stands in “%s”: %s', (text, description, expected) => {
    expect(holds({ text }, { description })).toBe(expected);
  });

  test('is found as the same search by a regular expression finds it', () => {
    const word = fc.string({ unit: fc.constantFrom('A', 'B', '*'), maxLength: 8 });
    const description = fc.string({ unit: fc.constantFrom('A', 'B'), maxLength: 12 });
    fc.assert(
      fc.property(word, description, (text, described) => {
        fc.pre(text !== '');
        const source = text.replaceAll('*', '.*');
        expect(holds({ text }, { description: described })).toBe(
          new RegExp(source).test(described),
        );
        expect(holds({ counterparty: text }, { description: described })).toBe(
          new RegExp(`^${source}$`).test(described),
        );
      }),
    );
  });

  test('with many stars is as quick as any', () => {
    const text = `${'a*'.repeat(2_000)}b`;
    expect(holds({ text }, { description: 'a'.repeat(40_000) })).toBe(false);
  });
});

describe('the counterparty of a rule', () => {
  test.each([
    ['muster markt', 'Muster Markt · Einkauf', true],
    ['Müster  Markt', 'MUSTER MARKT', true],
    ['muster', 'Muster Markt · Einkauf', false],
    ['markt', 'Muster Markt · Einkauf', false],
    ['muster*', 'Muster Markt · Einkauf', true],
    ['*einkauf', 'Muster Markt · Einkauf', false],
    ['shell *', 'SHELL 4711 · Karte', true],
    ['shell *', 'SHELL · Karte', true],
    ['shell *', 'SHELLFISH · Karte', false],
    ['* gmbh', 'Beispiel GmbH · Rechnung', true],
    ['a*a', 'A · Karte', false],
    ['muster markt', 'Muster Markt\u00a0·  Einkauf', true],
    ['p·k', 'P·K · Karte', true],
  ])('“%s” is that of “%s”: %s', (counterparty, description, expected) => {
    expect(holds({ counterparty }, { description })).toBe(expected);
  });
});

describe('the other conditions of a rule', () => {
  test.each([
    [{ amountFrom: -20.5 }, -2_050, true],
    [{ amountFrom: -20.5 }, -2_051, false],
    [{ amountTo: -20.5 }, -2_050, true],
    [{ amountTo: -20.5 }, -2_049, false],
    [{ amountFrom: -20.505 }, -2_050, true],
    [{ amountFrom: -20.505 }, -2_051, false],
    [{ amountTo: -20.505 }, -2_050, false],
    [{ amountFrom: 20.1 }, 2_010, true],
    [{ amountTo: 0.29 }, 29, true],
    [{ amountFrom: 1.1 + 2.2 }, 330, true],
    [{ amountTo: 0 }, 1, false],
    [{ amountFrom: -10, amountTo: -50 }, -3_000, true],
    [{ amountFrom: -10, amountTo: -50 }, -500, false],
    [{ amountFrom: -10, amountTo: -50 }, 3_000, false],
  ])('amounts %p hold %d cents: %s', (bounds, cents, expected) => {
    expect(holds(bounds, { cents })).toBe(expected);
  });

  test('bounds are in units of the row’s currency', () => {
    const amount = { minor: -1_500, currency: 'JPY' };
    expect(holds({ amountTo: -1_500 }, { amount })).toBe(true);
    expect(holds({ amountTo: -1_501 }, { amount })).toBe(false);
  });

  test.each([
    ['Assets:Bank', true],
    ['Assets:Bank:Giro', true],
    ['Assets:Ban', false],
    ['Assets:Bank:Giro:Sub', false],
  ])('account %s is that of a row of Assets:Bank:Giro: %s', (account, expected) => {
    expect(holds({ account }, {})).toBe(expected);
  });

  test('all that are set must hold', () => {
    const text = 'markt';
    expect(holds({ text, amountTo: 0, account: 'Assets' }, {})).toBe(true);
    expect(holds({ text: 'other', amountTo: 0, account: 'Assets' }, {})).toBe(false);
    expect(holds({ text, amountFrom: 0, account: 'Assets' }, {})).toBe(false);
    expect(holds({ text, amountTo: 0, account: 'Income' }, {})).toBe(false);
    expect(holds({ text, counterparty: 'other' }, {})).toBe(false);
  });

  test('a rule without conditions takes no row, nor one that would set an account against itself', () => {
    expect(holds({}, {})).toBe(false);
    expect(holds({ text: '' }, {})).toBe(false);
    expect(holds({ text: 'markt', counterAccount: 'Assets:Bank:Giro' }, {})).toBe(false);
  });
});

describe('rules in their order', () => {
  const first = rule({ index: 1, text: 'muster', counterAccount: 'Expenses:A' });
  const second = rule({ index: 2, text: 'markt', counterAccount: 'Expenses:B' });

  test('the first that matches wins, also one that sets a description alone', () => {
    const match = createMatcher([first, second]);
    expect(match(bookRow())).toBe(first);
    expect(match(bookRow({ description: 'Markt 5' }))).toBe(second);
    expect(match(bookRow({ description: 'Kiosk' }))).toBeNull();
    const { counterAccount: _none, ...named } = { ...first, description: 'Groceries' };
    expect(createMatcher([named, second])(bookRow())).toBe(named);
  });

  test('are tested on what was posted: a row counts for the first that matches', () => {
    const rows = [
      ...posted(4, 'Expenses:A', () => ({})),
      ...posted(2, 'Expenses:B', (n) => ({ date: `2026-02-0${n + 1}` })),
      ...posted(3, 'Expenses:B', () => ({ description: 'Markt 7' })),
      ...posted(5, 'Expenses:A', () => ({ description: 'Kiosk' })),
    ];
    expect(backtest([first, second], rows)).toEqual([
      { filled: 6, right: 4, wrong: [rows[5], rows[4]], of: 9 },
      { filled: 3, right: 3, wrong: [], of: 5 },
    ]);
  });

  test('one that sets no counter-account is wrong nowhere', () => {
    const named: Rule = { index: 1, text: 'muster', description: 'Groceries', post: false };
    const rows = posted(3, 'Expenses:A', () => ({}));
    expect(backtest([named], rows)).toEqual([{ filled: 3, right: 3, wrong: [], of: 3 }]);
  });
});
