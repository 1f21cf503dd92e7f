import type { sheets_v4 } from '@googleapis/sheets';
import type { UiEffect } from './script-messages.ts';
import type { SheetsNow } from './sheets-now.ts';
import { standIn } from './stand-in.ts';

/** Makes a Date of the script's own world from milliseconds, so that its `instanceof Date` holds. */
export type MakeDate = (epochMs: number) => unknown;

interface Book {
  readonly id: string;
  readonly sheets: SheetsNow;
  readonly makeDate: MakeDate;
  /** Tells the page what the script selects. */
  show(effect: UiEffect): void;
  /** Title, locale, zone and tabs, read once a call. */
  outline(): sheets_v4.Schema$Spreadsheet;
}

/** The active spreadsheet: SpreadsheetApp.getActive(). Nothing is read before it is asked for. */
export function createSpreadsheet(
  id: string,
  sheets: SheetsNow,
  makeDate: MakeDate,
  show: (effect: UiEffect) => void,
): object {
  let outline: sheets_v4.Schema$Spreadsheet | undefined;
  const book: Book = {
    id,
    sheets,
    makeDate,
    show,
    outline: () => {
      outline ??= sheets.get({
        fields: 'properties(title,locale,timeZone),sheets.properties(sheetId,title)',
      });
      return outline;
    },
  };
  return standIn('Spreadsheet', {
    getId: () => id,
    getName: () => book.outline().properties?.title ?? '',
    getSpreadsheetLocale: () => book.outline().properties?.locale ?? '',
    getSpreadsheetTimeZone: () => book.outline().properties?.timeZone ?? '',
    getSheets: () => (book.outline().sheets ?? []).map((sheet) => createSheet(book, sheet)),
    addDeveloperMetadata: (metadataKey: string, metadataValue: string, visibility: string) => {
      const location = { spreadsheet: true };
      sheets.batchUpdate({
        createDeveloperMetadata: {
          developerMetadata: { metadataKey, metadataValue, visibility, location },
        },
      });
    },
    createDeveloperMetadataFinder: () => createFinder(book, () => true),
  });
}

function createSheet(book: Book, { properties }: sheets_v4.Schema$Sheet): object {
  const sheetId = properties?.sheetId ?? 0;
  const title = properties?.title ?? '';
  const quoted = `'${title.replaceAll("'", "''")}'`;
  const sheet: object = standIn('Sheet', {
    getSheetId: () => sheetId,
    getName: () => title,
    getLastRow: () => book.sheets.values(quoted).length,
    getLastColumn: () => Math.max(0, ...book.sheets.values(quoted).map((row) => row.length)),
    getRange: (row: number, column: number, numRows = 1, numColumns = 1) => {
      const first = `${columnLetters(column)}${row}`;
      const last = `${columnLetters(column + numColumns - 1)}${row + numRows - 1}`;
      const range: object = standIn('Range', {
        getColumn: () => column,
        getValues: () => readValues(book, `${quoted}!${first}:${last}`, numRows, numColumns),
        activate: () => {
          const selected = { row, column, numRows, numColumns };
          book.show({ kind: 'selection', sheetId, range: selected });
          return range;
        },
      });
      return range;
    },
    activate: () => {
      book.show({ kind: 'selection', sheetId });
      return sheet;
    },
    createDeveloperMetadataFinder: () =>
      createFinder(book, ({ location }) => sheetOf(location) === sheetId),
  });
  return sheet;
}

/** A, B, … Z, AA, … for 1, 2, … */
function columnLetters(column: number): string {
  const rest = column - 1;
  const last = String.fromCharCode(65 + (rest % 26));
  return rest < 26 ? last : columnLetters(Math.floor(rest / 26)) + last;
}

/** Values as Range.getValues() has them: '' for empty cells, a Date where the cell is formatted as a day or time. */
function readValues(book: Book, range: string, numRows: number, numColumns: number): unknown[][] {
  const zone = book.outline().properties?.timeZone ?? 'Etc/UTC';
  const read = book.sheets.get({
    ranges: range,
    fields: 'sheets.data.rowData.values(effectiveValue,userEnteredFormat.numberFormat.type)',
  });
  const rows = read.sheets?.[0]?.data?.[0]?.rowData ?? [];
  return Array.from({ length: numRows }, (_, row) =>
    Array.from({ length: numColumns }, (_, column) =>
      cellValueOf(rows[row]?.values?.[column], zone, book.makeDate),
    ),
  );
}

function cellValueOf(
  cell: sheets_v4.Schema$CellData | undefined,
  zone: string,
  makeDate: MakeDate,
): unknown {
  const value = cell?.effectiveValue;
  if (typeof value?.numberValue === 'number') {
    const type = cell?.userEnteredFormat?.numberFormat?.type ?? '';
    const isTime = ['DATE', 'TIME', 'DATE_TIME'].includes(type);
    return isTime ? makeDate(epochMsOf(value.numberValue, zone)) : value.numberValue;
  }
  return value?.boolValue ?? value?.stringValue ?? value?.errorValue?.message ?? '';
}

/** The instant of a serial number, which is wall time in the spreadsheet's zone. */
function epochMsOf(serial: number, zone: string): number {
  const wallMs = Math.round((serial - 25_569) * 86_400_000);
  // Twice, for the wall times next to a change of the clock.
  const first = wallMs - zoneOffsetMs(wallMs, zone);
  return wallMs - zoneOffsetMs(first, zone);
}

function zoneOffsetMs(epochMs: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(epochMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

type Metadata = sheets_v4.Schema$DeveloperMetadata;

function createFinder(book: Book, isInScope: (metadata: Metadata) => boolean): object {
  const lookup: sheets_v4.Schema$DeveloperMetadataLookup = {};
  const finder: object = standIn('DeveloperMetadataFinder', {
    withKey: (key: string) => {
      lookup.metadataKey = key;
      return finder;
    },
    withValue: (value: string) => {
      lookup.metadataValue = value;
      return finder;
    },
    find: () =>
      book.sheets
        .searchMetadata(lookup)
        .filter(isInScope)
        .map((metadata) => createMetadata(book, metadata)),
  });
  return finder;
}

function createMetadata(
  book: Book,
  { metadataId, metadataKey, metadataValue, location }: Metadata,
) {
  return standIn('DeveloperMetadata', {
    getKey: () => metadataKey ?? '',
    getValue: () => metadataValue ?? '',
    getLocation: () => createLocation(book, location),
    remove: () =>
      book.sheets.batchUpdate({
        deleteDeveloperMetadata: {
          dataFilter: { developerMetadataLookup: { metadataId: metadataId ?? 0 } },
        },
      }),
  });
}

function createLocation(book: Book, location: Metadata['location']): object {
  const sheet = book
    .outline()
    .sheets?.find(({ properties }) => properties?.sheetId === sheetOf(location));
  const { dimension, startIndex } = location?.dimensionRange ?? {};
  return standIn('DeveloperMetadataLocation', {
    getLocationType: () => location?.locationType ?? '',
    getSheet: () => (sheet ? createSheet(book, sheet) : null),
    /** As in Apps Script a range, of which the position is what there is to ask; columns count from 1. */
    getColumn: () =>
      dimension === 'COLUMNS' ? standIn('Range', { getColumn: () => (startIndex ?? 0) + 1 }) : null,
  });
}

function sheetOf(location: Metadata['location']): number | undefined {
  return location?.dimensionRange?.sheetId ?? location?.sheetId ?? undefined;
}
