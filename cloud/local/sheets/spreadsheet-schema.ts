import { z } from 'zod';
import {
  cellFormat,
  conditionalFormatRule,
  gridRange,
  int32,
  rowData,
  tabColors,
} from './cell-schema.ts';

/** Spreadsheets, tabs and developer metadata as the Sheets API names their fields, asked and answered. */

export const spreadsheetProperties = z.strictObject({
  title: z.string().optional(),
  locale: z.string().refine(isLocale, 'Unsupported locale.').optional(),
  timeZone: z.string().optional(),
  autoRecalc: z.enum(['ON_CHANGE', 'MINUTE', 'HOUR']).optional(),
  defaultFormat: cellFormat.optional(),
});
export type SpreadsheetProperties = z.infer<typeof spreadsheetProperties>;

const gridProperties = z.strictObject({
  rowCount: int32.min(1).optional(),
  columnCount: int32.min(1).max(18_278).optional(),
  frozenRowCount: int32.min(0).optional(),
  frozenColumnCount: int32.min(0).optional(),
  hideGridlines: z.boolean().optional(),
  rowGroupControlAfter: z.boolean().optional(),
  columnGroupControlAfter: z.boolean().optional(),
});

export const sheetProperties = z.strictObject({
  sheetId: int32.min(0).optional(),
  title: z.string().optional(),
  index: int32.min(0).optional(),
  sheetType: z.literal('GRID').optional(),
  gridProperties: gridProperties.optional(),
  hidden: z.boolean().optional(),
  rightToLeft: z.boolean().optional(),
  ...tabColors,
});
export type SheetProperties = z.infer<typeof sheetProperties>;

export const dimension = z.enum(['ROWS', 'COLUMNS']);
export type Dimension = z.infer<typeof dimension>;

export const dimensionRange = z.strictObject({
  sheetId: int32.optional(),
  dimension,
  startIndex: int32.min(0).optional(),
  endIndex: int32.min(0).optional(),
});
export type DimensionRange = z.infer<typeof dimensionRange>;

const locationType = z.enum(['ROW', 'COLUMN', 'SHEET', 'SPREADSHEET']);

export const metadataLocation = z.strictObject({
  locationType: locationType.optional(),
  spreadsheet: z.boolean().optional(),
  sheetId: int32.optional(),
  dimensionRange: dimensionRange.optional(),
});
export type MetadataLocation = z.infer<typeof metadataLocation>;

const visibility = z.enum(['DOCUMENT', 'PROJECT']);

export const developerMetadata = z.strictObject({
  metadataId: int32.optional(),
  metadataKey: z.string().optional(),
  metadataValue: z.string().optional(),
  location: metadataLocation.optional(),
  visibility: visibility.optional(),
});
export type DeveloperMetadata = z.infer<typeof developerMetadata>;

export const dimensionProperties = z.strictObject({
  hiddenByFilter: z.boolean().optional(),
  hiddenByUser: z.boolean().optional(),
  pixelSize: int32.min(0).optional(),
  developerMetadata: z.array(developerMetadata).optional(),
});
export type DimensionProperties = z.infer<typeof dimensionProperties>;

const gridData = z.strictObject({
  startRow: int32.min(0).optional(),
  startColumn: int32.min(0).optional(),
  rowData: z.array(rowData).optional(),
  rowMetadata: z.array(dimensionProperties).optional(),
  columnMetadata: z.array(dimensionProperties).optional(),
});
export type GridData = z.infer<typeof gridData>;

const sheet = z.strictObject({
  properties: sheetProperties.optional(),
  data: z.array(gridData).optional(),
  conditionalFormats: z.array(conditionalFormatRule).optional(),
  developerMetadata: z.array(developerMetadata).optional(),
});
export type Sheet = z.infer<typeof sheet>;

/** A spreadsheet as it is answered. */
export const spreadsheetData = z.strictObject({
  spreadsheetId: z.string().optional(),
  properties: spreadsheetProperties.optional(),
  sheets: z.array(sheet).optional(),
  spreadsheetUrl: z.string().optional(),
  developerMetadata: z.array(developerMetadata).optional(),
});
export type SpreadsheetData = z.infer<typeof spreadsheetData>;

const metadataLookup = z.strictObject({
  locationType: locationType.optional(),
  metadataLocation: metadataLocation.optional(),
  locationMatchingStrategy: z.enum(['EXACT_LOCATION', 'INTERSECTING_LOCATION']).optional(),
  metadataId: int32.optional(),
  metadataKey: z.string().optional(),
  metadataValue: z.string().optional(),
  visibility: visibility.optional(),
});
export type MetadataLookup = z.infer<typeof metadataLookup>;

export const dataFilter = z.strictObject({
  developerMetadataLookup: metadataLookup.optional(),
  a1Range: z.string().optional(),
  gridRange: gridRange.optional(),
});
export type DataFilter = z.infer<typeof dataFilter>;

/** As en_US, de, zh_Hans_CN. */
function isLocale(text: string): boolean {
  try {
    return (
      /^[a-z]{2,3}(_|$)/.test(text) &&
      Intl.getCanonicalLocales(text.replaceAll('_', '-')).length === 1
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}
