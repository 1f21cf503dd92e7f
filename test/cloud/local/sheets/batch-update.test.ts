import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
const rowsOf = (...rows: string[][]) => rows.map((row) => ({ values: row.map(text) }));
const put = (...rows: string[][]): sheets_v4.Schema$Request => ({
  updateCells: { start: { sheetId: 0 }, rows: rowsOf(...rows), fields: 'userEnteredValue' },
});

async function readTitles(id: string): Promise<string[]> {
  const { body } = await sheets().call('GET', `/${id}?fields=sheets.properties.title`);
  return body.sheets.map((sheet: typeof body) => sheet.properties.title);
}

describe('a batchUpdate', () => {
  test('is carried out as a whole or not at all, and names the request that cannot be', async () => {
    const id = await sheets().create();
    const requests = [
      { addSheet: { properties: { title: 'New' } } },
      put(['a']),
      { deleteSheet: { sheetId: 99 } },
    ];
    const { status, body } = await sheets().call('POST', `/${id}:batchUpdate`, { requests });
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: {
        code: 400,
        message: 'Invalid requests[2].deleteSheet: No grid with id: 99',
        status: 'INVALID_ARGUMENT',
      },
    });
    expect(await readTitles(id)).toEqual(['Sheet1']);
    expect(await sheets().values(id, 'Sheet1')).toEqual([]);
  });

  test('answers one reply for each request, empty where there is nothing to say', async () => {
    const id = await sheets().create();
    const replies = await sheets().batchUpdate(id, put(['a']), { addSheet: {} });
    expect(replies).toMatchObject([
      {},
      { addSheet: { properties: { title: 'Sheet2', index: 1, sheetType: 'GRID' } } },
    ]);
    expect(Object.keys(replies[0] ?? {})).toEqual([]);
  });

  test('gives the spreadsheet back where that is asked for', async () => {
    const id = await sheets().create();
    const { body } = await sheets().call('POST', `/${id}:batchUpdate`, {
      requests: [put(['a', 'b'])],
      includeSpreadsheetInResponse: true,
      responseIncludeGridData: true,
      responseRanges: ['Sheet1!B1'],
    });
    const [sheet] = body.updatedSpreadsheet.sheets;
    expect(sheet.data[0].rowData[0].values[0].formattedValue).toBe('b');
  });

  test('two at the same time are carried out one after the other', async () => {
    const id = await sheets().create();
    const append = (value: string) =>
      sheets().batchUpdate(id, {
        appendCells: { sheetId: 0, rows: rowsOf([value]), fields: 'userEnteredValue' },
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => append(String(i))));
    const found = (await sheets().values(id, 'A:A')).flat();
    expect(found.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => String(i)).toSorted());
  });
});

describe('tabs', () => {
  test('an id or a title that is taken is refused', async () => {
    const id = await sheets().create();
    const add = (properties: object) =>
      sheets().call('POST', `/${id}:batchUpdate`, { requests: [{ addSheet: { properties } }] });
    expect((await add({ sheetId: 0 })).status).toBe(400);
    const taken = await add({ title: 'sheet1' });
    expect(taken.body.error.message).toBe(
      'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
    );
  });

  test('are renamed, moved, frozen and hidden by mask, and nothing else of them changes', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(
      id,
      { addSheet: { properties: { sheetId: 1, title: 'B' } } },
      { addSheet: { properties: { sheetId: 2, title: 'C' } } },
      {
        updateSheetProperties: {
          properties: { sheetId: 0, index: 3, title: 'ignored' },
          fields: 'index',
        },
      },
      {
        updateSheetProperties: {
          properties: { sheetId: 1, title: 'Bee', gridProperties: { frozenRowCount: 1 } },
          fields: 'title,gridProperties.frozenRowCount',
        },
      },
      { updateSheetProperties: { properties: { sheetId: 2, hidden: true }, fields: 'hidden' } },
    );
    expect(await readTitles(id)).toEqual(['Bee', 'C', 'Sheet1']);
    const { body } = await sheets().call('GET', `/${id}`);
    expect(body.sheets[0].properties.gridProperties).toEqual({
      rowCount: 1000,
      columnCount: 26,
      frozenRowCount: 1,
    });
    expect(body.sheets[1].properties.hidden).toBe(true);
  });

  test('a smaller grid loses what lies beyond it', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, put(['a', 'b'], ['c', 'd']), {
      updateSheetProperties: {
        properties: { sheetId: 0, gridProperties: { rowCount: 1, columnCount: 1 } },
        fields: 'gridProperties(rowCount,columnCount)',
      },
    });
    expect(await sheets().values(id, 'Sheet1')).toEqual([['a']]);
  });

  test('the last visible one stays', async () => {
    const id = await sheets().create();
    const requests = [{ deleteSheet: { sheetId: 0 } }];
    expect((await sheets().call('POST', `/${id}:batchUpdate`, { requests })).status).toBe(400);
  });

  test('a deleted one takes its metadata with it', async () => {
    const id = await sheets().create();
    const metadata = { metadataId: 4, metadataKey: 'k', visibility: 'DOCUMENT' };
    await sheets().batchUpdate(
      id,
      { addSheet: { properties: { sheetId: 1, title: 'B' } } },
      {
        createDeveloperMetadata: { developerMetadata: { ...metadata, location: { sheetId: 1 } } },
      },
      { deleteSheet: { sheetId: 1 } },
    );
    expect((await sheets().call('GET', `/${id}/developerMetadata/4`)).status).toBe(404);
  });

  test('the spreadsheet itself is renamed', async () => {
    const id = await sheets().create();
    const properties = { title: 'Renamed', locale: 'de_DE' };
    await sheets().batchUpdate(id, {
      updateSpreadsheetProperties: { properties, fields: 'title' },
    });
    const { body } = await sheets().call('GET', `/${id}?fields=properties(title,locale)`);
    expect(body).toEqual({ properties: { title: 'Renamed', locale: 'en_US' } });
  });
});
