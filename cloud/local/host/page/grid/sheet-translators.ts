import type { sheets_v4 } from '@googleapis/sheets';
import type { IWorksheetData } from '@univerjs/core';
import type {
  IInsertSheetMutationParams,
  IRemoveSheetMutationParams,
  ISetFrozenMutationParams,
  ISetTabColorMutationParams,
  ISetWorksheetHideMutationParams,
  ISetWorksheetNameMutationParams,
  ISetWorksheetOrderMutationParams,
  ISetWorksheetRowCountMutationParams,
} from '@univerjs/sheets';
import { fromCss } from './cell-format.ts';
import { createMetadata } from './restore-metadata.ts';
import { metadataOf } from './to-workbook.ts';
import { notKept, type Outgoing, type Translator, translate, translateMove } from './translator.ts';

/** Tabs: made, deleted, named, ordered, hidden, frozen. */
export const sheetTranslators: Readonly<Record<string, Translator>> = {
  'sheet.mutation.insert-sheet': translateMove<IInsertSheetMutationParams>(
    ({ index, sheet }, outgoing) => {
      const sheetId = outgoing.ids.toServer(sheet.id);
      outgoing.move({
        addSheet: {
          properties: {
            sheetId,
            title: sheet.name,
            index,
            gridProperties: {
              rowCount: sheet.rowCount,
              columnCount: sheet.columnCount,
              frozenRowCount: Math.max(0, sheet.freeze?.startRow ?? 0),
              frozenColumnCount: Math.max(0, sheet.freeze?.startColumn ?? 0),
            },
          },
        },
      });
      if (Object.keys(sheet.cellData ?? {}).length > 0) restoreContent(sheet, sheetId, outgoing);
    },
  ),
  'sheet.mutation.remove-sheet': translateMove<IRemoveSheetMutationParams>(
    ({ subUnitId }, { ids, move }) => move({ deleteSheet: { sheetId: ids.toServer(subUnitId) } }),
  ),
  'sheet.mutation.set-worksheet-name': translate<ISetWorksheetNameMutationParams>(
    ({ subUnitId, name }, outgoing) => update(subUnitId, { title: name }, 'title', outgoing),
  ),
  'sheet.mutation.set-worksheet-order': translate<ISetWorksheetOrderMutationParams>(
    ({ subUnitId, fromOrder, toOrder }, outgoing) => {
      // Google counts the places as they are before the tab leaves its own.
      const index = toOrder > fromOrder ? toOrder + 1 : toOrder;
      update(subUnitId, { index }, 'index', outgoing);
    },
  ),
  'sheet.mutation.set-worksheet-hidden': translate<ISetWorksheetHideMutationParams>(
    ({ subUnitId, hidden }, outgoing) =>
      update(subUnitId, { hidden: Boolean(hidden) }, 'hidden', outgoing),
  ),
  'sheet.mutation.set-tab-color': translate<ISetTabColorMutationParams>(
    ({ subUnitId, color }, outgoing) => {
      const rgbColor = fromCss(color);
      const properties = rgbColor ? { tabColorStyle: { rgbColor } } : {};
      update(subUnitId, properties, 'tabColorStyle', outgoing);
    },
  ),
  'sheet.mutation.set-frozen': translate<ISetFrozenMutationParams>(
    ({ subUnitId, startRow, startColumn }, outgoing) => {
      const gridProperties = {
        frozenRowCount: Math.max(0, startRow),
        frozenColumnCount: Math.max(0, startColumn),
      };
      const fields = 'gridProperties(frozenRowCount,frozenColumnCount)';
      update(subUnitId, { gridProperties }, fields, outgoing);
    },
  ),
  'sheet.mutation.set-worksheet-row-count': translate<ISetWorksheetRowCountMutationParams>(
    ({ subUnitId, rowCount }, outgoing) =>
      update(subUnitId, { gridProperties: { rowCount } }, 'gridProperties.rowCount', outgoing),
  ),
  'sheet.mutation.toggle-gridlines': translate<{ subUnitId: string; showGridlines: 0 | 1 }>(
    ({ subUnitId, showGridlines }, outgoing) => {
      const gridProperties = { hideGridlines: !showGridlines };
      update(subUnitId, { gridProperties }, 'gridProperties.hideGridlines', outgoing);
    },
  ),
  'sheet.mutation.copy-worksheet-end': notKept,
};

function update(
  gridId: string,
  properties: sheets_v4.Schema$SheetProperties,
  fields: string,
  { ids, push }: Outgoing,
): void {
  push({
    updateSheetProperties: {
      properties: { sheetId: ids.toServer(gridId), ...properties },
      fields,
    },
  });
}

/** A tab that comes back by an undo has its cells, sizes, rules and meaning; a new one has none of them. */
function restoreContent(sheet: IWorksheetData, sheetId: number, outgoing: Outgoing): void {
  const { push, mark, markInserted } = outgoing;
  for (const [row, cells] of Object.entries(sheet.cellData ?? {})) {
    for (const column of Object.keys(cells ?? {})) {
      mark(sheet.id, Number(row), Number(column), 'value');
      mark(sheet.id, Number(row), Number(column), 'format');
      mark(sheet.id, Number(row), Number(column), 'note');
    }
  }
  for (const [column, data] of Object.entries(sheet.columnData ?? {})) {
    const startIndex = Number(column);
    const range = { sheetId, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 };
    push({
      updateDimensionProperties: {
        range,
        properties: { pixelSize: Math.round(data.w ?? 100), hiddenByUser: Boolean(data.hd) },
        fields: 'pixelSize,hiddenByUser',
      },
    });
    createMetadata(metadataOf(data), { dimensionRange: range }, outgoing);
  }
  createMetadata(metadataOf(sheet), { sheetId }, outgoing);
  const conditions: sheets_v4.Schema$ConditionalFormatRule[] = sheet.custom?.['conditions'] ?? [];
  conditions.forEach((rule, index) => {
    push({ addConditionalFormatRule: { rule, index } });
  });
  const [lastRow, lastColumn] = [sheet.rowCount - 1, sheet.columnCount - 1];
  markInserted(sheet.id, { startRow: 0, endRow: lastRow, startColumn: 0, endColumn: lastColumn });
}
