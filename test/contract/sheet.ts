import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cellTextMax, type RowContent } from '../../cloud/ports/sheet.ts';
import { accountColumns, type TransactionColumn, transactionColumns } from '../../shared/book.ts';
import { decimalsOf, type Money } from '../../shared/money.ts';
import { failing, sharingWithTheUser } from './sheet-and-user.ts';
import { keepingRules } from './sheet-rules.ts';
import {
  amount,
  changesOf,
  deliver,
  ids,
  newRow,
  rowsOf,
  type SheetWorld,
  text,
} from './sheet-world.ts';

/**
 * What every Sheet promises. Over HTTP it was run against the Sheets-compatible server, not against Google: no account of
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
    keepingRules(theWorld);
  });
}

function writingAndReading(theWorld: () => SheetWorld): void {
  test('a spreadsheet without a book has a title, a locale, no tabs of ours and no batches', async () => {
    const { sheet, createSpreadsheet } = theWorld();
    const id = await createSpreadsheet({ title: 'Farm', locale: 'de_DE' });
    expect(await sheet.readBook(id)).toMatchObject({
      title: 'Farm',
      locale: 'de_DE',
      transactions: null,
      accounts: null,
      rules: null,
      deliveredBatches: [],
    });
  });

  test('the first write makes both tabs, and what was written is read', async () => {
    const { sheet, createSpreadsheet } = theWorld();
    const id = await createSpreadsheet();
    const account = {
      path: text('Assets:Checking'),
      bookBalance: amount(100_000),
      bankBalance: amount(100_005),
      difference: amount(5),
    };
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
    expect(Object.keys(accounts?.columns ?? {})).toEqual([...accountColumns]);
    expect(accounts?.rows[0]?.cells).toEqual({
      path: text('Assets:Checking'),
      bookBalance: { kind: 'number', number: 1000 },
      bankBalance: { kind: 'number', number: 1000.05 },
      difference: { kind: 'number', number: 0.05 },
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

  test('a text longer than a cell takes is cut, and so is a note', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    // The cut would go through the middle of an emoji.
    const long = `${'x'.repeat(cellTextMax - 2)}🍕 and more`;
    const row = newRow('e1', { description: text(long), why: text('w', long) });
    const snapshot = await deliver(world, id, ['b1'], { append: [row] });
    const cut = `${'x'.repeat(cellTextMax - 2)}\ufffd…`;
    expect(rowsOf(snapshot)[0]?.cells.description).toEqual(text(cut));
    expect(await world.handIn(id).readNote(1, 'why')).toBe(cut);
  });

  test('a note is written with its cell, stays where none is told, and goes where it is told to be empty', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const row = newRow('e1', { amount: amount(-4321, 'EUR', 'USD -50.00'), why: text('w', 'n') });
    await deliver(world, id, ['b1'], { append: [row] });
    const hand = world.handIn(id);
    await hand.writeNote(1, 'description', 'mine');
    const change = async (batch: string, cells: RowContent<TransactionColumn>) => {
      await deliver(world, id, [batch], { update: [{ index: 1, cells }] });
      const columns = ['amount', 'why', 'description'] as const;
      return Promise.all(columns.map((column) => hand.readNote(1, column)));
    };
    const other = { amount: amount(-4400), why: text('v'), description: text('d') };
    expect(await change('b2', other)).toEqual(['USD -50.00', 'n', 'mine']);
    const told = { amount: amount(-4400, 'EUR', 'USD -51.00'), why: text('', '') };
    expect(await change('b3', told)).toEqual(['USD -51.00', '', 'mine']);
    expect(await change('b4', { amount: amount(-4400, 'EUR', '') })).toEqual(['', '', 'mine']);
    expect(rowsOf(await world.sheet.readBook(id))[0]?.cells.why).toBeUndefined();
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
