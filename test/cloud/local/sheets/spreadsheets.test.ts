import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
const number = (numberValue: number) => ({ userEnteredValue: { numberValue } });

async function createWithCells(): Promise<string> {
  const rows = [{ values: [text('a'), number(1)] }, {}, { values: [{}, text('c'), {}] }];
  const id = await sheets().create();
  await sheets().batchUpdate(id, {
    updateCells: { start: { sheetId: 0 }, rows, fields: 'userEnteredValue' },
  });
  return id;
}

describe('a new spreadsheet', () => {
  test('has one empty tab of Google’s usual size where none is named', async () => {
    const { body } = await sheets().call('POST', '', { properties: { locale: 'de_DE' } });
    expect(body).toMatchObject({
      properties: { title: 'Untitled spreadsheet', locale: 'de_DE', timeZone: 'Etc/GMT' },
      sheets: [
        {
          properties: {
            sheetId: 0,
            title: 'Sheet1',
            index: 0,
            gridProperties: { rowCount: 1000, columnCount: 26 },
          },
        },
      ],
    });
    expect(body.spreadsheetUrl).toContain(body.spreadsheetId);
    expect(body.sheets[0]).not.toHaveProperty('data');
  });

  test('has the tabs, cells, formats and metadata that it is created with', async () => {
    const rule = {
      ranges: [{ sheetId: 7 }],
      booleanRule: { condition: { type: 'NOT_BLANK' }, format: { textFormat: { bold: true } } },
    };
    const id = await sheets().create({
      properties: { title: 'Made' },
      sheets: [
        {
          properties: { sheetId: 7, title: 'One' },
          data: [{ startRow: 1, rowData: [{ values: [text('here')] }] }],
          conditionalFormats: [rule],
        },
        { properties: { title: 'Two' } },
      ],
      developerMetadata: [
        { metadataKey: 'k', location: { spreadsheet: true }, visibility: 'DOCUMENT' },
      ],
    });
    const { body } = await sheets().call('GET', `/${id}`);
    expect(body.sheets.map((sheet: typeof body) => sheet.properties.title)).toEqual(['One', 'Two']);
    expect(body.sheets[0].conditionalFormats).toEqual([rule]);
    expect(body.developerMetadata).toMatchObject([{ metadataKey: 'k' }]);
    expect(await sheets().values(id, 'One!A1:A9')).toEqual([[], ['here']]);
  });

  test('refuses a locale that is none', async () => {
    const answer = await sheets().call('POST', '', { properties: { locale: 'English' } });
    expect(answer).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
  });
});

describe('reading a spreadsheet', () => {
  test('gives cells only where they are asked for', async () => {
    const id = await createWithCells();
    const plain = await sheets().call('GET', `/${id}`);
    expect(plain.body.sheets[0].data).toBeUndefined();
    const full = await sheets().call('GET', `/${id}?includeGridData=true`);
    const [grid] = full.body.sheets[0].data;
    expect(grid.rowData).toHaveLength(3);
    expect(grid.rowData[0].values[1]).toMatchObject({
      userEnteredValue: { numberValue: 1 },
      effectiveValue: { numberValue: 1 },
      formattedValue: '1',
    });
    expect(grid.rowMetadata).toHaveLength(1000);
    expect(grid.columnMetadata[0]).toEqual({ pixelSize: 100 });
  });

  test('a mask asks for cells by itself and gives nothing beside what it names', async () => {
    const id = await createWithCells();
    const fields = 'properties/title,sheets(data.rowData.values.effectiveValue)';
    const { body } = await sheets().call('GET', `/${id}?fields=${encodeURIComponent(fields)}`);
    expect(body).toEqual({
      properties: { title: 'Book' },
      sheets: [
        {
          data: [
            {
              rowData: [
                {
                  values: [
                    { effectiveValue: { stringValue: 'a' } },
                    { effectiveValue: { numberValue: 1 } },
                  ],
                },
                {},
                { values: [{}, { effectiveValue: { stringValue: 'c' } }] },
              ],
            },
          ],
        },
      ],
    });
  });

  test('a mask without cells leaves them out even where includeGridData asks for them', async () => {
    const id = await createWithCells();
    const path = `/${id}?includeGridData=true&fields=sheets.properties.title`;
    const { body } = await sheets().call('GET', path);
    expect(body).toEqual({ sheets: [{ properties: { title: 'Sheet1' } }] });
  });

  test('ranges limit tabs and cells, one grid for each range', async () => {
    const id = await createWithCells();
    await sheets().batchUpdate(id, { addSheet: { properties: { title: 'Other' } } });
    const path = `/${id}?ranges=Sheet1!B1:B1&ranges=Sheet1!B3:C3&includeGridData=true`;
    const { body } = await sheets().call('GET', path);
    expect(body.sheets).toHaveLength(1);
    const [first, second] = body.sheets[0].data;
    expect(first).toMatchObject({ startColumn: 1, rowData: [{ values: [number(1)] }] });
    expect(second).toMatchObject({
      startRow: 2,
      startColumn: 1,
      rowData: [{ values: [text('c')] }],
    });
    expect(first.startRow).toBeUndefined();
  });

  test('a data filter finds the tab that carries developer metadata', async () => {
    const id = await createWithCells();
    await sheets().batchUpdate(
      id,
      { addSheet: { properties: { sheetId: 5, title: 'Marked' } } },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataKey: 'mine',
            location: { sheetId: 5 },
            visibility: 'DOCUMENT',
          },
        },
      },
    );
    const { body } = await sheets().call('POST', `/${id}:getByDataFilter`, {
      dataFilters: [{ developerMetadataLookup: { metadataKey: 'mine' } }],
    });
    expect(body.sheets).toHaveLength(1);
    expect(body.sheets[0].properties.title).toBe('Marked');
  });

  test('a formula has no effective value until one is reported, and loses it with the formula', async () => {
    const id = await sheets().create();
    const formulaValue = '=1+1';
    const write = (value: object) => ({
      updateCells: {
        start: { sheetId: 0 },
        rows: [{ values: [{ userEnteredValue: value }] }],
        fields: 'userEnteredValue',
      },
    });
    await sheets().batchUpdate(id, write({ formulaValue }));
    expect(await sheets().values(id, 'A1')).toEqual([]);
    expect(await sheets().values(id, 'A1', 'FORMULA')).toEqual([[formulaValue]]);
    const place = { sheetId: 0, rowIndex: 0, columnIndex: 0 };
    await sheets().server.reportFormulaValues(id, [
      { ...place, formulaValue, effectiveValue: { numberValue: 2 } },
      { ...place, formulaValue: '=2+2', effectiveValue: { numberValue: 4 } },
      { ...place, sheetId: 99, formulaValue, effectiveValue: { numberValue: 4 } },
    ]);
    expect(await sheets().values(id, 'A1')).toEqual([[2]]);
    await sheets().batchUpdate(id, write({ formulaValue }));
    expect(await sheets().values(id, 'A1')).toEqual([[2]]);
    await sheets().batchUpdate(id, write({ formulaValue: '=3+3' }));
    expect(await sheets().values(id, 'A1')).toEqual([]);
  });
});

describe('whoever listens to a spreadsheet', () => {
  test('hears of each answered write which rows are others, and who wrote', async () => {
    const id = await createWithCells();
    const heard: unknown[] = [];
    const stop = sheets().server.subscribe(id, (change) => heard.push(change));
    const rows = [{ values: [text('x')] }];
    const append = { requests: [{ appendCells: { sheetId: 0, rows, fields: '*' } }] };
    await sheets().call('POST', `/${id}:batchUpdate?quotaUser=me`, append);
    await sheets().call('POST', `/${id}:batchUpdate`, { requests: [{ deleteSheet: {} }] });
    await sheets().call('PUT', `/${id}/values/A2?valueInputOption=RAW`, { values: [['y']] });
    stop();
    await sheets().call('PUT', `/${id}/values/A3?valueInputOption=RAW`, { values: [['z']] });
    expect(heard).toEqual([
      {
        spreadsheetId: id,
        origin: 'me',
        isLayoutChanged: false,
        rows: [{ sheetId: 0, startRow: 3, endRow: 4 }],
      },
      {
        spreadsheetId: id,
        origin: '',
        isLayoutChanged: false,
        rows: [{ sheetId: 0, startRow: 1, endRow: 2 }],
      },
    ]);
  });

  test('hears that the layout is another when a column is hidden', async () => {
    const id = await sheets().create();
    const heard: boolean[] = [];
    sheets().server.subscribe(id, ({ isLayoutChanged }) => heard.push(isLayoutChanged));
    await sheets().batchUpdate(id, {
      updateDimensionProperties: {
        range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 2, endIndex: 3 },
        properties: { hiddenByUser: true },
        fields: 'hiddenByUser',
      },
    });
    expect(heard).toEqual([true]);
  });

  test('is told, and the write answered, also where another listener fails or has left twice', async () => {
    const id = await sheets().create();
    const heard: string[] = [];
    const leave = sheets().server.subscribe(id, () => heard.push('left'));
    leave();
    sheets().server.subscribe(id, () => {
      throw new Error('a listener that fails');
    });
    sheets().server.subscribe(id, ({ spreadsheetId }) => heard.push(spreadsheetId));
    leave();
    await sheets().batchUpdate(id, { addSheet: {} });
    expect(heard).toEqual([id]);
    expect(sheets().defects.splice(0)).toEqual([new Error('a listener that fails')]);
  });
});
