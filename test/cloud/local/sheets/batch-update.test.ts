import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
const rowsOf = (...rows: string[][]) => rows.map((row) => ({ values: row.map(text) }));
const put = (...rows: string[][]): sheets_v4.Schema$Request => ({
  updateCells: { start: { sheetId: 0 }, rows: rowsOf(...rows), fields: 'userEnteredValue' },
});
const columnRange = (startIndex: number, endIndex: number) => ({
  sheetId: 0,
  dimension: 'COLUMNS',
  startIndex,
  endIndex,
});
const rowRange = (startIndex: number, endIndex: number) => ({
  ...columnRange(startIndex, endIndex),
  dimension: 'ROWS',
});

async function readTitles(id: string): Promise<string[]> {
  const { body } = await sheets().call('GET', `/${id}?fields=sheets.properties.title`);
  return body.sheets.map((sheet: typeof body) => sheet.properties.title);
}

async function readCell(id: string, range: string) {
  const { body } = await sheets().call('GET', `/${id}?includeGridData=true&ranges=${range}`);
  return body.sheets[0].data[0].rowData?.[0]?.values?.[0] ?? {};
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

describe('cells', () => {
  test('a write changes the fields of its mask and no others', async () => {
    const id = await sheets().create();
    const cell = {
      ...text('a'),
      note: 'n',
      userEnteredFormat: { textFormat: { bold: true, italic: true } },
    };
    const update = (values: object[], fields: string) => ({
      updateCells: { start: { sheetId: 0 }, rows: [{ values }], fields },
    });
    await sheets().batchUpdate(id, update([cell], '*'));
    await sheets().batchUpdate(
      id,
      update(
        [{ ...text('b'), note: 'ignored', userEnteredFormat: { textFormat: { bold: false } } }],
        'userEnteredValue,userEnteredFormat.textFormat.bold',
      ),
    );
    expect(await readCell(id, 'A1')).toMatchObject({
      userEnteredValue: { stringValue: 'b' },
      note: 'n',
      userEnteredFormat: { textFormat: { bold: false, italic: true } },
    });
    await sheets().batchUpdate(id, update([{}], 'userEnteredValue,note'));
    const left = await readCell(id, 'A1');
    expect(left.userEnteredValue ?? left.note).toBeUndefined();
    expect(left.userEnteredFormat.textFormat.italic).toBe(true);
  });

  test('a range clears what its rows do not cover, a start does not', async () => {
    const id = await sheets().create();
    const fields = 'userEnteredValue';
    await sheets().batchUpdate(id, put(['a', 'b'], ['c', 'd']));
    await sheets().batchUpdate(id, {
      updateCells: { start: { sheetId: 0 }, rows: rowsOf(['x']), fields },
    });
    expect(await sheets().values(id, 'A1:B2')).toEqual([
      ['x', 'b'],
      ['c', 'd'],
    ]);
    const range = { sheetId: 0, endRowIndex: 2, endColumnIndex: 2 };
    await sheets().batchUpdate(id, { updateCells: { range, rows: rowsOf(['y']), fields } });
    expect(await sheets().values(id, 'A1:B2')).toEqual([['y']]);
  });

  test('are appended below the last value of any column, and the tab grows', async () => {
    const id = await sheets().create({
      sheets: [{ properties: { sheetId: 0, gridProperties: { rowCount: 3, columnCount: 3 } } }],
    });
    const rule = { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'x' }] } };
    await sheets().batchUpdate(
      id,
      put(['a'], ['', '', 'c']),
      { setDataValidation: { range: { sheetId: 0, startColumnIndex: 1 }, rule } },
      {
        appendCells: {
          sheetId: 0,
          rows: rowsOf(['d'], ['e'], ['f']),
          fields: 'userEnteredValue',
        },
      },
    );
    const { body } = await sheets().call('GET', `/${id}?fields=sheets.properties.gridProperties`);
    expect(body.sheets[0].properties.gridProperties.rowCount).toBe(5);
    expect(await sheets().values(id, 'A:A')).toEqual([['a'], [], ['d'], ['e'], ['f']]);
    expect((await readCell(id, 'B3')).dataValidation).toEqual(rule);
  });

  test('beyond the grid are refused', async () => {
    const id = await sheets().create();
    const start = { sheetId: 0, columnIndex: 26 };
    const requests = [{ updateCells: { start, rows: rowsOf(['a']), fields: '*' } }];
    const { body } = await sheets().call('POST', `/${id}:batchUpdate`, { requests });
    expect(body.error.message).toBe(
      'Invalid requests[0].updateCells: Attempting to write column: 26, beyond the last requested column of: 25',
    );
  });

  test('are repeated over a range, also past the last row that was ever written', async () => {
    const id = await sheets().create();
    const userEnteredFormat = { numberFormat: { type: 'PERCENT', pattern: '0%' } };
    await sheets().batchUpdate(id, {
      repeatCell: {
        range: { sheetId: 0, startRowIndex: 998, startColumnIndex: 25 },
        cell: { userEnteredValue: { numberValue: 0.5 }, userEnteredFormat },
        fields: 'userEnteredValue,userEnteredFormat',
      },
    });
    expect(await sheets().values(id, 'Z999:Z1000', 'FORMATTED_VALUE')).toEqual([['50%'], ['50%']]);
  });

  test('are sorted with their formats, numbers before text, empty ones last both ways', async () => {
    const id = await sheets().create();
    const bold = { userEnteredFormat: { textFormat: { bold: true } } };
    const values = [
      { ...text('b'), ...bold },
      {},
      { userEnteredValue: { numberValue: 2 } },
      text('a'),
      { userEnteredValue: { boolValue: true } },
    ];
    const sort = (sortOrder: string) => ({
      sortRange: {
        range: { sheetId: 0, endRowIndex: 5, endColumnIndex: 2 },
        sortSpecs: [{ dimensionIndex: 0, sortOrder }],
      },
    });
    await sheets().batchUpdate(
      id,
      {
        updateCells: {
          start: { sheetId: 0 },
          rows: values.map((value, i) => ({ values: [value, text(`row ${i}`)] })),
          fields: '*',
        },
      },
      sort('ASCENDING'),
    );
    const column = async () => (await sheets().values(id, 'A1:B5')).map((row) => row[0]);
    expect(await column()).toEqual([2, 'a', 'b', true, '']);
    expect((await readCell(id, 'A3')).userEnteredFormat).toEqual({ textFormat: { bold: true } });
    expect(await sheets().values(id, 'B3')).toEqual([['row 0']]);
    await sheets().batchUpdate(id, sort('DESCENDING'));
    expect(await column()).toEqual([true, 'b', 'a', 2, '']);
  });

  test('are copied as often as the destination holds them', async () => {
    const id = await sheets().create();
    const grid = (startRowIndex: number, endRowIndex: number) => ({
      sheetId: 0,
      startRowIndex,
      endRowIndex,
      startColumnIndex: 0,
      endColumnIndex: 1,
    });
    await sheets().batchUpdate(id, put(['a'], ['b']), {
      copyPaste: { source: grid(0, 2), destination: grid(2, 6), pasteType: 'PASTE_NORMAL' },
    });
    expect((await sheets().values(id, 'A:A')).flat()).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });
});

describe('rows and columns', () => {
  const marked = (dimensionRange: object, metadataId: number): sheets_v4.Schema$Request => ({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataId,
        metadataKey: 'place',
        location: { dimensionRange },
        visibility: 'DOCUMENT',
      },
    },
  });
  const place = async (id: string, metadataId: number) => {
    const { status, body } = await sheets().call('GET', `/${id}/developerMetadata/${metadataId}`);
    return status === 404 ? null : body.location.dimensionRange.startIndex;
  };

  test('take their metadata along when others come before them, move or go', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(
      id,
      put(['a', 'b', 'c', 'd']),
      marked(columnRange(1, 2), 1),
      marked(columnRange(3, 4), 2),
      { insertDimension: { range: columnRange(1, 2) } },
    );
    expect([await place(id, 1), await place(id, 2)]).toEqual([2, 4]);
    await sheets().batchUpdate(id, {
      moveDimension: { source: columnRange(4, 5), destinationIndex: 0 },
    });
    expect([await place(id, 1), await place(id, 2)]).toEqual([3, 0]);
    expect(await sheets().values(id, 'A1:F1')).toEqual([['d', 'a', '', 'b', 'c']]);
    await sheets().batchUpdate(id, { deleteDimension: { range: columnRange(2, 4) } });
    expect([await place(id, 1), await place(id, 2)]).toEqual([null, 0]);
    expect(await sheets().values(id, 'A1:F1')).toEqual([['d', 'a', 'c']]);
  });

  test('rows are inserted, moved and deleted with their metadata', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(
      id,
      put(['a'], ['b'], ['c'], ['d']),
      marked(rowRange(2, 3), 1),
      { insertDimension: { range: rowRange(0, 2) } },
      { moveDimension: { source: rowRange(2, 4), destinationIndex: 6 } },
    );
    expect((await sheets().values(id, 'A:A')).flat()).toEqual(['c', 'd', 'a', 'b']);
    expect(await place(id, 1)).toBe(2);
    await sheets().batchUpdate(id, { deleteDimension: { range: rowRange(0, 3) } });
    expect((await sheets().values(id, 'A:A')).flat()).toEqual(['d', 'a', 'b']);
    expect(await place(id, 1)).toBeNull();
  });

  test('a new row takes format and validation of the one before where that is asked', async () => {
    const id = await sheets().create();
    const dataValidation = { condition: { type: 'BOOLEAN' }, strict: true };
    const cell = { userEnteredValue: { boolValue: true }, dataValidation, note: 'n' };
    await sheets().batchUpdate(
      id,
      { updateCells: { start: { sheetId: 0 }, rows: [{ values: [cell] }], fields: '*' } },
      { insertDimension: { range: rowRange(1, 2), inheritFromBefore: true } },
    );
    const made = await readCell(id, 'A2');
    expect(made.dataValidation).toEqual(dataValidation);
    expect(made.userEnteredValue ?? made.note).toBeUndefined();
  });

  test('a conditional format follows the rows it was made for', async () => {
    const id = await sheets().create();
    const rule = {
      ranges: [{ sheetId: 0, startRowIndex: 1, startColumnIndex: 2, endColumnIndex: 4 }],
      booleanRule: { condition: { type: 'NOT_BLANK' }, format: {} },
    };
    await sheets().batchUpdate(
      id,
      { addConditionalFormatRule: { rule, index: 0 } },
      { insertDimension: { range: rowRange(0, 1) } },
      { insertDimension: { range: columnRange(3, 4) } },
      { deleteDimension: { range: columnRange(0, 1) } },
    );
    const { body } = await sheets().call('GET', `/${id}?fields=sheets.conditionalFormats.ranges`);
    expect(body.sheets[0].conditionalFormats[0].ranges).toEqual([
      { sheetId: 0, startRowIndex: 2, startColumnIndex: 1, endColumnIndex: 4 },
    ]);
  });

  test('have a size and may be hidden, which moves along', async () => {
    const id = await sheets().create();
    const update = (range: object): sheets_v4.Schema$Request => ({
      updateDimensionProperties: {
        range,
        properties: { pixelSize: 333, hiddenByUser: true },
        fields: 'pixelSize,hiddenByUser',
      },
    });
    await sheets().batchUpdate(
      id,
      update(columnRange(4, 5)),
      update(rowRange(1, 2)),
      { insertDimension: { range: columnRange(9, 10) } },
      { insertDimension: { range: columnRange(0, 1) } },
      { insertDimension: { range: rowRange(0, 1) } },
    );
    const fields = 'sheets.data(columnMetadata,rowMetadata)';
    const { body } = await sheets().call('GET', `/${id}?fields=${fields}`);
    const [{ columnMetadata, rowMetadata }] = body.sheets[0].data;
    expect(columnMetadata.slice(4, 6)).toEqual([
      { pixelSize: 100 },
      { pixelSize: 333, hiddenByUser: true },
    ]);
    expect(rowMetadata.slice(1, 3)).toEqual([
      { pixelSize: 21 },
      { pixelSize: 333, hiddenByUser: true },
    ]);
  });

  test('are added at the end, and never all deleted', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, {
      appendDimension: { sheetId: 0, dimension: 'COLUMNS', length: 4 },
    });
    const { body } = await sheets().call('GET', `/${id}?fields=sheets.properties.gridProperties`);
    expect(body.sheets[0].properties.gridProperties.columnCount).toBe(30);
    const requests = [{ deleteDimension: { range: columnRange(0, 30) } }];
    expect((await sheets().call('POST', `/${id}:batchUpdate`, { requests })).status).toBe(400);
  });
});
