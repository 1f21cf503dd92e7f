import { describe, expect, test } from '@jest/globals';
import type { EntryFacts } from '../../../cloud/core/documents.ts';
import { pairKey } from '../../../cloud/learner/transfers/pair-transfers.ts';
import { cellsOf, checking, createBook, draft, eur, facts, idsOf, text } from './book-at-work.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';

type Book = ReturnType<typeof createBook>;

const groceries = 'Expenses:Groceries';
const food = (day: number, change: Partial<EntryFacts> = {}) =>
  facts({
    date: `2026-03-${String(day).padStart(2, '0')}`,
    counterparty: 'Hofladen Krause',
    text: 'KARTE 77',
    amount: eur(-2000 - day),
    ...change,
  });

/** Twelve rows of one payee, posted by the user to one account. */
async function taughtBook(known: Parameters<typeof createBook>[0] = {}): Promise<Book> {
  const book = createBook(known);
  const days = Array.from({ length: 12 }, (_, at) => at + 1);
  await book.deliver(...days.map((day) => draft(`old${day}`, null, food(day))));
  for (const day of days) {
    await book.hand.write(day, 'counterAccount', groceries);
    await book.hand.write(day, 'posted', true);
  }
  return book;
}

async function rowOf(book: Book, id: string) {
  const at = (await idsOf(book)).indexOf(id);
  return { at, cells: await cellsOf(book, at), note: await book.hand.readNote(at + 1, 'why') };
}

const check = (checked: boolean) => ({ kind: 'check', checked });

describe('what was learned', () => {
  test('is proposed with how sure it is, why, and the rows that say so', async () => {
    const book = await taughtBook();
    await book.deliver(draft('new', null, food(20)));
    const { cells, note } = await rowOf(book, 'new');
    expect(cells.counterAccount).toEqual(text(groceries));
    expect(cells.posted).toEqual(check(false));
    expect(cells.why).toEqual({
      kind: 'text',
      text: expect.stringMatching(/^Expenses:Groceries: \d\d %, .*12 of 12/),
    });
    expect(note).toContain('12 of 12');
    expect(note.match(/2026-03-1\d {2}-20\.1\d EUR/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test('is left out below the certainty that the book wants', async () => {
    const book = await taughtBook({ settings: { certainty: 0.99 } });
    await book.deliver(draft('new', null, facts({ counterparty: 'Nora Beispiel', text: 'DANKE' })));
    const { cells } = await rowOf(book, 'new');
    expect(cells.counterAccount).toBeUndefined();
    expect(cells.why).toBeUndefined();
  });

  test('posts nothing by itself until the user wants it, and then no pending row', async () => {
    const book = await taughtBook({ settings: { postFrom: 0.9 } });
    await book.deliver(
      draft('booked', null, food(20)),
      draft('pending', null, food(21, { pending: true })),
    );
    const booked = (await rowOf(book, 'booked')).cells;
    expect(booked.posted).toEqual(check(true));
    expect(booked.why).toEqual({
      kind: 'text',
      text: expect.stringMatching(/, posted automatically ⓘ$/),
    });
    expect((await rowOf(book, 'pending')).cells.posted).toEqual(check(false));
    await book.deliver(draft('pending', food(21, { pending: true }), food(22)));
    const settled = (await rowOf(book, 'pending')).cells;
    expect(settled.posted).toEqual(check(true));
    expect(settled.why).toEqual({
      kind: 'text',
      text: expect.stringMatching(/^Expenses:Groceries: .*automatically ⓘ$/),
    });
  });

  test('goes with its run when that is undone, though Bookfeed has posted it; what the user has changed stays', async () => {
    const book = await taughtBook({ settings: { postFrom: 0.9 } });
    await book.deliver(draft('mine', null, food(20)), draft('its', null, food(21)));
    await book.hand.write((await rowOf(book, 'mine')).at + 1, 'counterAccount', 'Expenses:Gifts');
    await book.deliver(draft('mine', food(20), null), draft('its', food(21), null));
    const ids = await idsOf(book);
    expect([ids.includes('mine'), ids.includes('its')]).toEqual([true, false]);
  });

  test('teaches itself nothing: only what a user has posted or changed counts', async () => {
    const book = await taughtBook({ settings: { postFrom: 0.9 } });
    await book.deliver(...[20, 21, 22].map((day) => draft(`auto${day}`, null, food(day))));
    expect((await book.teach()).posted).toHaveLength(12);
    await book.hand.write((await rowOf(book, 'auto21')).at + 1, 'counterAccount', 'Expenses:Gifts');
    const { posted } = await book.teach();
    expect(posted).toHaveLength(13);
    expect(posted.at(-1)).toMatchObject({ counterAccount: 'Expenses:Gifts', isCorrection: true });
  });

  test('follows a correction at once', async () => {
    const book = await taughtBook();
    await book.deliver(draft('new', null, food(20)));
    const { at } = await rowOf(book, 'new');
    await book.hand.write(at + 1, 'counterAccount', 'Expenses:Gifts');
    await book.hand.write(at + 1, 'posted', true);
    await book.deliver(draft('next', null, food(21)));
    const { cells } = await rowOf(book, 'next');
    const { learner } = await book.teach();
    const [first] = learner.suggest({
      date: '2026-03-21',
      description: 'Hofladen Krause · KARTE 77',
      amount: eur(-2021),
      account: checking,
    }).candidates;
    expect(first?.counterAccount).toBe('Expenses:Gifts');
    expect(cells.counterAccount).not.toEqual(text(groceries));
  });

  test('comes by the names of the accounts in a book without posted rows, In transit not among them', async () => {
    const book = createBook({ settings: { certainty: 0.5 } });
    await book.deliver(
      draft('first', null, facts({ counterparty: 'Nora Beispiel', text: 'DANKE' })),
    );
    const accounts = (await book.readAccounts()).length;
    await book.hand.write(1, 'counterAccount', transit);
    const hand = createMemoryHand(book.state, 'accounts');
    await hand.write(accounts + 1, 'path', transit);
    await book.deliver(
      draft('fuel', null, facts({ counterparty: 'Tankstelle Süd', text: 'KARTE' })),
    );
    expect((await rowOf(book, 'fuel')).cells.counterAccount).toEqual(text('Expenses:Transport'));
  });

  test('does not depend on how the user sorts the tab', async () => {
    const book = await taughtBook();
    await book.deliver(draft('new', null, food(20)));
    const before = (await rowOf(book, 'new')).cells.why;
    await book.hand.sortBy('amount');
    await book.deliver(draft('again', null, food(20)));
    expect((await rowOf(book, 'again')).cells.why).toEqual(before);
  });
});

describe('a rule of the user’s', () => {
  async function ruledBook(cells: Readonly<Record<string, string | number | boolean>>) {
    const book = await taughtBook();
    book.state.rules = [{}];
    const hand = createMemoryHand(book.state, 'rules');
    for (const [column, value] of Object.entries(cells))
      await hand.write(1, column as never, value);
    return book;
  }

  test('goes before what was learned, with its description', async () => {
    const book = await ruledBook({
      whenText: 'hofladen',
      thenCounterAccount: 'Expenses:Other',
      thenDescription: 'Farm shop',
    });
    await book.deliver(draft('new', null, food(20)));
    const { cells } = await rowOf(book, 'new');
    expect(cells).toMatchObject({
      counterAccount: text('Expenses:Other'),
      description: text('Farm shop'),
      posted: check(false),
      why: text('Expenses:Other: by your rule in row 2 ⓘ'),
    });
  });

  test('leaves the counter-account to what was learned when it gives a description alone', async () => {
    const book = await ruledBook({ whenText: 'hofladen', thenDescription: 'Farm shop' });
    await book.deliver(draft('new', null, food(20)));
    const { cells } = await rowOf(book, 'new');
    expect(cells).toMatchObject({
      counterAccount: text(groceries),
      description: text('Farm shop'),
    });
  });

  test('posts at once where it says so, a pending row when it is booked', async () => {
    const rule = { whenText: 'hofladen', thenCounterAccount: 'Expenses:Other', thenPost: true };
    const book = await ruledBook(rule);
    await book.deliver(draft('a', null, food(20)), draft('b', null, food(21, { pending: true })));
    expect((await rowOf(book, 'a')).cells.posted).toEqual(check(true));
    expect((await rowOf(book, 'b')).cells.posted).toEqual(check(false));
    await book.deliver(draft('b', food(21, { pending: true }), food(21)));
    expect((await rowOf(book, 'b')).cells).toMatchObject({
      posted: check(true),
      why: text('Expenses:Other: by your rule in row 2, posted automatically ⓘ'),
    });
    // Unlike what the learner posts, this is the user's word.
    expect((await book.teach()).posted).toHaveLength(14);
  });

  test('that cannot be understood does nothing, and says so in its row', async () => {
    const book = await ruledBook({ whenText: 'hofladen', thenCounterAccount: 'Expenses:Nowhere' });
    await book.deliver(draft('new', null, food(20)));
    expect((await rowOf(book, 'new')).cells.counterAccount).toEqual(text(groceries));
    expect(book.state.rules?.[0]?.problem).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('Expenses:Nowhere'),
    });
  });
});

const savings = 'Assets:Savings';
const transit = 'Assets:In transit';
const own = [
  { path: checking, numbers: ['DE02120300000000202051'], holder: 'Ada Beispiel' },
  { path: savings, numbers: ['DE02500105170137075030'], holder: 'Ada Beispiel' },
];
const out = facts({
  counterparty: 'Ada Beispiel',
  text: 'Umbuchung',
  amount: eur(-50_000),
  counterpartyAccount: 'DE02500105170137075030',
});
const into = facts({ ...out, date: '2026-03-03', amount: eur(50_000), counterpartyAccount: '' });
const incoming = (id: string, now = into) => ({ id, account: savings, now });

describe('a transfer between own accounts', () => {
  test('stands in transit until its other side comes, and is then booked once', async () => {
    const book = createBook({ own });
    await book.deliver(draft('out', null, out));
    expect((await rowOf(book, 'out')).cells).toMatchObject({
      counterAccount: text(transit),
      why: text(`${transit}: transfer with ${savings}, its row has not come ⓘ`),
    });
    const paths = (await book.readAccounts()).map(({ cells }) => cells.path);
    expect(paths).toContainEqual(text(transit));
    await book.deliver(incoming('in'));
    expect((await rowOf(book, 'in')).cells).toMatchObject({
      counterAccount: text(transit),
      why: text(`${transit}: transfer with ${checking}, its row of 2026-03-01 ⓘ`),
    });
    expect((await rowOf(book, 'out')).cells.why).toEqual(
      text(`${transit}: transfer with ${savings}, its row of 2026-03-03 ⓘ`),
    );
  });

  test('is found where two banks fill one account, too', async () => {
    const book = createBook({ own: [...own, { path: checking, numbers: [], holder: 'Ada' }] });
    await book.deliver(draft('out', null, out), incoming('in'));
    for (const id of ['out', 'in']) {
      expect((await rowOf(book, id)).cells.counterAccount).toEqual(text(transit));
    }
  });

  test('leaves a side alone that the user has posted or chosen', async () => {
    for (const column of ['posted', 'counterAccount'] as const) {
      const book = createBook({ own });
      await book.deliver(draft('out', null, out));
      const value = column === 'posted' ? true : 'Expenses:Other';
      await book.hand.write(1, column, value);
      const before = (await rowOf(book, 'out')).cells;
      await book.deliver(incoming('in'));
      expect((await rowOf(book, 'out')).cells).toEqual(before);
      const isPair = column === 'posted';
      const { counterAccount } = (await rowOf(book, 'in')).cells;
      expect(counterAccount?.kind === 'text' && counterAccount.text === transit).toBe(isPair);
    }
  });

  test('is not proposed again where the user has booked it from the other side', async () => {
    const book = createBook({ own });
    await book.deliver(draft('out', null, out));
    await book.hand.write(1, 'counterAccount', savings);
    await book.hand.write(1, 'posted', true);
    await book.deliver(incoming('in'));
    const { cells } = await rowOf(book, 'in');
    expect(cells.counterAccount).toBeUndefined();
    expect(cells.why).toEqual({
      kind: 'text',
      text: expect.stringContaining('Your row of 2026-03-01'),
    });
  });

  test('is none where the user has rejected the pair', async () => {
    const book = createBook({ own, rejectedPairs: [pairKey('out', 'in')] });
    const plain = { ...out, counterpartyAccount: '' };
    await book.deliver(draft('out', null, plain), incoming('in'));
    for (const id of ['out', 'in']) {
      expect((await rowOf(book, id)).cells.counterAccount).not.toEqual(text(transit));
    }
  });

  test('comes after the user’s rule', async () => {
    const book = createBook({ own });
    await book.deliver(draft('other', null, facts()));
    book.state.rules = [{}];
    const hand = createMemoryHand(book.state, 'rules');
    await hand.write(1, 'whenText', 'umbuchung');
    await hand.write(1, 'thenCounterAccount', 'Expenses:Other');
    await book.deliver(draft('out', null, out), incoming('in'));
    for (const id of ['out', 'in']) {
      expect((await rowOf(book, id)).cells.counterAccount).toEqual(text('Expenses:Other'));
    }
  });
});
