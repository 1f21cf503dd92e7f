import { describe, expect, test } from '@jest/globals';
import type { BookRow, PostedRow } from '../../../cloud/learner/book-row.ts';
import { contextKeys } from '../../../cloud/learner/context-keys.ts';
import { createLearner } from '../../../cloud/learner/create-learner.ts';
import type { Learner } from '../../../cloud/learner/learner.ts';
import { madeUpHistory, madeUpRow } from './made-up-histories.ts';

function learned(rows: readonly PostedRow[]): Learner {
  const learner = createLearner();
  for (const row of rows) learner.learn(row);
  return learner;
}

/** Rows of one shop among others of a book. */
function habit(shop: string, minor: number, counterAccount: string, times: number): PostedRow[] {
  const others = [
    ['Stadtwerke Musterstadt · Abschlag', -8000, 'Expenses:Power'],
    ['Kino am Markt · Karte', -2400, 'Expenses:Fun'],
    ['Muster GmbH · Lohn', 310_000, 'Income:Salary'],
  ] as const;
  return Array.from({ length: times }, (_, at) => {
    const [text, amount, account] = others[at % others.length] ?? others[0];
    return [
      madeUpRow(shop, minor - at * 13, counterAccount, 2 * at),
      madeUpRow(text, amount - at, account, 2 * at + 1),
    ];
  }).flat();
}

const first = (learner: Learner, row: BookRow) => learner.suggest(row).candidates[0];

describe('what is suggested', () => {
  test('an empty learner abstains', () => {
    const learner = createLearner();
    expect(learner.suggest(madeUpRow('Rewe · Karte', -2000, ''))).toEqual({
      candidates: [],
      evidence: [],
    });
    expect(learner.sureFrom()).toBe(1);
    expect(learner.reliability()).toEqual([]);
  });

  test('one row counts', () => {
    const learner = learned([
      madeUpRow('Blumen Anders · Karte 1', -2000, 'Expenses:Garden'),
      madeUpRow('Kiosk Bauer · Karte 2', -300, 'Expenses:Paper'),
    ]);
    expect(learner.rowCount).toBe(2);
    expect(first(learner, madeUpRow('Kiosk Bauer · Karte 7', -350, ''))).toMatchObject({
      counterAccount: 'Expenses:Paper',
    });
    expect(first(learner, madeUpRow('BLUMEN ANDERS · Karte 9', -900, ''))).toMatchObject({
      counterAccount: 'Expenses:Garden',
    });
  });

  test('a row’s own account is never suggested, not even where it was posted so', () => {
    const learner = learned(
      Array.from({ length: 5 }, (_, at) => madeUpRow('Fees', -100, 'Assets:Bank', at)),
    );
    learner.learn(madeUpRow('Fees', -100, 'Expenses:Fees'));
    const { candidates } = learner.suggest(madeUpRow('Fees', -100, ''));
    expect(candidates.map(({ counterAccount }) => counterAccount)).toEqual(['Expenses:Fees']);
  });

  test('at most three candidates, each another, the likeliest first, together no more than certain', () => {
    const learner = createLearner();
    learner.knowAccounts(['Expenses:Groceries', 'Expenses:Transfer', 'Expenses:Kind 3']);
    for (const row of madeUpHistory(300, 0.2)) {
      const { candidates, evidence } = learner.suggest(row);
      const chances = candidates.map(({ probability }) => probability);
      expect(candidates.length).toBeLessThanOrEqual(3);
      expect(new Set(candidates.map(({ counterAccount }) => counterAccount)).size).toBe(
        candidates.length,
      );
      expect(chances).toEqual([...chances].sort((a, b) => b - a));
      expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1 + 1e-9);
      expect(evidence.length).toBeLessThanOrEqual(8);
      learner.learn(row);
    }
  });

  test('the amount tells two kinds of one merchant apart', () => {
    const rows = Array.from({ length: 12 }, (_, at) => [
      madeUpRow('Tankhof Nord · Karte', -6000 - 211 * at, 'Expenses:Fuel', 3 * at),
      madeUpRow('Tankhof Nord · Karte', -350 - 11 * at, 'Expenses:Snacks', 3 * at + 1),
    ]).flat();
    const learner = learned(rows);
    expect(first(learner, madeUpRow('Tankhof Nord · Karte', -7123, ''))).toMatchObject({
      counterAccount: 'Expenses:Fuel',
    });
    expect(first(learner, madeUpRow('Tankhof Nord · Karte', -420, ''))).toMatchObject({
      counterAccount: 'Expenses:Snacks',
    });
  });

  test('money in and money out of one counterparty are two things', () => {
    const rows = Array.from({ length: 6 }, (_, at) => [
      madeUpRow('Kasse Muster', -4000, 'Expenses:Health', 2 * at),
      madeUpRow('Kasse Muster', 4000, 'Income:Refunds', 2 * at + 1),
    ]).flat();
    const learner = learned(rows);
    expect(first(learner, madeUpRow('Kasse Muster', -4100, ''))?.counterAccount).toBe(
      'Expenses:Health',
    );
    expect(first(learner, madeUpRow('Kasse Muster', 3900, ''))?.counterAccount).toBe(
      'Income:Refunds',
    );
  });

  test('the counterparty’s account number is known whatever the text says', () => {
    const iban = 'DE89 3704 0044 0532 0130 00';
    const number = { counterpartyAccount: iban };
    const texts = ['Miete Januar', 'Rent flat 3', 'Wohnung', 'Dauerauftrag', 'Überweisung'];
    const rows = texts.map((text, at) => ({
      ...madeUpRow(text, -90_000, 'E:Rent', at),
      ...number,
    }));
    const learner = learned([...habit('Rewe', -2000, 'E:Food', 8), ...rows]);
    const asked = { ...madeUpRow('quite another thing', -91_234, ''), counterpartyAccount: iban };
    const suggestion = learner.suggest({ ...asked, counterpartyAccount: iban.replaceAll(' ', '') });
    expect(suggestion.candidates[0]?.counterAccount).toBe('E:Rent');
    expect(suggestion.evidence.some(({ kind }) => kind === 'number')).toBe(true);
  });

  test('accents and capitals do not matter', () => {
    const rows = ['Élan Café', 'Übel & Söhne', 'Ñandú'].flatMap((shop, at) =>
      [1, 2, 3].map((day) => madeUpRow(shop, -1000 - day, `Expenses:Kind ${at}`, day)),
    );
    const asked = learned(rows).suggest(madeUpRow('UBEL & SOHNE', -1002, ''));
    expect(asked.candidates[0]?.counterAccount).toBe('Expenses:Kind 1');
    expect(asked.evidence).toContainEqual(expect.objectContaining({ kind: 'payee' }));
  });

  test('a name that is new is known by its fragments', () => {
    const rows = Array.from({ length: 8 }, (_, at) => [
      madeUpRow(`Zwirbelhof ${'abcdefgh'[at]}${'stuvwxyz'[at]}o`, -1500, 'Expenses:Wool', 2 * at),
      madeUpRow(`${'hgfedcba'[at]}imba Trunkel`, -1500, 'Expenses:Drinks', 2 * at + 1),
    ]).flat();
    const asked = (text: string) => first(learned(rows), madeUpRow(text, -1500, ''));
    expect(asked('Zwirbelhaus')?.counterAccount).toBe('Expenses:Wool');
    expect(asked('Trunkelei')?.counterAccount).toBe('Expenses:Drinks');
  });

  test('words are known in any script', () => {
    const shops = ['山田食品店', 'סופרמרקט כהן', 'متجر الزهور', 'Пекарня Хлебница', 'Łąka Żółw'];
    const rows = shops.flatMap((shop, at) =>
      Array.from({ length: 4 }, (_, day) =>
        madeUpRow(`${shop} ${1000 + 37 * day}`, -1000 - day, `Expenses:Kind ${at}`, day),
      ),
    );
    const learner = learned(rows);
    const asked = ['東京山田食品店本', 'כהן סופרמרקט', 'الزهور', 'ПЕКАРНЯ хлебница 5', 'LAKA ZOLW'];
    for (const [at, text] of asked.entries()) {
      expect(first(learner, madeUpRow(`${text} 99`, -2002, ''))?.counterAccount).toBe(
        // Polish ł is no accent: the rest of its words is.
        `Expenses:Kind ${at}`,
      );
    }
  });
});

describe('what changes', () => {
  test('one correction of a stable habit is the habit from then on', () => {
    const rows = habit('Rewe Markt · Karte', -2000, 'Expenses:Food', 30);
    const learner = learned(rows);
    const row = madeUpRow('Rewe Markt · Karte', -2100, '', 70);
    expect(first(learner, row)?.counterAccount).toBe('Expenses:Food');
    learner.learn({ ...row, counterAccount: 'Expenses:Household', isCorrection: true });
    const { candidates } = learner.suggest(madeUpRow('Rewe Markt · Karte', -2310, '', 72));
    expect(candidates.slice(0, 2).map(({ counterAccount }) => counterAccount)).toEqual([
      'Expenses:Household',
      'Expenses:Food',
    ]);
  });

  test('so it is in a book whose rows have taught that odd ones mean nothing', () => {
    const book = madeUpHistory(500, 0.08);
    const shop = (at: number) => madeUpRow('Quirlmann Nord · Karte', -2000 - at, 'E:Food', at);
    const rows = book.flatMap((row, at) => (at % 20 ? [row] : [row, shop(at)]));
    const plain = learned(rows);
    const marked = learned(rows);
    const corrected = { ...shop(2), counterAccount: 'Expenses:Kind 1' };
    plain.learn(corrected);
    marked.learn({ ...corrected, isCorrection: true });
    expect(first(plain, shop(3))?.counterAccount).toBe('E:Food');
    expect(first(marked, shop(3))?.counterAccount).toBe('Expenses:Kind 1');
    // Until rows say otherwise again.
    for (const day of [4, 5, 6]) marked.learn(shop(day));
    expect(first(marked, shop(7))?.counterAccount).toBe('E:Food');
  });

  test('a correction of rows that are mixed anyway does not turn them all', () => {
    const rows = Array.from({ length: 24 }, (_, at) =>
      madeUpRow('Kaufhaus Mitte', -5000, at % 3 ? 'Expenses:Clothes' : 'Expenses:Gifts', at),
    );
    const plain = learned(rows);
    const marked = learned(rows);
    const row = madeUpRow('Kaufhaus Mitte', -5000, 'Expenses:Gifts', 30);
    plain.learn(row);
    marked.learn({ ...row, isCorrection: true });
    const asked = madeUpRow('Kaufhaus Mitte', -5000, '', 31);
    expect(marked.suggest(asked)).toEqual(plain.suggest(asked));
  });

  test('what was learned wrongly is unlearned', () => {
    const learner = learned(habit('Rewe Markt · Karte', -2000, 'Expenses:Food', 10));
    const wrong = madeUpRow('Rewe Markt · Karte', -2100, 'Income:Salary', 30);
    learner.learn({ ...wrong, isCorrection: true });
    learner.learn({ ...wrong, counterAccount: 'Expenses:Food', isCorrection: true });
    learner.learn({ ...wrong, counterAccount: 'Expenses:Food' });
    const suggested = first(learner, madeUpRow('Rewe Markt · Karte', -1900, '', 32));
    expect(suggested?.counterAccount).toBe('Expenses:Food');
    expect(suggested?.probability).toBeGreaterThan(0.7);
  });

  test('a habit that changed is followed, though nobody corrected anything', () => {
    const learner = learned([
      ...habit('Rewe Markt · Karte', -2000, 'Expenses:Food', 25),
      ...habit('Rewe Markt · Karte', -2000, 'Expenses:Household', 2),
    ]);
    expect(first(learner, madeUpRow('Rewe Markt · Karte', -2050, ''))?.counterAccount).toBe(
      'Expenses:Household',
    );
  });

  test('an account that was given another name is followed for counterparties that had the old one', () => {
    const shops = Array.from({ length: 12 }, (_, at) => `Laden ${'abcdefghijkl'[at]}x GmbH`);
    const rows = (name: string, round: number, some: readonly string[]) =>
      some.map((shop, at) => madeUpRow(shop, -1000 - at, name, 10 * round + at));
    const learner = learned([
      ...[0, 1, 2, 3].flatMap((round) => rows('Expenses:Old', round, shops)),
      ...rows('Expenses:New', 5, shops.slice(0, 9)),
    ]);
    const { candidates } = learner.suggest(madeUpRow('Laden lx GmbH', -1011, '', 70));
    expect(candidates.some(({ counterAccount }) => counterAccount === 'Expenses:New')).toBe(true);
  });
});

describe('names of accounts', () => {
  const paths = ['Assets:Bank', 'Expenses:Groceries', 'Expenses:Rent', 'Expenses:Quirlandia'];

  test('an empty book suggests by them, with no great certainty', () => {
    const learner = createLearner();
    learner.knowAccounts(paths);
    const { candidates, evidence } = learner.suggest(
      madeUpRow('Quirlandia Ost · Beitrag', -900, ''),
    );
    expect(candidates[0]?.counterAccount).toBe('Expenses:Quirlandia');
    expect(candidates[0]?.probability).toBeLessThan(0.7);
    expect(evidence).toMatchObject([{ kind: 'name', words: ['quirlandia'] }]);
    const market = learner.suggest(madeUpRow('EDEKA 4711', -900, ''));
    expect(market.candidates[0]?.counterAccount).toBe('Expenses:Groceries');
    expect(market.evidence).toMatchObject([{ kind: 'known-word' }]);
    expect(learner.suggest(madeUpRow('Xyz', -900, '')).candidates).toEqual([]);
  });

  test('the row’s own account is not suggested by its name either', () => {
    const learner = createLearner();
    learner.knowAccounts(paths);
    const row = { ...madeUpRow('Quirlandia', -900, ''), account: 'Expenses:Quirlandia' };
    expect(learner.suggest(row).candidates).toEqual([]);
  });

  test('rows outweigh them', () => {
    const learner = learned(habit('Quirlandia Ost · Beitrag', -900, 'Expenses:Sports', 6));
    learner.knowAccounts(paths);
    expect(first(learner, madeUpRow('Quirlandia Ost · Beitrag', -900, ''))?.counterAccount).toBe(
      'Expenses:Sports',
    );
  });

  test('they change nothing of what is learned', () => {
    const rows = madeUpHistory(60, 0);
    const knowing = createLearner();
    knowing.knowAccounts(rows.map(({ counterAccount }) => counterAccount));
    for (const row of rows) knowing.learn(row);
    knowing.knowAccounts([]);
    expect(knowing.suggest(madeUpRow('Rewe', -1, ''))).toEqual(
      learned(rows).suggest(madeUpRow('Rewe', -1, '')),
    );
  });
});

describe('evidence', () => {
  test('names what was used, the strongest first, and the rows with its key are those it counted', () => {
    const rows = habit('Rewe Markt · Karte', -2000, 'Expenses:Food', 6);
    const learner = learned(rows);
    const asked = madeUpRow('Rewe Markt · Karte', -2050, '');
    const { evidence } = learner.suggest(asked);
    const shares = evidence.map(({ weight }) => Math.abs(weight));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    const ofPayee = evidence.find(({ kind }) => kind === 'payee');
    expect(ofPayee).toMatchObject({ counterAccount: 'Expenses:Food', words: ['rewe', 'markt'] });
    const keyed = evidence.filter(({ key }) => key !== '');
    expect(keyed.length).toBeGreaterThan(2);
    for (const { kind, key } of keyed) {
      const has = (row: BookRow) =>
        contextKeys(row).some((context) => context.kind === kind && context.key === key);
      expect(has(asked)).toBe(true);
      expect(rows.some(has)).toBe(true);
    }
  });

  test('has keys that stand in the row asked for, whatever words are the bank’s own by now', () => {
    const learner = createLearner();
    // The bank's own words come first.
    const history = madeUpHistory(250, 0.1).map((row) => ({
      ...row,
      description: row.description.split(' · ').reverse().join(' '),
    }));
    for (const row of history) learner.learn(row);
    for (const row of history.slice(-40)) {
      const own = new Set(contextKeys(row).map(({ kind, key }) => `${kind} ${key}`));
      for (const { kind, key } of learner.suggest(row).evidence) {
        if (key !== '') expect(own).toContain(`${kind} ${key}`);
      }
    }
  });

  test('what speaks against the first candidate has a negative weight and another account', () => {
    const learner = learned([
      ...habit('Rewe Markt · Karte', -2000, 'Expenses:Food', 10),
      ...Array.from({ length: 4 }, (_, at) =>
        madeUpRow('Baumarkt Mitte', -7777, 'Expenses:Garden', 30 + at),
      ),
    ]);
    const { candidates, evidence } = learner.suggest(madeUpRow('Rewe Markt · Karte', -7777, ''));
    const against = evidence.filter(({ weight }) => weight < 0);
    expect(candidates[0]?.counterAccount).toBe('Expenses:Food');
    expect(against.length).toBeGreaterThan(0);
    for (const { counterAccount } of against) expect(counterAccount).not.toBe('Expenses:Food');
  });
});
