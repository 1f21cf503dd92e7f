import { areaFromA1 } from './a1.ts';
import type { BatchUpdateAnswer } from './answer-schema.ts';
import { applyRequests } from './apply-requests.ts';
import { changeSpreadsheet, readSpreadsheet } from './call-spreadsheet.ts';
import type { GridRange } from './cell-schema.ts';
import { below, type FieldMask } from './field-mask.ts';
import { invalid } from './google-error.ts';
import { matchesFilter } from './metadata-filter.ts';
import type { Call } from './methods.ts';
import { parseJson } from './parse-json.ts';
import { renderSpreadsheet } from './render-spreadsheet.ts';
import {
  batchUpdateBody,
  createBody,
  getByDataFilterBody,
  type Request,
} from './request-schema.ts';
import { type Metadata, type Spreadsheet, tabById } from './spreadsheet.ts';
import type { DataFilter, SpreadsheetData } from './spreadsheet-schema.ts';

/** With one empty tab where the body names none. */
export async function createSpreadsheet(call: Call): Promise<SpreadsheetData> {
  const body = parseJson(createBody, call.body);
  const empty: Spreadsheet = {
    id: call.newSpreadsheetId(),
    access: 'writer',
    properties: {
      locale: 'en_US',
      timeZone: 'Etc/GMT',
      autoRecalc: 'ON_CHANGE',
      ...body.properties,
      title: body.properties?.title || 'Untitled spreadsheet',
    },
    tabs: [],
    metadata: [],
  };
  const { spreadsheet } = applyRequests(empty, creationRequests(body), call.inventId);
  const made = await call.kept.create(spreadsheet);
  return renderSpreadsheet(made, null, call.mask ?? withoutCells);
}

export async function getSpreadsheet(call: Call): Promise<SpreadsheetData> {
  const { includeGridData } = call.query;
  const spreadsheet = await readSpreadsheet(call);
  const texts = call.query['ranges'] as readonly string[] | undefined;
  const ranges = texts?.map((text) => areaFromA1(spreadsheet, text).range) ?? null;
  return renderSpreadsheet(spreadsheet, ranges, call.mask ?? usualMask(includeGridData === true));
}

export async function getSpreadsheetByDataFilter(call: Call): Promise<SpreadsheetData> {
  const { dataFilters, includeGridData = false } = parseJson(getByDataFilterBody, call.body);
  const spreadsheet = await readSpreadsheet(call);
  const ranges = dataFilters?.flatMap((filter) => rangesOf(spreadsheet, filter)) ?? null;
  return renderSpreadsheet(spreadsheet, ranges, call.mask ?? usualMask(includeGridData));
}

/** All requests or none: see applyRequests. */
export async function batchUpdateSpreadsheet(call: Call): Promise<BatchUpdateAnswer> {
  const body = parseJson(batchUpdateBody, call.body);
  const { after, answer } = await changeSpreadsheet(call, (before) => {
    const { spreadsheet, replies } = applyRequests(before, body.requests, call.inventId);
    return { spreadsheet, answer: replies };
  });
  const isIncluded = body.includeSpreadsheetInResponse === true;
  if (!isIncluded) return { spreadsheetId: after.id, replies: answer };
  const ranges = body.responseRanges?.map((text) => areaFromA1(after, text).range) ?? null;
  const mask = call.mask
    ? (below(call.mask, 'updatedSpreadsheet') ?? {})
    : usualMask(body.responseIncludeGridData === true);
  const updatedSpreadsheet = renderSpreadsheet(after, ranges, mask);
  return { spreadsheetId: after.id, replies: answer, updatedSpreadsheet };
}

const withoutCells: FieldMask = {
  spreadsheetId: true,
  properties: true,
  spreadsheetUrl: true,
  developerMetadata: true,
  sheets: { properties: true, conditionalFormats: true, developerMetadata: true },
};

function usualMask(includeGridData: boolean): FieldMask {
  return includeGridData ? true : withoutCells;
}

/** A new spreadsheet's tabs, cells, formats and metadata as the requests that make them. */
function creationRequests({ sheets, developerMetadata = [] }: SpreadsheetData): Request[] {
  const tabs = sheets?.length ? sheets : [{ properties: { sheetId: 0, title: 'Sheet1' } }];
  const requests = tabs.flatMap((sheet, index): Request[] => {
    // The first tab of a spreadsheet has the id 0 at Google, too.
    const sheetId = sheet.properties?.sheetId ?? (index === 0 ? 0 : undefined);
    const properties = { ...sheet.properties, index, ...(sheetId !== undefined && { sheetId }) };
    const { data = [], conditionalFormats = [], developerMetadata: own = [] } = sheet;
    if (sheetId === undefined && data.length + conditionalFormats.length + own.length > 0) {
      throw invalid('A sheet with content must be given its sheetId.');
    }
    const cells = data.map((grid): Request => {
      const start = {
        sheetId: sheetId ?? 0,
        rowIndex: grid.startRow ?? 0,
        columnIndex: grid.startColumn ?? 0,
      };
      return { updateCells: { start, rows: grid.rowData ?? [], fields: '*' } };
    });
    return [
      { addSheet: { properties } },
      ...cells,
      ...conditionalFormats.map((rule): Request => ({ addConditionalFormatRule: { rule } })),
      ...own.map((entry): Request => ({ createDeveloperMetadata: { developerMetadata: entry } })),
    ];
  });
  return [
    ...requests,
    ...developerMetadata.map(
      (entry): Request => ({ createDeveloperMetadata: { developerMetadata: entry } }),
    ),
  ];
}

/** The cells that a filter means: of a row, a column or a tab that carries matching metadata, or the range it names. */
function rangesOf(spreadsheet: Spreadsheet, filter: DataFilter): GridRange[] {
  const { a1Range, gridRange, developerMetadataLookup } = filter;
  if (a1Range !== undefined) return [areaFromA1(spreadsheet, a1Range).range];
  if (gridRange)
    return [{ ...gridRange, sheetId: tabById(spreadsheet, gridRange.sheetId).sheetId }];
  if (!developerMetadataLookup) throw invalid('A data filter must have a criterion.');
  return spreadsheet.metadata
    .filter((entry) => matchesFilter(spreadsheet, entry, filter))
    .flatMap((entry) => rangesAt(spreadsheet, entry));
}

function rangesAt(spreadsheet: Spreadsheet, { location }: Metadata): GridRange[] {
  if (location.type === 'SPREADSHEET') return spreadsheet.tabs.map(({ sheetId }) => ({ sheetId }));
  const { sheetId } = location;
  if (location.type === 'SHEET') return [{ sheetId }];
  const { index, type } = location;
  return type === 'ROW'
    ? [{ sheetId, startRowIndex: index, endRowIndex: index + 1 }]
    : [{ sheetId, startColumnIndex: index, endColumnIndex: index + 1 }];
}
