import { describe, expect, test } from '@jest/globals';
import {
  cellsOf,
  checking,
  corrected,
  createBook,
  createBookOf,
  draft,
  eur,
  facts,
  idsOf,
  number,
  text,
  told,
  whyOf,
} from './book-at-work.ts';

describe('a new entry', () => {
  test('becomes a draft row, the oldest first', async () => {
    const book = createBook();
    await book.deliver(
      draft('e2', null, corrected),
      draft('e1', null, facts({ balanceAfter: eur(99_550), text: ' COFFEE \n 2 CUPS' })),
    );
    expect(await idsOf(book)).toEqual(['e1', 'e2']);
    expect(await cellsOf(book)).toEqual({
      date: number(46082),
      description: text('Cafe Rot · COFFEE 2 CUPS'),
      amount: number(-4.5),
      currency: text('EUR'),
      account: text(checking),
      posted: { kind: 'check', checked: false },
      balance: number(995.5),
      id: text('e1'),
    });
  });

  test('says so while it is pending at the bank', async () => {
    const book = await createBookOf(facts({ pending: true }));
    expect(await whyOf(book)).toEqual(text('Pending at the bank'));
    await book.deliver(draft('e1', facts({ pending: true }), told));
    expect(await whyOf(book)).toBeUndefined();
  });

  test('shows the sum in another currency as a note of its amount, as long as the bank gives it', async () => {
    const original = (minor: number) => facts({ original: { minor, currency: 'USD' } });
    const book = await createBookOf(original(-5000));
    const note = () => book.hand.readNote(1, 'amount');
    expect(await note()).toBe('USD -50.00');
    await book.deliver(draft('e1', original(-5000), original(-5100)));
    expect(await note()).toBe('USD -51.00');
    await book.hand.writeNote(1, 'amount', 'mine');
    const dearer = { ...original(-5100), amount: eur(-460) };
    await book.deliver(draft('e1', original(-5100), dearer));
    expect(await note()).toBe('mine');
    await book.deliver(draft('e1', dearer, facts({ amount: eur(-460) })));
    expect(await note()).toBe('');
    expect((await cellsOf(book)).amount).toEqual(number(-4.6));
  });

  test('of which the row stands there already is not added again', async () => {
    const book = await createBookOf();
    await book.deliver(draft('e1', null, corrected));
    expect(await book.read()).toHaveLength(1);
  });

  test('is added once where it changes before it is delivered, and not where it goes', async () => {
    const book = createBook();
    await book.deliver(
      draft('e1', null, told),
      draft('e2', null, told),
      draft('e1', told, corrected),
      draft('e2', told, null),
    );
    expect(await idsOf(book)).toEqual(['e1']);
    expect((await cellsOf(book)).amount).toEqual(number(-8.75));
  });
});

describe('a draft row', () => {
  test('follows the bank in the cells that the user has not changed, and Why says nothing of the others', async () => {
    const book = await createBookOf();
    await book.hand.write(1, 'amount', -5);
    await book.hand.write(1, 'counterAccount', 'Expenses:Coffee');
    await book.hand.write(1, 'notes', 'with Ada');
    await book.deliver(draft('e1', told, { ...corrected, text: 'COFFEE BAR' }));
    expect(await cellsOf(book)).toMatchObject({
      date: number(46084),
      description: text('Cafe Rot · COFFEE BAR'),
      amount: number(-5),
      counterAccount: text('Expenses:Coffee'),
      notes: text('with Ada'),
    });
    expect(await whyOf(book)).toBeUndefined();
  });

  test('follows the bank from an empty description to a text', async () => {
    const book = await createBookOf(facts({ counterparty: '', text: '' }));
    await book.deliver(draft('e1', facts({ counterparty: '', text: '' }), told));
    expect((await cellsOf(book)).description).toEqual(text('Cafe Rot · COFFEE'));
  });

  test('that the user has deleted stays deleted, whatever the bank then says', async () => {
    const book = await createBookOf();
    await book.hand.deleteRow(1);
    await book.deliver(draft('e1', told, corrected));
    await book.deliver(draft('e1', corrected, null));
    expect(await book.read()).toEqual([]);
  });

  test('goes when the bank no longer shows its entry', async () => {
    const book = await createBookOf(facts({ pending: true }));
    await book.deliver(draft('e1', facts({ pending: true }), null));
    expect(await book.read()).toEqual([]);
  });

  test('is found by its id wherever the user has moved it', async () => {
    const book = await createBookOf();
    await book.deliver(draft('e2', null, facts({ amount: eur(-9900) })));
    await book.hand.sortBy('amount');
    await book.hand.insertRow(1);
    await book.hand.moveColumnToFront('notes');
    await book.deliver(draft('e1', told, corrected));
    const rows = (await book.read()).map(({ index, cells }) => [index, cells.id, cells.amount]);
    expect(rows).toEqual([
      [2, text('e2'), number(-99)],
      [3, text('e1'), number(-8.75)],
    ]);
  });

  test('keeps the rest of Why when its entry is booked', async () => {
    const pending = facts({ pending: true });
    const book = await createBookOf(pending);
    await book.hand.write(1, 'why', 'Pending at the bank, ask Ada');
    await book.deliver(draft('e1', pending, told));
    expect(await whyOf(book)).toEqual(text('ask Ada'));
  });
});

describe('copies of a row', () => {
  test('the one that still shows what was written follows the bank', async () => {
    const book = await createBookOf();
    await book.hand.copyRow(1, 2);
    await book.hand.write(1, 'amount', -2);
    await book.hand.write(1, 'description', 'half of it');
    await book.deliver(draft('e1', told, corrected));
    const rows = await book.read();
    expect(rows.map(({ cells }) => [cells.date, cells.amount])).toEqual([
      [number(46082), number(-2)],
      [number(46084), number(-8.75)],
    ]);
  });

  test('of two that show the same the first follows, and goes alone', async () => {
    const book = await createBookOf();
    await book.hand.copyRow(1, 2);
    await book.deliver(draft('e1', told, corrected));
    expect((await book.read()).map(({ cells }) => cells.amount)).toEqual([
      number(-8.75),
      number(-4.5),
    ]);
    await book.hand.sortBy('date');
    await book.deliver(draft('e1', corrected, null));
    expect((await book.read()).map(({ cells }) => cells.amount)).toEqual([number(-4.5)]);
  });

  test('without its id is a row of the user’s, as is one that the user adds', async () => {
    const book = await createBookOf();
    await book.hand.copyRow(1, 2);
    await book.hand.write(2, 'id', '');
    await book.hand.write(3, 'description', 'Cafe Rot · COFFEE');
    await book.hand.write(3, 'amount', -4.5);
    const before = await book.read();
    await book.deliver(draft('e1', told, corrected));
    await book.deliver(draft('e1', corrected, null));
    expect((await book.read()).map(({ cells }) => cells)).toEqual(
      before.slice(1).map(({ cells }) => cells),
    );
  });
});

describe('a suggestion', () => {
  test('comes from the rows that the user has posted, behind the mark of a pending entry', async () => {
    const book = await createBookOf();
    await book.deliver(draft('e2', null, told));
    for (const row of [1, 2]) {
      await book.hand.write(row, 'counterAccount', 'Expenses:Coffee');
      await book.hand.write(row, 'posted', true);
    }
    const pending = facts({ pending: true });
    await book.deliver(draft('e3', null, pending));
    const reason = 'Expenses:Coffee: \\d\\d %, .*Cafe Rot.* ⓘ$';
    expect(await cellsOf(book, 2)).toMatchObject({
      counterAccount: text('Expenses:Coffee'),
      why: { text: expect.stringMatching(`^Pending at the bank, ${reason}`) },
    });
    expect(await book.hand.readNote(3, 'why')).toContain('Expenses:Coffee');
    await book.deliver(draft('e3', pending, told));
    expect((await cellsOf(book, 2)).why).toMatchObject({
      text: expect.stringMatching(`^${reason}`),
    });
    expect(await book.hand.readNote(3, 'why')).toContain('Expenses:Coffee');
  });
});
