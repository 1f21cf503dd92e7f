import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const put = (id: string, range: string, values: unknown[][], query = 'valueInputOption=RAW') =>
  sheets().call('PUT', `/${id}/values/${encodeURIComponent(range)}?${query}`, { values });

const append = (id: string, range: string, values: unknown[][], query = '') =>
  sheets().call(
    'POST',
    `/${id}/values/${encodeURIComponent(range)}:append?valueInputOption=RAW${query}`,
    { values },
  );

describe('writing values', () => {
  test('tells what was written, and leaves what is null', async () => {
    const id = await sheets().create();
    const first = await put(id, 'Sheet1!B2', [
      ['a', 1],
      [true, 'b'],
    ]);
    expect(first.body).toEqual({
      spreadsheetId: id,
      updatedRange: 'Sheet1!B2:C3',
      updatedRows: 2,
      updatedColumns: 2,
      updatedCells: 4,
    });
    await put(id, 'B2:C2', [[null, '']]);
    expect(await sheets().values(id, 'A1:C3')).toEqual([[], ['', 'a'], ['', true, 'b']]);
  });

  test('raw text stays text, typed text becomes what a user would get', async () => {
    const id = await sheets().create({ properties: { title: 'DE', locale: 'de_DE' } });
    const values = [
      ['=1+1', '1.234,50', '12,5 %', '31.12.2026', 'TRUE', "'007", '+49 30 1', '1.5'],
    ];
    await put(id, 'A1', values);
    expect(await sheets().values(id, '1:1')).toEqual(values);
    await put(id, 'A2', values, 'valueInputOption=USER_ENTERED');
    expect(await sheets().values(id, '2:2', 'FORMULA')).toEqual([
      ['=1+1', 1234.5, 0.125, 46387, true, '007', '+49 30 1', '1.5'],
    ]);
    expect((await sheets().values(id, 'C2:D2', 'FORMATTED_VALUE'))[0]).toEqual([
      '12,50%',
      '31.12.2026',
    ]);
  });

  test('by columns, with the values in the answer where that is asked for', async () => {
    const id = await sheets().create();
    const { body } = await sheets().call(
      'PUT',
      `/${id}/values/A1%3AB2?valueInputOption=RAW&includeValuesInResponse=true&responseValueRenderOption=UNFORMATTED_VALUE`,
      { range: 'A1:B2', majorDimension: 'COLUMNS', values: [[1, 2], [3]] },
    );
    expect(body.updatedData).toEqual({
      range: 'Sheet1!A1:B2',
      majorDimension: 'COLUMNS',
      values: [[1, 2], [3]],
    });
  });

  test('beyond the named range is refused, and so is another range in the body', async () => {
    const id = await sheets().create();
    expect((await put(id, 'A1:A2', [[1], [2], [3]])).status).toBe(400);
    const path = `/${id}/values/A1?valueInputOption=RAW`;
    expect((await sheets().call('PUT', path, { range: 'B1', values: [[1]] })).status).toBe(400);
    expect((await sheets().call('PUT', `/${id}/values/A1`, { values: [[1]] })).status).toBe(400);
  });
});

describe('reading values', () => {
  test('leaves out empty cells at the end of rows and empty rows at the end', async () => {
    const id = await sheets().create();
    await put(id, 'A1', [['a', '', 'c'], [], ['', 'b']]);
    const { body } = await sheets().call('GET', `/${id}/values/Sheet1!A1:F9`);
    expect(body).toEqual({
      range: 'Sheet1!A1:F9',
      majorDimension: 'ROWS',
      values: [['a', '', 'c'], [], ['', 'b']],
    });
    const columns = await sheets().call('GET', `/${id}/values/A1:F9?majorDimension=COLUMNS`);
    expect(columns.body.values).toEqual([['a'], ['', '', 'b'], ['c']]);
    const empty = await sheets().call('GET', `/${id}/values/D1:F9`);
    expect(empty.body).toEqual({ range: 'Sheet1!D1:F9', majorDimension: 'ROWS' });
  });

  test.each([
    ['A1', 'Sheet1!A1'],
    ['sheet1', 'Sheet1!A1:Z1000'],
    ['B:C', 'Sheet1!B1:C1000'],
    ['2:3', 'Sheet1!A2:Z3'],
    ['B2:C', 'Sheet1!B2:C1000'],
    ['C3:B2', 'Sheet1!B2:C3'],
    ['$A$1:$B2', 'Sheet1!A1:B2'],
    ["'It''s a tab'!A1", "'It''s a tab'!A1"],
    ['A999:B2000', 'Sheet1!A999:B1000'],
  ])('understands %s as %s', async (asked, understood) => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, { addSheet: { properties: { title: "It's a tab" } } });
    const { body } = await sheets().call('GET', `/${id}/values/${encodeURIComponent(asked)}`);
    expect(body.range).toBe(understood);
  });

  test.each([
    ['Nowhere!A1', 'Unable to parse range: Nowhere!A1'],
    ['A0', 'Unable to parse range: A0'],
    ['A1:B2:C3', 'Unable to parse range: A1:B2:C3'],
    ['A1001', 'Range (A1001) exceeds grid limits. Max rows: 1000, max columns: 26'],
  ])('refuses %s', async (asked, message) => {
    const id = await sheets().create();
    const { body } = await sheets().call('GET', `/${id}/values/${encodeURIComponent(asked)}`);
    expect(body).toEqual({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } });
  });

  test('gives dates as serial numbers or as written, as the options say', async () => {
    const id = await sheets().create();
    const numberFormat = { type: 'DATE', pattern: 'yyyy-mm-dd' };
    await sheets().batchUpdate(id, {
      repeatCell: {
        range: { sheetId: 0, endRowIndex: 1, endColumnIndex: 1 },
        cell: { userEnteredValue: { numberValue: 46082 }, userEnteredFormat: { numberFormat } },
        fields: 'userEnteredValue,userEnteredFormat',
      },
    });
    const read = async (query: string) =>
      (await sheets().call('GET', `/${id}/values/A1?${query}`)).body.values[0][0];
    expect(await read('')).toBe('2026-03-01');
    expect(await read('valueRenderOption=UNFORMATTED_VALUE')).toBe(46082);
    expect(
      await read('valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING'),
    ).toBe('2026-03-01');
  });

  test('several ranges come in the order in which they are asked', async () => {
    const id = await sheets().create();
    await put(id, 'A1', [['a', 'b']]);
    const { body } = await sheets().call('GET', `/${id}/values:batchGet?ranges=B1&ranges=A1`);
    expect(body).toEqual({
      spreadsheetId: id,
      valueRanges: [
        { range: 'Sheet1!B1', majorDimension: 'ROWS', values: [['b']] },
        { range: 'Sheet1!A1', majorDimension: 'ROWS', values: [['a']] },
      ],
    });
  });
});

describe('appending values', () => {
  test('goes below the table that the range touches, in its first column', async () => {
    const id = await sheets().create();
    await put(id, 'B2', [['h1', 'h2'], [1, 2], [3]]);
    const { body } = await append(id, 'C2', [[5, 6]]);
    expect(body).toMatchObject({
      spreadsheetId: id,
      tableRange: 'Sheet1!B2:C4',
      updates: { updatedRange: 'Sheet1!B5:C5', updatedCells: 2 },
    });
  });

  test('starts at the range where there is no table', async () => {
    const id = await sheets().create();
    await put(id, 'A1', [['elsewhere']]);
    const { body } = await append(id, 'D4:E9', [['x']]);
    expect(body.tableRange).toBeUndefined();
    expect(body.updates.updatedRange).toBe('Sheet1!D4');
  });

  test('overwrites what stands below unless rows are to be inserted', async () => {
    const id = await sheets().create();
    await put(id, 'A1', [['a'], [], ['below', 'right']]);
    await append(id, 'A1', [['b'], ['c']], '&insertDataOption=INSERT_ROWS');
    expect(await sheets().values(id, 'A1:B9')).toEqual([
      ['a'],
      ['b'],
      ['c'],
      [],
      ['below', 'right'],
    ]);
    await append(id, 'A1:A3', [['d'], ['e']]);
    expect(await sheets().values(id, 'A4:B5')).toEqual([['d'], ['e', 'right']]);
  });

  test('makes the tab longer where it must', async () => {
    const id = await sheets().create({
      sheets: [{ properties: { sheetId: 0, title: 'T', gridProperties: { rowCount: 1 } } }],
    });
    await append(id, 'T', [['a'], ['b'], ['c']]);
    expect(await sheets().values(id, 'T')).toEqual([['a'], ['b'], ['c']]);
  });
});
