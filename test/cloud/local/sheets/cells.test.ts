import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
const rowsOf = (...rows: string[][]) => rows.map((row) => ({ values: row.map(text) }));
const put = (...rows: string[][]): sheets_v4.Schema$Request => ({
  updateCells: { start: { sheetId: 0 }, rows: rowsOf(...rows), fields: 'userEnteredValue' },
});

async function readCell(id: string, range: string) {
  const { body } = await sheets().call('GET', `/${id}?includeGridData=true&ranges=${range}`);
  return body.sheets[0].data[0].rowData?.[0]?.values?.[0] ?? {};
}

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
