import { z } from 'zod';
import {
  appendValuesAnswer,
  batchGetAnswer,
  batchUpdateAnswer,
  searchMetadataAnswer,
  updateValuesAnswer,
} from './answer-schema.ts';
import type { InventId } from './apply-requests.ts';
import type { FieldMask } from './field-mask.ts';
import type { KeptSpreadsheets } from './kept-spreadsheets.ts';
import { getMetadata, searchMetadata } from './metadata-methods.ts';
import { flag, type QuerySchema, type QueryValues, texts } from './read-query.ts';
import { valueRange } from './request-schema.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import {
  batchUpdateSpreadsheet,
  createSpreadsheet,
  getSpreadsheet,
  getSpreadsheetByDataFilter,
} from './spreadsheet-methods.ts';
import { developerMetadata, spreadsheetData } from './spreadsheet-schema.ts';
import { appendRange, batchGetRanges, getRange, updateRange } from './values-methods.ts';

/** A call whose path, query and mask are read; its body is still text. */
export interface Call {
  readonly kept: KeptSpreadsheets;
  readonly inventId: InventId;
  readonly newSpreadsheetId: () => string;
  /** What stood in the path: the spreadsheet's id, then the range or the metadata's id. */
  readonly names: readonly string[];
  readonly query: QueryValues;
  /** What of the answer is asked for; null: all that is usual. */
  readonly mask: FieldMask | null;
  readonly body: string;
  /** Tells those who listen what a write has changed. */
  tell(before: Spreadsheet, after: Spreadsheet): void;
}

/** A method of the Sheets API: https://developers.google.com/workspace/sheets/api/reference/rest */
export interface Method {
  readonly http: 'GET' | 'POST' | 'PUT';
  readonly path: RegExp;
  readonly query: QuerySchema;
  readonly answer: z.ZodType;
  run(call: Call): Promise<unknown>;
}

const majorDimension = z.enum(['ROWS', 'COLUMNS']);
const valueRender = z.enum(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA']);
const dateTimeRender = z.enum(['SERIAL_NUMBER', 'FORMATTED_STRING']);
const readingQuery = {
  majorDimension,
  valueRenderOption: valueRender,
  dateTimeRenderOption: dateTimeRender,
};
const writingQuery = {
  valueInputOption: z.enum(['RAW', 'USER_ENTERED']),
  includeValuesInResponse: flag,
  responseValueRenderOption: valueRender,
  responseDateTimeRenderOption: dateTimeRender,
};
const spreadsheetPath = '^/v4/spreadsheets/([^/:]+)';

function method(
  http: Method['http'],
  path: string,
  query: QuerySchema,
  answer: z.ZodType,
  run: Method['run'],
): Method {
  return { http, path: new RegExp(`${path}$`), query, answer, run };
}

/** Every method that this server has; a path is tried in this order. */
export const methods: readonly Method[] = [
  method('POST', '^/v4/spreadsheets', {}, spreadsheetData, createSpreadsheet),
  method(
    'GET',
    spreadsheetPath,
    { ranges: texts, includeGridData: flag },
    spreadsheetData,
    getSpreadsheet,
  ),
  method(
    'POST',
    `${spreadsheetPath}:getByDataFilter`,
    {},
    spreadsheetData,
    getSpreadsheetByDataFilter,
  ),
  method('POST', `${spreadsheetPath}:batchUpdate`, {}, batchUpdateAnswer, batchUpdateSpreadsheet),
  method(
    'GET',
    `${spreadsheetPath}/values:batchGet`,
    { ...readingQuery, ranges: texts },
    batchGetAnswer,
    batchGetRanges,
  ),
  method('GET', `${spreadsheetPath}/values/([^/]+)`, readingQuery, valueRange, getRange),
  method('PUT', `${spreadsheetPath}/values/([^/]+)`, writingQuery, updateValuesAnswer, updateRange),
  method(
    'POST',
    `${spreadsheetPath}/values/([^/]+):append`,
    { ...writingQuery, insertDataOption: z.enum(['OVERWRITE', 'INSERT_ROWS']) },
    appendValuesAnswer,
    appendRange,
  ),
  method(
    'POST',
    `${spreadsheetPath}/developerMetadata:search`,
    {},
    searchMetadataAnswer,
    searchMetadata,
  ),
  method(
    'GET',
    String.raw`${spreadsheetPath}/developerMetadata/(\d+)`,
    {},
    developerMetadata,
    getMetadata,
  ),
];
