import { z } from 'zod';
import { int32 } from './cell-schema.ts';
import { valueRange } from './request-schema.ts';
import {
  dataFilter,
  developerMetadata,
  sheetProperties,
  spreadsheetData,
} from './spreadsheet-schema.ts';

/** What the methods answer: against these a `fields` mask is checked, and from these come the types of the answers. */

const reply = z.strictObject({
  addSheet: z.strictObject({ properties: sheetProperties.optional() }).optional(),
  createDeveloperMetadata: z
    .strictObject({ developerMetadata: developerMetadata.optional() })
    .optional(),
  updateDeveloperMetadata: z
    .strictObject({ developerMetadata: z.array(developerMetadata).optional() })
    .optional(),
  deleteDeveloperMetadata: z
    .strictObject({ deletedDeveloperMetadata: z.array(developerMetadata).optional() })
    .optional(),
});
export type Reply = z.infer<typeof reply>;

export const batchUpdateAnswer = z.strictObject({
  spreadsheetId: z.string().optional(),
  replies: z.array(reply).optional(),
  updatedSpreadsheet: spreadsheetData.optional(),
});
export type BatchUpdateAnswer = z.infer<typeof batchUpdateAnswer>;

export const searchMetadataAnswer = z.strictObject({
  matchedDeveloperMetadata: z
    .array(
      z.strictObject({
        developerMetadata: developerMetadata.optional(),
        dataFilters: z.array(dataFilter).optional(),
      }),
    )
    .optional(),
});

export const batchGetAnswer = z.strictObject({
  spreadsheetId: z.string().optional(),
  valueRanges: z.array(valueRange).optional(),
});

export const updateValuesAnswer = z.strictObject({
  spreadsheetId: z.string().optional(),
  updatedRange: z.string().optional(),
  updatedRows: int32.optional(),
  updatedColumns: int32.optional(),
  updatedCells: int32.optional(),
  updatedData: valueRange.optional(),
});
export type UpdateValuesAnswer = z.infer<typeof updateValuesAnswer>;

export const appendValuesAnswer = z.strictObject({
  spreadsheetId: z.string().optional(),
  tableRange: z.string().optional(),
  updates: updateValuesAnswer.optional(),
});
