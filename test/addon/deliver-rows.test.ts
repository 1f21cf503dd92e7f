import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { books } from '../../cloud/core/documents.ts';
import { BookBusy } from '../../cloud/core/hold-book.ts';
import type { SheetRow } from '../../cloud/ports/sheet.ts';
import { write } from '../../cloud/ports/store.ts';
import type { TransactionColumn } from '../../shared/book.ts';
import { type Delivering, type DeliveringBook, startDelivering } from './delivering.ts';
import {
  checkingAt,
  draft,
  facts,
  firstBatch,
  rearrange,
  secondBatch,
  strangeTexts,
} from './delivery-samples.ts';
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

const spreadsheet = (locale: string, timeZone = 'Europe/Berlin') => ({
  properties: { title: 'Book', locale, timeZone },
});
const deliverByCloud = (book: DeliveringBook) => deliverBook(delivering.world, book.id);
const bookDoc = async (book: DeliveringBook) =>
  (await delivering.world.store.get(books, book.id))?.value;

async function rowsOf(book: DeliveringBook): Promise<readonly SheetRow<TransactionColumn>[]> {
  const { transactions } = await delivering.world.sheet.readBook(book.id);
  return transactions?.rows ?? [];
}
const textOf = (row: SheetRow<TransactionColumn>, column: TransactionColumn) => {
  const cell = row.cells[column];
  return cell?.kind === 'text' ? cell.text : '';
};
const idsOf = async (book: DeliveringBook) =>
  (await rowsOf(book)).map((row) => textOf(row, 'id')).filter((id) => id !== '');

/** What the cloud and the add-on, which alone may write then, have made of the same. */
async function deliverBoth(
  made: ReturnType<typeof spreadsheet>,
  prepare: (book: DeliveringBook) => Promise<void>,
) {
  const [byCloud, byAddon] = [await delivering.openBook(made), await delivering.openBook(made)];
  await prepare(byCloud);
  await prepare(byAddon);
  await deliverByCloud(byCloud);
  delivering.shutOut(true);
  await deliverByCloud(byAddon);
  expect((await bookDoc(byAddon))?.sheetFailure).toEqual({ code: 'sheet-not-writable' });
  const { result, message } = await byAddon.deliverByAddon();
  expect(message).toBe('');
  delivering.shutOut(false);
  const [looks, expected] = [looksOf(await byAddon.read()), looksOf(await byCloud.read())];
  return { byAddon, result, looks, expected };
}

describe('the add-on writes what the cloud may not', () => {
  test.each(['en_US', 'de_DE', 'ja_JP'])(
    'a first delivery looks as the cloud’s: %s',
    async (locale) => {
      const { byAddon, result, looks, expected } = await deliverBoth(spreadsheet(locale), (book) =>
        book.put(firstBatch),
      );
      expect(looks).toEqual(expected);
      expect(result).toMatchObject({ ok: true, value: { waitingRows: 0 } });
      expect(result).not.toHaveProperty('value.sheetFailure');
      expect(await byAddon.waiting()).toEqual([]);
      expect((await idsOf(byAddon)).toSorted()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
    },
  );

  test('beside tabs of the user’s', async () => {
    const made = {
      ...spreadsheet('en_GB'),
      sheets: ['Accounts', 'transactions'].map((title) => ({ properties: { title } })),
    };
    const { looks, expected } = await deliverBoth(made, (book) => book.put(firstBatch));
    expect(looks).toEqual(expected);
    expect(looks.tabs?.map(({ properties }) => properties.title)).toEqual([
      'Accounts',
      'transactions',
      'Transactions 2',
      'Accounts 2',
    ]);
  });

  // Zones in which a day begins on another day of UTC.
  test.each(['America/New_York', 'Pacific/Auckland'])(
    'changes look as the cloud’s in a book that the user has rearranged: %s',
    async (timeZone) => {
      const made = spreadsheet('de_DE', timeZone);
      const { byAddon, looks, expected } = await deliverBoth(made, async (book) => {
        await book.put(firstBatch);
        await deliverByCloud(book);
        await rearrange(delivering.world, book);
        await book.put(secondBatch);
      });
      expect(looks).toEqual(expected);
      const rows = await rowsOf(byAddon);
      const cellsOf = (id: string) => rows.find((row) => textOf(row, 'id') === id)?.cells;
      expect(cellsOf('e1')).toMatchObject({
        date: { kind: 'number', number: 46084 },
        amount: { kind: 'number', number: -13.2 },
        description: { kind: 'text', text: 'Cafe Rot · =COFFEE' },
      });
      expect(cellsOf('e2')?.description).toEqual({ kind: 'text', text: 'my words' });
      expect(cellsOf('e4')?.amount).toEqual({ kind: 'number', number: 7 });
      expect((await idsOf(byAddon)).toSorted()).toEqual(['e1', 'e2', 'e3', 'e4', 'e6', 'e7', 'e8']);
    },
  );

  test('more rows than the tab has', async () => {
    const drafts = Array.from({ length: 1005 }, (_, at) => draft(`r${at}`, facts(`-${at}.00`)));
    const { looks, expected } = await deliverBoth(spreadsheet('en_US'), async (book) => {
      await book.put(firstBatch);
      await deliverByCloud(book);
      await book.put({ drafts, accounts: [] });
    });
    expect(looks).toEqual(expected);
  });

  test('a tab of ours that the user has deleted', async () => {
    for (const gone of ['transactions', 'accounts'] as const) {
      const { looks, expected } = await deliverBoth(spreadsheet('en_US'), async (book) => {
        await book.put(firstBatch);
        await deliverByCloud(book);
        const tabs = await delivering.world.sheet.readBook(book.id);
        await book.edit({ deleteSheet: { sheetId: tabs[gone]?.sheetId ?? -1 } });
        await book.put(secondBatch);
      });
      expect(looks).toEqual(expected);
    }
  });

  test('no text of a bank becomes anything else', async () => {
    const texts = strangeTexts.map((text, at) =>
      draft(`t${String(at).padStart(2, '0')}`, facts('1.00', { text, counterparty: '' })),
    );
    const { byAddon, looks, expected } = await deliverBoth(spreadsheet('de_DE'), (book) =>
      book.put({ drafts: texts, accounts: [] }),
    );
    expect(looks).toEqual(expected);
    const again = texts.map((it) =>
      draft(it.id, facts('2.00', { text: `=${it.now?.text}`, counterparty: '' }), it.now),
    );
    await byAddon.put({ drafts: again, accounts: [] });
    await byAddon.deliverByAddon();
    expect((await rowsOf(byAddon)).map((row) => textOf(row, 'description'))).toEqual(
      again.map(({ now }) => now?.text.replace('\n', ' ').trim()),
    );
    expect(JSON.stringify(await byAddon.read())).not.toContain('formulaValue');
  });

  test('many batches at once, and 20 markers stay', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const batches = Array.from({ length: 40 }, (_, at) => ({
      drafts: [
        draft(
          `m${at}`,
          facts('-1.00', { date: `2026-03-${String(1 + (at % 28)).padStart(2, '0')}` }),
        ),
      ],
      accounts: [],
    }));
    await book.put(...batches);
    for (let rounds = 0; (await book.waiting()).length > 0; rounds += 1) {
      expect(rounds).toBeLessThan(4);
      await book.deliverByAddon();
    }
    expect(new Set(await idsOf(book)).size).toBe(40);
    expect(await idsOf(book)).toHaveLength(40);
    const { deliveredBatches } = await delivering.world.sheet.readBook(book.id);
    expect(deliveredBatches).toHaveLength(20);
    const doc = await bookDoc(book);
    expect(doc?.runs).toHaveLength(20);
    expect(doc?.runs?.at(-1)).toBe(`run-${book.id}-40`);
  });
});

describe('the add-on leaves the book alone', () => {
  test('where nothing waits', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const before = await book.read();
    expect((await book.deliverByAddon()).result).toBeNull();
    expect(await book.read()).toEqual(before);
    expect(await bookDoc(book)).not.toHaveProperty('lease');
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
      expect(await bookDoc(book)).toMatchObject(held);
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
    expect(await bookDoc(book)).toMatchObject({ sheetFailure: failure });
    expect(await bookDoc(book)).not.toHaveProperty('lease');
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
    const [row] = (await rowsOf(book)).filter((it) => textOf(it, 'id') === 'e1');
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
    const after = (await rowsOf(book)).find((it) => textOf(it, 'id') === 'e1');
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
    const e1 = (await rowsOf(book)).find((row) => textOf(row, 'id') === 'e1');
    expect(e1?.cells.amount).toEqual({ kind: 'number', number: -13.2 });
    expect(await idsOf(book)).toHaveLength(7);
  });

  test('a user who does not stop changing the rows gets them with the next delivery', async () => {
    const book = await withBook();
    const sheetId = (await delivering.world.sheet.readBook(book.id)).transactions?.sheetId ?? -1;
    const range = { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 };
    atTaking(99, () => book.edit({ insertDimension: { range } }));
    const { result, requests } = await book.deliverByAddon();
    expect(result).toMatchObject({ ok: true, value: { waitingRows: 6 } });
    expect(requests.filter((it) => it === 'POST /api/takeDelivery')).toHaveLength(3);
    expect(await bookDoc(book)).not.toHaveProperty('lease');
    delivering.onRequest(async () => {});
    await book.deliverByAddon();
    expect(await idsOf(book)).toHaveLength(7);
  });
});

describe('both deliverers at once', () => {
  test('write each row once, in whatever order they come', async () => {
    const book = await delivering.openBook(spreadsheet('en_US'));
    const cloud = () =>
      deliverByCloud(book).catch((error: unknown) => {
        if (!(error instanceof BookBusy)) throw error;
      });
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
        cloud(),
        book.deliverByAddon(),
        cloud(),
      ]);
      expect(told.map((it) => it?.message ?? '')).toEqual(['', '', '', '']);
    }
    await cloud();
    expect(await book.waiting()).toEqual([]);
    expect((await idsOf(book)).toSorted()).toEqual(expected.toSorted());
  });
});
