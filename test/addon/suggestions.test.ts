import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { toSnapshot } from '../../cloud/core/deliver-by-addon.ts';
import type { BookChanges, BookSnapshot } from '../../cloud/ports/sheet.ts';
import { bookReading } from '../../shared/delivery.ts';
import { createGoogleHand } from '../cloud/adapters/google-sheets-hand.ts';
import { changesOf, newRow, text } from '../contract/sheet-world.ts';
import { builtAddon, runCode } from './built-addon.ts';
import { type Delivering, type DeliveringBook, startDelivering, textOf } from './delivering.ts';
import { looksOf } from './looks-of.ts';

let delivering: Delivering;
beforeAll(async () => {
  delivering = await startDelivering();
});
afterEach(() => {
  delivering.planBy(null);
  expect(delivering.works.defects.splice(0)).toEqual([]);
});
afterAll(() => delivering.close());
const outDir = builtAddon();

const ok = (value: unknown) => ({ ok: true, value });

/** Writes as the cloud does, by what stands there. */
async function writeByCloud({ id }: DeliveringBook, changes: BookChanges): Promise<void> {
  const { sheet } = delivering.world;
  await sheet.writeBook(id, await sheet.readBook(id), changes);
}

/** Lets the add-on be told what `changesBy` plans. */
function planBy(changesBy: (snapshot: BookSnapshot) => BookChanges | null): string[] {
  const calls: string[] = [];
  delivering.planBy(async (call, { snapshot: reading }) => {
    calls.push(call);
    const snapshot = toSnapshot(reading);
    const changes = changesBy(snapshot);
    return ok(changes && delivering.world.sheet.spellChanges(snapshot, changes));
  });
  return calls;
}

/** What a function of the add-on's answers. */
async function tell(book: DeliveringBook, name: string, ...args: unknown[]): Promise<unknown> {
  const { answer } = await book.run(name, args);
  return answer.ok ? answer.value : answer.message;
}

async function openBook(...ids: readonly string[]): Promise<DeliveringBook> {
  const book = await delivering.openBook({ properties: { title: 'Book', locale: 'de_DE' } });
  if (ids.length === 0) return book;
  const accounts = { append: [{ path: text('Assets:Checking') }] };
  await writeByCloud(book, changesOf(['b1'], { append: ids.map((id) => newRow(id)) }, accounts));
  return book;
}

describe('adding a rule', () => {
  const rule = { text: 'rewe', post: true };
  const row = {
    whenText: text('=rewe'),
    amountFrom: { kind: 'number', number: -1234.5 },
    thenCounterAccount: text('Expenses:Groceries'),
    thenPost: { kind: 'check', checked: true },
  } as const;
  const plain = { whenText: text('edeka'), thenPost: { kind: 'check', checked: false } } as const;
  const adding = changesOf([], {}, {}, { append: [row, plain] });
  const opening = changesOf([], {}, {}, {});

  const books = {
    'a book that is not there yet': () => openBook(),
    'a book without the tab': () => openBook('e1'),
    'a tab in which the user has typed a rule, ticked a box and moved columns': async () => {
      const book = await openBook('e1');
      await writeByCloud(book, adding);
      const { rules } = await delivering.world.sheet.readBook(book.id);
      const sheetId = rules?.sheetId ?? -1;
      const source = { sheetId, dimension: 'COLUMNS', startIndex: 7, endIndex: 8 };
      const put = (rowIndex: number, columnIndex: number, userEnteredValue: object) => ({
        updateCells: {
          start: { sheetId, rowIndex, columnIndex },
          rows: [{ values: [{ userEnteredValue }] }],
          fields: 'userEnteredValue',
        },
      });
      await book.edit(
        { moveDimension: { source, destinationIndex: 1 } },
        put(4, 0, { stringValue: 'mine' }),
        put(4, 1, { boolValue: true }),
      );
      return book;
    },
    'a tab beside which the one of the accounts is gone': async () => {
      const book = await openBook('e1');
      await writeByCloud(book, opening);
      const { accounts } = await delivering.world.sheet.readBook(book.id);
      await book.edit(
        { deleteSheet: { sheetId: accounts?.sheetId ?? -1 } },
        { addSheet: { properties: { title: 'Konten' } } },
      );
      return book;
    },
  };

  test.each(Object.entries(books))('looks as the cloud’s: %s', async (_name, open) => {
    const [byCloud, byAddon] = [await open(), await open()];
    await writeByCloud(byCloud, adding);
    const calls = planBy(() => adding);
    expect(await tell(byAddon, 'addRule', rule)).toEqual(ok(null));
    expect(calls).toEqual(['addRule']);
    expect(looksOf(await byAddon.read())).toEqual(looksOf(await byCloud.read()));
  });

  test('offers a new tab’s accounts in rules that stand, also where nothing else is written there', async () => {
    const open = books['a tab beside which the one of the accounts is gone'];
    const [byCloud, byAddon] = [await open(), await open()];
    await writeByCloud(byCloud, changesOf([], {}));
    planBy(() => changesOf([], {}));
    await byAddon.run('suggestAgain');
    expect(looksOf(await byAddon.read())).toEqual(looksOf(await byCloud.read()));
  });

  test('brings the tab to the front where the user wants to see it, and no other time', async () => {
    const book = await openBook('e1');
    planBy(() => adding);
    const { answer: added } = await book.run('addRule', [rule]);
    planBy(() => opening);
    const { answer: opened } = await book.run('addRule', [null]);
    const { transactions, rules } = await delivering.world.sheet.readBook(book.id);
    expect(added.effects).toEqual([{ kind: 'selection', sheetId: transactions?.sheetId }]);
    expect(opened.effects).toEqual([{ kind: 'selection', sheetId: rules?.sheetId }]);
    expect(rules?.rows).toHaveLength(2);
  });

  test('after a death at any request goes on with the tab that was begun', async () => {
    planBy(() => opening);
    const calm = await openBook('e1');
    const { requests } = await calm.run('addRule', [null]);
    const looks = JSON.stringify(looksOf(await calm.read()));
    // A death after a request that only reads is one after the writing before it.
    const all = [...requests.entries()].filter(([, it]) => /:batchUpdate|^PUT/.test(it));
    expect(all.length).toBeGreaterThan(20);
    // Every other one: the other half differs in the column alone.
    const writes = all.filter((_, at) => at % 2 === 0);
    const failed: number[] = [];
    const work = async () => {
      for (let next = writes.shift(); next; next = writes.shift()) {
        const book = await openBook('e1');
        await book.run('addRule', [null], { at: next[0] + 1, what: 'death-after' });
        expect(await tell(book, 'addRule', null)).toEqual(ok(null));
        if (JSON.stringify(looksOf(await book.read())) !== looks) failed.push(next[0]);
      }
    };
    await Promise.all([work(), work()]);
    expect(failed).toEqual([]);
  }, 120_000);
});

describe('what changes while rules are planned', () => {
  /** Does something while the cloud plans for the first time. */
  function meanwhile(change: () => Promise<void>): void {
    let isDone = false;
    delivering.onRequest(async (path) => {
      if (!path.startsWith('/api/') || isDone) return;
      isDone = true;
      await change();
    });
  }
  afterEach(() => delivering.onRequest(async () => {}));

  test('a problem stands beside its rule, also where the user has changed the rules', async () => {
    const book = await openBook('e1');
    const append = [{ whenText: text('a') }, { whenText: text('b') }];
    await writeByCloud(book, changesOf([], {}, {}, { append }));
    const problem = text('b is no rule');
    const calls = planBy(({ rules }) => {
      const rows = rules?.rows.filter(({ cells }) => textOf(cells.whenText) === 'b') ?? [];
      const update = rows.map(({ index }) => ({ index, cells: { problem } }));
      return changesOf([], {}, {}, { update });
    });
    const hand = createGoogleHand(delivering.works, delivering.world.sheet, book.id, 'rules');
    meanwhile(() => hand.write(2, 'whenText', 'c'));
    expect(await tell(book, 'addRule', null)).toEqual(ok(null));
    expect(calls).toHaveLength(2);
    const { rules } = await delivering.world.sheet.readBook(book.id);
    expect(rules?.rows.map(({ cells }) => cells)).toEqual([
      { whenText: text('a') },
      { whenText: text('c') },
    ]);
  });
});

describe('suggesting again', () => {
  const suggesting = ({ transactions }: BookSnapshot) => {
    const rows = transactions?.rows.filter(({ cells }) => textOf(cells.id) !== 'e2') ?? [];
    const counterAccount = text('Expenses:Other');
    const update = rows.map(({ index }) => ({ index, cells: { counterAccount } }));
    return changesOf([], { update });
  };
  const chosen = async (book: DeliveringBook) =>
    (await book.rows()).map(({ cells }) => [textOf(cells.id), textOf(cells.counterAccount)]);
  const insertRow = async (book: DeliveringBook) => {
    const { transactions } = await delivering.world.sheet.readBook(book.id);
    const sheetId = transactions?.sheetId ?? -1;
    const range = { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 };
    await book.edit({ insertDimension: { range } });
  };
  /** Inserts a row during each of the first calls. */
  function disturb(book: DeliveringBook, times: number): void {
    let left = times;
    delivering.onRequest(async (path) => {
      if (!path.startsWith('/api/') || left === 0) return;
      left -= 1;
      await insertRow(book);
    });
  }
  afterEach(() => delivering.onRequest(async () => {}));

  test('writes what the cloud plans, by rows as they stand then, and tells how many', async () => {
    const book = await openBook('e1', 'e2', 'e3');
    const calls = planBy(suggesting);
    disturb(book, 2);
    expect(await tell(book, 'suggestAgain')).toEqual(ok(2));
    expect(calls).toEqual(['suggestAgain', 'suggestAgain', 'suggestAgain']);
    expect(await chosen(book)).toEqual([
      ['e1', 'Expenses:Other'],
      ['e2', ''],
      ['e3', 'Expenses:Other'],
    ]);
  });

  test('writes nothing while the user does not stop changing the book, and says so', async () => {
    const book = await openBook('e1');
    const calls = planBy(suggesting);
    disturb(book, 99);
    const busy = { ok: false, failure: { code: 'internal' } };
    expect(await tell(book, 'suggestAgain')).toMatchObject(busy);
    expect(calls).toHaveLength(3);
    expect(await chosen(book)).toEqual([['e1', '']]);
  });

  test('of nothing changes nothing, and a refusal of the cloud’s is told', async () => {
    const book = await openBook('e1');
    const before = await book.read();
    planBy(() => null);
    expect(await tell(book, 'suggestAgain')).toEqual(ok(0));
    const failure = { code: 'sheet-changed', detail: 'Rules: Amount from' };
    delivering.planBy(async () => ({ ok: false, failure }));
    expect(await tell(book, 'suggestAgain')).toEqual({ ok: false, failure });
    const { answer } = await book.run('addRule', [null]);
    expect(answer).toEqual({ ok: true, value: { ok: false, failure }, effects: [] });
    expect(await book.read()).toEqual(before);
  });
});

test('the reading of an add-on that does not know the Rules tab has none', () => {
  const tabs = { transactions: null, accounts: null };
  const old = { title: 'Book', locale: 'de_DE', ...tabs, deliveredBatches: [], otherTitles: [] };
  expect(bookReading.parse(old)).toEqual({ ...old, rules: null });
});

test('a review asks the cloud by all that stands in the book, rules as well', async () => {
  const book = await openBook('e1');
  await writeByCloud(book, changesOf([], {}, {}, { append: [{ whenText: text('rewe') }] }));
  const asked: unknown[] = [];
  delivering.planBy(async (call, { snapshot }) => {
    asked.push([call, toSnapshot(snapshot)]);
    return ok(`the ${call}`);
  });
  for (const call of ['reviewDrafts', 'reviewRules']) {
    expect(await tell(book, call)).toEqual(ok(`the ${call}`));
  }
  const snapshot = await delivering.world.sheet.readBook(book.id);
  expect(asked).toEqual([
    ['reviewDrafts', snapshot],
    ['reviewRules', snapshot],
  ]);
});

test('while another sidebar writes, nothing is written, and the user is told', async () => {
  const getDocumentLock = () => ({ tryLock: () => false });
  const code = await runCode(outDir(), { LockService: { getDocumentLock } });
  const busy = { ok: false, failure: { code: 'internal', colour: 'orange' } };
  expect(code['suggestAgain']?.()).toMatchObject(busy);
  expect(code['addRule']?.(null)).toMatchObject(busy);
  expect(code['deliverRows']?.()).toBeNull();
  const draft = { id: 'e1', counterAccount: 'Expenses:Other', stood: '' };
  expect(code['acceptDrafts']?.([draft])).toEqual({ posted: 0, left: ['e1'] });
});
