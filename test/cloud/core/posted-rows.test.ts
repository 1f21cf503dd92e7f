import { describe, expect, test } from '@jest/globals';
import { cellTextMax } from '../../../cloud/ports/sheet.ts';
import {
  type Book,
  cellsOf,
  corrected,
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

describe('a posted row', () => {
  async function createPosted(now = told): Promise<Book> {
    const book = await createBookOf(now);
    await book.hand.write(1, 'posted', true);
    return book;
  }
  const note = (book: Book) => book.hand.readNote(1, 'why');

  test('shows in Why what the bank now says, and does not change by itself', async () => {
    const book = await createPosted();
    const before = await cellsOf(book);
    await book.deliver(draft('e1', told, { ...corrected, text: 'COFFEE “XXL”' }));
    const { why, ...cells } = await cellsOf(book);
    expect(cells).toEqual(before);
    expect(why).toEqual(text('Bank now says: -8.75, 2026-03-03, “Cafe Rot · COFFEE "XXL"”'));
    expect((await note(book)).split('\n')).toEqual([
      'The bank tells this entry differently since you posted it.',
      'Amount: -4.50 here, -8.75 at the bank',
      'Date: 2026-03-01 here, 2026-03-03 at the bank',
      'Description: Cafe Rot · COFFEE here, Cafe Rot · COFFEE “XXL” at the bank',
    ]);
  });

  test('names only facts that the bank has changed and that the row shows differently', async () => {
    const book = await createPosted();
    await book.hand.write(1, 'description', 'Lunch');
    await book.hand.write(1, 'amount', -8.75);
    await book.deliver(draft('e1', told, corrected));
    expect(await whyOf(book)).toEqual(text('Bank now says: 2026-03-03'));
  });

  test('names a balance and a currency', async () => {
    const book = await createPosted(facts({ balanceAfter: eur(100) }));
    const usd = (minor: number) => ({ minor, currency: 'USD' });
    const now = facts({ amount: usd(-450), balanceAfter: usd(-50) });
    await book.deliver(draft('e1', facts({ balanceAfter: eur(100) }), now));
    expect(await whyOf(book)).toEqual(text('Bank now says: USD, balance -0.50'));
    expect(await note(book)).toContain('Balance: 1.00 here, -0.50 at the bank');
    await book.deliver(draft('e1', now, facts({ amount: usd(-450) })));
    expect(await whyOf(book)).toEqual(text('Bank now says: USD'));
  });

  test('goes on to show what it showed when the bank then changes something else', async () => {
    const book = await createPosted();
    await book.deliver(draft('e1', told, facts({ amount: eur(-875) })));
    await book.deliver(draft('e1', facts({ amount: eur(-875) }), corrected));
    expect(await whyOf(book)).toEqual(text('Bank now says: -8.75, 2026-03-03'));
    await book.deliver(draft('e1', corrected, facts({ amount: eur(-900), date: '2026-03-01' })));
    expect(await whyOf(book)).toEqual(text('Bank now says: -9.00'));
  });

  test('shows nothing any more once the bank says what stands there', async () => {
    const book = await createPosted();
    await book.deliver(draft('e1', told, corrected));
    await book.deliver(draft('e1', corrected, told));
    expect(await whyOf(book)).toBeUndefined();
    expect(await note(book)).toBe('');
    await book.deliver(draft('e1', told, corrected));
    await book.hand.write(1, 'amount', -8.8);
    await book.deliver(draft('e1', corrected, facts({ amount: eur(-880) })));
    expect(await whyOf(book)).toBeUndefined();
  });

  test('loses the mark of a pending entry when that is booked, also with other facts', async () => {
    const pending = facts({ pending: true });
    const book = await createPosted(pending);
    await book.deliver(draft('e1', pending, corrected));
    expect(await whyOf(book)).toEqual(text('Bank now says: -8.75, 2026-03-03'));
  });

  test('stays when the bank no longer shows its pending entry, and says so until it does again', async () => {
    const pending = facts({ pending: true });
    const book = await createPosted(pending);
    await book.deliver(draft('e1', pending, { ...pending, amount: eur(-1) }));
    expect(await whyOf(book)).toEqual(text('Pending at the bank, Bank now says: -0.01'));
    await book.deliver(draft('e1', { ...pending, amount: eur(-1) }, null));
    expect(await whyOf(book)).toEqual(text('No longer at the bank'));
    expect(await note(book)).toBe('');
    await book.deliver(draft('e1', null, pending));
    expect(await whyOf(book)).toEqual(text('Pending at the bank'));
    expect(await book.read()).toHaveLength(1);
  });

  test('stays as it is when the run that brought it is undone', async () => {
    const book = await createPosted();
    const before = await cellsOf(book);
    await book.deliver(draft('e1', told, null));
    expect(await cellsOf(book)).toEqual(before);
  });

  test('whose ✓ the user takes back keeps its mark, and follows the bank again in the other cells', async () => {
    const book = await createPosted();
    await book.deliver(draft('e1', told, facts({ amount: eur(-875) })));
    await book.hand.write(1, 'posted', false);
    await book.deliver(draft('e1', facts({ amount: eur(-875) }), corrected));
    expect(await cellsOf(book)).toMatchObject({ amount: number(-4.5), date: number(46084) });
    expect(await whyOf(book)).toEqual(text('Bank now says: -8.75'));
  });

  test('keeps in Why what the user has written there', async () => {
    const book = await createPosted();
    await book.hand.write(1, 'why', '12, and “so” on');
    await book.deliver(draft('e1', told, corrected));
    expect(await whyOf(book)).toEqual(text('Bank now says: -8.75, 2026-03-03, 12, and “so” on'));
    await book.deliver(draft('e1', corrected, told));
    expect(await whyOf(book)).toEqual(text('12, and “so” on'));
    await book.hand.write(1, 'why', 'Bank now says: no idea');
    await book.deliver(draft('e1', told, corrected));
    expect(await whyOf(book)).toEqual(
      text('Bank now says: -8.75, 2026-03-03, Bank now says: no idea'),
    );
    await book.hand.write(1, 'why', 17);
    await book.deliver(draft('e1', corrected, { ...corrected, amount: eur(-1) }));
    expect(await whyOf(book)).toEqual(text('Bank now says: -0.01, 17'));
    const long = 'x'.repeat(cellTextMax);
    await book.hand.write(1, 'why', long);
    await book.deliver(draft('e1', { ...corrected, amount: eur(-1) }, corrected));
    expect(await whyOf(book)).toEqual(text(long));
  });

  test('quotes the beginning of a long text, and has no more of it in the note than a cell takes', async () => {
    const book = await createPosted();
    await book.deliver(draft('e1', told, facts({ text: 't'.repeat(cellTextMax) })));
    const why = await whyOf(book);
    const quoted = `Cafe Rot · ${'t'.repeat(48)}…`;
    expect(why).toEqual(text(`Bank now says: “${quoted}”`));
    expect((await note(book)).length).toBe(cellTextMax);
    await book.deliver(draft('e1', facts({ text: 't'.repeat(cellTextMax) }), told));
    expect(await whyOf(book)).toBeUndefined();
  });

  test('of which the user has made no day by a number is no reason to stop', async () => {
    const book = await createPosted();
    await book.hand.write(1, 'date', 1e15);
    await book.deliver(draft('e1', told, corrected), draft('e2', null, told));
    expect(await note(book)).toContain('Date: 1000000000000000 here, 2026-03-03 at the bank');
    expect(await idsOf(book)).toEqual(['e1', 'e2']);
  });
});
