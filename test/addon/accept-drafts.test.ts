import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RowContent } from '../../cloud/ports/sheet.ts';
import type { TransactionColumn } from '../../shared/book.ts';
import type { AcceptedDraft } from '../../shared/suggestions.ts';
import { createGoogleHand } from '../cloud/adapters/google-sheets-hand.ts';
import { changesOf, newRow, text } from '../contract/sheet-world.ts';
import { type Delivering, type DeliveringBook, startDelivering, textOf } from './delivering.ts';

let delivering: Delivering;
beforeAll(async () => {
  delivering = await startDelivering();
});
afterEach(() => expect(delivering.works.defects.splice(0)).toEqual([]));
afterAll(() => delivering.close());

type Row = RowContent<TransactionColumn>;

const food = 'Expenses:Food';
const fun = 'Expenses:Fun';

/** A book with these rows; what Bookfeed suggested stands in those that name a counter-account. */
async function openBook(rows: Readonly<Record<string, Row>>) {
  const book = await delivering.openBook();
  const { sheet } = delivering.world;
  const append = Object.entries(rows).map(([id, more]) => newRow(id, more));
  await sheet.writeBook(book.id, await sheet.readBook(book.id), changesOf(['b1'], { append }));
  return { book, hand: createGoogleHand(delivering.works, sheet, book.id) };
}

const suggested: Row = { counterAccount: text(food) };
const accept = (id: string, counterAccount: string, stood = counterAccount): AcceptedDraft => ({
  id,
  counterAccount,
  stood,
});

async function acceptDrafts(book: DeliveringBook, ...drafts: readonly AcceptedDraft[]) {
  const { answer, requests } = await book.run('acceptDrafts', [drafts]);
  if (!answer.ok) throw new Error(answer.message);
  return { accepted: answer.value, writes: requests.filter((it) => !/GET|search$/.test(it)) };
}

/** Of each row: id, counter-account, ✓. */
async function decisions(book: DeliveringBook) {
  return (await book.rows()).map(({ cells }) => [
    textOf(cells.id),
    textOf(cells.counterAccount),
    cells.posted?.kind === 'check' && cells.posted.checked,
  ]);
}

describe('accepting drafts', () => {
  test('posts them with the counter-accounts that the user saw, and touches no other cell', async () => {
    const { book } = await openBook({ e1: suggested, e2: suggested, e3: {}, e4: suggested });
    const before = (await book.rows()).map(({ cells }) => cells);
    const { accepted, writes } = await acceptDrafts(
      book,
      accept('e1', food),
      accept('e2', fun, food),
      accept('e3', '=1+1', ''),
    );
    expect(accepted).toEqual({ posted: 3, left: [] });
    // One of counter-accounts, one of ticks.
    expect(writes).toHaveLength(2);
    const posted = { kind: 'check', checked: true };
    const [e1, e2, e3, e4] = before;
    expect((await book.rows()).map(({ cells }) => cells)).toEqual([
      { ...e1, posted },
      { ...e2, posted, counterAccount: text(fun) },
      { ...e3, posted, counterAccount: text('=1+1') },
      e4,
    ]);
    expect(JSON.stringify(await book.read())).not.toContain('formulaValue');
  });

  test('leaves what the user has changed or posted meanwhile, and what is not there', async () => {
    const { book, hand } = await openBook({ e1: suggested, e2: suggested, e3: {}, e4: suggested });
    await hand.write(1, 'counterAccount', fun);
    await hand.write(2, 'posted', true);
    // The name of an account that is a number is none that was shown.
    await hand.write(3, 'counterAccount', 4400);
    const before = await book.read();
    const { accepted } = await acceptDrafts(
      book,
      accept('e1', food),
      accept('e2', fun, food),
      accept('e3', food, ''),
      accept('gone', food),
    );
    expect(accepted).toEqual({ posted: 0, left: ['e1', 'e2', 'e3', 'gone'] });
    expect(await book.read()).toEqual(before);
    const last = await acceptDrafts(book, accept('e4', food));
    expect(last).toMatchObject({ accepted: { posted: 1 }, writes: { length: 1 } });
  });

  test('finds rows where the user has put them, and of a copied row the first', async () => {
    const { book, hand } = await openBook({ e1: {}, e2: suggested, e3: suggested });
    await hand.moveColumnToFront('posted');
    await hand.insertColumn(2, 'Mine');
    await hand.copyRow(2, 5);
    await hand.deleteRow(1);
    const { accepted } = await acceptDrafts(book, accept('e3', fun, food), accept('e2', food));
    expect(accepted).toEqual({ posted: 2, left: [] });
    expect(await decisions(book)).toEqual([
      ['e2', food, true],
      ['e3', fun, true],
      ['e2', food, false],
    ]);
    expect((await acceptDrafts(book, accept('e2', food))).accepted).toEqual({
      posted: 0,
      left: ['e2'],
    });
  });

  test('without a column that it needs posts nothing', async () => {
    const { book, hand } = await openBook({ e1: suggested });
    const none = { posted: 0, left: ['e1'] };
    await hand.deleteColumn('posted');
    expect((await acceptDrafts(book, accept('e1', food))).accepted).toEqual(none);
    const empty = await delivering.openBook();
    expect((await acceptDrafts(empty, accept('e1', food))).accepted).toEqual(none);
  });

  test('posts a thousand neighbours with two writings', async () => {
    const ids = Array.from({ length: 1000 }, (_, at) => `e${at}`);
    const { book } = await openBook(Object.fromEntries(ids.map((id) => [id, suggested])));
    const drafts = ids.map((id) => accept(id, fun, food));
    const { accepted, writes } = await acceptDrafts(book, ...drafts);
    expect(accepted).toEqual({ posted: 1000, left: [] });
    expect(writes).toHaveLength(2);
    expect(new Set((await decisions(book)).map(([, ...rest]) => rest.join()))).toEqual(
      new Set([`${fun},true`]),
    );
  });
});
