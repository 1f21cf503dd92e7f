import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../../cloud/adapters/google-sheets.ts';
import { markerId } from '../../../cloud/adapters/google-sheets-markers.ts';
import { sheetContract } from '../../contract/sheet.ts';
import { amount, changesOf, newRow, text } from '../../contract/sheet-world.ts';
import { readDiscovery } from '../local/sheets/discovery.ts';
import { type SheetsAtWork, startSheets } from '../local/sheets/sheets-at-work.ts';
import { createGoogleHand } from './google-sheets-hand.ts';

const discovery = readDiscovery();

function authFor(token: string): OAuth2Client {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: token });
  return auth;
}

/** Instants a second apart. */
function createTicks() {
  let ticks = 0;
  return { now: () => new Date(Date.UTC(2026, 2, 1) + 1000 * ticks++).toISOString() };
}

sheetContract('Google’s client at the Sheets-compatible server', async () => {
  const works = await startSheets(discovery);
  const { url: rootUrl, token, server } = works;
  const sheet = createGoogleSheets({ auth: authFor(token), rootUrl, clock: createTicks() });
  return {
    sheet,
    createSpreadsheet: ({ tabs, ...properties } = {}) =>
      works.create({
        properties,
        ...(tabs && { sheets: tabs.map((title) => ({ properties: { title } })) }),
      }),
    handIn: (id, tab) => createGoogleHand(works, sheet, id, tab),
    share: (id, as) => (as === 'deleted' ? server.remove(id) : server.setAccess(id, as)),
    close: async () => {
      await works.close();
      expect(works.problems).toEqual([]);
    },
  };
});

describe('the book that is made in Google Sheets', () => {
  let works: SheetsAtWork & { close(): Promise<void> };
  const requests: string[] = [];
  beforeAll(async () => {
    works = await startSheets(discovery);
  });
  afterEach(() => {
    requests.length = 0;
    expect(works.problems.splice(0)).toEqual([]);
  });
  afterAll(() => works.close());

  const sheetOf = () =>
    createGoogleSheets({
      auth: authFor(works.token),
      rootUrl: works.url,
      onRequest: (kind) => requests.push(kind),
    });

  /** A book with one row, delivered by one reading and one writing request. */
  async function makeBook(locale = 'en_US') {
    const id = await works.create({ properties: { title: 'Book', locale } });
    const sheet = sheetOf();
    const row = newRow('e1', {
      amount: amount(-1250, 'EUR', 'USD -13.60'),
      why: text('as last time', 'receipt'),
      balance: amount(5),
    });
    const account = {
      path: text('Assets:Checking'),
      bookBalance: amount(1000, 'JPY'),
      bankBalance: amount(1200, 'JPY'),
      difference: amount(200, 'JPY'),
    };
    const changes = changesOf(['b1'], { append: [row] }, { append: [account] });
    await sheet.writeBook(id, await sheet.readBook(id), changes);
    const { body } = await works.call('GET', `/${id}?includeGridData=true`);
    const [transactions, accounts] = body.sheets as sheets_v4.Schema$Sheet[];
    if (!transactions || !accounts) throw new Error('the tabs are not there');
    return { id, sheet, transactions, accounts };
  }

  const cellsOf = (sheet: sheets_v4.Schema$Sheet, row: number) =>
    sheet.data?.[0]?.rowData?.[row]?.values ?? [];
  const textsOf = (sheet: sheets_v4.Schema$Sheet, row: number) =>
    cellsOf(sheet, row).map((cell) => cell.formattedValue ?? '');

  test('takes two requests for a first delivery', async () => {
    await makeBook();
    expect(requests).toEqual(['read', 'write']);
  });

  test('has frozen bold headers, wide columns and hidden ones for what only Bookfeed reads, in the place of the empty tab that was there', async () => {
    const { transactions, accounts } = await makeBook();
    expect(textsOf(transactions, 0)).toEqual([
      'Date',
      'Description',
      'Amount',
      'Currency',
      'Account',
      'Counter-account',
      '✓',
      'Why',
      'Balance',
      'Notes',
      'Counterparty account',
      'Bookfeed id',
    ]);
    expect(textsOf(accounts, 0)).toEqual([
      'Name',
      'Type',
      'Path',
      'Currency',
      'Book balance',
      'Bank balance',
      'Difference',
    ]);
    for (const { properties } of [transactions, accounts]) {
      expect(properties?.gridProperties?.frozenRowCount).toBe(1);
    }
    for (const cell of [...cellsOf(transactions, 0), ...cellsOf(accounts, 0)]) {
      expect(cell.userEnteredFormat).toEqual({ textFormat: { bold: true } });
    }
    const columns = transactions.data?.[0]?.columnMetadata ?? [];
    expect(columns[1]?.pixelSize).toBeGreaterThanOrEqual(300);
    const hidden = columns.flatMap(({ hiddenByUser }, at) => (hiddenByUser ? [at] : []));
    expect(hidden).toEqual([10, 11]);
    expect(transactions.properties?.index).toBe(0);
  });

  test('speaks German where the spreadsheet does', async () => {
    const { transactions, accounts } = await makeBook('de_AT');
    expect(transactions.properties?.title).toBe('Buchungen');
    expect(accounts.properties?.title).toBe('Konten');
    expect(textsOf(transactions, 0).slice(0, 7)).toEqual([
      'Datum',
      'Beschreibung',
      'Betrag',
      'Währung',
      'Konto',
      'Gegenkonto',
      '✓',
    ]);
    expect(textsOf(transactions, 1).slice(0, 3)).toEqual(['01.03.2026', 'Shop e1', '-12,50']);
    expect(textsOf(accounts, 0).slice(4)).toEqual(['Saldo im Buch', 'Saldo der Bank', 'Differenz']);
  });

  test('shows amounts with the decimals of their currency, red below zero', async () => {
    const { transactions, accounts } = await makeBook();
    expect(cellsOf(transactions, 1)[2]?.userEnteredFormat?.numberFormat).toEqual({
      type: 'NUMBER',
      pattern: '#,##0.00;[Red]-#,##0.00',
    });
    expect(textsOf(accounts, 1).slice(4)).toEqual(['1,000', '1,200', '200']);
  });

  test('gives each row its check box and drop-downs, and as notes its receipt and the sum in another currency', async () => {
    const { transactions } = await makeBook();
    const cells = cellsOf(transactions, 1);
    const accountRule = {
      condition: {
        type: 'ONE_OF_RANGE',
        values: [{ userEnteredValue: "='Accounts'!$C$2:$C" }],
      },
      strict: false,
      showCustomUi: true,
    };
    expect(cells[4]?.dataValidation).toEqual(accountRule);
    expect(cells[5]?.dataValidation).toEqual(accountRule);
    expect(cells[6]?.dataValidation).toMatchObject({
      condition: { type: 'BOOLEAN' },
      strict: true,
    });
    expect(cells[7]?.note).toBe('receipt');
    expect(cells[2]?.note).toBe('USD -13.60');
    expect(cellsOf(transactions, 500)[5]?.dataValidation).toEqual(accountRule);
    expect(cellsOf(transactions, 500)[6]?.dataValidation).toBeUndefined();
  });

  test('offers in all rows of the Rules tab the accounts, and boxes that are blank while not ticked', async () => {
    const { id, sheet } = await makeBook('de_DE');
    const whenText = text('Käse');
    const thenPost = { kind: 'check', checked: true } as const;
    const amountTo = { kind: 'number', number: -1234.5 } as const;
    const append = [{ whenText, amountTo, thenPost }, { whenText }];
    const write = async (changes: NonNullable<Parameters<typeof changesOf>[3]>) =>
      sheet.writeBook(id, await sheet.readBook(id), changesOf([], {}, {}, changes));
    await write({ append });
    await write({ update: [{ index: 2, cells: { amountTo } }] });
    const { body } = await works.call('GET', `/${id}?includeGridData=true`);
    const [, , rules] = body.sheets as sheets_v4.Schema$Sheet[];
    if (!rules) throw new Error('the tab is not there');
    expect(rules.properties).toMatchObject({ title: 'Regeln', index: 2 });
    expect(textsOf(rules, 0)).toEqual([
      'Wenn Text enthält',
      'Wenn Gegenpartei ist',
      'Betrag von',
      'Betrag bis',
      'Wenn Konto ist',
      'Dann Gegenkonto',
      'Dann Beschreibung',
      'Sofort buchen',
      'Problem',
    ]);
    for (const row of [1, 2]) expect(textsOf(rules, row)[3]).toBe('-1.234,50');
    for (const row of [1, 2, 3, 999]) {
      const cells = cellsOf(rules, row);
      expect(cells.map(({ dataValidation }) => dataValidation?.condition?.type)).toEqual([
        ...Array.from({ length: 4 }),
        'ONE_OF_RANGE',
        'ONE_OF_RANGE',
        undefined,
        'BOOLEAN',
      ]);
      expect(cells[7]?.dataValidation?.condition?.values).toEqual([{ userEnteredValue: 'TRUE' }]);
      const ticked = row === 1 ? { boolValue: true } : undefined;
      expect(cells[7]?.userEnteredValue).toEqual(ticked);
    }
  });

  test('offers the accounts of a new Accounts tab where the user has deleted the other', async () => {
    const { id, sheet, accounts } = await makeBook();
    await sheet.writeBook(id, await sheet.readBook(id), changesOf([], {}, {}, {}));
    await works.batchUpdate(id, { deleteSheet: { sheetId: accounts.properties?.sheetId ?? 0 } });
    const before = await sheet.readBook(id);
    const properties = { sheetId: before.rules?.sheetId ?? 0, title: 'Accounts' };
    await works.batchUpdate(id, { updateSheetProperties: { properties, fields: 'title' } });
    await sheet.writeBook(id, await sheet.readBook(id), changesOf(['b2'], {}));
    const { body } = await works.call('GET', `/${id}?includeGridData=true`);
    const [transactions, rules] = body.sheets as sheets_v4.Schema$Sheet[];
    if (!transactions || !rules) throw new Error('the tabs are not there');
    for (const tab of [transactions, rules]) {
      const { values } = cellsOf(tab, 500)[5]?.dataValidation?.condition ?? {};
      expect(values).toEqual([{ userEnteredValue: "='Accounts 2'!$C$2:$C" }]);
    }
  });

  test('shows drafts in grey italics by a formula that any locale reads', async () => {
    const { transactions } = await makeBook();
    const [rule] = transactions.conditionalFormats ?? [];
    expect(rule?.ranges).toEqual([{ sheetId: transactions.properties?.sheetId, startRowIndex: 1 }]);
    const { condition, format } = rule?.booleanRule ?? {};
    expect(condition).toEqual({
      type: 'CUSTOM_FORMULA',
      values: [{ userEnteredValue: '=(NOT($G2)*NOT(ISBLANK($G2)))=1' }],
    });
    expect(format?.textFormat?.italic).toBe(true);
  });

  test('an update leaves the format and the note that the user gave to a text', async () => {
    const { id, sheet, transactions } = await makeBook();
    const { sheetId } = transactions.properties ?? {};
    const cell = { note: 'mine', userEnteredFormat: { textFormat: { underline: true } } };
    await works.batchUpdate(id, {
      updateCells: {
        start: { sheetId: sheetId ?? 0, rowIndex: 1, columnIndex: 1 },
        rows: [{ values: [cell] }],
        fields: 'note,userEnteredFormat',
      },
    });
    const update = [{ index: 1, cells: { description: text('new'), why: text('w', '') } }];
    await sheet.writeBook(id, await sheet.readBook(id), changesOf(['b2'], { update }));
    const path = `/${id}?ranges=Transactions!B2:H2&includeGridData=true`;
    const { body } = await works.call('GET', path);
    const { values } = body.sheets[0].data[0].rowData[0];
    expect(values[0]).toMatchObject({ ...cell, formattedValue: 'new' });
    expect(values[6].formattedValue).toBe('w');
    expect(values[6].note).toBeUndefined();
  });

  test('a marker’s id that other metadata has is no delivered batch', async () => {
    const { id, sheet } = await makeBook();
    const developerMetadata = {
      metadataId: markerId('b2'),
      metadataKey: 'another',
      location: { spreadsheet: true },
      visibility: 'DOCUMENT',
    };
    await works.batchUpdate(id, { createDeveloperMetadata: { developerMetadata } });
    const changes = changesOf(['b2'], { append: [newRow('e2')] });
    await expect(sheet.writeBook(id, await sheet.readBook(id), changes)).rejects.toMatchObject({
      code: 'sheet-unavailable',
      detail: 'status 400',
    });
  });

  test('a formula of the user’s is read as what it shows, and as its text while that is not known', async () => {
    const { id, sheet, transactions } = await makeBook();
    const place = { sheetId: transactions.properties?.sheetId ?? 0, rowIndex: 1, columnIndex: 5 };
    const formulaValue = '=A1';
    const values = [{ userEnteredValue: { formulaValue } }];
    await works.batchUpdate(id, {
      updateCells: { start: place, rows: [{ values }], fields: 'userEnteredValue' },
    });
    const read = async () => (await sheet.readBook(id)).transactions?.rows[0]?.cells.counterAccount;
    expect(await read()).toEqual(text(formulaValue));
    const effectiveValue = { stringValue: 'Expenses:Food' };
    await works.server.reportFormulaValues(id, [{ ...place, formulaValue, effectiveValue }]);
    expect(await read()).toEqual(text('Expenses:Food'));
  });

  test('a thousand rows stay below the 2 MB that Google advises for a request', async () => {
    const description = text('Sample Energy Cooperative: instalment 4711 for March '.repeat(3));
    const more = { description, why: text('last posted for this', 'r'.repeat(80)) };
    const append = Array.from({ length: 1000 }, (_, i) =>
      newRow(`entry-${i}-${'x'.repeat(30)}`, more),
    );
    let bytes = 0;
    const server = createServer(async (request, response) => {
      for await (const chunk of request) bytes += chunk.length;
      response.end('{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const rootUrl = `http://127.0.0.1:${port}`;
    const { id, sheet } = await makeBook();
    const snapshot = await sheet.readBook(id);
    const counting = createGoogleSheets({ auth: authFor('t'), rootUrl });
    await counting.writeBook(id, snapshot, changesOf(['b2'], { append }));
    server.close();
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThan(2_000_000);
  });
});
