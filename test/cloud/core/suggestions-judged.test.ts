import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rejectTransfer } from '../../../cloud/core/change-suggestions.ts';
import { reviewDrafts } from '../../../cloud/core/review-drafts.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import {
  bothSides,
  cellOf,
  checking,
  type FedAccount,
  type FedBook,
  food,
  groceries,
  ibanOf,
  moved,
  openFedBook,
  openTaughtBook,
  other,
  plainOf,
  type Shown,
  savings,
  shop,
  transit,
} from './fed-book.ts';
import { bookId } from './world.ts';

describe('what the user decided', () => {
  test.each([other, 'Expenses:Nowhere', groceries.toUpperCase(), 42, null])(
    'a draft’s counter-account %j stays, whatever is suggested, ruled or told by the bank',
    async (chosen) => {
      const book = await openTaughtBook();
      await book.sync({ [checking]: [food({ status: 'pending' })] });
      expect(book.view(book.newest())).toMatchObject({ counterAccount: groceries });
      book.put(book.newest(), { counterAccount: chosen });
      const rule = { whenText: 'hofladen', thenCounterAccount: other, thenPost: true };
      book.sheet.state.rules = [
        Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, cellOf(value)])),
      ];
      await book.want({ postFrom: 0.9, certainty: 0.05 });
      await book.again();
      await book.sync({ [checking]: [food({ text: 'KARTE 77 GEBUCHT' })] });
      await book.again();
      expect(book.view(book.newest())).toMatchObject({ counterAccount: chosen, posted: false });
      const { drafts, sure } = await book.review();
      expect([drafts[0]?.isChosen, sure]).toEqual([true, []]);
    },
  );

  test('a ✓ that was taken back from a row posted automatically is not put there again', async () => {
    const book = await openTaughtBook();
    await book.want({ postFrom: 0.9 });
    await book.sync({ [checking]: [food({ status: 'pending' })] });
    expect(book.view(book.newest())).toMatchObject({ posted: false });
    await book.sync({ [checking]: [food()] });
    expect(book.view(book.newest())).toMatchObject({ posted: true });
    book.put(book.newest(), { posted: false });
    await book.again();
    await book.sync({ [checking]: [food({ text: 'KARTE 77 ANDERS' })] });
    expect(book.view(book.newest())).toMatchObject({ posted: false });
  });

  test('a choice stays without the column Why, and a row of the user’s own is not touched', async () => {
    const book = await openTaughtBook();
    book.add('2026-03-10', { id: 'chosen', description: shop, amount: -21, counterAccount: other });
    const own = book.add('2026-03-10', { description: shop, amount: -21 });
    const before = book.view(own);
    await book.hand.deleteColumn('why');
    await book.sync({ [checking]: [food({ status: 'pending' })] });
    await book.sync({ [checking]: [food()] });
    await book.again();
    expect(book.shown('chosen')).toMatchObject({ counterAccount: other, posted: false });
    expect(book.rows().map(book.view)).toContainEqual(before);
  });

  test('what is no transaction is neither suggested nor learned, and breaks nothing', async () => {
    const odd: readonly Shown[] = [
      { amount: '-21,00' },
      { amount: null },
      { amount: 1e300 },
      { date: '10.3.26' },
      { date: 1e9 },
      { date: null },
    ];
    const book = await openTaughtBook();
    const learned = (await book.review()).drafts;
    for (const [at, cells] of odd.entries()) {
      const both = { description: shop, amount: -21, ...cells };
      book.add('2026-03-10', { id: `odd${at}`, ...both });
      book.add('2026-03-10', { id: `posted${at}`, counterAccount: other, posted: true, ...both });
    }
    const before = book.rows().map(book.view);
    expect((await book.review()).drafts).toEqual(learned);
    await book.again();
    expect(book.rows().map(book.view)).toEqual(before);
    expect(book.lines.filter(({ event }) => event === 'defect')).toEqual([]);
  });
});

describe('what was learned', () => {
  const candidates = async (book: FedBook) => {
    const { drafts } = await book.review();
    return drafts.find(({ id }) => id === 'asked')?.candidates;
  };
  const ask = (book: FedBook) =>
    book.add('2026-03-15', { id: 'asked', description: 'Kino Lux · KASSE', amount: -12 });

  test.each(['deleted', 'un-posted'] as const)(
    'is forgotten with rows that are %s',
    async (how) => {
      const book = await openTaughtBook();
      ask(book);
      const before = await candidates(book);
      const rows = ['2026-02-01', '2026-02-08', '2026-02-15'].map((day) =>
        book.add(day, {
          id: day,
          description: 'Kino Lux · KASSE',
          amount: -12,
          counterAccount: other,
          posted: true,
        }),
      );
      const [first] = (await candidates(book)) ?? [];
      expect(first?.counterAccount).toBe(other);
      for (const row of rows) {
        if (how === 'deleted') book.rows().splice(book.rows().indexOf(row), 1);
        else book.put(row, { posted: false });
      }
      expect(await candidates(book)).toEqual(before);
    },
  );

  test('is sure of no stranger while few rows of two accounts are posted', async () => {
    const book = await openFedBook();
    book.add('2026-01-01', {
      id: 'a',
      description: shop,
      amount: -20,
      counterAccount: groceries,
      posted: true,
    });
    book.add('2026-01-02', {
      id: 'b',
      description: 'Kino Lux',
      amount: -40,
      counterAccount: other,
      posted: true,
    });
    book.add('2026-03-01', { id: 'c', description: 'Dr. Weiss · RECHNUNG', amount: -180 });
    book.add('2026-03-02', { id: 'd', description: 'Arbeitgeber AG · LOHN', amount: 3200 });
    const { drafts, sure } = await book.review();
    expect(sure).toEqual([]);
    for (const {
      candidates: [best],
    } of drafts)
      expect(best?.probability ?? 0).toBeLessThan(0.9);
  });

  test('follows rows in any script', async () => {
    for (const description of ['קפה בוקר · תשלום', '星巴克 · 付款', '☕️🥐', 'x'.repeat(49_000)]) {
      const book = await openTaughtBook();
      for (const day of ['2026-02-01', '2026-02-08', '2026-02-15', '2026-02-22']) {
        book.add(day, { id: day, description, amount: -5, counterAccount: other, posted: true });
      }
      book.add('2026-03-15', { id: 'asked', description, amount: -5.5 });
      const [first] = (await candidates(book)) ?? [];
      expect(first?.counterAccount).toBe(other);
    }
  });

  test('stays in the book: no line of the log has a text, an account or a sum of it', async () => {
    const book = await openTaughtBook();
    await book.sync({ [checking]: [food()] });
    await book.review();
    await book.again();
    expect(book.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(book.lines)).not.toMatch(/Hofladen|KARTE|Groceries|21\.5/);
  });
});

describe('money between own accounts', () => {
  const isInTransit = ({ counterAccount }: Shown) => counterAccount === transit;

  test('leaves nothing in transit, whatever side comes first', async () => {
    const someMove = fc.record({
      hundreds: fc.integer({ min: 1, max: 3 }),
      day: fc.integer({ min: 15, max: 17 }),
      late: fc.integer({ min: 0, max: 2 }),
      isToSavings: fc.boolean(),
      isOutFirst: fc.boolean(),
      isInFirst: fc.boolean(),
    });
    const moves = fc.array(someMove, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(moves, fc.boolean(), async (made, postsBetween) => {
        const book = await openFedBook();
        const sides = made.flatMap(({ hundreds, day, late, isToSavings, ...first }, at) => {
          const [from, to] = isToSavings ? [checking, savings] : [savings, checking];
          const side = (path: FedAccount, far: FedAccount, sum: number, on: number) => ({
            path,
            it: moved(`${sum}.00`, `2026-03-${on}`, {
              reference: `${path} ${at}`,
              counterpartyAccount: ibanOf[far],
            }),
          });
          return [
            {
              ...side(from as FedAccount, to as FedAccount, -100 * hundreds, day),
              isFirst: first.isOutFirst,
            },
            {
              ...side(to as FedAccount, from as FedAccount, 100 * hundreds, day + late),
              isFirst: first.isInFirst,
            },
          ];
        });
        const toldOf = (path: FedAccount, isAll: boolean) =>
          sides.flatMap((side) => (side.path === path && (isAll || side.isFirst) ? [side.it] : []));
        for (const isAll of [false, true]) {
          await book.sync({
            [checking]: toldOf(checking, isAll),
            [savings]: toldOf(savings, isAll),
          });
          // A side of which it was not clear whose it is, is suggested when the user asks.
          if (isAll) await book.again();
          for (const row of isAll || postsBetween ? book.rows() : []) {
            if (isInTransit(book.view(row))) book.put(row, { posted: true });
          }
        }
        const views = book.rows().map(book.view);
        expect([views.length, views.every(isInTransit)]).toEqual([2 * made.length, true]);
        expect((await book.review()).inTransit).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test('is never posted automatically, and a rejected pair is none when both rows are told anew', async () => {
    const book = await openTaughtBook();
    await book.want({ postFrom: 0.9 });
    await book.sync(bothSides);
    const sides = book.rows().slice(-2);
    expect(sides.map(book.view)).toEqual([
      expect.objectContaining({ counterAccount: transit, posted: false }),
      expect.objectContaining({ counterAccount: transit, posted: false }),
    ]);
    const [one = '', two = ''] = sides.map(({ id }) => String(plainOf(id)));
    await rejectTransfer(book.world.store, bookId, [two, one]);
    await book.again();
    await book.sync({
      [checking]: [moved('-500.00', '2026-03-17', { text: 'Umbuchung 2' })],
      [savings]: [moved('500.00', '2026-03-18', { text: 'Umbuchung 2' })],
    });
    await book.again();
    expect(book.rows().slice(-2).map(book.view).some(isInTransit)).toBe(false);
    expect((await book.review()).drafts.map(({ by }) => by)).not.toContain('transfer');
  });

  test('that the user booked from one side is not booked from the other, by whatever habit', async () => {
    const book = await openTaughtBook();
    for (let at = 0; at < 12; at++) {
      const habit = {
        description: 'Erika Muster · Umbuchung',
        account: savings,
        counterAccount: checking,
      };
      book.add(addDays('2026-01-01', at), {
        id: `h${at}`,
        amount: 300 + at,
        posted: true,
        ...habit,
      });
    }
    await book.want({ postFrom: 0.9 });
    await book.sync({ [checking]: bothSides[checking] });
    book.put(book.newest(), { counterAccount: savings, posted: true });
    await book.sync(bothSides);
    await book.again();
    expect(book.view(book.newest())).toMatchObject({ account: savings, posted: false });
    expect(book.view(book.newest()).counterAccount ?? null).toBeNull();
    expect((await book.review()).sure).toEqual([]);
  });
});

test('a reading that does not tell the truth changes nothing for those who read the book after it', async () => {
  const [book, honest] = [await openTaughtBook(), await openTaughtBook()];
  for (const { add, sync } of [book, honest]) {
    for (let at = 0; at < 600; at++) {
      const description = `Firma ${'abcdefghij'[at % 10]} · K ${at % 7}`;
      const counterAccount = at % 2 === 0 ? groceries : other;
      add('2026-02-01', { id: `b${at}`, description, amount: -5, counterAccount, posted: true });
    }
    if (book.add === add) {
      const forged = await book.reading();
      const { columns = [], rows = [] } = forged.transactions ?? {};
      const at = 1 + columns.findIndex(({ name }) => name === 'counterAccount');
      for (const row of rows) row[at] = row[at] === groceries ? other : 'Expenses:Forged';
      await reviewDrafts(book.world, bookId, forged);
    }
    await sync({ [checking]: [food()] });
  }
  expect(await book.review()).toEqual(await honest.review());
});
