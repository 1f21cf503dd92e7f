import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PostedRow } from '../../../../cloud/learner/book-row.ts';
import { findAmountRange } from '../../../../cloud/learner/rules/amount-range.ts';
import { proposeRules } from '../../../../cloud/learner/rules/propose-rules.ts';
import type { Rule } from '../../../../cloud/learner/rules/rule.ts';
import { backtest } from '../../../../cloud/learner/rules/rules.ts';
import { posted } from './posted.ts';

/** Rows of many payees to many accounts, each too seldom for a habit. */
const others = ['Rent', 'Sport', 'Gifts', 'Travel', 'Books', 'Health'].flatMap((name, at) =>
  posted(
    4,
    `Expenses:${name}`,
    (n) => ({ description: `Q${at}x${n}y · ${name} ${n}00` }),
    '2025-06-01',
  ),
);

const propose = (
  rows: readonly PostedRow[],
  { rules = [], dismissed = [] }: { rules?: readonly Rule[]; dismissed?: readonly string[] } = {},
) => proposeRules([...others, ...rows], rules, new Set(dismissed));
const rulesOf = (...args: Parameters<typeof propose>) => propose(...args).map(({ rule }) => rule);

const market = (count: number, counterAccount = 'Expenses:Groceries', from = '2026-01-01') =>
  posted(count, counterAccount, (n) => ({ description: `Muster Markt · Karte ${1000 + n}` }), from);

describe('a proposed rule', () => {
  test('is what the user did with a counterparty five times, with its evidence', () => {
    const rows = market(7);
    const elsewhere = posted(2, 'Expenses:Groceries', () => ({ description: 'Q9 · Kiosk' }));
    expect(propose([...rows, ...elsewhere])).toEqual([
      {
        key: expect.any(String),
        rule: { counterparty: 'Muster Markt', counterAccount: 'Expenses:Groceries', post: false },
        filled: 7,
        right: 7,
        wrong: [],
        of: 9,
        rows: rows.slice(2).toReversed(),
      },
    ]);
    expect(propose(market(4))).toEqual([]);
  });

  test.each([
    [
      'numbers, towns and dates change',
      (name: string, n: number) =>
        `KARTE ${4711 * (n + 1)} ${name} ${n}17 ${['ULM', 'KOELN', 'JENA'][n % 3]} DE ${n}.03.`,
    ],
    ['the bank’s own words stand', (name: string) => `LASTSCHRIFT AN ${name}`],
  ])('goes by the words of a name where around them %s', (_, describe) => {
    const names = ['Muster Markt', 'Büro Eins', 'Blumen Rot', 'Taxi Nord', 'Radio Blau', 'Eis Fix'];
    const rows = names.flatMap((name, at) =>
      posted(12 - at, `Expenses:${name}`, (n) => ({ description: describe(name, n) })),
    );
    expect(rulesOf(rows)).toEqual(
      names.map((text) => ({ text, counterAccount: `Expenses:${text}`, post: false })),
    );
  });

  test.each([
    ['Blumen', (n: number) => `Blumen ${'abcdefghi'[n]}xy Rot`],
    ['Blumen', (n: number) => `Blumen ${n}00${n} Rot`],
    ['Muster Markt', (n: number) => `Muster Markt 4711 · Karte ${n}`],
    ['Bargeldauszahlung', (n: number) => `GA ${n}00${n} · Bargeldauszahlung`],
    ['家賃', (n: number) => `家賃 ${n}00号`],
  ])('says %s, as it can be read and found', (text, describe) => {
    const rows = posted(9, 'Expenses:Other', (n) => ({ description: describe(n) }));
    expect(propose(rows)).toMatchObject([{ filled: 9, rule: { text } }]);
  });

  test('keeps the whole of a name whose first word went to few accounts', () => {
    const rows = [
      ...posted(9, 'Expenses:Media', (n) => ({ description: `Versand Beispiel Film ${n}00` })),
      ...['Books', 'Toys', 'Garden'].flatMap((name) =>
        posted(4, `Expenses:${name}`, (n) => ({ description: `Versand Beispiel ${n}00` })),
      ),
    ];
    expect(rulesOf(rows)).toMatchObject([{ text: 'Versand Beispiel Film' }]);
  });

  test('is the general word where payees of many names have it in common', () => {
    const rows = ['Anna', 'Berta', 'Clara', 'Dora', 'Emma'].flatMap((name) =>
      posted(5, 'Expenses:Coffee', () => ({ description: `${name}s Kaffeehaus` })),
    );
    const general = { text: 'Kaffeehaus', counterAccount: 'Expenses:Coffee', post: false };
    expect(rulesOf([...rows, ...market(60)])).toEqual([
      expect.objectContaining({ counterparty: 'Muster Markt' }),
      general,
    ]);
    // Where half of all rows go there anyway, a common word is soon found.
    expect(rulesOf(rows)).not.toContainEqual(general);
  });

  test('is the name where others of a word in it went elsewhere', () => {
    const rows = [
      ...posted(60, 'Expenses:Groceries', (n) => ({ description: `David Muster Feinkost ${n}00` })),
      ...posted(
        3,
        'Expenses:Staff',
        (n) => ({ description: `David Beispiel ${n}00` }),
        '2025-01-01',
      ),
    ];
    const [rule] = rulesOf(rows);
    expect(rule?.text).toBe('David Muster Feinkost');
  });

  test('takes a short name by the beginning of the counterparty', () => {
    const rows = posted(6, 'Expenses:Fuel', (n) => ({ description: `BP ${n}00${n} ULM` }));
    const [rule] = rulesOf([
      ...rows,
      ...posted(3, 'Expenses:Toys', () => ({ description: 'ABP 1 ULM' })),
    ]);
    expect(rule).toMatchObject({ counterparty: 'BP *', counterAccount: 'Expenses:Fuel' });
  });

  test('may be wrong with one row in twenty, and shows it, but not with more', () => {
    const wrong = market(1, 'Expenses:Gifts', '2025-12-01');
    expect(propose([...market(19), ...wrong])).toMatchObject([{ filled: 20, right: 19, wrong }]);
    expect(propose([...market(18), ...wrong])).toEqual([]);
  });

  test('is none where the newest rows went another way', () => {
    const changed = market(1, 'Expenses:Household', '2026-06-01');
    expect(propose([...market(60), ...changed])).toEqual([]);
    const back = market(5, 'Expenses:Groceries', '2026-07-01');
    expect(propose([...market(60), ...changed, ...back.slice(1)])).toEqual([]);
    expect(propose([...market(60), ...changed, ...back])).toHaveLength(1);
  });

  test('is none by narrower words, either, where the newest rows went another way', () => {
    const rows = posted(60, 'Expenses:Groceries', (n) => ({
      description: `Muster Markt ${n % 2 ? 'Nord' : `${n}00`}`,
    }));
    const changed = posted(
      1,
      'Expenses:Household',
      () => ({ description: 'Muster Markt 7' }),
      '2026-06-01',
    );
    expect(propose([...rows, ...changed])).toEqual([]);
  });

  test('is none for an account that a bank fills, nor for one of transfers', () => {
    const own = posted(1, 'Expenses:Fees', () => ({ account: 'Assets:Bank:Savings' }));
    expect(propose([...market(9, 'Assets:Bank:Savings'), ...own])).toEqual([]);
    const transit = new Set(['Assets:In transit']);
    const rows = [...others, ...market(9, 'Assets:In transit')];
    expect(proposeRules(rows, [], new Set(), transit)).toEqual([]);
    expect(proposeRules(rows, [], new Set())).toHaveLength(1);
  });
});

describe('a merchant of two kinds', () => {
  const fuel = (
    count: number,
    cents: (n: number) => number,
    counterAccount: string,
    account = 'Assets:Bank:Giro',
  ) =>
    posted(count, counterAccount, (n) => ({
      description: 'Tank Beispiel · Karte',
      cents: cents(n),
      account,
    }));

  test('is told apart by amount, with a round bound in the gap', () => {
    const coffee = fuel(12, (n) => -250 - 10 * n, 'Expenses:Coffee');
    const large = fuel(15, (n) => -4_137 - 211 * n, 'Expenses:Fuel');
    const merchant = { counterparty: 'Tank Beispiel', post: false };
    expect(rulesOf([...coffee, ...large])).toEqual([
      { ...merchant, amountTo: -20, counterAccount: 'Expenses:Fuel' },
      { ...merchant, amountFrom: -20, counterAccount: 'Expenses:Coffee' },
    ]);
  });

  test('is told apart by money in and money out', () => {
    const out = fuel(12, (n) => -1_250 - 10 * n, 'Expenses:Goods');
    const back = fuel(12, (n) => 4_137 + 211 * n, 'Income:Sales');
    expect(rulesOf([...out, ...back])).toMatchObject([
      { amountTo: 0, counterAccount: 'Expenses:Goods' },
      { amountFrom: 0, counterAccount: 'Income:Sales' },
    ]);
  });

  test('is told apart by the account that it was paid from', () => {
    const firm = fuel(12, () => -5_000, 'Expenses:Firm', 'Assets:Firm');
    const home = fuel(12, () => -5_000, 'Expenses:Home');
    expect(rulesOf([...firm, ...home])).toMatchObject([
      { account: 'Assets:Bank:Giro', counterAccount: 'Expenses:Home' },
      { account: 'Assets:Firm', counterAccount: 'Expenses:Firm' },
    ]);
  });

  test('is told apart where a row among them went astray, and by units of its currencies', () => {
    const stray = fuel(1, () => -620, 'Expenses:Fuel');
    const coffee = fuel(40, (n) => -250 - 20 * n, 'Expenses:Coffee');
    const large = fuel(40, (n) => -4_000 - 211 * n, 'Expenses:Fuel');
    expect(findAmountRange([...stray, ...coffee, ...large], 'Expenses:Coffee')).toEqual({
      amountFrom: -30,
    });
    const two = fuel(2, () => -700, 'Expenses:Coffee');
    const few = [...coffee.slice(0, 10), ...stray, ...two, ...large];
    expect(findAmountRange(few, 'Expenses:Coffee')).toEqual({ amountFrom: -5 });
    const yen = posted(9, 'Expenses:Rail', () => ({ amount: { minor: -300, currency: 'JPY' } }));
    expect(findAmountRange([...yen, ...large.slice(0, 5)], 'Expenses:Rail')).toEqual({
      amountTo: -200,
    });
  });

  test.each([
    [-360, -4_137, -20],
    [-1_290, -1_810, -15],
    [-2_000, -2_001, -20.01],
    [500, -500, 0],
    [99_000, 4_000, 500],
  ])('between %d and %d cents is divided at %d', (one, other, amountTo) => {
    const rows = [...fuel(9, () => one, 'Expenses:A'), ...fuel(9, () => other, 'Expenses:B')];
    expect(findAmountRange(rows, 'Expenses:B')).toEqual({ amountTo });
  });

  test('is proposed for the kind alone that is no transfer', () => {
    const out = fuel(12, (n) => -1_250 - n, 'Assets:In transit');
    const rows = [...others, ...out, ...fuel(12, (n) => 4_137 + n, 'Income:Sales')];
    const proposals = proposeRules(rows, [], new Set(), new Set(['Assets:In transit']));
    expect(proposals).toMatchObject([{ rule: { counterAccount: 'Income:Sales' } }]);
  });

  test('is left alone where amounts do not tell the kinds apart, or few rows seem to', () => {
    const mixed = (at: number) =>
      fuel(20, (n) => -1_000 - 100 * ((n * 2 + at) % 40), `Expenses:${at}`);
    expect(propose([...mixed(0), ...mixed(1)])).toEqual([]);
    const partly = [...fuel(20, () => -500, 'Expenses:0'), ...mixed(0), ...mixed(1)];
    expect(propose(partly)).toEqual([]);
    // Most of the one kind lie in a range, but no habit is what leaves so many of them out.
    const scattered = fuel(10, (n) => -2_000 - 900 * n, 'Expenses:0');
    const many = fuel(120, (n) => -1_000 - 100 * n, 'Expenses:1');
    const kinds = propose([...fuel(20, () => -500, 'Expenses:0'), ...scattered, ...many]);
    expect(kinds.map(({ rule }) => rule.counterAccount)).not.toContain('Expenses:0');
    const few = [...fuel(5, () => -500, 'Expenses:0'), ...fuel(5, () => -5_000, 'Expenses:1')];
    expect(propose(few)).toEqual([]);
  });
});

describe('proposals', () => {
  test('leave out what a rule takes already, whatever it does', () => {
    const rule = { index: 1, text: 'muster', description: 'Market', post: false };
    expect(propose(market(9), { rules: [rule] })).toEqual([]);
    const kiosk = posted(9, 'Expenses:Groceries', () => ({ description: 'Kiosk' }));
    expect(propose([...market(9), ...kiosk], { rules: [rule] })).toMatchObject([
      { filled: 9, of: 18, rule: { counterparty: 'Kiosk' } },
    ]);
  });

  test('leave out what was dismissed, also when more of it is posted, and do not say it otherwise', () => {
    const [{ key } = { key: '' }] = propose(market(9));
    expect(key).not.toBe('');
    const later = posted(30, 'Expenses:Groceries', (n) => ({
      description: `Muster Markt${n % 2 ? ' Nord' : ''} · Karte ${n}00`,
    }));
    expect(propose(later)).toMatchObject([{ key, rule: { text: 'Muster Markt' } }]);
    expect(propose(later, { dismissed: [key] })).toEqual([]);
    expect(propose(market(9, 'Expenses:Household'), { dismissed: [key] })).toHaveLength(1);
  });

  test('are dismissed with their bounds, wherever these lie later', () => {
    const rows = (gap: number) => [
      ...posted(12, 'Expenses:Coffee', (n) => ({ description: 'Tank', cents: -200 - n })),
      ...posted(12, 'Expenses:Fuel', (n) => ({ description: 'Tank', cents: -gap - n })),
    ];
    const [one, other] = [propose(rows(300)), propose(rows(90_000))];
    expect(one.map(({ key }) => key)).toEqual(other.map(({ key }) => key));
    expect(one[0]?.rule).not.toEqual(other[0]?.rule);
    expect(new Set(one.map(({ key }) => key)).size).toBe(2);
  });

  test('are ten at most, those that fill most rows first, none of the same rows twice', () => {
    const names = 'Abel Baum Cyan Dorf Esel Farn Gras Heim Igel Jade Kiel Lamm'.split(' ');
    const rows = names.flatMap((name, at) =>
      posted(5 + at, `Expenses:${name}`, (n) => ({
        description: `${name}werk Handel · ${name} ${n}00`,
      })),
    );
    const proposals = propose(rows);
    expect(proposals.map(({ filled }) => filled)).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7]);
  });

  test('are the same whatever the order of the rows, and true on the rows', () => {
    const rows = [
      ...others,
      ...market(12),
      ...posted(9, 'Expenses:Coffee', (n) => ({ description: `SQ *Kaffee ${n}${n}0`, cents: -n })),
      ...market(1, 'Expenses:Gifts', '2025-12-01'),
    ];
    const expected = proposeRules(rows, [], new Set());
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(proposeRules(shuffled, [], new Set())).toEqual(expected);
      }),
      { numRuns: 10 },
    );
    for (const { rule, filled, right, wrong, of } of expected) {
      expect(backtest([rule], rows)).toEqual([{ filled, right, wrong, of }]);
    }
  });

  test('of an empty book are none', () => {
    expect(proposeRules([], [], new Set())).toEqual([]);
  });
});
