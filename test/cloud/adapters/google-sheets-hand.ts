import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { columnLetters } from '../../../cloud/adapters/google-sheets-cells.ts';
import type { Sheet } from '../../../cloud/ports/sheet.ts';
import {
  type AnyColumn,
  columnMetadataKey,
  proofMetadataKey,
  type TabKind,
} from '../../../shared/book.ts';
import type { SheetHand } from '../../contract/sheet-world.ts';
import type { SheetsAtWork } from '../local/sheets/sheets-at-work.ts';

/** The hand of a user in a spreadsheet, by the Sheets API. */
export function createGoogleHand(
  works: SheetsAtWork,
  sheet: Sheet,
  id: string,
  tab: TabKind = 'transactions',
): SheetHand {
  const grip = createGrip(works, sheet, id, tab);
  return { ...onCells(works, id, grip), ...onRows(grip), ...onColumns(grip), ...onTabs(grip) };
}

type Grip = ReturnType<typeof createGrip>;

/** Where our tabs and columns are at the moment, and how the spreadsheet is changed. */
function createGrip(works: SheetsAtWork, sheet: Sheet, id: string, tab: TabKind) {
  const edit = async (...requests: sheets_v4.Schema$Request[]) => {
    await works.batchUpdate(id, ...requests);
  };
  const ourTab = async () => {
    const found = (await sheet.readBook(id))[tab];
    if (!found) throw new Error('the tab is not there');
    return found;
  };
  return {
    edit,
    sheetIds: async () => {
      const { transactions, accounts, rules } = await sheet.readBook(id);
      return [transactions, accounts, rules].flatMap((it) => (it ? [it.sheetId] : []));
    },
    sheetId: async () => (await ourTab()).sheetId,
    place: async (column: AnyColumn) => {
      const { columns, sheetId, title } = await ourTab();
      const positions: Partial<Record<AnyColumn, number>> = columns;
      const position = positions[column];
      if (position === undefined) throw new Error(`there is no column ${column}`);
      return { sheetId, title, position };
    },
    write: (start: sheets_v4.Schema$GridCoordinate, cell: sheets_v4.Schema$CellData) => {
      const fields = Object.keys(cell).join();
      return edit({ updateCells: { start, rows: [{ values: [cell] }], fields } });
    },
  };
}

const one = (sheetId: number, dimension: 'ROWS' | 'COLUMNS', startIndex: number) => ({
  range: { sheetId, dimension, startIndex, endIndex: startIndex + 1 },
});

function toValue(value: string | number | boolean): sheets_v4.Schema$ExtendedValue {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}

function onCells(works: SheetsAtWork, id: string, { place, write }: Grip) {
  return {
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
  } satisfies Partial<SheetHand>;
}

function onRows({ edit, place, sheetId }: Grip) {
  const cells = (sheet: number, row: number) => ({
    sheetId: sheet,
    startRowIndex: row,
    endRowIndex: row + 1,
  });
  return {
    insertRow: async (row) => edit({ insertDimension: one(await sheetId(), 'ROWS', row) }),
    deleteRow: async (row) => edit({ deleteDimension: one(await sheetId(), 'ROWS', row) }),
    copyRow: async (from, to) => {
      const id = await sheetId();
      await edit({ copyPaste: { source: cells(id, from), destination: cells(id, to) } });
    },
    sortBy: async (column) => {
      const { sheetId: id, position } = await place(column);
      const sortSpecs = [{ dimensionIndex: position, sortOrder: 'ASCENDING' }];
      await edit({ sortRange: { range: { sheetId: id, startRowIndex: 1 }, sortSpecs } });
    },
  } satisfies Partial<SheetHand>;
}

function onColumns({ edit, place, sheetId, write }: Grip) {
  return {
    insertColumn: async (at, header) => {
      const id = await sheetId();
      await edit({ insertDimension: one(id, 'COLUMNS', at) });
      const start = { sheetId: id, rowIndex: 0, columnIndex: at };
      await write(start, { userEnteredValue: toValue(header) });
    },
    moveColumnToFront: async (column) => {
      const { sheetId: id, position } = await place(column);
      const { range: source } = one(id, 'COLUMNS', position);
      await edit({ moveDimension: { source, destinationIndex: 0 } });
    },
    deleteColumn: async (column) => {
      const { sheetId: id, position } = await place(column);
      await edit({ deleteDimension: one(id, 'COLUMNS', position) });
    },
    disownColumn: (column) => {
      const lookup = { metadataKey: columnMetadataKey, metadataValue: column };
      const dataFilter = { developerMetadataLookup: lookup };
      return edit({ deleteDeveloperMetadata: { dataFilter } });
    },
  } satisfies Partial<SheetHand>;
}

function onTabs({ edit, sheetId, sheetIds, write }: Grip) {
  return {
    renameTab: async (title) => {
      const properties = { sheetId: await sheetId(), title };
      await edit({ updateSheetProperties: { properties, fields: 'title' } });
    },
    addTab: (title) => edit({ addSheet: { properties: { title } } }),
    deleteOurTabs: async () => {
      const ids = await sheetIds();
      await edit(...ids.map((id) => ({ deleteSheet: { sheetId: id } })));
    },
    writeInFirstTab: (value) =>
      write({ sheetId: 0, rowIndex: 4, columnIndex: 2 }, { userEnteredValue: toValue(value) }),
    leaveProof: (metadataValue) => {
      const location = { spreadsheet: true };
      const visibility = 'DOCUMENT';
      const metadataKey = proofMetadataKey;
      const developerMetadata = { metadataKey, metadataValue, location, visibility };
      return edit({ createDeveloperMetadata: { developerMetadata } });
    },
  } satisfies Partial<SheetHand>;
}
