import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { books } from '../../cloud/core/documents.ts';
import { BookBusy } from '../../cloud/core/hold-book.ts';
import { write } from '../../cloud/ports/store.ts';
import { type Delivering, type DeliveringBook, startDelivering, textOf } from './delivering.ts';
import { checkingAt, draft, facts, firstBatch, secondBatch } from './delivery-samples.ts';
import { looksOf } from './looks-of.ts';

let delivering: Delivering;
beforeAll(async () => {
  delivering = await startDelivering();
});
afterEach(() => {
  delivering.shutOut(false);
  delivering.onRequest(async () => {});
  expect(delivering.works.defects.splice(0)).toEqual([]);
});
afterAll(() => delivering.close());

const spreadsheet = (locale: string) => ({ properties: { title: 'Book', locale } });
const deliverByCloud = (book: DeliveringBook) => deliverBook(delivering.world, book.id);

describe('the add-on leaves the book alone', () => {
  test('where nothing waits', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const before = await book.read();
    expect((await book.deliverByAddon()).result).toBeNull();
    expect(await book.read()).toEqual(before);
    expect(await book.doc()).not.toHaveProperty('lease');
  });

  test('while another delivers, and until the cloud knows what became of an answer that it lost', async () => {
    const { store } = delivering.world;
    const book = await delivering.openBook(spreadsheet('en_US'));
    await book.put(firstBatch);
    const doc = await store.get(books, book.id);
    if (!doc) throw new Error('no book');
    const before = await book.read();
    const lease = { holder: 'other', until: '2099-01-01T00:00:00.000Z' };
    for (const held of [{ lease }, { sheetFailure: { code: 'sheet-unavailable' as const } }]) {
      await store.commit([write(books, book.id, { ...doc.value, ...held }, 'any')]);
      expect((await book.deliverByAddon()).result).toBeNull();
      expect(await book.read()).toEqual(before);
      expect(await book.doc()).toMatchObject(held);
    }
    expect(await book.waiting()).toHaveLength(1);
  });

  test('where a column is gone that is needed, and says which', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    await book.put(firstBatch);
    await deliverByCloud(book);
    const { transactions } = await delivering.world.sheet.readBook(book.id);
    const startIndex = transactions?.columns.amount ?? -1;
    const range = {
      sheetId: transactions?.sheetId ?? -1,
      dimension: 'COLUMNS',
      startIndex,
      endIndex: startIndex + 1,
    };
    await book.edit({ deleteDimension: { range } });
    await book.put(secondBatch);
    const failure = { code: 'sheet-changed', detail: 'Transactions: Amount' };
    expect((await book.deliverByAddon()).result).toMatchObject({ ok: false, failure });
    expect(await book.doc()).toMatchObject({ sheetFailure: failure });
    expect(await book.doc()).not.toHaveProperty('lease');
    expect(await book.waiting()).toHaveLength(1);
  });
});

describe('what changes between the reading and the writing', () => {
  async function withBook(): Promise<DeliveringBook> {
    const book = await delivering.openBook(spreadsheet('en_US'));
    await book.put(firstBatch);
    await deliverByCloud(book);
    await book.put(secondBatch);
    return book;
  }
  /** Does something when the add-on asks what to write, so many times. */
  function atTaking(times: number, change: () => Promise<void>): void {
    let left = times;
    delivering.onRequest(async (path) => {
      if (path !== '/api/takeDelivery' || left === 0) return;
      left -= 1;
      await change();
    });
  }

  test('rows that the user has sorted are read anew', async () => {
    const book = await withBook();
    const twin = await withBook();
    const sheetId = (await delivering.world.sheet.readBook(book.id)).transactions?.sheetId ?? -1;
    const sort = (of: DeliveringBook, id = sheetId) =>
      of.edit({
        sortRange: {
          range: { sheetId: id, startRowIndex: 1, endRowIndex: 7 },
          sortSpecs: [{ dimensionIndex: 2 }],
        },
      });
    atTaking(1, () => sort(book));
    expect((await book.deliverByAddon()).result).toMatchObject({ ok: true });
    await sort(twin, (await delivering.world.sheet.readBook(twin.id)).transactions?.sheetId);
    await deliverByCloud(twin);
    expect(looksOf(await book.read())).toEqual(looksOf(await twin.read()));
  });

  test('what the user has typed into a cell stays', async () => {
    const book = await withBook();
    const [row] = (await book.rows()).filter((it) => textOf(it.cells.id) === 'e1');
    const { transactions } = await delivering.world.sheet.readBook(book.id);
    atTaking(1, () =>
      book.edit({
        updateCells: {
          start: {
            sheetId: transactions?.sheetId ?? -1,
            rowIndex: row?.index ?? -1,
            columnIndex: 1,
          },
          rows: [{ values: [{ userEnteredValue: { stringValue: 'my words' } }] }],
          fields: 'userEnteredValue',
        },
      }),
    );
    await book.deliverByAddon();
    const after = (await book.rows()).find((it) => textOf(it.cells.id) === 'e1');
    expect(after?.cells).toMatchObject({
      description: { kind: 'text', text: 'my words' },
      amount: { kind: 'number', number: -13.2 },
    });
    expect(await book.waiting()).toEqual([]);
  });

  test('a change to a row that the cloud has added meanwhile is not lost', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    await book.put({ drafts: [], accounts: [checkingAt('1.00')] });
    await deliverByCloud(book);
    await book.put(firstBatch);
    atTaking(1, async () => {
      await deliverByCloud(book);
      await book.put(secondBatch);
    });
    expect((await book.deliverByAddon()).result).toMatchObject({ ok: true });
    const e1 = (await book.rows()).find((row) => textOf(row.cells.id) === 'e1');
    expect(e1?.cells.amount).toEqual({ kind: 'number', number: -13.2 });
    expect(await book.ids()).toHaveLength(7);
  });

  test('a user who does not stop changing the rows gets them with the next delivery', async () => {
    const book = await withBook();
    const sheetId = (await delivering.world.sheet.readBook(book.id)).transactions?.sheetId ?? -1;
    const range = { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 };
    atTaking(99, () => book.edit({ insertDimension: { range } }));
    const { result, requests } = await book.deliverByAddon();
    expect(result).toMatchObject({ ok: true, value: { waitingRows: 6 } });
    expect(requests.filter((it) => it === 'POST /api/takeDelivery')).toHaveLength(3);
    expect(await book.doc()).not.toHaveProperty('lease');
    delivering.onRequest(async () => {});
    await book.deliverByAddon();
    expect(await book.ids()).toHaveLength(7);
  });
});

describe('both deliverers at once', () => {
  const cloud = (book: DeliveringBook) =>
    deliverByCloud(book).catch((error: unknown) => {
      if (!(error instanceof BookBusy)) throw error;
    });

  test('write each row once, in whatever order they come', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const expected: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      for (let at = 0; at < 3; at += 1) {
        const id = `b${round}-${at}`;
        expected.push(id);
        await book.put({
          drafts: [draft(id, facts('-1.00'))],
          accounts: [checkingAt(`${round}.00`)],
        });
      }
      const told = await Promise.all([
        book.deliverByAddon(),
        cloud(book),
        book.deliverByAddon(),
        cloud(book),
      ]);
      expect(told.map((it) => it?.message ?? '')).toEqual(['', '', '', '']);
    }
    await cloud(book);
    expect(await book.waiting()).toEqual([]);
    expect(await book.ids()).toEqual(expected.toSorted());
  });

  test('write each row once, also when the add-on dies of it or its answers are lost', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const mishaps = ['death-before', 'answer-lost', 'death-after', 'refused'] as const;
    const expected: string[] = [];
    for (let round = 0; round < 24; round += 1) {
      const id = `d${String(round).padStart(2, '0')}`;
      expected.push(id);
      await book.put({ drafts: [draft(id, facts('-1.00'))], accounts: [] });
      const what = mishaps[round % mishaps.length] ?? 'refused';
      await Promise.all([book.deliverByAddon({ at: 8 + round, what }), cloud(book)]);
      delivering.pass(11 * 60_000);
    }
    await cloud(book);
    expect(await book.waiting()).toEqual([]);
    expect(await book.ids()).toEqual(expected);
  });
});

test('an add-on that may not write gives the lease back at once, and the rows wait', async () => {
  const book = await delivering.openBook(spreadsheet('en_US'));
  await book.put(firstBatch);
  const { requests } = await book.deliverByAddon();
  await book.put(secondBatch);
  const at = requests.indexOf('POST /api/takeDelivery') + 20;
  const failed = await book.deliverByAddon({ at, what: 'refused' });
  expect(failed.requests[at - 1]).toMatch(/:batchUpdate|PUT/);
  expect(failed.message).toBe('The spreadsheet answered with status 500.');
  expect(failed.requests.at(-1)).toBe('POST /api/finishDelivery');
  expect(await book.doc()).not.toHaveProperty('lease');
  expect(await book.waiting()).toHaveLength(1);
  await book.deliverByAddon();
  expect(await book.waiting()).toEqual([]);
});
