import { describe, expect, test } from '@jest/globals';
import { explain, groceries, posted, rewe, row, sign } from './receipt-sample.ts';

describe('text from the bank in a receipt', () => {
  const quoted = (description: string, words = '') => {
    const rows = [posted(groceries, '2026-01-01', description)];
    const [payee = ''] = description.toLowerCase().split(' · ');
    const { sentence } = explain(rows[0] ?? rewe, [sign('payee', `${payee} out`, { words })], rows);
    return /of “([^”]*)” to/.exec(sentence)?.[1];
  };

  test('is quoted in one line, cut, and cannot end the quotation or turn the direction', () => {
    expect(quoted(`Big "Shop" “A”\u202e\n=1+1`)).toBe('Big ’Shop’ ’A’ =1+1');
    expect(quoted('x'.repeat(41))).toBe(`${'x'.repeat(39)}…`);
    expect(quoted('x'.repeat(40))).toBe('x'.repeat(40));
    expect(quoted('🍞'.repeat(50))).toBe(`${'🍞'.repeat(39)}…`);
  });

  test.each([
    ['=HYPERLINK("x")', 'hyperlink', 'HYPERLINK'],
    ['Café Köln 12', 'cafe koln', 'Café Köln'],
    ['REWE 4711 Markt', 'rewe markt', 'REWE … Markt'],
    ['Markt REWE', 'rewe markt', 'Markt REWE'],
    ['Shop A7 · ref', 'a0 shop', 'Shop A7'],
    ['שופרסל דיל', 'שופרסל', 'שופרסל'],
    ['家賃支払い三月', '家賃 賃支 支払', '家賃支払'],
    ['がす会社', 'かす', 'がす'],
    ['Rotkarotte Rot', 'rot', 'Rot'],
    ['Rewe', 'edeka', 'edeka'],
  ])('%s spells %s as it stands there', (description, words, spelled) => {
    expect(quoted(description, words)).toBe(spelled);
  });

  test('leaves numbers of two digits out, which are no name', () => {
    const rows = [posted(groceries, '2026-01-01', 'Any 12')];
    const { sentence } = explain(
      row('2026-01-02', '12'),
      [sign('words', '12 out', { words: '12' })],
      rows,
    );
    expect(sentence).toMatch(/^Many small signs/);
  });

  test('fits a narrow column, without the day or with less text', () => {
    const asked = row('2026-03-09', 'x'.repeat(60), '-20.00');
    const rows = Array.from({ length: 10 }, (_, day) => [
      posted(groceries, `2026-01-1${day}`, 'x'.repeat(60), '-20.00'),
      posted(groceries, `2026-01-1${day}`, 'x'.repeat(60), '20.00'),
    ]).flat();
    const evidence = [sign('payee-amount', `${'x'.repeat(60)} out -2`)];
    const { short } = explain(asked, evidence, rows);
    expect(short).toBe(
      `as 10 of 10 outgoing rows of “${'x'.repeat(11)}…” with exactly this amount`,
    );
    expect(explain(asked, [sign('payee', `${'x'.repeat(60)} out`)], rows).short).toBe(
      `as 10 of 10 outgoing rows of “${'x'.repeat(39)}…”, last 2026-01-19`,
    );
  });
});
