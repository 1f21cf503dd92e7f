import type { sheets_v4 } from '@googleapis/sheets';
import {
  type BooleanNumber,
  type CustomData,
  type IColumnData,
  type IFreeze,
  type IRowData,
  type IWorkbookData,
  type IWorksheetData,
  LocaleType,
} from '@univerjs/core';
import { toGridCell } from './cell-content.ts';
import { defaultText, toCss } from './cell-format.ts';
import { toConditionRules } from './condition-rules.ts';
import { collectRules } from './validation.ts';

/** The grid's id of the one workbook of this page. */
export const workbookId = 'book';
/** Google Sheets' own sizes in pixels. */
const defaults = { rowHeight: 21, columnWidth: 100 };

/** The whole spreadsheet as the grid opens it; a tab's id is its sheetId as text. */
export function toWorkbook(spreadsheet: sheets_v4.Schema$Spreadsheet): IWorkbookData {
  const sheets = (spreadsheet.sheets ?? []).map(toWorksheet);
  const resource = (name: string, make: (sheet: sheets_v4.Schema$Sheet) => unknown) => ({
    name,
    data: JSON.stringify(
      Object.fromEntries((spreadsheet.sheets ?? []).map((sheet) => [idOf(sheet), make(sheet)])),
    ),
  });
  return {
    id: workbookId,
    name: spreadsheet.properties?.title ?? '',
    appVersion: '0.25.1',
    locale: LocaleType.EN_US,
    styles: {},
    defaultStyle: defaultText,
    sheetOrder: sheets.map(({ id }) => id),
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, sheet])),
    resources: [
      resource('SHEET_DATA_VALIDATION_PLUGIN', (sheet) => collectRules(rowsOf(sheet))),
      resource('SHEET_CONDITIONAL_FORMATTING_PLUGIN', conditionRulesOf),
      resource('SHEET_NOTE_PLUGIN', notesOf),
    ],
  };
}

export function idOf({ properties }: sheets_v4.Schema$Sheet): string {
  return String(properties?.sheetId ?? 0);
}

export function rowsOf({ data }: sheets_v4.Schema$Sheet): readonly sheets_v4.Schema$RowData[] {
  return data?.[0]?.rowData ?? [];
}

export function conditionRulesOf(sheet: sheets_v4.Schema$Sheet) {
  const { rowCount, columnCount } = sizeOf(sheet);
  return toConditionRules(sheet.conditionalFormats ?? [], rowCount, columnCount);
}

export function sizeOf({ properties }: sheets_v4.Schema$Sheet) {
  const { rowCount, columnCount } = properties?.gridProperties ?? {};
  return { rowCount: rowCount ?? 1000, columnCount: columnCount ?? 26 };
}

/** The developer metadata that a column or tab of the grid carries. */
export function metadataOf(
  carrier: { readonly custom?: CustomData } | null | undefined,
): readonly sheets_v4.Schema$DeveloperMetadata[] {
  return carrier?.custom?.['metadata'] ?? [];
}

/** One tab, without its notes, validation and conditional formats: the grid keeps those apart. */
export function toWorksheet(sheet: sheets_v4.Schema$Sheet): IWorksheetData {
  const { properties } = sheet;
  return {
    id: idOf(sheet),
    name: properties?.title ?? '',
    tabColor: tabColorOf(sheet),
    hidden: toFlag(properties?.hidden),
    freeze: freezeOf(sheet),
    ...sizeOf(sheet),
    zoomRatio: 1,
    scrollTop: 0,
    scrollLeft: 0,
    defaultColumnWidth: defaults.columnWidth,
    defaultRowHeight: defaults.rowHeight,
    mergeData: [],
    cellData: Object.fromEntries(
      rowsOf(sheet).map(({ values }, row) => [
        row,
        Object.fromEntries(
          (values ?? []).flatMap((cell, column) => {
            const gridCell = toGridCell(cell);
            return gridCell ? [[column, gridCell]] : [];
          }),
        ),
      ]),
    ),
    rowData: rowDataOf(sheet),
    columnData: columnDataOf(sheet),
    defaultStyle: defaultText,
    rowHeader: { width: 46 },
    columnHeader: { height: 24 },
    showGridlines: toFlag(!properties?.gridProperties?.hideGridlines),
    rightToLeft: toFlag(properties?.rightToLeft),
    custom: {
      metadata: sheet.developerMetadata ?? [],
      conditions: sheet.conditionalFormats ?? [],
    },
  };
}

/** '' for none. */
export function tabColorOf({ properties }: sheets_v4.Schema$Sheet): string {
  return toCss(properties?.tabColorStyle?.rgbColor ?? properties?.tabColor) ?? '';
}

export function freezeOf({ properties }: sheets_v4.Schema$Sheet): IFreeze {
  const rows = properties?.gridProperties?.frozenRowCount ?? 0;
  const columns = properties?.gridProperties?.frozenColumnCount ?? 0;
  return {
    xSplit: columns,
    ySplit: rows,
    startRow: rows > 0 ? rows : -1,
    startColumn: columns > 0 ? columns : -1,
  };
}

/** Widths, what is hidden, and the developer metadata, which a deleted column takes along so that undo brings it back. */
export function columnDataOf({ data }: sheets_v4.Schema$Sheet): Record<number, IColumnData> {
  const columns = data?.[0]?.columnMetadata ?? [];
  return Object.fromEntries(
    columns.map((column, index) => [
      index,
      {
        w: column.pixelSize ?? defaults.columnWidth,
        hd: toFlag(column.hiddenByUser),
        custom: { metadata: column.developerMetadata ?? [] },
      },
    ]),
  );
}

/** Rows are as high as the spreadsheet says; those with wrapped text grow with it, as in Google Sheets. */
export function rowDataOf(sheet: sheets_v4.Schema$Sheet): Record<number, IRowData> {
  const rows = sheet.data?.[0]?.rowMetadata ?? [];
  return Object.fromEntries(
    rows.map(({ pixelSize, hiddenByUser }, index) => {
      const cells = rowsOf(sheet)[index]?.values ?? [];
      const wraps = cells.some((cell) => cell.userEnteredFormat?.wrapStrategy === 'WRAP');
      const height = pixelSize ?? defaults.rowHeight;
      const isOwnHeight = height !== defaults.rowHeight;
      return [index, { h: height, ia: toFlag(wraps && !isOwnHeight), hd: toFlag(hiddenByUser) }];
    }),
  );
}

function notesOf(sheet: sheets_v4.Schema$Sheet) {
  const notes: Record<number, Record<number, object>> = {};
  rowsOf(sheet).forEach(({ values }, row) => {
    values?.forEach(({ note }, column) => {
      if (!note) return;
      notes[row] = { ...notes[row], [column]: toGridNote(row, column, note) };
    });
  });
  return notes;
}

export function toGridNote(row: number, col: number, note: string) {
  return { id: crypto.randomUUID(), row, col, width: 260, height: 120, note };
}

function toFlag(value: boolean | null | undefined): BooleanNumber {
  return value ? 1 : 0;
}
