import { describe, expect, test } from '@jest/globals';
import type { BookRow, PostedRow } from '../../../cloud/learner/book-row.ts';
import { explainAll } from '../../../cloud/learner/explain.ts';
import type { Evidence, EvidenceKind, Suggestion } from '../../../cloud/learner/learner.ts';
import { parseMoney } from '../../../shared/money.ts';

const groceries = 'Expenses:Groceries';
const household = 'Expenses:Household';

function row(
  date: string,
  description: string,
  amount = '-20.00',
  account = 'Assets:Bank',
): BookRow {
  return { date, description, amount: parseMoney(amount, 'EUR'), account };
}

function posted(counterAccount: string, ...of: Parameters<typeof row>): PostedRow {
  return { ...row(...of), counterAccount };
}

/** Keys that can be read: by payee, word, amount, day and all rows, most of them for one sign. */
function keysOf({ account, amount, counterpartyAccount, date, description }: BookRow) {
  const sign = amount.minor < 0 ? 'out' : 'in';
  const [payee = ''] = description.toLowerCase().split(' · ');
  const key = (kind: EvidenceKind, text: string) => ({ kind, key: `${kind} ${text}` });
  const words = description.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [
    ...(counterpartyAccount ? [key('number', `${counterpartyAccount} ${sign}`)] : []),
    ...(payee
      ? [key('payee', `${payee} ${sign}`), key('payee', `${payee} ${sign} ${account}`)]
      : []),
    key('payee-amount', `${payee} ${sign} ${Math.round(amount.minor / 1000)}`),
    ...words.map((word) => key('words', `${word} ${sign}`)),
    ...words.map((word) => key('words-amount', `${word} ${amount.minor}`)),
    key('amount', `${amount.minor} ${account}`),
    key('amount', `${sign} ${account}`),
    key('day', `${date.slice(8)} ${account}`),
    key('last', ''),
  ];
}

function sign(
  kind: EvidenceKind,
  text: string,
  more: { weight?: number; words?: string; counterAccount?: string } = {},
): Evidence {
  const { weight = 0.5, words = '', counterAccount = groceries } = more;
  const key = text === '' && kind !== 'last' ? '' : `${kind} ${text}`;
  // Faded counts, which a receipt must never show.
  return {
    kind,
    key,
    words: words.split(' ').filter(Boolean),
    counterAccount,
    weight,
    times: 7.7,
    of: 9.9,
  };
}

function explain(asked: BookRow, evidence: readonly Evidence[], rows: readonly PostedRow[]) {
  const suggestion: Suggestion = {
    candidates: [{ counterAccount: groceries, probability: 0.9 }],
    evidence,
  };
  const [explanation] = explainAll([{ row: asked, suggestion }], rows, keysOf);
  if (!explanation) throw new Error('every suggestion has its receipt');
  return explanation;
}

const rewe = row('2026-03-09', 'REWE Markt · Card 1', '-31.00');
const ofRewe = sign('payee', 'rewe markt out', { words: 'rewe markt' });
const reweRows = [
  posted(groceries, '2026-01-05', 'REWE Markt · Card 7', '-18.00'),
  posted(household, '2026-01-12', 'REWE Markt · Gutschein', '-50.00'),
  posted(groceries, '2026-02-02', 'Rewe Markt · Card 8', '-22.00'),
  posted(household, '2026-02-03', 'Hardware Hub', '-31.00'),
  posted(groceries, '2026-03-02', 'REWE MARKT', '-31.00'),
];

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

  test('counts what came last among the last ten rows alone', () => {
    const rows = Array.from({ length: 15 }, (_, day) =>
      posted(day % 2 ? household : groceries, `2026-01-${String(day + 10)}`, 'Any Shop'),
    );
    const { sentence, rows: shown } = explain(rewe, [sign('last', '')], rows);
    expect(sentence).toBe(`You posted 5 of the last 10 rows to ${groceries}, last on 2026-01-24.`);
    expect(shown).toHaveLength(5);
  });

  test('by a name or a known word shows no row', () => {
    const named = sign('name', '', { words: 'markt', weight: 0.6 });
    const known = sign('known-word', '', { words: 'rewe', weight: 0.4 });
    expect(explain(rewe, [named, known], [])).toEqual({
      sentence: `The name of ${groceries} is like “Markt”; Bookfeed knows “REWE” as a word for it.`,
      short: 'by the name of the account',
      rows: [],
      against: 'The payee is new.',
    });
    expect(explain(rewe, [known], []).short).toBe('by a word that Bookfeed knows: “REWE”');
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
    const more = [posted(household, '2026-01-01', 'REWE Markt'), ...rows];
    expect(explain(rewe, [ofRewe], more).against).toMatch(/^But 2 of 6 .* Expenses:Household/);
  });

  test('shows two rows at most, the newest first', () => {
    const rows = [1, 2, 3].map((day) => posted(household, `2026-01-0${day}`, 'REWE Markt'));
    const { rowsAgainst } = explain(rewe, [ofRewe], [...rows, ...reweRows.slice(2)]);
    expect(rowsAgainst).toEqual([rows[2], rows[1]]);
  });

  test('may be a name', () => {
    const named = sign('name', '', { words: 'markt', weight: -0.3, counterAccount: household });
    const known = { ...named, kind: 'known-word' as const };
    expect(explain(rewe, [ofRewe, named], reweRows)).toMatchObject({
      against: `But the name of ${household} is like “Markt”.`,
    });
    expect(explain(rewe, [ofRewe, known], reweRows).against).toBe(
      `But Bookfeed knows “Markt” as a word for ${household}.`,
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
