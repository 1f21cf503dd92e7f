import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { columnLetters } from '../../../cloud/adapters/google-sheets-cells.ts';
import type { Sheet } from '../../../cloud/ports/sheet.ts';
import {
  columnMetadataKey,
  proofMetadataKey,
  type TransactionColumn,
} from '../../../shared/book.ts';
import type { SheetHand } from '../../contract/sheet-world.ts';
import type { SheetsAtWork } from '../local/sheets/sheets-at-work.ts';

/** The hand of a user in a spreadsheet, by the Sheets API. */
export function createGoogleHand(works: SheetsAtWork, sheet: Sheet, id: string): SheetHand {
  const edit = async (...requests: sheets_v4.Schema$Request[]) => {
    await works.batchUpdate(id, ...requests);
  };
  const ourTabs = async () => {
    const { transactions, accounts } = await sheet.readBook(id);
    if (!transactions || !accounts) throw new Error('the tabs are not there');
    return { transactions, accounts };
  };
  const place = async (column: TransactionColumn) => {
    const { transactions } = await ourTabs();
    const position = transactions.columns[column];
    if (position === undefined) throw new Error(`there is no column ${column}`);
    return { sheetId: transactions.sheetId, title: transactions.title, position };
  };
  const sheetIdOfOurs = async () => (await ourTabs()).transactions.sheetId;
  const one = (sheetId: number, dimension: 'ROWS' | 'COLUMNS', startIndex: number) => ({
    range: { sheetId, dimension, startIndex, endIndex: startIndex + 1 },
  });
  const write = (start: sheets_v4.Schema$GridCoordinate, cell: sheets_v4.Schema$CellData) => {
    const fields = Object.keys(cell).join();
    return edit({ updateCells: { start, rows: [{ values: [cell] }], fields } });
  };
  return {
    ...rowsOf(edit, sheetIdOfOurs, place, one),
    write: async (rowIndex, column, value) => {
      const { sheetId, position: columnIndex } = await place(column);
      await write({ sheetId, rowIndex, columnIndex }, { userEnteredValue: toValue(value) });
    },
    readNote: async (row, column) => {
      const { title, position } = await place(column);
      const range = encodeURIComponent(`'${title}'!${columnLetters(position)}${row + 1}`);
      const { body } = await works.call('GET', `/${id}?ranges=${range}&includeGridData=true`);
      return body.sheets[0].data[0].rowData?.[0]?.values?.[0]?.note ?? '';
    },
    writeNote: async (rowIndex, column, note) => {
      const { sheetId, position: columnIndex } = await place(column);
      await write({ sheetId, rowIndex, columnIndex }, { note });
    },
    insertColumn: async (at, header) => {
      const sheetId = await sheetIdOfOurs();
      await edit({ insertDimension: one(sheetId, 'COLUMNS', at) });
      const cell = { userEnteredValue: { stringValue: header } };
      await write({ sheetId, rowIndex: 0, columnIndex: at }, cell);
    },
    moveColumnToFront: async (column) => {
      const { sheetId, position } = await place(column);
      const { range: source } = one(sheetId, 'COLUMNS', position);
      await edit({ moveDimension: { source, destinationIndex: 0 } });
    },
    deleteColumn: async (column) => {
      const { sheetId, position } = await place(column);
      await edit({ deleteDimension: one(sheetId, 'COLUMNS', position) });
    },
    deleteAccountColumn: async (column) => {
      const { accounts } = await ourTabs();
      await edit({
        deleteDimension: one(accounts.sheetId, 'COLUMNS', accounts.columns[column] ?? -1),
      });
    },
    disownColumn: (column) =>
      edit({
        deleteDeveloperMetadata: {
          dataFilter: {
            developerMetadataLookup: { metadataKey: columnMetadataKey, metadataValue: column },
          },
        },
      }),
    renameTab: async (title) => {
      const properties = { sheetId: await sheetIdOfOurs(), title };
      await edit({ updateSheetProperties: { properties, fields: 'title' } });
    },
    addTab: (title) => edit({ addSheet: { properties: { title } } }),
    deleteOurTabs: async () => {
      const { transactions, accounts } = await ourTabs();
      await edit(
        { deleteSheet: { sheetId: transactions.sheetId } },
        { deleteSheet: { sheetId: accounts.sheetId } },
      );
    },
    writeInFirstTab: (value) =>
      write({ sheetId: 0, rowIndex: 4, columnIndex: 2 }, { userEnteredValue: toValue(value) }),
    leaveProof: (proof) =>
      edit({
        createDeveloperMetadata: {
          developerMetadata: {
            metadataKey: proofMetadataKey,
            metadataValue: proof,
            location: { spreadsheet: true },
            visibility: 'DOCUMENT',
          },
        },
      }),
  };
}

function rowsOf(
  edit: (...requests: sheets_v4.Schema$Request[]) => Promise<void>,
  sheetIdOfOurs: () => Promise<number>,
  place: (column: TransactionColumn) => Promise<{ sheetId: number; position: number }>,
  one: (
    sheetId: number,
    dimension: 'ROWS',
    startIndex: number,
  ) => { range: sheets_v4.Schema$DimensionRange },
): Pick<SheetHand, 'insertRow' | 'deleteRow' | 'copyRow' | 'sortBy'> {
  const rows = (sheetId: number, row: number) => ({
    sheetId,
    startRowIndex: row,
    endRowIndex: row + 1,
  });
  return {
    insertRow: async (row) => edit({ insertDimension: one(await sheetIdOfOurs(), 'ROWS', row) }),
    deleteRow: async (row) => edit({ deleteDimension: one(await sheetIdOfOurs(), 'ROWS', row) }),
    copyRow: async (from, to) => {
      const sheetId = await sheetIdOfOurs();
      await edit({
        copyPaste: { source: rows(sheetId, from), destination: rows(sheetId, to) },
      });
    },
    sortBy: async (column) => {
      const { sheetId, position } = await place(column);
      const sortSpecs = [{ dimensionIndex: position, sortOrder: 'ASCENDING' }];
      await edit({ sortRange: { range: { sheetId, startRowIndex: 1 }, sortSpecs } });
    },
  };
}

function toValue(value: string | number | boolean): sheets_v4.Schema$ExtendedValue {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}
