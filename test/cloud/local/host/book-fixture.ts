import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { sheets_v4 } from '@googleapis/sheets';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import { createHost } from '../../../../cloud/local/host/host.ts';
import type { ShownMail } from '../../../../cloud/local/host/page-api.ts';
import { listen } from '../../../../cloud/local/listen.ts';
import { createSheetsServer } from '../../../../cloud/local/sheets/sheets-server.ts';
import { makeTempFolder } from '../../../temp-folder.ts';
import { until } from '../../../walk.ts';

export interface BookFixture {
  readonly url: string;
  readonly sessionToken: string;
  readonly spreadsheetId: string;
  readonly sheetsUrl: string;
  readonly sheetsToken: string;
  /** What the page of mails shows, newest first. */
  readonly mails: ShownMail[];
  /** Writes as a delivery of the cloud does. */
  write(...requests: sheets_v4.Schema$Request[]): Promise<void>;
  /** The spreadsheet as its server holds it, grid data included. */
  read(): Promise<sheets_v4.Schema$Spreadsheet>;
  /** Ends the host alone, as when the program is stopped, and starts it at the same address. */
  stopHost(): Promise<void>;
  startHost(): Promise<void>;
  close(): Promise<void>;
}

/** Page and add-on, built before the tests by jest's global set-up. */
export function builtForTests(): { readonly addonDir: string; readonly pageDir: string } {
  return JSON.parse(process.env['BOOKFEED_TEST_BUILT'] ?? '');
}

export const transactionsId = 101;
export const accountsId = 202;

/** A book of made-up rows behind a real Sheets-compatible server and a real host, each on loopback. */
export async function openBookFixture(built: {
  readonly addonDir: string;
  readonly pageDir: string;
}): Promise<BookFixture> {
  const folder = await makeTempFolder('bookfeed-host-');
  const store = openSqliteStore(join(folder, 'sheets.sqlite'));
  const token = randomIds.next('');
  const sessionToken = randomIds.next('');
  const sheets = createSheetsServer({ store, ids: randomIds, token });
  const sheetsAt = await listen(sheets.app.fetch, 0);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  async function call(path: string, body?: unknown): Promise<sheets_v4.Schema$Spreadsheet> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${sheetsAt.url}/v4/spreadsheets${path}`, { ...init, headers });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as sheets_v4.Schema$Spreadsheet;
  }

  const spreadsheetId = String((await call('', newBook)).spreadsheetId);
  const path = `/${spreadsheetId}`;
  await call(`${path}:batchUpdate`, { requests: bookRequests });

  const mails: ShownMail[] = [];
  const start = async (port: number) => {
    const host = createHost({
      ...built,
      sheets: {
        url: sheetsAt.url,
        token,
        subscribe: sheets.subscribe,
        reportFormulaValues: sheets.reportFormulaValues,
      },
      spreadsheetId,
      mails: { sentTo: null, newest: async () => mails },
      cloudUrl: sheetsAt.url,
      sessionToken,
    });
    return { host, at: await listen(host.app.fetch, port) };
  };
  let running = await start(0);
  const port = Number(new URL(running.at.url).port);
  const stopHost = async () => {
    await running.host.close();
    await running.at.close();
  };
  return {
    url: running.at.url,
    sessionToken,
    spreadsheetId,
    sheetsUrl: sheetsAt.url,
    sheetsToken: token,
    mails,
    write: async (...requests) => void (await call(`${path}:batchUpdate`, { requests })),
    read: () => call(`${path}?includeGridData=true`),
    stopHost,
    startHost: async () => {
      running = await start(port);
      // The client still holds connections to the host that is gone.
      await until(() => fetch(running.at.url).catch(() => false as const));
    },
    close: async () => {
      await stopHost();
      await sheetsAt.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

const newBook = {
  properties: { title: 'Books of Example Street', locale: 'en_US', timeZone: 'Europe/Berlin' },
  sheets: [
    {
      properties: {
        sheetId: transactionsId,
        title: 'Transactions',
        gridProperties: { rowCount: 200, columnCount: 8, frozenRowCount: 1 },
      },
    },
    { properties: { sheetId: accountsId, title: 'Accounts' } },
  ],
};

export const columns = ['Date', 'Description', 'Amount', 'Counter-account', '✓', 'Why', 'id'];

export const columnWidths = [92, 300, 108, 180, 44, 200, 160];

/** A row as a delivery writes it: day, text, amount, counter-account, check box, reason with its note, id. */
export function rowOf(
  serial: number,
  description: string,
  amount: number,
  id: string,
): sheets_v4.Schema$RowData {
  return {
    values: [
      {
        userEnteredValue: { numberValue: serial },
        userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } },
      },
      { userEnteredValue: { stringValue: description } },
      {
        userEnteredValue: { numberValue: amount },
        userEnteredFormat: {
          numberFormat: { type: 'NUMBER', pattern: '#,##0.00;[Red]-#,##0.00' },
        },
      },
      {
        userEnteredValue: { stringValue: 'Expenses:Food' },
        dataValidation: {
          condition: {
            type: 'ONE_OF_RANGE',
            values: [{ userEnteredValue: "='Accounts'!$A$2:$A" }],
          },
          showCustomUi: true,
        },
      },
      {
        userEnteredValue: { boolValue: false },
        dataValidation: { condition: { type: 'BOOLEAN' }, strict: true, showCustomUi: true },
      },
      { userEnteredValue: { stringValue: 'as last time' }, note: 'Posted so on 2 February.' },
      { userEnteredValue: { stringValue: id } },
    ],
  };
}

/** Rows for the end of Transactions, as a delivery appends them. */
export function appendRows(...rows: sheets_v4.Schema$RowData[]): sheets_v4.Schema$Request {
  const fields = 'userEnteredValue,userEnteredFormat.numberFormat,dataValidation,note';
  return { appendCells: { sheetId: transactionsId, rows, fields } };
}

function columnRange(index: number): sheets_v4.Schema$DimensionRange {
  const dimension = 'COLUMNS';
  return { sheetId: transactionsId, dimension, startIndex: index, endIndex: index + 1 };
}

function textRow(texts: readonly string[], bold: boolean): sheets_v4.Schema$RowData {
  return {
    values: texts.map((stringValue) => ({
      userEnteredValue: { stringValue },
      userEnteredFormat: { textFormat: { bold } },
    })),
  };
}

const written = 'userEnteredValue,userEnteredFormat.textFormat.bold';
const bookRequests: sheets_v4.Schema$Request[] = [
  {
    updateCells: {
      start: { sheetId: transactionsId, rowIndex: 0, columnIndex: 0 },
      rows: [textRow(columns, true)],
      fields: written,
    },
  },
  {
    updateCells: {
      start: { sheetId: accountsId, rowIndex: 0, columnIndex: 0 },
      rows: [
        textRow(['Path'], true),
        textRow(['Assets:Bank'], false),
        textRow(['Expenses:Food'], false),
        textRow(['Expenses:Rent'], false),
      ],
      fields: written,
    },
  },
  ...columnWidths.map((pixelSize, index) => ({
    updateDimensionProperties: {
      range: columnRange(index),
      properties: { pixelSize, hiddenByUser: index === 6 },
      fields: 'pixelSize,hiddenByUser',
    },
  })),
  ...columns.map((metadataValue, index) => ({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: 'bookfeed-column',
        metadataValue,
        visibility: 'DOCUMENT',
        location: { dimensionRange: columnRange(index) },
      },
    },
  })),
  {
    addConditionalFormatRule: {
      rule: {
        ranges: [
          { sheetId: transactionsId, startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 6 },
        ],
        booleanRule: {
          condition: {
            type: 'CUSTOM_FORMULA',
            values: [{ userEnteredValue: '=(NOT($E2)*NOT(ISBLANK($E2)))=1' }],
          },
          format: {
            textFormat: {
              italic: true,
              foregroundColorStyle: { rgbColor: { red: 0.45, green: 0.45, blue: 0.45 } },
            },
          },
        },
      },
      index: 0,
    },
  },
  appendRows(
    rowOf(46_054, 'Bakery Example, card payment', -12.5, 'tx-1'),
    rowOf(46_055, 'Salary of Example Works Ltd', 2500, 'tx-2'),
    rowOf(46_056, 'Rent of Example Street 5', -900, 'tx-3'),
  ),
];
