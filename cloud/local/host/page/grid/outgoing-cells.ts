import type { sheets_v4 } from '@googleapis/sheets';
import type { Worksheet } from '@univerjs/core';
import { DataValidationType } from '@univerjs/core';
import { toServerValue } from './cell-content.ts';
import { formatFields, toFormat } from './cell-format.ts';
import type { Grid } from './grid.ts';
import type { SheetIds } from './sheet-ids.ts';
import { workbookId } from './to-workbook.ts';

/** Which part of a cell has changed. */
export type CellPart = 'value' | 'format' | 'note';

/** Remembers changed cells, then says what they hold: not how they came to hold it. */
export interface ChangedCells {
  mark(sheetId: string, row: number, column: number, part: CellPart): void;
  /** Requests that write these cells as they are in the grid now; none is remembered after it. */
  take(): sheets_v4.Schema$Request[];
}

/** Cells of one row with the same changed parts, side by side. */
interface Run {
  readonly row: number;
  readonly startColumn: number;
  readonly parts: string;
  readonly values: sheets_v4.Schema$CellData[];
}

export function createChangedCells(grid: Grid, ids: SheetIds): ChangedCells {
  const sheets = new Map<string, Map<number, Map<number, Set<CellPart>>>>();

  function cellOf(
    worksheet: Worksheet,
    row: number,
    column: number,
    parts: ReadonlySet<CellPart>,
  ): sheets_v4.Schema$CellData {
    const sheetId = worksheet.getSheetId();
    const cell = worksheet.getCellRaw(row, column);
    const data: sheets_v4.Schema$CellData = {};
    if (parts.has('value')) {
      const rule = grid.validation.getRuleByLocation(workbookId, sheetId, row, column);
      const formula = grid.formulaOf(sheetId, row, column);
      const value = toServerValue(cell, formula, rule?.type === DataValidationType.CHECKBOX);
      if (value) data.userEnteredValue = value;
    }
    if (parts.has('format')) {
      data.userEnteredFormat = toFormat(grid.workbook.getStyles().getStyleByCell(cell));
    }
    if (parts.has('note')) {
      const note = grid.notes.getNote(workbookId, sheetId, { row, col: column })?.note;
      if (note) data.note = note;
    }
    return data;
  }

  function runsOf(sheetId: string, rows: Map<number, Map<number, Set<CellPart>>>): Run[] {
    const worksheet = grid.workbook.getSheetBySheetId(sheetId);
    if (!worksheet) return [];
    const runs: Run[] = [];
    for (const row of [...rows.keys()].sort(byNumber)) {
      const columns = rows.get(row) ?? new Map<number, Set<CellPart>>();
      for (const column of [...columns.keys()].sort(byNumber)) {
        const changed = columns.get(column) ?? new Set<CellPart>();
        const parts = [...changed].sort().join();
        const data = cellOf(worksheet, row, column, changed);
        const last = runs.at(-1);
        const isNext = last?.row === row && last.startColumn + last.values.length === column;
        if (last && isNext && last.parts === parts) last.values.push(data);
        else runs.push({ row, startColumn: column, parts, values: [data] });
      }
    }
    return runs;
  }

  return {
    mark: (sheetId, row, column, part) => {
      const rows = sheets.get(sheetId) ?? new Map<number, Map<number, Set<CellPart>>>();
      const columns = rows.get(row) ?? new Map<number, Set<CellPart>>();
      const parts = columns.get(column) ?? new Set<CellPart>();
      sheets.set(sheetId, rows.set(row, columns.set(column, parts.add(part))));
    },
    take: () => {
      const requests = [...sheets].flatMap(([sheetId, rows]) =>
        joinRuns(runsOf(sheetId, rows)).map((runs) => toRequest(ids.toServer(sheetId), runs)),
      );
      sheets.clear();
      return requests;
    },
  };
}

const byNumber = (a: number, b: number) => a - b;

/** Runs under one another, of the same columns and parts, are one rectangle. */
function joinRuns(runs: readonly Run[]): Run[][] {
  const blocks: Run[][] = [];
  for (const run of runs) {
    const block = blocks.findLast((candidate) => {
      const above = candidate.at(-1);
      return (
        above?.row === run.row - 1 &&
        above.startColumn === run.startColumn &&
        above.values.length === run.values.length &&
        above.parts === run.parts
      );
    });
    if (block) block.push(run);
    else blocks.push([run]);
  }
  return blocks;
}

const fieldsOfPart: Readonly<Record<string, string>> = {
  value: 'userEnteredValue',
  format: `userEnteredFormat(${formatFields})`,
  note: 'note',
};

function toRequest(sheetId: number, runs: readonly Run[]): sheets_v4.Schema$Request {
  const [first] = runs;
  return {
    updateCells: {
      start: {
        sheetId,
        rowIndex: first?.row ?? 0,
        columnIndex: first?.startColumn ?? 0,
      },
      rows: runs.map(({ values }) => ({ values })),
      fields: (first?.parts ?? '')
        .split(',')
        .map((part) => fieldsOfPart[part])
        .join(','),
    },
  };
}
