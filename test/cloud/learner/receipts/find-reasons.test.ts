import { describe, expect, test } from '@jest/globals';
import type { BookRow } from '../../../../cloud/learner/book-row.ts';
import type { Evidence, EvidenceKind } from '../../../../cloud/learner/learner.ts';
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

describe('the reasons of a suggestion', () => {
  test('tells the same rows once, with the words that they share, and by the payee where they are its rows', () => {
    const words = [
      sign('words', 'power out', { words: 'power', weight: 0.3 }),
      sign('words', 'monthly out', { words: 'monthly', weight: 0.2 }),
    ];
    const rows = [posted(groceries, '2026-02-01', 'Stadtwerke · Power monthly')];
    const asked = row('2026-03-01', 'Stadtwerke · Power, monthly');
    expect(explain(asked, words, rows).short).toBe(
      'as the one similar row (“Power, monthly”), on 2026-02-01',
    );
    const payee = sign('payee', 'stadtwerke out', { words: 'stadtwerke', weight: 0.1 });
    expect(explain(asked, [...words, payee], rows).sentence).toBe(
      `You posted the one row of “Stadtwerke” to ${groceries}, on 2026-02-01.`,
    );
  });

  test('puts a whole text with the payee of the same rows, not with other words of it', () => {
    const rows = [
      posted(groceries, '2026-01-01', 'Farm · buying food'),
      posted(groceries, '2026-01-02', 'Corner · buying food'),
    ];
    const words = (text: string, more: string) => sign('words', `${text} out`, { words: more });
    const payee = sign('payee', 'corner out', { words: 'corner' });
    const evidence = [words('buying', 'buying'), payee, words('corner', 'corner buying food')];
    expect(explain(row('2026-01-03', 'Corner · buying food'), evidence, rows).sentence).toBe(
      `You posted the one row of “Corner” to ${groceries}, on 2026-01-02; ` +
        '2 of 2 similar rows (“buying”) went there, too.',
    );
  });

  test('does not mix the words of rows that went elsewhere', () => {
    const evidence = [
      sign('words', 'power out', { words: 'power', weight: 0.3 }),
      sign('words', 'monthly out', { words: 'monthly', weight: 0.2 }),
    ];
    const rows = [
      posted(household, '2026-01-01', 'Gym monthly'),
      posted(household, '2026-01-02', 'Power drill'),
      posted(groceries, '2026-02-01', 'Power monthly'),
    ];
    expect(explain(row('2026-03-01', 'Power monthly'), evidence, rows).sentence).toMatch(
      /^You posted 1 of 2 similar rows \(“Power”\)/,
    );
  });

  test('names what weighs most together, and nothing that few of its rows say', () => {
    const rows = [
      posted(household, '2026-01-01', 'Blue shop'),
      posted(household, '2026-01-02', 'Blue'),
      posted(groceries, '2026-01-03', 'Green Blue'),
      posted(groceries, '2026-01-04', 'Green'),
      posted(groceries, '2026-01-05', 'Red'),
      posted(groceries, '2026-01-06', 'Yellow', '-90.00'),
    ];
    const words = (text: string, weight: number) =>
      sign('words', `${text} out`, { words: text, weight });
    const asked = row('2026-03-01', 'Red Green Yellow Blue White Red');
    const evidence = [
      words('green', 0.3),
      words('blue', 0.25),
      sign('amount', '-2000 Assets:Bank', { weight: 0.2 }),
      sign('amount', 'out Assets:Bank', { weight: 0.2 }),
      words('red', 0.19),
      words('yellow', 0.18),
    ];
    const { sentence } = explain(asked, evidence, rows);
    expect(sentence.split('; ')).toEqual([
      'You posted 3 of 5 rows with exactly this amount to Expenses:Groceries, last on 2026-01-05',
      '2 of 2 similar rows (“Green”) went there, too',
      'the one similar row (“Red”) went there, too.',
    ]);
    const slight = [words('green', 0.3), words('red', 0.05)];
    expect(explain(asked, slight, rows).sentence).not.toContain('Red');
    const mixed = [sign('mixture', '', { weight: 0.4 }), words('green', 0.3), words('red', 0.2)];
    expect(explain(asked, [...mixed, words('yellow', 0.2)], rows).sentence).toMatch(
      /“Green”.*“Red”[^“]*; many small signs/,
    );
  });

  test('prefers the longer name, but not a whole text, and the payee to words', () => {
    const rows = [
      posted(groceries, '2026-01-01', 'Green Valley'),
      posted(groceries, '2026-01-02', 'Green Valley Farm Shop Card · monthly'),
      posted(groceries, '2026-01-03', 'Green'),
    ];
    const long = 'green valley farm shop card';
    const keys = (asked: BookRow) => {
      const name = ['green valley', long].filter((words) =>
        asked.description.toLowerCase().startsWith(words),
      );
      return [...keysOf(asked), ...name.map((words) => ({ kind: 'words' as const, key: words }))];
    };
    const by = (kind: EvidenceKind, key: string, words: string) => ({
      ...sign(kind, '', { words }),
      key,
    });
    const short = (...evidence: readonly Evidence[]) => {
      const suggestion = { candidates: [{ counterAccount: groceries, probability: 1 }], evidence };
      return explainAll([{ row: rows[1] ?? rewe, suggestion }], rows, keys)[0]?.short;
    };
    const green = by('words', 'words green out', 'green');
    const name = by('words', 'green valley', 'green valley');
    const whole = by('words', long, long);
    expect(short(green, name)).toMatch(/^as 2 of 2 similar rows \(“Green Valley”\)/);
    expect(short(name, green)).toMatch(/^as 2 of 2 similar rows \(“Green Valley”\)/);
    expect(short(name, whole)).toMatch(/^as 2 of 2 similar rows \(“Green Valley”\)/);
    const payee = by('payee', `payee ${long} out`, long);
    expect(short(green, payee)).toMatch(/^as the one row of “Green Valley Farm Shop Card”/);
    const near = by('words-amount', 'words-amount green -2000', 'green');
    const paid = by('payee-amount', `payee-amount ${long} out -2`, long);
    expect(short(near, paid)).toMatch(/^as the one row of “Green Valley Farm Shop Card” with/);
  });

  test('takes no sign for a reason that speaks against it, or for another account', () => {
    const rows = reweRows.slice(2);
    const blur = new RegExp(`^Many small signs together speak for ${groceries}.$`);
    expect(explain(rewe, [{ ...ofRewe, weight: -0.2 }], rows).sentence).toMatch(blur);
    expect(explain(rewe, [{ ...ofRewe, counterAccount: household }], reweRows).sentence).toMatch(
      blur,
    );
  });

  test('does not take rows for the same that are fewer of all', () => {
    const rows = [
      posted(groceries, '2026-01-01', 'Red Blue'),
      posted(household, '2026-01-02', 'Blue'),
    ];
    const evidence = ['red', 'blue'].map((words) => sign('words', `${words} out`, { words }));
    const { sentence } = explain(row('2026-01-03', 'Red Blue'), evidence, rows);
    expect(sentence).toMatch(/the one similar row \(“Red”\).*; 1 of 2 similar rows \(“Blue”\)/);
  });
});

describe('what was learned in a blur', () => {
  const mixture = (weight: number) => sign('mixture', '', { weight });

  test('is called so', () => {
    const blur = { sentence: `Many small signs together speak for ${groceries}.`, rows: [] };
    expect(explain(rewe, [mixture(0.9)], reweRows)).toMatchObject(blur);
    expect(explain(rewe, [], reweRows)).toMatchObject(blur);
    expect(explain(rewe, [], reweRows).short).toBe('by many small signs together');
  });

  test('leads only when it is far ahead, and is left out where a sign weighs more', () => {
    const beside = (weight: number) =>
      explain(rewe, [mixture(weight), { ...ofRewe, weight: 0.2 }], reweRows.slice(2)).sentence;
    const rows = (where: string) =>
      `ou posted 2 of 2 rows of “REWE Markt” ${where}, last on 2026-03-02`;
    expect(beside(0.1)).toBe(`Y${rows(`to ${groceries}`)}.`);
    expect(beside(0.3)).toBe(
      `Y${rows(`to ${groceries}`)}; many small signs together speak for it.`,
    );
    expect(beside(0.5)).toBe(
      `Many small signs together speak for ${groceries}; y${rows('there')}.`,
    );
  });

  test('may speak against it', () => {
    const mixed = sign('mixture', '', { weight: -0.3, counterAccount: household });
    expect(explain(rewe, [ofRewe, mixed], reweRows).against).toBe(
      `But many small signs together speak for ${household}.`,
    );
    expect(explain(rewe, [ofRewe, mixture(-0.3)], reweRows).against).toBe(
      'But many small signs together speak against it.',
    );
  });
});
describe('what speaks against a suggestion', () => {
  const coupon = row('2026-03-09', 'REWE Markt · Gutschein', '-31.00');

  test('is the sign that weighs most for another account, with its rows', () => {
    const other = { words: 'gutschein', counterAccount: household };
    const evidence = [ofRewe, sign('words', 'gutschein out', { ...other, weight: -0.2 })];
    const { against, rowsAgainst } = explain(coupon, evidence, reweRows);
    expect(against).toBe(
      `But the one similar row (“Gutschein”) went to ${household}, on 2026-01-12 ` +
        '(“REWE Markt · Gutschein”).',
    );
    expect(rowsAgainst).toEqual([reweRows[1]]);
  });

  test('is no slight sign, and none whose rows mostly went where is suggested', () => {
    const fallback = /^But 1 of 4 rows of “REWE Markt” went/;
    const slight = sign('words', 'gutschein out', { words: 'gutschein', weight: -0.01 });
    expect(explain(coupon, [ofRewe, slight], reweRows).against).toMatch(fallback);
    const rows = [...reweRows, posted(household, '2026-03-05', 'Any Card')];
    const mostly = sign('words', 'card out', { words: 'card', weight: -0.2 });
    expect(explain(rewe, [ofRewe, mostly], rows).against).toMatch(fallback);
  });

  test('is told of the most frequent other account, of equals of the newest', () => {
    const rows = [...reweRows, posted('Expenses:Gifts', '2026-03-04', 'REWE Markt', '-9.00')];
    expect(explain(rewe, [ofRewe], rows).against).toMatch(/went to Expenses:Gifts/);
    const older = [posted('Expenses:Gifts', '2026-01-01', 'REWE Markt'), ...reweRows];
    expect(explain(rewe, [ofRewe], older).against).toMatch(/went to Expenses:Household/);
    const again = posted(household, '2026-03-06', 'REWE Markt', '-9.00');
    expect(explain(rewe, [ofRewe], [...rows, ...rows.slice(-1), again]).against).toMatch(
      /went to Expenses:Household/,
    );
    const more = [posted(household, '2026-01-01', 'REWE Markt'), ...rows];
    expect(explain(rewe, [ofRewe], more).against).toMatch(/^But 2 of 6 .* Expenses:Household/);
  });

  test('shows two rows at most, the newest first', () => {
    const rows = [1, 2, 3].map((day) => posted(household, `2026-01-0${day}`, 'REWE Markt'));
    const { rowsAgainst } = explain(rewe, [ofRewe], [...rows, ...reweRows.slice(2)]);
    expect(rowsAgainst).toEqual([rows[2], rows[1]]);
  });

  test('is no sign that few of its rows are for, and no blur that speaks for the suggestion', () => {
    const elsewhere = (account: string, day: number) => posted(account, `2026-03-0${day}`, 'Card');
    const rows = [
      ...reweRows.slice(2),
      ...['A', 'B', 'C', household].map((account, at) => elsewhere(account, at + 3)),
    ];
    const few = sign('words', 'card out', {
      words: 'card',
      weight: -0.2,
      counterAccount: household,
    });
    const blur = sign('mixture', '', { weight: 0.8 });
    const asked = row('2026-03-09', 'REWE Markt · Card');
    expect(explain(asked, [ofRewe, few], [...rows.slice(1)])).not.toHaveProperty('against');
    expect(explain(asked, [blur, ofRewe], rows)).not.toHaveProperty('against');
  });

  test('is told without the text of a row that has none', () => {
    const rows = [...reweRows.slice(2), posted(household, '2026-03-05', '', '-31.00')];
    const amount = sign('amount', '-3100 Assets:Bank', { weight: -0.2, counterAccount: household });
    expect(explain(rewe, [ofRewe, amount], rows).against).toBe(
      'But 2 of 3 rows with exactly this amount went to Expenses:Household, last on 2026-03-05.',
    );
    expect(explain(row('2026-03-09', ''), [], rows)).not.toHaveProperty('against');
  });

  test('may be a name', () => {
    const named = sign('name', '', { words: 'markt', weight: -0.3, counterAccount: household });
    const known = { ...named, kind: 'known-word' as const };
    expect(explain(rewe, [ofRewe, named], reweRows)).toMatchObject({
      against: `But the name of ${household} is like “Markt”.`,
    });
    expect(explain(rewe, [ofRewe, known], reweRows).against).toBe(
      `But Bookfeed knows a word in “Markt” that stands for ${household}.`,
    );
  });

  test('is not the other rows of a vague sign, such as a day', () => {
    expect(explain(rewe, [sign('amount', 'out Assets:Bank')], reweRows)).not.toHaveProperty(
      'against',
    );
  });

  test('is also that the payee is new, in and out and by its account number', () => {
    const words = sign('words', 'card out', { words: 'card' });
    const shop = row('2026-03-09', 'Corner Shop · Card 1');
    expect(explain(shop, [words], reweRows).against).toBe('The payee is new.');
    expect(explain(row('2026-03-09', 'Corner Card'), [words], reweRows).against).toBe(
      'Its text is new.',
    );
    const refund = posted(household, '2026-03-01', 'Corner Shop', '5.00');
    expect(explain(shop, [words], [...reweRows, refund])).not.toHaveProperty('against');
    const numbered = { ...shop, counterpartyAccount: 'DE02' };
    const renamed = { ...posted(groceries, '2026-03-01', 'Corner'), counterpartyAccount: 'DE02' };
    expect(explain(numbered, [words], [...reweRows, renamed])).not.toHaveProperty('against');
  });
});
