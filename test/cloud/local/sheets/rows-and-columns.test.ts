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

async function readCell(id: string, range: string) {
  const { body } = await sheets().call('GET', `/${id}?includeGridData=true&ranges=${range}`);
  return body.sheets[0].data[0].rowData?.[0]?.values?.[0] ?? {};
}

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
