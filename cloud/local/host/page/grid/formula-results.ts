import {
  CellValueType,
  CommandType,
  type ICellData,
  type Nullable,
  ObjectMatrix,
} from '@univerjs/core';
import type { ISetRangeValuesMutationParams } from '@univerjs/sheets';
import type { ComputedValue, FormulaErrorType, FormulaValue } from '../../page-api.ts';
import type { Grid } from './grid.ts';
import type { SheetIds } from './sheet-ids.ts';

const errorTypes: Readonly<Record<string, FormulaErrorType>> = {
  '#NULL!': 'NULL_VALUE',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#VALUE!': 'VALUE',
  '#REF!': 'REF',
  '#NAME?': 'NAME',
  '#NUM!': 'NUM',
  '#N/A': 'N_A',
};

/** Collects what the grid computes for formulas. */
export interface FormulaResults {
  /** What is new since the last time, at most so many. */
  take(max: number): FormulaValue[];
}

/** `onNew` is called when there is something to take. */
export function watchFormulaResults(grid: Grid, ids: SheetIds, onNew: () => void): FormulaResults {
  const waiting = new Map<string, FormulaValue>();
  const reported = new Map<string, string>();

  function collect({ subUnitId, cellValue }: ISetRangeValuesMutationParams): void {
    new ObjectMatrix(cellValue).forValue((rowIndex, columnIndex, cell) => {
      const formulaValue = grid.formulaOf(subUnitId, rowIndex, columnIndex);
      const effectiveValue = toComputedValue(cell);
      if (!formulaValue || !effectiveValue) return;
      const sheetId = ids.toServer(subUnitId);
      const value = { sheetId, rowIndex, columnIndex, formulaValue, effectiveValue };
      const place = `${subUnitId}/${rowIndex}/${columnIndex}`;
      const text = JSON.stringify(value);
      if (reported.get(place) === text) return;
      reported.set(place, text);
      waiting.set(place, value);
    });
  }

  grid.commands.onCommandExecuted((command, options) => {
    if (command.type !== CommandType.MUTATION || !options?.['applyFormulaCalculationResult'])
      return;
    if (command.id !== 'sheet.mutation.set-range-values') return;
    collect(command.params as ISetRangeValuesMutationParams);
    if (waiting.size > 0) onNew();
  });
  return {
    take: (max) => {
      const taken = [...waiting].slice(0, max);
      for (const [place] of taken) waiting.delete(place);
      return taken.map(([, value]) => value);
    },
  };
}

function toComputedValue(cell: Nullable<ICellData>): ComputedValue | undefined {
  if (!cell) return undefined;
  const value = cell.v;
  if (value === undefined || value === null) return undefined;
  if (cell.t === CellValueType.BOOLEAN || typeof value === 'boolean') {
    return { boolValue: Boolean(value) };
  }
  if (typeof value === 'number') return { numberValue: value };
  const type = /^#[A-Z/0]+[!?]?$/.test(value) ? (errorTypes[value] ?? 'ERROR') : undefined;
  return type ? { errorValue: { type, message: value } } : { stringValue: value };
}
