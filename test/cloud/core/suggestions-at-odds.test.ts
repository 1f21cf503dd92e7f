import { describe, expect, test } from '@jest/globals';
import { rejectTransfer } from '../../../cloud/core/change-suggestions.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import { createLearner } from '../../../cloud/learner/create-learner.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import {
  bothSides,
  cellOf,
  checking,
  food,
  groceries,
  housing,
  ibanOf,
  moved,
  openFedBook,
  openTaughtBook,
  other,
  plainOf,
  savings,
  shop,
  transit,
} from './fed-book.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';
import { bookId, entry } from './world.ts';

describe('what was learned', () => {
  test('is sure of no stranger after one posted row, and posts none', async () => {
    const book = await openFedBook();
    book.add('2026-01-01', {
      id: 'a',
      description: shop,
      amount: -20,
      counterAccount: groceries,
      posted: true,
    });
    await book.want({ postFrom: 0.999 });
    await book.sync({
      [checking]: [
        entry('-180.00', {
          reference: 'Z',
          bookingDate: '2026-03-17',
          counterparty: 'Dr. Weiss',
          text: 'RECHNUNG',
        }),
        entry('3200.00', {
          reference: 'L',
          bookingDate: '2026-03-17',
          counterparty: 'Arbeitgeber AG',
          text: 'LOHN',
        }),
      ],
    });
    expect(
      book
        .rows()
        .slice(1)
        .map(book.view)
        .map(({ posted }) => posted),
    ).toEqual([false, false]);
    expect((await book.review()).sure).toEqual([]);
  });

  test('is sure from 1 on while nothing is known', () => {
    expect(createLearner().sureFrom()).toBe(1);
  });

  test('counts at once where a draft is corrected that is older than other posted rows', async () => {
    const book = await openFedBook();
    for (let at = 0; at < 28; at++) {
      const cells = {
        description: shop,
        amount: -20 - at / 10,
        counterAccount: groceries,
        posted: true,
      };
      book.add(addDays('2026-03-12', at), { id: `p${at}`, ...cells });
      if (at % 3 === 0)
        book.add(addDays('2026-01-01', at), {
          id: `r${at}`,
          description: 'Lena Wirt · MIETE',
          amount: -900,
          counterAccount: housing,
          posted: true,
        });
    }
    await book.sync({ [checking]: [food({ bookingDate: '2026-03-05' })] });
    book.put(book.newest(), { counterAccount: other, posted: true });
    book.add('2026-03-06', { id: 'asked', description: shop, amount: -21 });
    const asked = (await book.review()).drafts.find(({ id }) => id === 'asked');
    expect(asked?.candidates[0]?.counterAccount).toBe(other);
  });
});

describe('posting automatically', () => {
  test('needs the column Why, by which undo and the learner know what was posted so', async () => {
    const book = await openTaughtBook();
    await book.want({ postFrom: 0.9 });
    await book.hand.deleteColumn('why');
    await book.sync({ [checking]: [food()] });
    expect(book.view(book.newest())).toMatchObject({ posted: false });
  });

  test('is never by habit against In transit', async () => {
    const book = await openTaughtBook();
    for (let at = 0; at < 20; at++) {
      book.add(addDays('2026-01-01', at), {
        id: `u${at}`,
        description: 'Depot Bank · SPAREN',
        amount: -100 - at,
        counterAccount: transit,
        posted: true,
      });
    }
    await book.want({ postFrom: 0.9 });
    await book.sync({
      [checking]: [moved('-110.00', '2026-03-17', { counterparty: 'Depot Bank', text: 'SPAREN' })],
    });
    expect(book.view(book.newest())).toMatchObject({ posted: false });
  });

  test('is never by habit against an account that its own bank fills: one transfer would be there twice', async () => {
    const book = await openTaughtBook();
    for (let at = 0; at < 12; at++) {
      const day = addDays('2026-01-01', at);
      book.add(day, {
        id: `o${at}`,
        description: 'Sparplan · Dauerauftrag',
        amount: -300 - at,
        counterAccount: savings,
        posted: true,
      });
      book.add(day, {
        id: `i${at}`,
        description: 'Sparplan · Gutschrift',
        amount: 290 + at,
        account: savings,
        counterAccount: checking,
        posted: true,
      });
    }
    await book.want({ postFrom: 0.9 });
    await book.sync({
      [checking]: [
        moved('-500.00', '2026-03-14', { counterparty: 'Sparplan', text: 'Dauerauftrag' }),
      ],
      [savings]: [moved('500.00', '2026-03-19', { counterparty: 'Sparplan', text: 'Gutschrift' })],
    });
    const isPosted = book
      .rows()
      .slice(-2)
      .map(book.view)
      .map(({ posted }) => posted);
    expect(isPosted.filter(Boolean).length).toBeLessThan(2);
  });

  test('by a rule leaves a side alone that the user has booked from the other', async () => {
    const book = await openTaughtBook();
    await book.sync({ [checking]: bothSides[checking] });
    book.put(book.newest(), { counterAccount: savings, posted: true });
    book.sheet.state.rules = [
      {
        whenText: cellOf('umbuchung'),
        thenCounterAccount: cellOf(checking),
        thenPost: cellOf(true),
      },
    ];
    await book.sync(bothSides);
    expect(book.view(book.newest())).toMatchObject({ account: savings, posted: false });
  });
});

describe('a transfer', () => {
  test.each([
    [
      'rent and salary',
      { counterparty: 'Vermieter Kunz', text: 'Miete Maerz' },
      { counterparty: 'Neue Firma GmbH', text: 'Gehalt Maerz' },
    ],
    [
      'a purchase and its refund',
      { counterparty: 'Amazon EU', text: 'Bestellung 123' },
      { counterparty: 'Amazon EU', text: 'Erstattung 123' },
    ],
    [
      'a purchase and a present',
      { counterparty: 'IKEA', text: 'Kauf' },
      { counterparty: 'Oma', text: 'Geburtstag' },
    ],
  ] as const)('is not surely %s of the same amount', async (_, out, into) => {
    const book = await openTaughtBook();
    await book.sync({
      [checking]: [moved('-1200.00', '2026-03-16', out)],
      [savings]: [moved('1200.00', '2026-03-17', into)],
    });
    const { drafts } = await book.review();
    for (const { by, certainty } of drafts)
      expect([by, certainty]).not.toEqual(['transfer', 'sure']);
  });

  test('whose pending side goes leaves no word of that in the other', async () => {
    const book = await openTaughtBook();
    await book.sync({
      ...bothSides,
      [checking]: [moved('-500.00', '2026-03-17', { status: 'pending' })],
    });
    expect(book.view(book.newest())).toMatchObject({ counterAccount: transit });
    await book.sync({ [checking]: [] });
    expect(String(book.view(book.newest()).why)).not.toContain('its row of');
  });

  test('whose one side is undone leaves no word of that in the other', async () => {
    const book = await openTaughtBook();
    await book.sync({ [checking]: bothSides[checking] });
    await book.sync(bothSides);
    const { runs } = await overviewOf(book.world, bookId, 'erika');
    await undoRun(book.world, bookId, { runId: runs[0]?.id ?? '', preview: false });
    await deliverBook(book.world, bookId);
    expect(String(book.view(book.newest()).why)).not.toContain('its row of');
  });

  test('stands against no account of its own where In transit is set to one that a bank fills', async () => {
    const book = await openTaughtBook();
    await expect(book.want({ transit: checking })).rejects.toThrow('a bank fills it');
    await book.sync(bothSides);
    for (const { account, counterAccount } of book.rows().slice(-2).map(book.view)) {
      expect(counterAccount ?? '').not.toBe(account);
    }
  });

  test('that was rejected is not accepted with all that is sure, though its numbers are own ones', async () => {
    const book = await openTaughtBook();
    await book.sync({
      [checking]: [moved('-500.00', '2026-03-17', { counterpartyAccount: ibanOf[savings] })],
      [savings]: [moved('500.00', '2026-03-18', { counterpartyAccount: ibanOf[checking] })],
    });
    const [one = '', two = ''] = book
      .rows()
      .slice(-2)
      .map(({ id }) => String(plainOf(id)));
    await rejectTransfer(book.world.store, bookId, [one, two]);
    expect((await book.review()).sure).toEqual([]);
  });

  test('meets its other side in one account, also when In transit is another one since', async () => {
    const book = await openTaughtBook();
    const own = {
      [checking]: [moved('-500.00', '2026-03-17', { counterpartyAccount: ibanOf[savings] })],
    };
    await book.sync(own);
    book.put(book.newest(), { posted: true });
    await book.want({ transit: 'Equity:On its way' });
    await book.sync({
      ...own,
      [savings]: [moved('500.00', '2026-03-18', { counterpartyAccount: ibanOf[checking] })],
    });
    expect(
      new Set(
        book
          .rows()
          .slice(-2)
          .map(book.view)
          .map(({ counterAccount }) => counterAccount),
      ).size,
    ).toBe(1);
  });
});

describe('words of the user’s in Why', () => {
  test.each([' – ask Nora', '\nask Nora'])('behind ours (%j) are not lost', async (words) => {
    const book = await openTaughtBook();
    await book.sync({ [checking]: [food({ status: 'pending' })] });
    const row = book.newest();
    book.put(row, { why: `${book.view(row).why}${words}` });
    for (let at = 0; at < 30; at++) {
      book.add(addDays('2026-02-01', at), {
        id: `q${at}`,
        description: shop,
        amount: -21,
        counterAccount: other,
        posted: true,
      });
    }
    const id = String(plainOf(row?.id));
    await book.again();
    expect(book.shown(id).why).toContain('ask Nora');
    await book.sync({ [checking]: [food()] });
    expect(book.shown(id).why).toContain('ask Nora');
  });

  test.each([
    [null, 'Transfer? I must ask Nora'],
    [other, `${other}: 50 % private`],
  ])('that are like ours (%j, %j) are not taken for ours', async (counterAccount, why) => {
    const book = await openTaughtBook();
    book.add('2026-03-10', { id: 'mine', description: shop, amount: -21, counterAccount, why });
    await book.again();
    expect(book.shown('mine')).toMatchObject({ why });
    // An empty one is nobody's choice.
    if (counterAccount) expect(book.shown('mine')).toMatchObject({ counterAccount });
  });
});

test.each(['deleteColumn', 'disownColumn'] as const)(
  'a rule does not take more rows when the column of one of its conditions is gone (%s)',
  async (how) => {
    const book = await openTaughtBook();
    const rule = {
      whenText: 'krause',
      amountFrom: -22,
      amountTo: -21,
      thenCounterAccount: other,
      thenPost: true,
    };
    book.sheet.state.rules = [
      Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, cellOf(value)])),
    ];
    await createMemoryHand(book.sheet.state, 'rules')[how]('amountFrom');
    await book.sync({ [checking]: [{ ...food(), amount: { minor: -500_00, currency: 'EUR' } }] });
    expect(book.view(book.newest())).toMatchObject({ posted: false });
  },
);
