import type { sheets_v4 } from '@googleapis/sheets';
import { createFinder, type Places, sheetOf } from './developer-metadata.ts';
import { type Book, readTabNow, tabOf } from './open-book.ts';
import { createRange } from './range.ts';
import { placeAt, placeOfA1 } from './range-place.ts';
import { builtConditional } from './rules.ts';
import { standIn } from './stand-in.ts';

type Dimension = 'ROWS' | 'COLUMNS';

/** A tab: getSheets()[…]. */
export function createSheet(book: Book, sheetId: number): object {
  const content = () => readTabNow(book, sheetId, (title) => book.sheets.formulas(title));
  const sheet: object = standIn('Sheet', {
    getSheetId: () => sheetId,
    getName: () => tabOf(book, sheetId).title,
    getLastRow: () => content().length,
    getLastColumn: () => Math.max(0, ...content().map((row) => row.length)),
    getMaxRows: () => tabOf(book, sheetId).rowCount,
    getMaxColumns: () => tabOf(book, sheetId).columnCount,
    getRange: (...args: [string] | [number, number, number?, number?]) => {
      const [first, ...rest] = args;
      const place =
        typeof first === 'string'
          ? placeOfA1(book, sheetId, first)
          : placeAt(book, sheetId, [first, ...rest] as [number, number, number?, number?]);
      return createRange(book, place, () => sheet);
    },
    activate: () => {
      book.show({ kind: 'selection', sheetId });
      return sheet;
    },
    createDeveloperMetadataFinder: () =>
      createFinder(book, placesIn(book), ({ location }) => sheetOf(location) === sheetId),
    addDeveloperMetadata: (metadataKey: string, metadataValue: string, visibility: string) => {
      const location = { sheetId };
      const developerMetadata = { metadataKey, metadataValue, visibility, location };
      book.sheets.batchUpdate({ createDeveloperMetadata: { developerMetadata } });
      return sheet;
    },
    ...looks(book, sheetId, () => sheet),
    ...sizes(book, sheetId, () => sheet),
  });
  return sheet;
}

export function placesIn(book: Book): Places {
  return {
    sheet: (sheetId) => createSheet(book, sheetId),
    column: (sheetId, position) => {
      const place = { sheetId, startRow: 0, startColumn: position, endColumn: position + 1 };
      return createRange(book, place, () => createSheet(book, sheetId));
    },
  };
}

function looks(book: Book, sheetId: number, sheet: () => object) {
  const update = (properties: sheets_v4.Schema$SheetProperties, fields: string) => {
    book.change({ updateSheetProperties: { properties: { sheetId, ...properties }, fields } });
    return sheet();
  };
  const updateColumn = (
    column: number,
    properties: sheets_v4.Schema$DimensionProperties,
    fields: string,
  ) => {
    const range = { sheetId, dimension: 'COLUMNS', startIndex: column - 1, endIndex: column };
    book.sheets.batchUpdate({ updateDimensionProperties: { range, properties, fields } });
  };
  const conditionalFormats = () => {
    const { sheets } = book.sheets.get({ fields: 'sheets(properties.sheetId,conditionalFormats)' });
    const own = sheets?.find(({ properties }) => properties?.sheetId === sheetId);
    return own?.conditionalFormats ?? [];
  };
  return {
    setName: (title: string) => update({ title }, 'title'),
    setFrozenRows: (frozenRowCount: number) => {
      update({ gridProperties: { frozenRowCount } }, 'gridProperties.frozenRowCount');
    },
    setColumnWidth: (column: number, pixelSize: number) => {
      updateColumn(column, { pixelSize }, 'pixelSize');
      return sheet();
    },
    hideColumns: (column: number) => updateColumn(column, { hiddenByUser: true }, 'hiddenByUser'),
    getConditionalFormatRules: () =>
      conditionalFormats().map(() => standIn('ConditionalFormatRule', {})),
    /** All rules of the tab anew: here for a tab without any. */
    setConditionalFormatRules: (rules: readonly object[]) => {
      if (conditionalFormats().length > 0) {
        throw new Error('To replace conditional formats is not in the stand-in for Apps Script.');
      }
      for (const rule of rules.map(builtConditional)) {
        book.sheets.batchUpdate({ addConditionalFormatRule: { rule, index: 0 } });
      }
    },
  };
}

/** Positions count from 1. New rows and columns look like the ones before them. */
function sizes(book: Book, sheetId: number, sheet: () => object) {
  const insert = (dimension: Dimension, after: number, count: number) => {
    const range = { sheetId, dimension, startIndex: after, endIndex: after + count };
    book.change({ insertDimension: { range, inheritFromBefore: true } });
    return sheet();
  };
  const remove = (dimension: Dimension, first: number, count: number) => {
    const range = { sheetId, dimension, startIndex: first - 1, endIndex: first - 1 + count };
    book.change({ deleteDimension: { range } });
  };
  return {
    insertRowsAfter: (after: number, count: number) => insert('ROWS', after, count),
    insertColumnsAfter: (after: number, count: number) => insert('COLUMNS', after, count),
    deleteRows: (first: number, count: number) => remove('ROWS', first, count),
    deleteColumns: (first: number, count: number) => remove('COLUMNS', first, count),
  };
}
