import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createScriptCalls,
  type ScriptCalls,
} from '../../../../cloud/local/host/apps-script/script-calls.ts';
import { accountsId, type BookFixture, openBookFixture, transactionsId } from './book-fixture.ts';

const addonDir = join(import.meta.dirname, '../../../fixtures/host-addon');

describe('functions of the bundle in the stand-in for Apps Script', () => {
  let book: BookFixture;
  let scripts: ScriptCalls;
  let echo: Server;
  let echoUrl: string;

  beforeAll(async () => {
    book = await openBookFixture({ addonDir, pageDir: addonDir });
    scripts = createScriptCalls({
      addonDir,
      sheetsUrl: book.sheetsUrl,
      sheetsToken: book.sheetsToken,
      spreadsheetId: book.spreadsheetId,
      identityToken: 'who-i-am',
      scriptProperties: { cloudUrl: 'http://127.0.0.1:1' },
    });
    echo = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      response.writeHead(request.url === '/missing' ? 404 : 200);
      response.end(`${request.method} ${request.headers['x-probe']} ${body}`);
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await scripts.close();
    await book.close();
    echo.close();
  });

  const run = (functionName: string, ...args: unknown[]) =>
    scripts.run({ from: 'sidebar', functionName, args });

  test('onOpen builds the menu without any right, and touches nothing else', async () => {
    const answer = await scripts.run({ from: 'open', functionName: 'onOpen', args: [] });
    expect(answer).toEqual({
      ok: true,
      value: null,
      effects: [
        {
          kind: 'menu',
          title: 'Probe NONE',
          entries: [
            { kind: 'item', caption: 'Open', functionName: 'openSidebar' },
            { kind: 'separator' },
            {
              kind: 'menu',
              caption: 'More',
              entries: [{ kind: 'item', caption: 'Greet', functionName: 'greet' }],
            },
          ],
        },
      ],
    });
  });

  test.each([['describe'], ['openSidebar'], ['identity'], ['property']])(
    '%s is refused its services while the spreadsheet only opens',
    async (functionName) => {
      const answer = await scripts.run({ from: 'open', functionName, args: [] });
      expect(answer.ok).toBe(false);
    },
  );

  test('an item of the menu opens the sidebar, and another one an alert', async () => {
    const opened = await scripts.run({ from: 'menu', functionName: 'openSidebar', args: [] });
    expect(opened.effects).toEqual([
      { kind: 'sidebar', title: 'Probe', html: expect.stringMatching(/<!DOCTYPE.*appended/s) },
    ]);
    const greeted = await scripts.run({ from: 'menu', functionName: 'greet', args: [] });
    expect(greeted.effects).toEqual([{ kind: 'alert', title: 'Hello', text: 'from the probe' }]);
  });

  test('values go to the function and back as they are', async () => {
    const value = { text: 'a', list: [1, null, true], inner: { empty: '' } };
    expect(await run('echo', value)).toEqual({ ok: true, value, effects: [] });
    expect(await run('nothing')).toEqual({ ok: true, value: null, effects: [] });
  });

  test('no global outlives a call', async () => {
    expect(await run('countCalls')).toMatchObject({ value: 1 });
    expect(await run('countCalls')).toMatchObject({ value: 1 });
  });

  test('a Date is refused with its place', async () => {
    expect(await run('today')).toMatchObject({
      ok: false,
      message: 'google.script.run carries no Date: the value.days[0].',
    });
  });

  test('what the function throws reaches the caller by its message', async () => {
    expect(await run('fail')).toMatchObject({ ok: false, message: 'no luck' });
  });

  test('a name that ends in _ or is no function is not found', async () => {
    for (const name of ['hidden_', 'missing', 'probe']) {
      const message = `Script function not found: ${name}`;
      expect(await run(name)).toMatchObject({ ok: false, message });
    }
  });

  test('a service or method that is not there throws with its name', async () => {
    expect(await run('useUnknownService')).toMatchObject({ message: 'DriveApp is not defined' });
    expect(await run('useUnknownMethod')).toMatchObject({
      message: 'Sheet.hideSheet is not in the stand-in for Apps Script.',
    });
  });

  test('nothing of Node is in reach', async () => {
    expect(await run('useNode')).toMatchObject({ value: Array(4).fill('undefined') });
  });

  test('script properties and the identity token are there', async () => {
    expect(await run('property', 'cloudUrl')).toMatchObject({ value: 'http://127.0.0.1:1' });
    expect(await run('property', 'other')).toMatchObject({ value: null });
    expect(await run('identity')).toMatchObject({ value: 'who-i-am' });
  });

  test('UrlFetchApp sends method, headers and payload, and throws for errors that are not muted', async () => {
    const options = { method: 'post', headers: { 'X-Probe': 'yes' }, payload: 'hello' };
    expect(await run('ask', echoUrl, options)).toMatchObject({
      value: { code: 200, text: 'POST yes hello' },
    });
    const muted = await run('ask', `${echoUrl}/missing`, { muteHttpExceptions: true });
    expect(muted).toMatchObject({ value: { code: 404 } });
    expect(await run('ask', `${echoUrl}/missing`)).toMatchObject({ ok: false });
    expect(await run('ask', 'http://127.0.0.1:1/')).toMatchObject({
      ok: false,
      message: 'Address unavailable: http://127.0.0.1:1',
    });
    expect(await run('ask', echoUrl, { validateHttpsCertificates: false })).toMatchObject({
      ok: false,
    });
  });

  test('more calls than run at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => run('echo', i)));
    expect(answers.map((answer) => answer.ok && answer.value)).toEqual([...Array(25).keys()]);
  });

  test('the spreadsheet tells its name, place and tabs', async () => {
    expect(await run('describe')).toMatchObject({
      value: {
        id: book.spreadsheetId,
        name: 'Books of Example Street',
        locale: 'en_US',
        zone: 'Europe/Berlin',
        sheets: [
          { id: transactionsId, name: 'Transactions', lastRow: 4, lastColumn: 7 },
          { id: accountsId, name: 'Accounts', lastRow: 4, lastColumn: 1 },
        ],
      },
    });
  });

  test('values are read with days as dates in the zone of the spreadsheet', async () => {
    expect(await run('readValues', 0, 2, 1, 1, 8)).toMatchObject({
      value: [
        [
          'date 2026-01-31T23:00:00.000Z',
          'Bakery Example, card payment',
          -12.5,
          'Expenses:Food',
          false,
          'as last time',
          'tx-1',
          '',
        ],
      ],
    });
    expect(await run('readValues', 1, 4, 1, 2, 1)).toMatchObject({
      value: [['Expenses:Rent'], ['']],
    });
  });

  test('a tab that is activated, and a range of it, are selected in the page', async () => {
    expect((await run('selectRow', 0, 3)).effects).toEqual([
      { kind: 'selection', sheetId: transactionsId },
      {
        kind: 'selection',
        sheetId: transactionsId,
        range: { row: 3, column: 1, numRows: 1, numColumns: 7 },
      },
    ]);
  });

  test('developer metadata is left, found and removed', async () => {
    expect(await run('leaveAndFindMetadata')).toMatchObject({
      value: { key: 'probe', value: 'value 1', type: 'SPREADSHEET', left: 0 },
    });
    expect(await run('columnsByMeaning')).toMatchObject({
      value: expect.arrayContaining([
        ['Date', 1, 'Transactions'],
        ['id', 7, 'Transactions'],
      ]),
    });
  });

  test('text that is written is read as if it were typed, unless an apostrophe stands before it', async () => {
    const values = [
      ['=1+1', "'=1+1", "''x"],
      ['1.5', '5%', 'true'],
      [3, false, ''],
    ];
    expect(await run('writeValues', 'Typed', values)).toMatchObject({
      value: {
        values: [
          // Formulas are computed by the page alone.
          ['', '=1+1', "'x"],
          [1.5, 0.05, true],
          [3, false, ''],
        ],
        formulas: [
          ['=1+1', '', ''],
          ['', '', ''],
          ['', '', ''],
        ],
        tabs: ['Transactions', 'Typed', 'Accounts'],
      },
    });
  });

  test('values that do not fit their range, and ranges outside of the tab, are refused', async () => {
    expect(await run('writeValues', 'Small', [['a', 'b']], 2)).toMatchObject({
      ok: false,
      message: expect.stringContaining('The data has 1 but the range has 2.'),
    });
    for (const row of [0, 201]) {
      expect(await run('outside', row, 1)).toMatchObject({
        ok: false,
        message: 'The coordinates of the range are outside the dimensions of the sheet.',
      });
    }
  });

  test('an empty cell that becomes a check box holds FALSE and is content', async () => {
    expect(await run('tickEmpty', 'Boxes')).toMatchObject({
      value: { before: 0, after: 4, values: [[false], [false]] },
    });
  });

  test('formats, notes and rules are those of the Sheets API, General is none', async () => {
    expect(await run('dress', 'Dressed')).toMatchObject({ value: [1002, 3] });
    const { sheets } = await book.read();
    const tab = sheets?.find(({ properties }) => properties?.title === 'Dressed');
    const dataValidation = {
      condition: {
        type: 'ONE_OF_RANGE',
        values: [{ userEnteredValue: "='Transactions'!$C$2:$C" }],
      },
      strict: false,
      showCustomUi: true,
    };
    const numberFormat = { type: 'NUMBER', pattern: '#,##0.00;[Red]-#,##0.00' };
    const cells = tab?.data?.[0]?.rowData?.[1]?.values ?? [];
    expect(cells.map(({ effectiveFormat: _, ...cell }) => cell)).toEqual([
      { note: 'left', dataValidation },
      { note: 'right', dataValidation, userEnteredFormat: { numberFormat } },
    ]);
  });

  test('developer metadata is for whole columns, not for cells', async () => {
    expect(await run('markCells')).toMatchObject({
      ok: false,
      message: expect.stringContaining('arbitrary ranges is not currently supported'),
    });
  });

  test('a day is written in a zone', async () => {
    const instant = Date.UTC(2026, 2, 1, 4, 30, 15, 7);
    expect(await run('formatDate', instant, 'America/New_York')).toMatchObject({
      value: '2026-02-28T23:30:15.007Z',
    });
  });

  test('the document’s lock is one call’s at a time, and ends with the call', async () => {
    const first = run('takeLock', 0, 600);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [tooSoon, patient] = await Promise.all([run('takeLock', 0, 0), run('takeLock', 5000, 0)]);
    expect(await first).toMatchObject({ value: { taken: true, has: true } });
    expect(tooSoon).toMatchObject({ value: { taken: false, has: false } });
    expect(patient).toMatchObject({ value: { taken: true, has: true } });
    expect(await run('takeLock', 0, 0)).toMatchObject({ value: { taken: true } });
  });

  test('a call that is ended gives the lock back', async () => {
    const ended = run('takeLock', 0, 60_000);
    const tryOnce = async () => (await run('takeLock', 0, 0)) as { value?: { taken: boolean } };
    while ((await tryOnce()).value?.taken);
    await scripts.close();
    expect(await ended).toMatchObject({ ok: false });
    expect(await tryOnce()).toMatchObject({ value: { taken: true } });
  });
});
