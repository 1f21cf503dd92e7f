import type { IRange } from '@univerjs/core';
import type {
  IAddDataValidationMutationParams,
  IRemoveDataValidationMutationParams,
  IUpdateDataValidationMutationParams,
} from '@univerjs/data-validation';
import type {
  IMoveRangeMutationParams,
  IRemoveNumfmtMutationParams,
  IReorderRangeMutationParams,
  ISetNumfmtMutationParams,
  ISetRangeValuesMutationParams,
} from '@univerjs/sheets';
import type { IRemoveNoteMutationParams, IUpdateNoteMutationParams } from '@univerjs/sheets-note';
import { dimensionTranslators } from './dimension-translators.ts';
import { sheetTranslators } from './sheet-translators.ts';
import { workbookId } from './to-workbook.ts';
import { notKept, type Outgoing, type Translator, translate } from './translator.ts';

type CellMatrix = ISetRangeValuesMutationParams['cellValue'];

/** Every change of the grid that the spreadsheet keeps or need not keep, by its id; any other is stopped. */
export const translators: Readonly<Record<string, Translator>> = {
  ...dimensionTranslators,
  ...sheetTranslators,

  'sheet.mutation.set-range-values': translate<ISetRangeValuesMutationParams>(
    ({ subUnitId, cellValue }, { mark }) => {
      forEachCell(cellValue, (row, column, cell) => {
        if (!cell || 'v' in cell || 'f' in cell || 'si' in cell || 'p' in cell) {
          mark(subUnitId, row, column, 'value');
        }
        const isStyled = cell?.s !== undefined && !isEmptyObject(cell.s);
        if (!cell || isStyled) mark(subUnitId, row, column, 'format');
      });
    },
  ),
  'sheet.mutation.move-range': translate<IMoveRangeMutationParams>(({ from, to }, { mark }) => {
    for (const { subUnitId, value } of [from, to]) {
      forEachCell(value, (row, column) => {
        mark(subUnitId, row, column, 'value');
        mark(subUnitId, row, column, 'format');
      });
    }
  }),
  'sheet.mutation.reorder-range': translate<IReorderRangeMutationParams>(
    ({ subUnitId, range }, { markRange }) => {
      markRange(subUnitId, range, 'value');
      markRange(subUnitId, range, 'format');
    },
  ),
  'sheet.mutation.set.numfmt': translate<ISetNumfmtMutationParams>(
    ({ subUnitId, values }, { markRange }) => {
      for (const { ranges } of Object.values(values)) {
        for (const range of ranges) markRange(subUnitId, range, 'format');
      }
    },
  ),
  'sheet.mutation.remove.numfmt': translate<IRemoveNumfmtMutationParams>(
    ({ subUnitId, ranges }, { markRange }) => {
      for (const range of ranges) markRange(subUnitId, range, 'format');
    },
  ),

  'sheet.mutation.update-note': translate<IUpdateNoteMutationParams>(
    ({ sheetId, row, col }, { mark }) => mark(sheetId, row, col, 'note'),
  ),
  'sheet.mutation.remove-note': translate<IRemoveNoteMutationParams>(() => {}, markNote),
  'sheet.mutation.update-note-position': translate<
    IRemoveNoteMutationParams & { readonly newPosition: { row: number; col: number } }
  >(
    ({ sheetId, newPosition }, { mark }) => mark(sheetId, newPosition.row, newPosition.col, 'note'),
    markNote,
  ),
  'sheet.mutation.toggle-note-popup': notKept,

  'data-validation.mutation.addRule': translate<IAddDataValidationMutationParams>(
    ({ subUnitId, rule }, { markRules }) => {
      for (const { ranges } of [rule].flat()) {
        for (const range of ranges as IRange[]) markRules(subUnitId, range);
      }
    },
  ),
  'data-validation.mutation.removeRule': translate<IRemoveDataValidationMutationParams>(
    () => {},
    ({ subUnitId, ruleId }, outgoing) => {
      for (const id of [ruleId].flat()) markRuleCells(subUnitId, id, outgoing);
    },
  ),
  'data-validation.mutation.updateRule': translate<IUpdateDataValidationMutationParams>(
    ({ subUnitId, ruleId }, outgoing) => markRuleCells(subUnitId, ruleId, outgoing),
    ({ subUnitId, ruleId }, outgoing) => markRuleCells(subUnitId, ruleId, outgoing),
  ),

  // The spreadsheet moves its conditional formats with the cells by itself; making one is not offered.
  'sheet.mutation.add-conditional-rule': notKept,
  'sheet.mutation.set-conditional-rule': notKept,
  'sheet.mutation.delete-conditional-rule': notKept,
  'sheet.mutation.move-conditional-rule': notKept,
  'sheet.mutation.empty': notKept,
  'sheet.mutation.mark-dirty-filter-change': notKept,
};

function forEachCell(
  matrix: CellMatrix,
  onCell: (
    row: number,
    column: number,
    cell: NonNullable<CellMatrix>[number][number] | undefined,
  ) => void,
): void {
  for (const [row, cells] of Object.entries(matrix ?? {})) {
    for (const [column, cell] of Object.entries(cells ?? {})) {
      onCell(Number(row), Number(column), cell ?? undefined);
    }
  }
}

function isEmptyObject(style: unknown): boolean {
  return typeof style === 'object' && style !== null && Object.keys(style).length === 0;
}

/** Before the change: a note is named by its id, and nobody knows afterwards where it was. */
function markNote(
  { sheetId, noteId, row, col }: IRemoveNoteMutationParams,
  { grid, mark }: Outgoing,
): void {
  const position = {
    ...(noteId === undefined ? {} : { noteId }),
    ...(row === undefined ? {} : { row }),
    ...(col === undefined ? {} : { col }),
  };
  const note = grid.notes.getNote(workbookId, sheetId, position);
  if (note) mark(sheetId, note.row, note.col, 'note');
}

function markRuleCells(sheetId: string, ruleId: string, { grid, markRules }: Outgoing): void {
  const rule = grid.validation.getRuleById(workbookId, sheetId, ruleId);
  for (const range of rule?.ranges ?? []) markRules(sheetId, range);
}
