import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { type Delivering, type DeliveringBook, startDelivering, textOf } from './delivering.ts';
import {
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
  expect((await byAddon.doc())?.sheetFailure).toEqual({ code: 'sheet-not-writable' });
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
      expect(await byAddon.ids()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
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
      const rows = await byAddon.rows();
      const cellsOf = (id: string) => rows.find((row) => textOf(row.cells.id) === id)?.cells;
      expect(cellsOf('e1')).toMatchObject({
        date: { kind: 'number', number: 46084 },
        amount: { kind: 'number', number: -13.2 },
        description: { kind: 'text', text: 'Cafe Rot · =COFFEE' },
      });
      expect(cellsOf('e2')?.description).toEqual({ kind: 'text', text: 'my words' });
      expect(cellsOf('e4')?.amount).toEqual({ kind: 'number', number: 7 });
      expect(await byAddon.ids()).toEqual(['e1', 'e2', 'e3', 'e4', 'e6', 'e7', 'e8']);
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
    expect((await byAddon.rows()).map((row) => textOf(row.cells.description))).toEqual(
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
    expect(new Set(await book.ids()).size).toBe(40);
    expect(await book.ids()).toHaveLength(40);
    const { deliveredBatches } = await delivering.world.sheet.readBook(book.id);
    expect(deliveredBatches).toHaveLength(20);
    const doc = await book.doc();
    expect(doc?.runs).toHaveLength(20);
    expect(doc?.runs?.at(-1)).toBe(`run-${book.id}-40`);
  });
});
