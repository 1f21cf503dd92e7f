import { describe, expect, test } from '@jest/globals';
import type { BookRow } from '../../../../cloud/learner/book-row.ts';
import { explainAll } from '../../../../cloud/learner/receipts/explain.ts';
import {
  explain,
  groceries,
  household,
  keysOf,
  ofRewe,
  posted,
  rewe,
  reweRows,
  row,
  sign,
} from './receipt-sample.ts';

describe('the receipt of a suggestion', () => {
  test('counts the rows of the payee as they stand in the book, and shows them', () => {
    expect(explain(rewe, [ofRewe], reweRows)).toEqual({
      sentence: `You posted 3 of 4 rows of “REWE Markt” to ${groceries}, last on 2026-03-02.`,
      short: 'as 3 of 4 rows of “REWE Markt”, last 2026-03-02',
      rows: [reweRows[4], reweRows[2], reweRows[0]],
      against:
        `But 1 of 4 rows of “REWE Markt” went to ${household}, last on 2026-01-12 ` +
        '(“REWE Markt · Gutschein”).',
      rowsAgainst: [reweRows[1]],
    });
  });

  test('is silent about the other side where nothing speaks against it', () => {
    const explanation = explain(rewe, [ofRewe], reweRows.slice(2));
    expect(explanation.sentence).toMatch(/^You posted 2 of 2 rows of “REWE Markt”/);
    expect(explanation).not.toHaveProperty('against');
    expect(explanation).not.toHaveProperty('rowsAgainst');
  });

  test('names up to three reasons, the strongest first, and leaves slight ones out', () => {
    const evidence = [
      sign('words', 'card out', { words: 'card', weight: 0.2 }),
      sign('payee-amount', 'rewe markt out -3', { words: 'rewe markt', weight: 0.3 }),
      { ...ofRewe, weight: 0.4 },
      sign('amount', '-3100 Assets:Bank', { weight: 0.02 }),
    ];
    const { sentence, rows } = explain(rewe, evidence, reweRows);
    expect(sentence).toBe(
      `You posted 3 of 4 rows of “REWE Markt” to ${groceries}, last on 2026-03-02; ` +
        'the one row of this payee with exactly this amount went there, too; ' +
        '2 of 2 similar rows (“Card”) went there, too.',
    );
    expect(rows).toEqual([reweRows[4], reweRows[2], reweRows[0]]);
  });

  test('counts a row once, whose word stands there twice', () => {
    const rows = [posted(groceries, '2026-01-01', 'Rot rot')];
    expect(
      explain(row('2026-01-02', 'Rot'), [sign('words', 'rot out', { words: 'rot' })], rows).short,
    ).toMatch(/^as the one similar row/);
  });

  test('shows five rows at most, of the strongest reason first', () => {
    const rows = [
      ...[1, 2, 3].map((day) => posted(groceries, `2026-01-0${day}`, 'REWE Markt', '-5.00')),
      ...[1, 2, 3, 4].map((day) => posted(groceries, `2026-02-0${day}`, 'Other Card', '-5.00')),
    ];
    const evidence = [
      { ...ofRewe, weight: 0.4 },
      sign('words', 'card out', { words: 'card', weight: 0.3 }),
    ];
    expect(explain(rewe, evidence, rows).rows).toEqual([
      rows[6],
      rows[5],
      rows[2],
      rows[1],
      rows[0],
    ]);
  });

  test('says which way the money went where the payee has rows of both, and in which account', () => {
    const refund = posted('Income:Other', '2026-03-03', 'REWE Markt', '31.00');
    const abroad = posted(household, '2026-03-04', 'REWE Markt', '-31.00', 'Liabilities:Card');
    const here = sign('payee', 'rewe markt out Assets:Bank', { words: 'rewe markt' });
    const { short, against } = explain(rewe, [here], [...reweRows, refund, abroad]);
    expect(short).toBe('as 3 of 4 outgoing rows of “REWE Markt” in this account, last 2026-03-02');
    expect(against).toMatch(/^But 1 of 4 outgoing rows of “REWE Markt” in this account went to/);
    const { short: anywhere } = explain(rewe, [ofRewe], [...reweRows, abroad]);
    expect(anywhere).toBe('as 3 of 5 rows of “REWE Markt”, last 2026-03-02');
    const incoming = row('2026-03-09', 'REWE Markt', '5.00');
    const back = sign('payee', 'rewe markt in', { words: 'rewe markt', counterAccount: groceries });
    const gave = posted(groceries, '2026-03-05', 'REWE Markt', '7.00');
    expect(explain(incoming, [back], [...reweRows, gave]).sentence).toMatch(
      /^You posted the one incoming row of “REWE Markt”/,
    );
  });

  test.each([
    ['number', 'DE02 out', 'as the one row with this account number, on 2026-02-09'],
    [
      'payee-amount',
      'power co out -2',
      'as the one row of “Power Co” with about this amount, on 2026-02-09',
    ],
    [
      'words-amount',
      'power -2000',
      'as the one similar row (“Power”) with exactly this amount, on 2026-01-03',
    ],
    ['amount', '-2000 Assets:Bank', 'as 1 of 2 rows with exactly this amount, last 2026-01-03'],
    ['amount', 'out Assets:Bank', 'as 2 of 4 outgoing rows, last 2026-02-09'],
    ['day', '09 Assets:Bank', 'as 1 of 2 rows on day 9 of a month, last 2026-02-09'],
    ['amount', 'any', 'as 2 of 4 rows, last 2026-02-09'],
    ['day', 'any', 'as 2 of 4 rows on such a day, last 2026-02-09'],
    ['last', '', 'as 2 of the last 4 rows, last 2026-02-09'],
  ] as const)('tells by %s %s', (kind, text, short) => {
    const rows = [
      posted(groceries, '2026-01-03', 'Power', '-20.00'),
      posted(household, '2026-01-09', 'Hardware Hub', '-20.00'),
      { ...posted(groceries, '2026-02-09', 'Power Co', '-18.00'), counterpartyAccount: 'DE02' },
      posted(household, '2026-02-10', 'Car Dealer', '-900.00'),
    ];
    const asked = { ...row('2026-03-09', 'Power Co', '-20.00'), counterpartyAccount: 'DE02' };
    const words = { 'words-amount': 'power', 'payee-amount': 'power co' }[kind as string] ?? '';
    expect(explain(asked, [sign(kind, text, { words })], rows).short).toBe(short);
  });

  test('calls amounts equal, near or neither, as they are', () => {
    const short = (...amounts: readonly string[]) => {
      const rows = amounts.map((amount) => posted(groceries, '2026-01-01', 'Any', amount));
      return explain(row('2026-01-02', 'Any', '-10.00'), [sign('payee-amount', 'any out -1')], rows)
        .short;
    };
    expect(short('-10.00', '-10.00')).toContain('with exactly this amount');
    expect(short('-10.00', '-9.00', '-10.00')).toContain('with about this amount');
    expect(short('-10.00', '-6.00')).toContain('with such an amount');
  });

  test('counts what came last among the last ten rows alone', () => {
    const rows = Array.from({ length: 15 }, (_, day) =>
      posted(day % 2 ? household : groceries, `2026-01-${String(day + 10)}`, 'Any Shop'),
    );
    const { sentence, rows: shown } = explain(rewe, [sign('last', '')], rows);
    expect(sentence).toBe(`You posted 5 of the last 10 rows to ${groceries}, last on 2026-01-24.`);
    expect(shown).toHaveLength(5);
  });

  test('counts rows of a kind that Bookfeed knows', () => {
    const known = sign('known-word', 'shop out');
    expect(explain(rewe, [known], reweRows)).toMatchObject({
      sentence: `You posted 3 of 5 rows of the same kind to ${groceries}, last on 2026-03-02.`,
      short: 'as 3 of 5 rows of the same kind, last 2026-03-02',
      against: expect.stringMatching(/^But 2 of 5 rows of the same kind went to/),
    });
    expect(explain(rewe, [{ ...known, words: ['markt'] }], reweRows).short).toBe(
      'as 3 of 5 rows of the same kind (“Markt”), last 2026-03-02',
    );
  });

  test('by a name or a known word shows no row', () => {
    const named = sign('name', '', { words: 'markt', weight: 0.6 });
    const known = sign('known-word', '', { words: 'rewe', weight: 0.4 });
    expect(explain(rewe, [named, known], [])).toEqual({
      sentence: `The name of ${groceries} is like “Markt”; Bookfeed knows a word in “REWE” that stands for it.`,
      short: 'by the name of the account',
      rows: [],
      against: 'The payee is new.',
    });
    expect(explain(rewe, [known], []).short).toBe('by a word that Bookfeed knows in “REWE”');
  });
});

describe('receipts of many rows', () => {
  test('come one for each, in their order, from one pass over the book', () => {
    let calls = 0;
    const counted = (asked: BookRow) => {
      calls++;
      return keysOf(asked);
    };
    const suggestion = {
      candidates: [{ counterAccount: groceries, probability: 1 }],
      evidence: [ofRewe],
    };
    const asked = [
      { row: rewe, suggestion: { candidates: [], evidence: [] } },
      ...Array.from({ length: 20 }, () => ({ row: rewe, suggestion })),
    ];
    const receipts = explainAll(asked, reweRows, counted);
    expect(receipts).toHaveLength(21);
    expect(receipts[0]).toEqual({
      sentence: 'Nothing like it was posted yet.',
      short: 'nothing like it yet',
      rows: [],
    });
    expect(receipts[20]?.rows).toHaveLength(3);
    expect(calls).toBe(reweRows.length + 20 * 3);
  });
});
