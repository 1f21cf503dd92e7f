import { z } from 'zod';
import {
  cellData,
  conditionalFormatRule,
  dataValidationRule,
  gridRange,
  int32,
  rowData,
} from './cell-schema.ts';
import {
  dataFilter,
  developerMetadata,
  dimension,
  dimensionProperties,
  dimensionRange,
  sheetProperties,
  spreadsheetData,
  spreadsheetProperties,
} from './spreadsheet-schema.ts';

/** What a batchUpdate may ask, of Google's list those that this server carries out. */
export const request = z.strictObject({
  updateSpreadsheetProperties: z
    .strictObject({ properties: spreadsheetProperties, fields: z.string() })
    .optional(),
  addSheet: z.strictObject({ properties: sheetProperties.optional() }).optional(),
  deleteSheet: z.strictObject({ sheetId: int32.optional() }).optional(),
  updateSheetProperties: z
    .strictObject({ properties: sheetProperties, fields: z.string() })
    .optional(),
  updateCells: z
    .strictObject({
      rows: z.array(rowData).optional(),
      fields: z.string(),
      start: z
        .strictObject({
          sheetId: int32.optional(),
          rowIndex: int32.min(0).optional(),
          columnIndex: int32.min(0).optional(),
        })
        .optional(),
      range: gridRange.optional(),
    })
    .optional(),
  appendCells: z
    .strictObject({
      sheetId: int32.optional(),
      rows: z.array(rowData).optional(),
      fields: z.string(),
    })
    .optional(),
  repeatCell: z
    .strictObject({ range: gridRange, cell: cellData.optional(), fields: z.string() })
    .optional(),
  setDataValidation: z
    .strictObject({ range: gridRange, rule: dataValidationRule.optional() })
    .optional(),
  addConditionalFormatRule: z
    .strictObject({ rule: conditionalFormatRule, index: int32.min(0).optional() })
    .optional(),
  sortRange: z
    .strictObject({
      range: gridRange,
      sortSpecs: z
        .array(
          z.strictObject({
            dimensionIndex: int32.min(0).optional(),
            sortOrder: z.enum(['ASCENDING', 'DESCENDING']).optional(),
          }),
        )
        .min(1),
    })
    .optional(),
  copyPaste: z
    .strictObject({
      source: gridRange,
      destination: gridRange,
      pasteType: z
        .enum([
          'PASTE_NORMAL',
          'PASTE_VALUES',
          'PASTE_FORMAT',
          'PASTE_FORMULA',
          'PASTE_DATA_VALIDATION',
        ])
        .optional(),
      pasteOrientation: z.literal('NORMAL').optional(),
    })
    .optional(),
  insertDimension: z
    .strictObject({ range: dimensionRange, inheritFromBefore: z.boolean().optional() })
    .optional(),
  deleteDimension: z.strictObject({ range: dimensionRange }).optional(),
  moveDimension: z
    .strictObject({ source: dimensionRange, destinationIndex: int32.min(0).optional() })
    .optional(),
  appendDimension: z
    .strictObject({ sheetId: int32.optional(), dimension, length: int32.min(1) })
    .optional(),
  updateDimensionProperties: z
    .strictObject({
      range: dimensionRange,
      properties: dimensionProperties,
      fields: z.string(),
    })
    .optional(),
  createDeveloperMetadata: z.strictObject({ developerMetadata }).optional(),
  updateDeveloperMetadata: z
    .strictObject({
      dataFilters: z.array(dataFilter).min(1),
      developerMetadata,
      fields: z.string(),
    })
    .optional(),
  deleteDeveloperMetadata: z.strictObject({ dataFilter }).optional(),
});
export type Request = z.infer<typeof request>;
export type RequestKind = keyof Request;
/** What stands under one kind of request. */
export type RequestOf<K extends RequestKind> = NonNullable<Request[K]>;

export const batchUpdateBody = z.strictObject({
  requests: z.array(request).min(1, 'Must specify at least one request.'),
  includeSpreadsheetInResponse: z.boolean().optional(),
  responseRanges: z.array(z.string()).optional(),
  responseIncludeGridData: z.boolean().optional(),
});

export const createBody = spreadsheetData;

export const getByDataFilterBody = z.strictObject({
  dataFilters: z.array(dataFilter).optional(),
  includeGridData: z.boolean().optional(),
});

export const searchMetadataBody = z.strictObject({ dataFilters: z.array(dataFilter).min(1) });

/** Null leaves a cell as it is, as Google has it. */
export const valueRange = z.strictObject({
  range: z.string().optional(),
  majorDimension: dimension.optional(),
  values: z
    .array(z.array(z.union([z.string().max(50_000), z.number(), z.boolean(), z.null()])))
    .optional(),
});
export type ValueRange = z.infer<typeof valueRange>;
