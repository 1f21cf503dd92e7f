import type { CellData, CellFormat, ExtendedValue, GridRange } from './cell-schema.ts';
import { below, type FieldMask } from './field-mask.ts';
import { areaOf } from './grid-area.ts';
import { metadataAnswer } from './metadata-requests.ts';
import { formatCell } from './number-format.ts';
import { type Cell, rowAt, sliceRows } from './row-list.ts';
import type { Location, Spreadsheet, Tab } from './spreadsheet.ts';
import type {
  DeveloperMetadata,
  DimensionProperties,
  GridData,
  Sheet,
  SpreadsheetData,
} from './spreadsheet-schema.ts';
import { tabProperties } from './tab-requests.ts';

/** A spreadsheet as Google answers it; `ranges` limits tabs and cells, `data` is made only where the mask means it. */
export function renderSpreadsheet(
  spreadsheet: Spreadsheet,
  ranges: readonly GridRange[] | null,
  mask: FieldMask,
): SpreadsheetData {
  const sheetMask = below(mask, 'sheets') ?? {};
  const asked = (tab: Tab) =>
    ranges ? ranges.filter((range) => (range.sheetId ?? 0) === tab.sheetId) : [{}];
  const tabs = spreadsheet.tabs.filter((tab) => asked(tab).length > 0);
  const metadata = metadataAt(spreadsheet, { type: 'SPREADSHEET' });
  return {
    spreadsheetId: spreadsheet.id,
    properties: { defaultFormat, ...spreadsheet.properties },
    sheets: tabs.map((tab) => renderTab(spreadsheet, tab, asked(tab), sheetMask)),
    ...(metadata.length > 0 && { developerMetadata: metadata }),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${spreadsheet.id}/edit`,
  };
}

/** What a cell shows: its own value, or what the page last reported for its formula. */
export function effectiveValueOf(cell: Cell): ExtendedValue | undefined {
  const { userEnteredValue, effectiveValue } = cell;
  return userEnteredValue?.formulaValue === undefined ? userEnteredValue : effectiveValue;
}

const defaultFormat: CellFormat = {
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: {
    fontFamily: 'arial,sans,sans-serif',
    fontSize: 10,
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
  },
};

function renderTab(
  spreadsheet: Spreadsheet,
  tab: Tab,
  ranges: readonly GridRange[],
  mask: FieldMask,
): Sheet {
  const dataMask = below(mask, 'data');
  const metadata = metadataAt(spreadsheet, { type: 'SHEET', sheetId: tab.sheetId });
  return {
    properties: tabProperties(spreadsheet, tab),
    ...(dataMask && {
      data: ranges.map((range) => renderGrid(spreadsheet, tab, range, dataMask)),
    }),
    ...(tab.conditionalFormats.length > 0 && { conditionalFormats: [...tab.conditionalFormats] }),
    ...(metadata.length > 0 && { developerMetadata: metadata }),
  };
}

function renderGrid(
  spreadsheet: Spreadsheet,
  tab: Tab,
  range: GridRange,
  mask: FieldMask,
): GridData {
  const { startRow, endRow, startColumn, endColumn } = areaOf(tab, range);
  const cellsMask = below(below(mask, 'rowData') ?? {}, 'values');
  const { locale = 'en_US' } = spreadsheet.properties;
  const rows = cellsMask ? sliceRows(tab.rows, startRow, endRow) : [];
  const rowData = rows.map((row) => {
    const cells = row.cells.slice(startColumn, endColumn);
    const values = cells.map((cell) => renderCell(cell, cellsMask ?? {}, locale));
    return values.length > 0 ? { values } : {};
  });
  rowData.length = rowData.findLastIndex((row) => row.values) + 1;
  const dimensionMetadata = (
    name: 'rowMetadata' | 'columnMetadata',
    start: number,
    end: number,
  ): Pick<GridData, typeof name> => {
    if (!below(mask, name)) return {};
    const render = name === 'rowMetadata' ? renderRowProperties : renderColumnProperties;
    return { [name]: render(spreadsheet, tab, start, end) };
  };
  return {
    ...(startRow > 0 && { startRow }),
    ...(startColumn > 0 && { startColumn }),
    ...(rowData.length > 0 && { rowData }),
    ...dimensionMetadata('rowMetadata', startRow, endRow),
    ...dimensionMetadata('columnMetadata', startColumn, endColumn),
  };
}

function renderCell(cell: Cell | undefined, mask: FieldMask, locale: string): CellData {
  if (!cell) return {};
  const { userEnteredValue, userEnteredFormat, dataValidation, note } = cell;
  const effectiveValue = effectiveValueOf(cell);
  const rendered: CellData = {};
  const wants = (field: keyof CellData) => below(mask, field) !== undefined;
  if (userEnteredValue && wants('userEnteredValue')) rendered.userEnteredValue = userEnteredValue;
  if (effectiveValue && wants('effectiveValue')) rendered.effectiveValue = effectiveValue;
  if (effectiveValue && wants('formattedValue')) {
    rendered.formattedValue = formatCell(effectiveValue, userEnteredFormat?.numberFormat, locale);
  }
  if (userEnteredFormat && wants('userEnteredFormat')) {
    rendered.userEnteredFormat = userEnteredFormat;
  }
  if (wants('effectiveFormat')) {
    const textFormat = { ...defaultFormat.textFormat, ...userEnteredFormat?.textFormat };
    rendered.effectiveFormat = { ...defaultFormat, ...userEnteredFormat, textFormat };
  }
  if (dataValidation && wants('dataValidation')) rendered.dataValidation = dataValidation;
  if (note && wants('note')) rendered.note = note;
  return rendered;
}

const defaultRowHeight = 21;
const defaultColumnWidth = 100;

function renderRowProperties(
  spreadsheet: Spreadsheet,
  tab: Tab,
  start: number,
  end: number,
): DimensionProperties[] {
  const byIndex = metadataByIndex(spreadsheet, tab, 'ROW');
  const rows = sliceRows(tab.rows, start, end);
  return Array.from({ length: end - start }, (_, i) => {
    const { hiddenByUser, pixelSize = defaultRowHeight } = rows[i] ?? rowAt([], 0);
    const developerMetadata = byIndex.get(start + i);
    return {
      ...(hiddenByUser && { hiddenByUser }),
      pixelSize,
      ...(developerMetadata && { developerMetadata }),
    };
  });
}

function renderColumnProperties(
  spreadsheet: Spreadsheet,
  tab: Tab,
  start: number,
  end: number,
): DimensionProperties[] {
  const byIndex = metadataByIndex(spreadsheet, tab, 'COLUMN');
  return Array.from({ length: end - start }, (_, i) => {
    const { hiddenByUser, pixelSize = defaultColumnWidth } = tab.columns[start + i] ?? {};
    const developerMetadata = byIndex.get(start + i);
    return {
      ...(hiddenByUser && { hiddenByUser }),
      pixelSize,
      ...(developerMetadata && { developerMetadata }),
    };
  });
}

function metadataByIndex(
  spreadsheet: Spreadsheet,
  tab: Tab,
  type: 'ROW' | 'COLUMN',
): Map<number, DeveloperMetadata[]> {
  const byIndex = new Map<number, DeveloperMetadata[]>();
  for (const entry of spreadsheet.metadata) {
    const { location } = entry;
    if (location.type !== type || location.sheetId !== tab.sheetId) continue;
    const there = byIndex.get(location.index) ?? [];
    byIndex.set(location.index, [...there, metadataAnswer(entry)]);
  }
  return byIndex;
}

function metadataAt(
  spreadsheet: Spreadsheet,
  place: Exclude<Location, { readonly type: 'ROW' | 'COLUMN' }>,
): DeveloperMetadata[] {
  return spreadsheet.metadata
    .filter(
      ({ location }) =>
        location.type === place.type &&
        (place.type === 'SPREADSHEET' ||
          (location.type !== 'SPREADSHEET' && location.sheetId === place.sheetId)),
    )
    .map(metadataAnswer);
}
