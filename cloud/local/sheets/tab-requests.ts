import type { InventId, Step } from './apply-requests.ts';
import { checkFieldMask, mergeFields, parseFieldMask } from './field-mask.ts';
import { invalid } from './google-error.ts';
import type { RequestOf } from './request-schema.ts';
import { spliceRows } from './row-list.ts';
import { replaceTab, type Spreadsheet, type Tab, tabById } from './spreadsheet.ts';
import {
  type SheetProperties,
  sheetProperties,
  spreadsheetProperties,
} from './spreadsheet-schema.ts';

const cellsMax = 10_000_000;

export function updateSpreadsheetProperties(
  spreadsheet: Spreadsheet,
  { properties, fields }: RequestOf<'updateSpreadsheetProperties'>,
): Step {
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, spreadsheetProperties);
  const merged = mergeFields(
    spreadsheet.properties,
    mask === true ? { ...spreadsheet.properties, ...properties } : properties,
    mask,
  );
  if (!merged.title) throw invalid('A spreadsheet must have a title.');
  return { spreadsheet: { ...spreadsheet, properties: merged } };
}

/** A tab of 1000 rows and 26 columns where nothing else is asked, at the end where no index is. */
export function addSheet(
  spreadsheet: Spreadsheet,
  { properties = {} }: RequestOf<'addSheet'>,
  inventId: InventId,
): Step {
  const sheetId = properties.sheetId ?? inventId();
  if (spreadsheet.tabs.some((tab) => tab.sheetId === sheetId)) {
    throw invalid(`A sheet with the ID ${sheetId} already exists. Please use a different ID.`);
  }
  const made: Tab = {
    sheetId,
    title: '',
    rowCount: 1000,
    columnCount: 26,
    properties: {},
    columns: [],
    conditionalFormats: [],
    rows: [],
  };
  const title = properties.title ?? freeTitle(spreadsheet);
  const tab = withProperties(spreadsheet, made, { ...properties, title });
  const index = properties.index ?? spreadsheet.tabs.length;
  const after = { ...spreadsheet, tabs: spreadsheet.tabs.toSpliced(index, 0, tab) };
  return { spreadsheet: after, reply: { addSheet: { properties: tabProperties(after, tab) } } };
}

export function deleteSheet(spreadsheet: Spreadsheet, { sheetId }: RequestOf<'deleteSheet'>): Step {
  const tab = tabById(spreadsheet, sheetId);
  const tabs = spreadsheet.tabs.filter((other) => other !== tab);
  if (!tabs.some((other) => !other.properties.hidden)) {
    throw invalid("You can't remove all the visible sheets in a document.");
  }
  const metadata = spreadsheet.metadata.filter(
    ({ location }) => location.type === 'SPREADSHEET' || location.sheetId !== tab.sheetId,
  );
  return { spreadsheet: { ...spreadsheet, tabs, metadata } };
}

export function updateSheetProperties(
  spreadsheet: Spreadsheet,
  { properties, fields }: RequestOf<'updateSheetProperties'>,
): Step {
  const tab = tabById(spreadsheet, properties.sheetId);
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, sheetProperties);
  const before = tabProperties(spreadsheet, tab);
  const wanted = mergeFields(
    before,
    mask === true ? { ...before, ...properties } : properties,
    mask,
  );
  const changed = withProperties(spreadsheet, tab, { ...wanted, sheetId: tab.sheetId });
  const after = replaceTab(spreadsheet, changed);
  if (!after.tabs.some((other) => !other.properties.hidden)) {
    throw invalid("You can't hide all the sheets in a document.");
  }
  if (wanted.index === undefined || wanted.index === before.index) return { spreadsheet: after };
  const others = after.tabs.filter((other) => other !== changed);
  // Google counts the new index before the tab is taken out of its old place.
  const index = wanted.index > (before.index ?? 0) ? wanted.index - 1 : wanted.index;
  return { spreadsheet: { ...after, tabs: others.toSpliced(index, 0, changed) } };
}

/** A tab's properties as they are answered. */
export function tabProperties(spreadsheet: Spreadsheet, tab: Tab): SheetProperties {
  const { gridProperties, ...rest } = tab.properties;
  return {
    sheetId: tab.sheetId,
    title: tab.title,
    index: spreadsheet.tabs.findIndex((other) => other.sheetId === tab.sheetId),
    sheetType: 'GRID',
    gridProperties: { rowCount: tab.rowCount, columnCount: tab.columnCount, ...gridProperties },
    ...rest,
  };
}

/** The tab with these properties in the place of its own. @throws GoogleError 400 */
function withProperties(spreadsheet: Spreadsheet, tab: Tab, properties: SheetProperties): Tab {
  const { title = '', gridProperties = {}, ...others } = properties;
  const { rowCount = 1000, columnCount = 26, ...grid } = gridProperties;
  const { sheetId: _sheetId, index: _index, sheetType: _sheetType, ...rest } = others;
  if (title === '') throw invalid('A sheet must have a title.');
  const isTaken = spreadsheet.tabs.some(
    (other) => other.sheetId !== tab.sheetId && other.title.toLowerCase() === title.toLowerCase(),
  );
  if (isTaken) {
    throw invalid(`A sheet with the name "${title}" already exists. Please enter another name.`);
  }
  const cells = spreadsheet.tabs
    .filter((other) => other.sheetId !== tab.sheetId)
    .reduce((sum, other) => sum + other.rowCount * other.columnCount, rowCount * columnCount);
  if (cells > cellsMax) {
    throw invalid(
      `This action would increase the number of cells above the limit of ${cellsMax} cells.`,
    );
  }
  if ((grid.frozenRowCount ?? 0) >= rowCount || (grid.frozenColumnCount ?? 0) >= columnCount) {
    throw invalid("You can't freeze all visible rows or columns on the sheet.");
  }
  return {
    ...tab,
    title,
    rowCount,
    columnCount,
    properties: { ...rest, gridProperties: grid },
    columns: tab.columns.slice(0, columnCount),
    rows: resizeRows(tab, rowCount, columnCount),
  };
}

/** Without what lies beyond the new size. */
function resizeRows(tab: Tab, rowCount: number, columnCount: number): Tab['rows'] {
  const rows =
    rowCount < tab.rowCount ? spliceRows(tab.rows, rowCount, tab.rowCount, []) : tab.rows;
  if (columnCount >= tab.columnCount) return rows;
  return rows.map((chunk) => ({
    key: null,
    rows: chunk.rows.map((row) => ({ ...row, cells: row.cells.slice(0, columnCount) })),
  }));
}

function freeTitle(spreadsheet: Spreadsheet): string {
  const titles = new Set(spreadsheet.tabs.map((tab) => tab.title.toLowerCase()));
  let number = spreadsheet.tabs.length + 1;
  while (titles.has(`sheet${number}`)) number += 1;
  return `Sheet${number}`;
}
