import type { sheets_v4 } from '@googleapis/sheets';
import type { IRange, Worksheet } from '@univerjs/core';
import type {
  IInsertColMutationParams,
  IInsertRowMutationParams,
  IMoveColumnsMutationParams,
  IMoveRowsMutationParams,
  IRemoveColMutationParams,
  IRemoveRowsMutationParams,
  ISetColDataMutationParams,
  ISetColHiddenMutationParams,
  ISetRowDataMutationParams,
  ISetRowHiddenMutationParams,
  ISetWorksheetColWidthMutationParams,
  ISetWorksheetRowHeightMutationParams,
} from '@univerjs/sheets';
import { formatFields, toFormat } from './cell-format.ts';
import { createMetadata } from './restore-metadata.ts';
import { metadataOf } from './to-workbook.ts';
import { notKept, type Outgoing, type Translator, translate, translateMove } from './translator.ts';

type Dimension = 'ROWS' | 'COLUMNS';
interface SheetParams {
  readonly subUnitId: string;
}

/** Rows and columns: inserted, deleted, moved, hidden, sized. Developer metadata moves with them, because they are told as such. */
export const dimensionTranslators: Readonly<Record<string, Translator>> = {
  'sheet.mutation.insert-row': translateMove<IInsertRowMutationParams>((params, outgoing) => {
    insert('ROWS', params, outgoing);
    sizeEach('ROWS', params.subUnitId, params.range, outgoing);
  }),
  'sheet.mutation.insert-col': translateMove<IInsertColMutationParams>((params, outgoing) => {
    insert('COLUMNS', params, outgoing);
    sizeEach('COLUMNS', params.subUnitId, params.range, outgoing);
    restoreMetadata(params, outgoing);
  }),
  'sheet.mutation.remove-rows': translateMove<IRemoveRowsMutationParams>((params, { move, ids }) =>
    move({ deleteDimension: { range: dimensionRange('ROWS', params.range, ids, params) } }),
  ),
  'sheet.mutation.remove-col': translateMove<IRemoveColMutationParams>((params, { move, ids }) =>
    move({ deleteDimension: { range: dimensionRange('COLUMNS', params.range, ids, params) } }),
  ),
  'sheet.mutation.move-rows': translateMove<IMoveRowsMutationParams>((params, { move, ids }) =>
    move({
      moveDimension: {
        source: dimensionRange('ROWS', params.sourceRange, ids, params),
        destinationIndex: params.targetRange.startRow,
      },
    }),
  ),
  'sheet.mutation.move-columns': translateMove<IMoveColumnsMutationParams>(
    (params, { move, ids }) =>
      move({
        moveDimension: {
          source: dimensionRange('COLUMNS', params.sourceRange, ids, params),
          destinationIndex: params.targetRange.startColumn,
        },
      }),
  ),
  'sheet.mutation.set-row-hidden': hide('ROWS', true),
  'sheet.mutation.set-row-visible': hide('ROWS', false),
  'sheet.mutation.set-col-hidden': hide('COLUMNS', true),
  'sheet.mutation.set-col-visible': hide('COLUMNS', false),
  'sheet.mutation.set-worksheet-row-height': translate<ISetWorksheetRowHeightMutationParams>(
    ({ subUnitId, ranges }, outgoing) => {
      for (const range of ranges) sizeEach('ROWS', subUnitId, range, outgoing);
    },
  ),
  'sheet.mutation.set-worksheet-col-width': translate<ISetWorksheetColWidthMutationParams>(
    ({ subUnitId, ranges }, outgoing) => {
      for (const range of ranges) sizeEach('COLUMNS', subUnitId, range, outgoing);
    },
  ),
  'sheet.mutation.set-row-data': translate<ISetRowDataMutationParams>(
    ({ subUnitId, rowData }, outgoing) => {
      for (const [row, data] of Object.entries(rowData)) {
        if (data && 's' in data) formatLine('ROWS', subUnitId, Number(row), outgoing);
      }
    },
  ),
  'sheet.mutation.set-col-data': translate<ISetColDataMutationParams>(
    ({ subUnitId, columnData }, outgoing) => {
      for (const [column, data] of Object.entries(columnData)) {
        if (data && 's' in data) formatLine('COLUMNS', subUnitId, Number(column), outgoing);
      }
    },
  ),
  // Heights that follow from the text are worked out anew on every screen.
  'sheet.mutation.set-worksheet-row-is-auto-height': notKept,
  'sheet.mutation.set-worksheet-row-auto-height': notKept,
};

function dimensionRange(
  dimension: Dimension,
  { startRow, endRow, startColumn, endColumn }: IRange,
  ids: Outgoing['ids'],
  { subUnitId }: SheetParams,
): sheets_v4.Schema$DimensionRange {
  const [startIndex, last] = dimension === 'ROWS' ? [startRow, endRow] : [startColumn, endColumn];
  return { sheetId: ids.toServer(subUnitId), dimension, startIndex, endIndex: last + 1 };
}

function insert(
  dimension: Dimension,
  params: IInsertRowMutationParams | IInsertColMutationParams,
  { grid, ids, move, markInserted }: Outgoing,
): void {
  const { subUnitId, range } = params;
  const worksheet = grid.workbook.getSheetBySheetId(subUnitId);
  if (!worksheet) return;
  const target = dimensionRange(dimension, range, ids, params);
  const length = (target.endIndex ?? 0) - (target.startIndex ?? 0);
  const isAtEnd = target.endIndex === countOf(worksheet, dimension);
  move(
    // Google inserts before what is there; behind the last it appends.
    isAtEnd
      ? { appendDimension: { sheetId: target.sheetId ?? 0, dimension, length } }
      : { insertDimension: { range: target, inheritFromBefore: (target.startIndex ?? 0) > 0 } },
  );
  markInserted(
    subUnitId,
    dimension === 'ROWS'
      ? { ...range, startColumn: 0, endColumn: worksheet.getColumnCount() - 1 }
      : { ...range, startRow: 0, endRow: worksheet.getRowCount() - 1 },
  );
}

function countOf(worksheet: Worksheet, dimension: Dimension): number {
  return dimension === 'ROWS' ? worksheet.getRowCount() : worksheet.getColumnCount();
}

function hide(dimension: Dimension, hiddenByUser: boolean): Translator {
  return translate<ISetRowHiddenMutationParams | ISetColHiddenMutationParams>(
    (params, { ids, push }) => {
      for (const range of params.ranges) {
        push({
          updateDimensionProperties: {
            range: dimensionRange(dimension, range, ids, params),
            properties: { hiddenByUser },
            fields: 'hiddenByUser',
          },
        });
      }
    },
  );
}

/** Writes size and visibility of each row or column as the grid has it, those alike side by side in one request. */
function sizeEach(
  dimension: Dimension,
  subUnitId: string,
  range: IRange,
  { grid, ids, push }: Outgoing,
): void {
  const worksheet = grid.workbook.getSheetBySheetId(subUnitId);
  if (!worksheet) return;
  const target = dimensionRange(dimension, range, ids, { subUnitId });
  const propertiesAt = (index: number) =>
    dimension === 'ROWS'
      ? {
          pixelSize: Math.round(worksheet.getRowHeight(index)),
          hiddenByUser: !worksheet.getRowRawVisible(index),
        }
      : {
          pixelSize: Math.round(worksheet.getColumnWidth(index)),
          hiddenByUser: !worksheet.getColVisible(index),
        };
  const isAlike = (a: number, b: number) =>
    JSON.stringify(propertiesAt(a)) === JSON.stringify(propertiesAt(b));
  const end = target.endIndex ?? 0;
  for (let start = target.startIndex ?? 0; start < end; ) {
    let next = start + 1;
    while (next < end && isAlike(start, next)) next += 1;
    push({
      updateDimensionProperties: {
        range: { ...target, startIndex: start, endIndex: next },
        properties: propertiesAt(start),
        fields: 'pixelSize,hiddenByUser',
      },
    });
    start = next;
  }
}

/** A column that comes back by an undo brings the meaning that Bookfeed gave it. */
function restoreMetadata(params: IInsertColMutationParams, outgoing: Outgoing): void {
  for (const [offset, column] of Object.entries(params.colInfo ?? {})) {
    const startIndex = params.range.startColumn + Number(offset);
    const target = dimensionRange('COLUMNS', params.range, outgoing.ids, params);
    const location = { dimensionRange: { ...target, startIndex, endIndex: startIndex + 1 } };
    createMetadata(metadataOf(column), location, outgoing);
  }
}

/** A style of a whole row or column is one of all its cells; what single cells have of their own is written after it. */
function formatLine(
  dimension: Dimension,
  subUnitId: string,
  index: number,
  { grid, ids, push, mark }: Outgoing,
): void {
  const worksheet = grid.workbook.getSheetBySheetId(subUnitId);
  if (!worksheet) return;
  const isRow = dimension === 'ROWS';
  const style = isRow ? worksheet.getRowStyle(index) : worksheet.getColumnStyle(index);
  const data = typeof style === 'string' ? grid.workbook.getStyles().get(style) : style;
  push({
    repeatCell: {
      range: {
        sheetId: ids.toServer(subUnitId),
        ...(isRow
          ? { startRowIndex: index, endRowIndex: index + 1 }
          : { startColumnIndex: index, endColumnIndex: index + 1 }),
      },
      cell: { userEnteredFormat: toFormat(data) },
      fields: `userEnteredFormat(${formatFields})`,
    },
  });
  worksheet.getCellMatrix().forValue((row, column, cell) => {
    if ((isRow ? row : column) === index && cell?.s) mark(subUnitId, row, column, 'format');
  });
}
