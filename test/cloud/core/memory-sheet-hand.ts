import type { Cell } from '../../../cloud/ports/sheet.ts';
import type { AnyColumn, TabKind } from '../../../shared/book.ts';
import type { SheetHand } from '../../contract/sheet-world.ts';
import type { MemoryRow, MemoryState } from './memory-sheet.ts';

/** The hand of a user in a spreadsheet that is kept in memory. */
export function createMemoryHand(state: MemoryState, tab: TabKind = 'transactions'): SheetHand {
  const rows = (): MemoryRow<AnyColumn>[] => {
    const found = state[tab];
    if (!found) throw new Error('the tab is not there');
    return found;
  };
  const columns = (): (AnyColumn | null)[] => state.columns[tab];
  const rowAt = (index: number) => {
    while (rows().length < index) rows().push({});
    const row = rows()[index - 1];
    if (!row) throw new Error('row 0 is the headers’');
    return row;
  };
  const positionOf = (column: AnyColumn) => columns().indexOf(column);
  return {
    write: async (row, column, value) => {
      const { note } = rowAt(row)[column] ?? {};
      rowAt(row)[column] = { ...toCell(value), ...(note && { note }) };
    },
    readNote: async (row, column) => rowAt(row)[column]?.note ?? '',
    writeNote: async (row, column, note) => {
      rowAt(row)[column] = { ...(rowAt(row)[column] ?? { kind: 'empty' }), note };
    },
    insertRow: async (row) => void rows().splice(row - 1, 0, {}),
    deleteRow: async (row) => void rows().splice(row - 1, 1),
    copyRow: async (from, to) => {
      rowAt(to);
      rows()[to - 1] = { ...rowAt(from) };
    },
    sortBy: async (column) => void rows().sort((a, b) => compareRows(a, b, column)),
    insertColumn: async (at) => void columns().splice(at, 0, null),
    moveColumnToFront: async (column) => {
      columns().splice(positionOf(column), 1);
      columns().unshift(column);
    },
    deleteColumn: async (column) => {
      columns().splice(positionOf(column), 1);
      for (const row of rows()) delete row[column];
    },
    disownColumn: async (column) => {
      columns()[positionOf(column)] = null;
    },
    renameTab: async (title) => {
      state.titles[tab] = title;
    },
    addTab: async (title) => void state.otherTitles.push(title),
    deleteOurTabs: async () => {
      state.transactions = null;
      state.accounts = null;
      state.rules = null;
    },
    writeInFirstTab: async () => {
      state.isFirstTabUsed = true;
    },
    leaveProof: async (proof) => void state.proofs.add(proof),
  };
}

const orderOfKinds: readonly Cell['kind'][] = ['number', 'text', 'check', 'empty'];

/** As a spreadsheet sorts: numbers, then texts, then check boxes, what is empty last. */
function compareRows<Column extends string>(
  a: MemoryRow<Column>,
  b: MemoryRow<Column>,
  column: Column,
): number {
  const left = a[column] ?? { kind: 'empty' };
  const right = b[column] ?? { kind: 'empty' };
  const byKind = orderOfKinds.indexOf(left.kind) - orderOfKinds.indexOf(right.kind);
  if (byKind !== 0) return byKind;
  const [x, y] = [comparable(left), comparable(right)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function comparable(cell: Cell): string | number {
  if (cell.kind === 'number') return cell.number;
  if (cell.kind === 'check') return Number(cell.checked);
  return cell.kind === 'text' ? cell.text : '';
}

function toCell(value: string | number | boolean): Cell {
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'boolean') return { kind: 'check', checked: value };
  return value === '' ? { kind: 'empty' } : { kind: 'text', text: value };
}
