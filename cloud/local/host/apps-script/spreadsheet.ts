import { createFinder } from './developer-metadata.ts';
import type { Book } from './open-book.ts';
import { createSheet, placesIn } from './sheet.ts';
import { standIn } from './stand-in.ts';

/** The active spreadsheet: SpreadsheetApp.getActive(). */
export function createSpreadsheet(book: Book): object {
  const { id, sheets } = book;
  const properties = () => book.outline().properties;
  return standIn('Spreadsheet', {
    getId: () => id,
    getName: () => properties()?.title ?? '',
    getSpreadsheetLocale: () => properties()?.locale ?? '',
    getSpreadsheetTimeZone: () => properties()?.timeZone ?? '',
    getSheets: () =>
      (book.outline().sheets ?? []).map((sheet) =>
        createSheet(book, sheet.properties?.sheetId ?? 0),
      ),
    insertSheet: (title: string, index: number) => {
      const before = new Set(book.outline().sheets?.map((sheet) => sheet.properties?.sheetId));
      book.change({ addSheet: { properties: { title, index } } });
      const made = book.outline().sheets?.find((it) => !before.has(it.properties?.sheetId));
      return createSheet(book, made?.properties?.sheetId ?? 0);
    },
    addDeveloperMetadata: (metadataKey: string, metadataValue: string, visibility: string) => {
      const location = { spreadsheet: true };
      const developerMetadata = { metadataKey, metadataValue, visibility, location };
      sheets.batchUpdate({ createDeveloperMetadata: { developerMetadata } });
    },
    createDeveloperMetadataFinder: () => createFinder(book, placesIn(book), () => true),
  });
}
