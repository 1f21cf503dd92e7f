import { describe, expect, test } from '@jest/globals';
import type { AccountBalances } from '../../../cloud/core/documents.ts';
import { checking, createBook, draft, eur, facts, number } from './book-at-work.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';

const giro = (balances: Omit<AccountBalances, 'bookAccount'>): AccountBalances => ({
  bookAccount: { path: checking, type: 'asset', currency: 'EUR' },
  ...balances,
});

async function createBookOf(balances: Omit<AccountBalances, 'bookAccount'>) {
  const book = createBook();
  await book.deliverBalances(giro(balances));
  const row = async () => (await book.readAccounts())[0]?.cells;
  return { ...book, row };
}

describe('the Accounts tab', () => {
  test('shows of an account the book’s balance, the bank’s, and the bank’s less the book’s', async () => {
    const { row, deliverBalances, readAccounts } = await createBookOf({
      bankBalance: eur(99_550),
      bookBalance: eur(100_000),
    });
    expect(await row()).toEqual({
      name: { kind: 'text', text: 'Checking' },
      type: { kind: 'text', text: 'asset' },
      path: { kind: 'text', text: checking },
      currency: { kind: 'text', text: 'EUR' },
      bookBalance: number(1000),
      bankBalance: number(995.5),
      difference: number(-4.5),
    });
    const count = (await readAccounts()).length;
    await deliverBalances(giro({ bankBalance: eur(99_550), bookBalance: eur(99_550) }));
    expect(await row()).toMatchObject({ bookBalance: number(995.5), difference: number(0) });
    expect(await readAccounts()).toHaveLength(count);
  });

  test('a balance alone is compared with the other as it stands', async () => {
    const { row, deliverBalances } = await createBookOf({ bookBalance: eur(1_000) });
    expect(await row()).not.toHaveProperty('difference');
    await deliverBalances(giro({ bankBalance: eur(1_500) }));
    expect(await row()).toMatchObject({ bankBalance: number(15), difference: number(5) });
    await deliverBalances(giro({ bookBalance: eur(1_400) }));
    expect(await row()).toMatchObject({ bankBalance: number(15), difference: number(1) });
  });

  test('sums of two currencies have no difference', async () => {
    const { row } = await createBookOf({
      bookBalance: eur(1_000),
      bankBalance: { minor: 1_000, currency: 'JPY' },
    });
    expect(await row()).toMatchObject({ bookBalance: number(10), bankBalance: number(1000) });
    expect(await row()).not.toHaveProperty('difference');
  });

  test('a batch that only brings balances is delivered, and changes no other tab', async () => {
    const { deliver, deliverBalances, read } = await createBookOf({ bookBalance: eur(1) });
    await deliver(draft('e1', null, facts()));
    const before = await read();
    const balances = giro({ bankBalance: eur(700), bookBalance: eur(700) });
    expect(await deliverBalances(balances)).toMatchObject({
      batchIds: [expect.any(String)],
      transactions: { append: [], update: [], remove: [] },
      accounts: { append: [], update: [{ index: 1 }], remove: [] },
    });
    expect(await read()).toEqual(before);
    // Told the same once more, it is a batch without changes, which is then delivered, too.
    expect(await deliverBalances(balances)).toMatchObject({
      batchIds: [expect.any(String)],
      accounts: { append: [], update: [] },
    });
  });

  test('a tab made before a column existed does without it', async () => {
    const { state, row, deliverBalances } = await createBookOf({ bankBalance: eur(1) });
    const hand = createMemoryHand(state, 'accounts');
    await hand.deleteColumn('bookBalance');
    await hand.deleteColumn('difference');
    const changes = await deliverBalances(giro({ bankBalance: eur(200), bookBalance: eur(100) }));
    expect(changes.accounts.update).toEqual([
      { index: 1, cells: { bankBalance: { kind: 'amount', amount: eur(200) } } },
    ]);
    expect(await row()).toMatchObject({ bankBalance: number(2) });
    await hand.deleteColumn('bankBalance');
    const none = await deliverBalances(giro({ bankBalance: eur(300), bookBalance: eur(100) }));
    expect(none.accounts.update).toEqual([]);
    expect(state.accounts).not.toHaveLength(0);
  });

  test('the latest of several batches counts, and the first of several rows of a path', async () => {
    const { state, deliverBalances, readAccounts } = await createBookOf({ bankBalance: eur(1) });
    state.accounts?.push({ ...state.accounts[0] });
    await deliverBalances(
      giro({ bankBalance: eur(200), bookBalance: eur(150) }),
      giro({ bookBalance: eur(100) }),
    );
    const rows = (await readAccounts()).filter(
      ({ cells }) => cells.path?.kind === 'text' && cells.path.text === checking,
    );
    expect(
      rows.map(({ cells }) => [cells.bookBalance, cells.bankBalance, cells.difference]),
    ).toEqual([
      [number(1), number(2), number(1)],
      [undefined, number(0.01), undefined],
    ]);
  });

  test('a new tab has accounts for a first drop-down beside the user’s own', async () => {
    const { readAccounts, deliverBalances } = await createBookOf({});
    const paths = (await readAccounts()).map(({ cells }) => cells.path);
    expect(paths).toContainEqual({ kind: 'text', text: 'Expenses:Groceries' });
    await deliverBalances(giro({}));
    expect((await readAccounts()).map(({ cells }) => cells.path)).toEqual(paths);
  });
});
