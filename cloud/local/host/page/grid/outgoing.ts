import type { sheets_v4 } from '@googleapis/sheets';
import {
  CanceledError,
  CommandType,
  type ICommandInfo,
  type IExecutionOptions,
} from '@univerjs/core';
import type { Edit } from '../save-queue.ts';
import type { Grid } from './grid.ts';
import type { KnownRows } from './known-rows.ts';
import { isBlocked } from './offered.ts';
import { type CellPart, createChangedCells } from './outgoing-cells.ts';
import { createChangedRules } from './outgoing-rules.ts';
import type { SheetIds } from './sheet-ids.ts';
import { workbookId } from './to-workbook.ts';
import type { Outgoing } from './translator.ts';
import { translators } from './translators.ts';

export interface EditWatch {
  /** Gives at once what the user has changed and `onEdit` was not told yet. */
  flush(): void;
}

/**
 * Listens to every change of the grid that is the user's, undo and redo among them, and gives each action as one edit,
 * a moment after it. What the spreadsheet cannot keep is stopped, and `onBlocked` told.
 */
export function watchEdits(
  grid: Grid,
  ids: SheetIds,
  known: KnownRows,
  onEdit: (edit: Edit) => void,
  onBlocked: () => void,
): EditWatch {
  const cells = createChangedCells(grid, ids);
  const rules = createChangedRules(grid, ids);
  let requests: sheets_v4.Schema$Request[] = [];
  let isStructural = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function takeEdit(): void {
    clearTimeout(timer);
    timer = undefined;
    requests.push(...cells.take(), ...rules.take(isStructural));
    if (requests.length > 0) onEdit({ requests, isStructural });
    requests = [];
    isStructural = false;
  }

  function mark(sheetId: string, row: number, column: number, part: CellPart): void {
    known.forget(sheetId, row);
    cells.mark(sheetId, row, column, part);
  }

  const outgoing: Outgoing = {
    grid,
    ids,
    mark,
    markRange: (sheetId, range, part) => {
      for (let row = range.startRow; row <= range.endRow; row += 1) {
        for (let column = range.startColumn; column <= range.endColumn; column += 1) {
          mark(sheetId, row, column, part);
        }
      }
    },
    markRules: rules.mark,
    markInserted: rules.markInserted,
    move: (...moves) => {
      requests.push(...moves);
      isStructural = true;
      for (const sheet of grid.workbook.getSheets()) known.forget(sheet.getSheetId());
    },
    push: (...more) => void requests.push(...more),
  };

  grid.commands.beforeCommandExecuted((command, options) => {
    if (command.type === CommandType.COMMAND && isBlocked(command.id)) {
      onBlocked();
      throw new CanceledError();
    }
    if (!isOwnChange(command, options)) return;
    const translator = translators[command.id];
    if (!translator) {
      onBlocked();
      throw new CanceledError();
    }
    if (translator.isMove) requests.push(...cells.take());
    translator.before?.(command.params, outgoing);
  });
  grid.commands.onCommandExecuted((command, options) => {
    if (!isOwnChange(command, options)) return;
    translators[command.id]?.after?.(command.params, outgoing);
    // An action is many changes in a row: they go together, so that they happen together.
    timer ??= setTimeout(takeEdit);
  });
  return { flush: takeEdit };
}

/** A change of the spreadsheet that the user made: not from the server, not a formula's result, not of an editor. */
function isOwnChange(
  command: Readonly<ICommandInfo>,
  options: IExecutionOptions | undefined,
): command is ICommandInfo & { params: object } {
  const { unitId } = (command.params ?? {}) as { unitId?: unknown };
  const isChange = command.type === CommandType.MUTATION && unitId === workbookId;
  const isComputed = command.id.startsWith('formula.mutation.set-');
  return isChange && !isComputed && !options?.fromCollab && !options?.onlyLocal;
}
