import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type {
  BookChanges,
  BookSnapshot,
  RowContent,
  Sheet,
  SheetRow,
} from '../../cloud/ports/sheet.ts';
import {
  columnMetadataKey,
  proofMetadataKey,
  type TransactionColumn,
  transactionColumns,
} from '../../shared/book.ts';
import { decimalsOf, type Money } from '../../shared/money.ts';

/** A sheet with what a test needs around it: spreadsheets, and the hand of a user who edits them. */
export interface SheetWorld {
  readonly sheet: Sheet;
  createSpreadsheet(spreadsheet?: sheets_v4.Schema$Spreadsheet): Promise<string>;
  /** What a user does in the spreadsheet, as the Sheets API puts it. */
  edit(spreadsheetId: string, ...requests: sheets_v4.Schema$Request[]): Promise<void>;
  /** Shares the spreadsheet with Bookfeed in another way, or deletes it. */
  share(spreadsheetId: string, as: 'writer' | 'reader' | 'none' | 'deleted'): Promise<void>;
  close(): Promise<void>;
}

/**
 * What every Sheet promises. It was run over HTTP against the Sheets-compatible server, not against Google: no account of
 * Google's was at hand when it was written.
 */
export function sheetContract(name: string, open: () => Promise<SheetWorld>): void {
  describe(`${name} keeps the promises of a sheet`, () => {
    let world: SheetWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const theWorld = () => world;
    writingAndReading(theWorld);
    deliveringOnce(theWorld);
    sharingWithTheUser(theWorld);
    failing(theWorld);
  });
}

export const text = (it: string, note?: string) =>
  ({ kind: 'text', text: it, ...(note !== undefined && { note }) }) as const;
export const amount = (minor: number, currency = 'EUR') =>
  ({ kind: 'amount', amount: { minor, currency } }) as const;

/** A row of the transactions as a delivery brings it. */
export function newRow(
  id: string,
  more: RowContent<TransactionColumn> = {},
): RowContent<TransactionColumn> {
  return {
    date: { kind: 'date', date: '2026-03-01' },
    description: text(`Shop ${id}`),
    amount: amount(-1250),
    currency: text('EUR'),
    account: text('Assets:Checking'),
    posted: { kind: 'check', checked: false },
    id: text(id),
    ...more,
  };
}

type Transactions = Partial<BookChanges['transactions']>;

export function changesOf(
  batchIds: readonly string[],
  transactions: Transactions,
  accounts: Partial<BookChanges['accounts']> = {},
): BookChanges {
  const nothing = { append: [], update: [], remove: [] };
  return {
    batchIds,
    transactions: { ...nothing, ...transactions },
    accounts: { ...nothing, ...accounts },
  };
}

/** Reads, writes against what was read, and reads again. */
async function deliver(
  { sheet }: SheetWorld,
  id: string,
  batchIds: readonly string[],
  transactions: Transactions,
): Promise<BookSnapshot> {
  await sheet.writeBook(id, await sheet.readBook(id), changesOf(batchIds, transactions));
  return sheet.readBook(id);
}

function rowsOf(snapshot: BookSnapshot): readonly SheetRow<TransactionColumn>[] {
  return snapshot.transactions?.rows ?? [];
}

const ids = (snapshot: BookSnapshot) =>
  rowsOf(snapshot).map(({ cells }) => (cells.id?.kind === 'text' ? cells.id.text : null));

function columnOf(snapshot: BookSnapshot, column: TransactionColumn): number {
  const position = snapshot.transactions?.columns[column];
  if (position === undefined) throw new Error(`there is no column ${column}`);
  return position;
}

function writingAndReading(theWorld: () => SheetWorld): void {
  test('a spreadsheet without a book has a title, a locale, no tabs of ours and no batches', async () => {
    const { sheet, createSpreadsheet } = theWorld();
    const id = await createSpreadsheet({ properties: { title: 'Farm', locale: 'de_DE' } });
    expect(await sheet.readBook(id)).toMatchObject({
      title: 'Farm',
      locale: 'de_DE',
      transactions: null,
      accounts: null,
      deliveredBatches: [],
    });
  });

  test('the first write makes both tabs, and what was written is read', async () => {
    const { sheet, createSpreadsheet } = theWorld();
    const id = await createSpreadsheet();
    const account = { path: text('Assets:Checking'), bankBalance: amount(100_005) };
    const rows = [
      newRow('e1', { counterAccount: text('Expenses:Food'), why: text('last time', 'receipt') }),
    ];
    const changes = changesOf(['b1'], { append: rows }, { append: [account] });
    await sheet.writeBook(id, await sheet.readBook(id), changes);
    const { transactions, accounts, deliveredBatches } = await sheet.readBook(id);
    expect(Object.keys(transactions?.columns ?? {})).toEqual([...transactionColumns]);
    expect(transactions?.rows).toEqual([
      {
        index: 1,
        cells: {
          date: { kind: 'number', number: 46082 },
          description: text('Shop e1'),
          amount: { kind: 'number', number: -12.5 },
          currency: text('EUR'),
          account: text('Assets:Checking'),
          counterAccount: text('Expenses:Food'),
          posted: { kind: 'check', checked: false },
          why: text('last time'),
          id: text('e1'),
        },
      },
    ]);
    expect(accounts?.rows[0]?.cells).toEqual({
      path: text('Assets:Checking'),
      bankBalance: { kind: 'number', number: 1000.05 },
    });
    expect(deliveredBatches).toEqual(['b1']);
  });

  test('no text of a bank becomes a formula, a number or a date', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const texts = ['=1+1', '+49 30 1234', "'quoted", '-5', '1.3.2026', 'TRUE', 'a\nb', '{"x":1}'];
    const append = texts.map((it, i) => newRow(`e${i}`, { description: text(it) }));
    const snapshot = await deliver(world, id, ['b1'], { append });
    expect(rowsOf(snapshot).map(({ cells }) => cells.description)).toEqual(
      texts.map((it) => text(it)),
    );
  });

  test('an amount of any currency is read back to the same minor units', async () => {
    const world = theWorld();
    const money = fc.record({
      minor: fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
    });
    const amounts: Money[] = fc.sample(money, 200);
    const append = amounts.map((it, i) =>
      newRow(`e${i}`, { amount: { kind: 'amount', amount: it } }),
    );
    const id = await world.createSpreadsheet();
    const snapshot = await deliver(world, id, ['b1'], { append });
    const read = rowsOf(snapshot).map(({ cells }, i) => {
      const decimals = decimalsOf(amounts[i]?.currency ?? 'EUR');
      const cell = cells.amount;
      return cell?.kind === 'number' ? Math.round(cell.number * 10 ** decimals) : null;
    });
    expect(read).toEqual(amounts.map(({ minor }) => minor));
  });

  test('cells of rows are changed and emptied, and rows go, where they stood when read', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const append = ['e1', 'e2', 'e3', 'e4', 'e5'].map((it) => newRow(it));
    await deliver(world, id, ['b1'], { append });
    const snapshot = await deliver(world, id, ['b2'], {
      append: [newRow('e6')],
      update: [
        { index: 5, cells: { description: text('changed'), currency: { kind: 'empty' } } },
        { index: 1, cells: { balance: amount(700), amount: amount(-99), why: text('w', 'n') } },
      ],
      remove: [2, 4, 3],
    });
    expect(ids(snapshot)).toEqual(['e1', 'e5', 'e6']);
    const [first, second] = rowsOf(snapshot);
    expect(first?.cells).toMatchObject({
      description: text('Shop e1'),
      amount: { kind: 'number', number: -0.99 },
      balance: { kind: 'number', number: 7 },
      why: text('w'),
    });
    expect(second).toMatchObject({ index: 2, cells: { description: text('changed') } });
    expect(second?.cells.currency).toBeUndefined();
  });
}

function deliveringOnce(theWorld: () => SheetWorld): void {
  test('a batch that is there already is no error and changes nothing', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const before = await world.sheet.readBook(id);
    const changes = changesOf(['b1', 'b2'], { append: [newRow('e1')] });
    await world.sheet.writeBook(id, before, changes);
    const once = await world.sheet.readBook(id);
    await world.sheet.writeBook(id, before, changes);
    await world.sheet.writeBook(id, once, changes);
    expect(await world.sheet.readBook(id)).toEqual(once);
  });

  test('two writers of the same batch at the same time leave its rows once', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const before = await world.sheet.readBook(id);
    const changes = changesOf(['b1'], { append: [newRow('e1')] });
    await Promise.all([1, 2, 3].map(() => world.sheet.writeBook(id, before, changes)));
    const snapshot = await world.sheet.readBook(id);
    expect(ids(snapshot)).toEqual(['e1']);
  });

  test('a new batch beside one that is there fails as a whole, so that its rows are not taken for written', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const once = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const changes = changesOf(['b1', 'b2'], { append: [newRow('e2')] });
    await expect(world.sheet.writeBook(id, once, changes)).rejects.toMatchObject({
      code: 'sheet-unavailable',
    });
    expect(await world.sheet.readBook(id)).toEqual(once);
  });

  test('the newest 20 batches are remembered', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    let snapshot = await world.sheet.readBook(id);
    for (let i = 1; i <= 23; i += 1) snapshot = await deliver(world, id, [`b${i}`], {});
    const expected = Array.from({ length: 20 }, (_, i) => `b${i + 4}`);
    expect(snapshot.deliveredBatches.toSorted()).toEqual(expected.toSorted());
  });
}

function sharingWithTheUser(theWorld: () => SheetWorld): void {
  test('columns and tabs are found again after the user has renamed, moved and added some', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const before = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const sheetId = before.transactions?.sheetId ?? 0;
    const columns = (startIndex: number) => ({
      sheetId,
      dimension: 'COLUMNS',
      startIndex,
      endIndex: startIndex + 1,
    });
    const header = { values: [{ userEnteredValue: { stringValue: 'Mine' } }] };
    await world.edit(
      id,
      { updateSheetProperties: { properties: { sheetId, title: 'Money' }, fields: 'title' } },
      { insertDimension: { range: columns(0) } },
      { updateCells: { start: { sheetId }, rows: [header], fields: 'userEnteredValue' } },
      {
        moveDimension: { source: columns(columnOf(before, 'amount') + 1), destinationIndex: 0 },
      },
    );
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
    const before = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const sheetId = before.transactions?.sheetId ?? 0;
    const write = (rowIndex: number, column: TransactionColumn, userEnteredValue: object) => ({
      updateCells: {
        start: { sheetId, rowIndex, columnIndex: columnOf(before, column) },
        rows: [{ values: [{ userEnteredValue }] }],
        fields: 'userEnteredValue',
      },
    });
    await world.edit(
      id,
      write(1, 'posted', { boolValue: true }),
      write(1, 'counterAccount', { stringValue: 'Expenses:Fun' }),
      write(4, 'notes', { stringValue: 'my own line' }),
    );
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

  test('a tab of the user’s keeps its title, and ours takes one with a number', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet({
      sheets: [
        { properties: { title: 'Transactions' } },
        { properties: { title: 'transactions 2' } },
      ],
    });
    const snapshot = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    expect(snapshot.transactions?.title).toBe('Transactions 3');
    expect(snapshot.accounts?.title).toBe('Accounts');
    expect(snapshot.otherTitles).toEqual(['Transactions', 'transactions 2']);
  });

  test('a tab that the user has deleted is made anew with the next rows', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const before = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    await world.edit(
      id,
      { deleteSheet: { sheetId: before.transactions?.sheetId ?? 0 } },
      { deleteSheet: { sheetId: before.accounts?.sheetId ?? 0 } },
    );
    expect(await world.sheet.readBook(id)).toMatchObject({ transactions: null, accounts: null });
    expect(ids(await deliver(world, id, ['b2'], { append: [newRow('e2')] }))).toEqual(['e2']);
  });

  test('a proof is seen once someone who may edit has left it', async () => {
    const { sheet, createSpreadsheet, edit } = theWorld();
    const id = await createSpreadsheet();
    expect(await sheet.hasProof(id, 'proof-1')).toBe(false);
    const developerMetadata = {
      metadataKey: proofMetadataKey,
      metadataValue: 'proof-1',
      location: { spreadsheet: true },
      visibility: 'DOCUMENT',
    };
    await edit(id, { createDeveloperMetadata: { developerMetadata } });
    expect(await sheet.hasProof(id, 'proof-1')).toBe(true);
    expect(await sheet.hasProof(id, 'proof-2')).toBe(false);
    expect(await sheet.hasProof(id, '')).toBe(false);
  });
}

function failing(theWorld: () => SheetWorld): void {
  const deleteColumn = async (world: SheetWorld, id: string, column: TransactionColumn) => {
    const before = await deliver(world, id, ['b1'], { append: [newRow('e1')] });
    const startIndex = columnOf(before, column);
    const sheetId = before.transactions?.sheetId ?? 0;
    const range = { sheetId, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 };
    await world.edit(id, { deleteDimension: { range } });
    return world.sheet.readBook(id);
  };

  test.each(['id', 'amount', 'posted', 'counterAccount'] as const)(
    'without the column %s nothing is written, and the failure says so',
    async (column) => {
      const world = theWorld();
      const id = await world.createSpreadsheet();
      const before = await deleteColumn(world, id, column);
      const changes = changesOf(['b2'], { append: [newRow('e2')] });
      await expect(world.sheet.writeBook(id, before, changes)).rejects.toMatchObject({
        code: 'sheet-changed',
        detail: `transactions: ${column}`,
      });
      expect(await world.sheet.readBook(id)).toEqual(before);
    },
  );

  test('a column that the user can do without may be deleted, or no longer be ours', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await deleteColumn(world, id, 'balance');
    await world.edit(id, {
      deleteDeveloperMetadata: {
        dataFilter: {
          developerMetadataLookup: { metadataKey: columnMetadataKey, metadataValue: 'why' },
        },
      },
    });
    const row = newRow('e2', { balance: amount(1), why: text('w', 'n') });
    const update = [{ index: 1, cells: { balance: amount(2), description: text('d') } }];
    const snapshot = await deliver(world, id, ['b2'], { append: [row], update });
    expect(ids(snapshot)).toEqual(['e1', 'e2']);
    expect(rowsOf(snapshot)[0]?.cells.description).toEqual(text('d'));
    expect(rowsOf(snapshot)[1]?.cells).not.toHaveProperty('why');
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
