import { expect, test } from '@jest/globals';
import type { TransactionColumn } from '../../shared/book.ts';
import {
  amount,
  changesOf,
  columnOf,
  deliver,
  ids,
  newRow,
  rowsOf,
  type SheetWorld,
  text,
} from './sheet-world.ts';

/** What holds while the user works in the same spreadsheet. */
export function sharingWithTheUser(theWorld: () => SheetWorld): void {
  test('columns and tabs are found again after the user has renamed, moved and added some', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const hand = world.handIn(id);
    await hand.renameTab('Money');
    await hand.insertColumn(0, 'Mine');
    await hand.moveColumnToFront('amount');
    const snapshot = await deliver(world, id, ['b2'], {
      append: [newRow('e2')],
      update: [{ index: 1, cells: { amount: amount(-7) } }],
    });
    expect(snapshot.transactions?.title).toBe('Money');
    expect(columnOf(snapshot, 'amount')).toBe(0);
    expect(ids(snapshot)).toEqual(['e1', 'e2']);
    expect(rowsOf(snapshot).map(({ cells }) => cells.amount)).toEqual([
      { kind: 'number', number: -0.07 },
      { kind: 'number', number: -12.5 },
    ]);
  });

  test('new rows stand below what the user has added, and the user’s cells stay', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const hand = world.handIn(id);
    await hand.write(1, 'posted', true);
    await hand.write(1, 'counterAccount', 'Expenses:Fun');
    await hand.write(4, 'notes', 'my own line');
    const snapshot = await deliver(world, id, ['b2'], {
      append: [newRow('e2')],
      update: [{ index: 1, cells: { description: text('new text') } }],
    });
    expect(rowsOf(snapshot).map(({ index }) => index)).toEqual([1, 4, 5]);
    expect(rowsOf(snapshot)[0]?.cells).toMatchObject({
      posted: { kind: 'check', checked: true },
      counterAccount: text('Expenses:Fun'),
      description: text('new text'),
    });
    expect(rowsOf(snapshot)[1]?.cells).toEqual({ notes: text('my own line') });
  });

  test('rows that the user sorts, inserts, copies and deletes are read where they now stand', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const append = [newRow('e1', { amount: amount(300) }), newRow('e2'), newRow('e3')];
    await deliver(world, id, ['b1'], { append });
    const hand = world.handIn(id);
    await hand.sortBy('amount');
    await hand.insertRow(2);
    await hand.copyRow(1, 6);
    await hand.deleteRow(3);
    const snapshot = await world.sheet.readBook(id);
    expect(rowsOf(snapshot).map(({ index }) => index)).toEqual([1, 3, 5]);
    expect(ids(snapshot)).toEqual(['e2', 'e1', 'e2']);
    expect(rowsOf(snapshot)[2]?.cells).toEqual(rowsOf(snapshot)[0]?.cells);
  });

  test('a tab of the user’s keeps its title, and ours takes one with a number', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet({ tabs: ['Transactions', 'transactions 2'] });
    const snapshot = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    expect(snapshot.transactions?.title).toBe('Transactions 3');
    expect(snapshot.accounts?.title).toBe('Accounts');
    expect(snapshot.otherTitles).toEqual(['Transactions', 'transactions 2']);
  });

  test('an only tab becomes the Transactions tab where nothing stands in it, and stays where something does', async () => {
    const world = theWorld();
    const empty = await world.createSpreadsheet();
    const taken = await deliver(world, empty, ['b1'], { append: [newRow('e1')] });
    expect(taken.otherTitles).toEqual([]);
    const used = await world.createSpreadsheet();
    await world.handIn(used).writeInFirstTab('mine');
    const beside = await deliver(world, used, ['b1'], { append: [newRow('e1')] });
    expect(beside.otherTitles).toEqual(['Sheet1']);
    expect(ids(beside)).toEqual(['e1']);
  });

  test('a tab that the user has deleted is made anew with the next rows', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    await world.handIn(id).addTab('Mine');
    await world.handIn(id).deleteOurTabs();
    expect(await world.sheet.readBook(id)).toMatchObject({ transactions: null, accounts: null });
    expect(ids(await deliver(world, id, ['b2'], { append: [newRow('e2')] }))).toEqual(['e2']);
  });

  test('a proof is seen once someone who may edit has left it', async () => {
    const { sheet, createSpreadsheet, handIn } = theWorld();
    const id = await createSpreadsheet();
    expect(await sheet.hasProof(id, 'proof-1')).toBe(false);
    await handIn(id).leaveProof('proof-1');
    expect(await sheet.hasProof(id, 'proof-1')).toBe(true);
    expect(await sheet.hasProof(id, 'proof-2')).toBe(false);
    expect(await sheet.hasProof(id, '')).toBe(false);
  });
}

/** What is thrown, and that nothing is written then. */
export function failing(theWorld: () => SheetWorld): void {
  const deleteColumn = async (world: SheetWorld, id: string, column: TransactionColumn) => {
    await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    await world.handIn(id).deleteColumn(column);
    return world.sheet.readBook(id);
  };

  test.each([
    ['id', 'Transactions: Bookfeed id'],
    ['amount', 'Transactions: Amount'],
    ['posted', 'Transactions: ✓'],
    ['counterAccount', 'Transactions: Counter-account'],
  ] as const)(
    'without the column %s nothing is written, and the failure names %s',
    async (column, detail) => {
      const world = theWorld();
      const id = await world.createSpreadsheet();
      const before = await deleteColumn(world, id, column);
      const changes = changesOf(['b2'], { append: [newRow('e2')] });
      await expect(world.sheet.writeBook(id, before, changes)).rejects.toMatchObject({
        code: 'sheet-changed',
        detail,
      });
      expect(await world.sheet.readBook(id)).toEqual(before);
    },
  );

  test('a column that the user can do without may be deleted, or no longer be ours', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deleteColumn(world, id, 'balance');
    await world.handIn(id).deleteColumn('counterpartyAccount');
    await world.handIn(id).disownColumn('why');
    const missing = { balance: amount(1), counterpartyAccount: text('n/a'), why: text('w', 'n') };
    const row = newRow('e2', missing);
    const update = [{ index: 1, cells: { balance: amount(2), description: text('d') } }];
    const snapshot = await deliver(world, id, ['b2'], { append: [row], update });
    expect(ids(snapshot)).toEqual(['e1', 'e2']);
    expect(rowsOf(snapshot)[0]?.cells.description).toEqual(text('d'));
    expect(rowsOf(snapshot)[1]?.cells).not.toHaveProperty('why');
  });

  test('an Accounts tab that lacks columns of balances does without them', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const hand = world.handIn(id, 'accounts');
    await hand.deleteColumn('bookBalance');
    await hand.deleteColumn('difference');
    const balances = {
      bookBalance: amount(1),
      bankBalance: amount(300),
      difference: amount(299),
    };
    const path = text('Assets:Checking');
    const append = [{ path, ...balances }];
    await world.sheet.writeBook(
      id,
      await world.sheet.readBook(id),
      changesOf(['b2'], {}, { append }),
    );
    const update = [{ index: 1, cells: { ...balances, bankBalance: amount(500) } }];
    await world.sheet.writeBook(
      id,
      await world.sheet.readBook(id),
      changesOf(['b3'], {}, { update }),
    );
    const { accounts } = await world.sheet.readBook(id);
    expect(accounts?.rows[0]?.cells).toEqual({ path, bankBalance: { kind: 'number', number: 5 } });
  });

  test('a spreadsheet that is gone, or not shared as it must be, has its own failure', async () => {
    const { sheet, createSpreadsheet, share } = theWorld();
    const id = await createSpreadsheet();
    const snapshot = await sheet.readBook(id);
    const write = () => sheet.writeBook(id, snapshot, changesOf(['b1'], { append: [newRow('e')] }));
    await share(id, 'reader');
    await expect(write()).rejects.toMatchObject({ code: 'sheet-not-writable' });
    expect(await sheet.readBook(id)).toEqual(snapshot);
    await share(id, 'none');
    await expect(sheet.readBook(id)).rejects.toMatchObject({ code: 'sheet-not-writable' });
    await share(id, 'deleted');
    await expect(sheet.readBook(id)).rejects.toMatchObject({ code: 'sheet-gone' });
    await expect(write()).rejects.toMatchObject({ code: 'sheet-gone' });
    await expect(sheet.hasProof(id, 'p')).rejects.toMatchObject({ code: 'sheet-gone' });
  });
}
