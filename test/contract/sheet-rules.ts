import { expect, test } from '@jest/globals';
import type { BookChanges, RowContent } from '../../cloud/ports/sheet.ts';
import { type RuleColumn, ruleColumns } from '../../shared/book.ts';
import { changesOf, ids, newRow, type SheetWorld, text } from './sheet-world.ts';

type Row = RowContent<RuleColumn>;

const number = (it: number) => ({ kind: 'number', number: it }) as const;
const box = (checked: boolean) => ({ kind: 'check', checked }) as const;
const rule = (whenText: string, more: Row = {}): Row => ({ whenText: text(whenText), ...more });

async function write(
  { sheet }: SheetWorld,
  id: string,
  rules: Partial<BookChanges['rules']> | undefined,
  batchIds: readonly string[] = [],
  rows: readonly string[] = [],
) {
  const append = rows.map((it) => newRow(it));
  const changes = changesOf(batchIds, { append }, {}, rules);
  await sheet.writeBook(id, await sheet.readBook(id), changes);
  return sheet.readBook(id);
}

/** What holds for the tab that is there only where somebody wants it. */
export function keepingRules(theWorld: () => SheetWorld): void {
  test('the Rules tab is made by the first changes that name it, and no others touch it', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet({ tabs: ['Mine', 'rules'] });
    expect((await write(world, id, undefined, ['b1'], ['e1'])).rules).toBeNull();
    const made = await write(world, id, {});
    expect(made.rules).toMatchObject({ title: 'Rules 2', rows: [] });
    expect(Object.keys(made.rules?.columns ?? {})).toEqual([...ruleColumns]);
    expect(made).toMatchObject({ otherTitles: ['Mine', 'rules'], deliveredBatches: ['b1'] });
    const later = await write(world, id, undefined, ['b2'], ['e2']);
    expect(later.rules).toEqual(made.rules);
    expect(ids(later)).toEqual(['e1', 'e2']);
  });

  test('a rule is read as it was written, and a box that is not ticked is blank', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    const conditions: Row = {
      whenText: text('=rewe*'),
      whenCounterparty: text('1.3.'),
      amountFrom: number(-100),
      amountTo: number(-0.005),
      whenAccount: text('Assets'),
    };
    const actions: Row = {
      thenCounterAccount: text('Expenses:Groceries'),
      thenDescription: text('Food'),
    };
    const append = [
      { ...conditions, ...actions, thenPost: box(true) },
      rule('b', { thenPost: box(false) }),
    ];
    const snapshot = await write(world, id, { append }, ['b1'], ['e1']);
    expect(snapshot.rules?.rows).toEqual([
      { index: 1, cells: append[0] },
      { index: 2, cells: { whenText: text('b') } },
    ]);
    const update = [{ index: 1, cells: { thenPost: box(false), problem: text('no') } }];
    const [first] = (await write(world, id, { update, remove: [2] })).rules?.rows ?? [];
    expect(first?.cells).toEqual({ ...conditions, ...actions, problem: text('no') });
  });

  test('rules are found wherever the user has put them, and new ones stand below', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await write(world, id, { append: [rule('b'), rule('a', { amountTo: number(-1) })] });
    const hand = world.handIn(id, 'rules');
    await hand.renameTab('Mine');
    await hand.insertColumn(1, 'Remarks');
    await hand.moveColumnToFront('amountTo');
    await hand.sortBy('whenText');
    await hand.write(3, 'thenPost', true);
    // Blank to a reader, as an unticked box of any kind alone is.
    await hand.write(1, 'thenPost', false);
    await hand.write(6, 'thenPost', false);
    const before = await world.sheet.readBook(id);
    expect(before.rules?.rows.map(({ index }) => index)).toEqual([1, 2, 3]);
    const { rules } = await write(world, id, {
      append: [rule('c')],
      update: [{ index: 2, cells: { problem: text('no') } }],
    });
    expect(rules).toMatchObject({ title: 'Mine', columns: { amountTo: 0 } });
    const texts = rules?.rows.map(({ cells }) => cells.whenText?.kind === 'text' && cells);
    expect(texts).toMatchObject([
      rule('a', { amountTo: number(-1) }),
      rule('b', { problem: text('no') }),
      false,
      rule('c'),
    ]);
  });

  test('a rule is written where each column that it fills is there, and its problem where there is one', async () => {
    const world = theWorld();
    const id = await world.createSpreadsheet();
    await write(world, id, { append: [rule('a')] });
    const hand = world.handIn(id, 'rules');
    for (const column of ['amountFrom', 'thenPost', 'problem'] as const) {
      await hand.deleteColumn(column);
    }
    const before = await world.sheet.readBook(id);
    const detail = 'Rules: Amount from';
    for (const changes of [
      { append: [rule('b', { amountFrom: number(1) })] },
      { update: [{ index: 1, cells: { amountFrom: number(1) } }] },
    ]) {
      const failing = world.sheet.writeBook(id, before, changesOf(['b1'], {}, {}, changes));
      await expect(failing).rejects.toMatchObject({ code: 'sheet-changed', detail });
    }
    expect(await world.sheet.readBook(id)).toEqual(before);
    const { rules } = await write(world, id, {
      append: [rule('b', { thenPost: box(false), amountFrom: { kind: 'empty' } })],
      update: [{ index: 1, cells: { problem: text('no') } }],
    });
    expect(rules?.rows.map(({ cells }) => cells)).toEqual([rule('a'), rule('b')]);
  });
}
