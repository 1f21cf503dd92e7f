import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  BookUnavailable,
  createBookLink,
  shownRowsMax,
} from '../../../../cloud/local/host/book-link.ts';
import { type SheetsAtWork, startSheets } from '../sheets/sheets-at-work.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A tab of twelve more rows than the page shows, with a word in the last of each part, beside a short one. */
async function openLongBook(): Promise<{ readonly works: SheetsAtWork; readonly id: string }> {
  const works = await startSheets(null);
  closers.push(works.close);
  const gridProperties = { rowCount: shownRowsMax + 12, columnCount: 3 };
  const id = await works.create({
    sheets: [
      { properties: { sheetId: 1, title: "Ada's", gridProperties } },
      { properties: { sheetId: 2, title: 'Short' } },
    ],
  });
  const word = (rowIndex: number) => ({
    updateCells: {
      start: { sheetId: 1, rowIndex, columnIndex: 0 },
      rows: [{ values: [{ userEnteredValue: { stringValue: `row ${rowIndex}` } }] }],
      fields: 'userEnteredValue',
    },
  });
  await works.batchUpdate(id, word(shownRowsMax - 1), word(shownRowsMax + 11));
  return { works, id };
}

describe('a tab that is longer than the page shows', () => {
  test('is told up to there, and how long it is', async () => {
    const { works, id } = await openLongBook();
    const { spreadsheet, cut } = await createBookLink(works, id).read();
    expect(cut).toEqual([
      { sheetId: 1, title: "Ada's", rows: shownRowsMax + 12, shown: shownRowsMax },
    ]);
    const [long, short] = spreadsheet.sheets ?? [];
    expect(long?.properties?.gridProperties).toMatchObject({ rowCount: shownRowsMax });
    const rows = long?.data?.[0]?.rowData ?? [];
    expect(rows).toHaveLength(shownRowsMax);
    expect(rows.at(-1)?.values?.[0]?.userEnteredValue).toEqual({
      stringValue: `row ${shownRowsMax - 1}`,
    });
    expect(short?.properties).toMatchObject({ title: 'Short', gridProperties: { rowCount: 1000 } });
  });

  test('is not cut off or deleted by a page that does not show all of it', async () => {
    const { works, id } = await openLongBook();
    const link = createBookLink(works, id);
    const { structure } = await link.read();
    const properties = { sheetId: 1, gridProperties: { rowCount: shownRowsMax } };
    const fields = 'gridProperties.rowCount';
    for (const request of [
      { deleteSheet: { sheetId: 1 } },
      { updateSheetProperties: { properties, fields } },
    ]) {
      const change = { id: JSON.stringify(request), isAgain: false, structure };
      expect(await link.change({ ...change, requests: [request] })).toEqual({
        kind: 'refused',
        message: `this page shows only the first ${shownRowsMax} rows of Ada's.`,
      });
    }
    const renamed = { properties: { sheetId: 1, title: 'Eve' }, fields: 'title' };
    const requests = [{ updateSheetProperties: renamed }, { deleteSheet: { sheetId: 2 } }];
    const done = await link.change({ id: 'c1', isAgain: false, structure, requests });
    expect(done.kind).toBe('saved');
    expect(await works.values(id, `Eve!A${shownRowsMax + 12}`)).toEqual([
      [`row ${shownRowsMax + 11}`],
    ]);
  });
});

test('an answer that breaks off in the middle is a spreadsheet that cannot be reached', async () => {
  const door = createServer((_, response) => {
    response.write('{"sheets": [', () => response.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  closers.push(async () => door.close());
  const { port } = door.address() as AddressInfo;
  const reading = createBookLink({ url: `http://127.0.0.1:${port}`, token: 't' }, 'book').read();
  await expect(reading).rejects.toThrow(BookUnavailable);
});
