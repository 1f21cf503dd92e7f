import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import type { AccountColumn, TransactionColumn } from '../../shared/book.ts';
import { toSerial } from '../../shared/calendar-date.ts';
import type { ColumnName, RowName, RowValues, Scenario, UserAction } from './format.ts';
import { columnsOf, showsAll } from './row-values.ts';
import { readTab, rowsOf, type SheetPlace, type ShownRow, type ShownTab } from './sheet-view.ts';
import type { UserWrites } from './user-writes.ts';

type Request = sheets_v4.Schema$Request;
type Tab = ShownTab<TransactionColumn>;
type Hands = { readonly [K in UserAction['kind']]: (tab: Tab, action: ActionOf<K>) => Request[] };
type ActionOf<K extends UserAction['kind']> = Extract<UserAction, { kind: K }>['is'];

/** Thrown where the user cannot do what the scenario says: the row or the column is not there, or not the only one. */
export class UserCannot extends Error {
  override readonly name = 'UserCannot';
}

export type User = ReturnType<typeof createUser>;

/** The user at the sheet: finds rows by what they show, writes by the Sheets API, and remembers what was written. */
export function createUser(place: SheetPlace, writes: UserWrites) {
  async function send(requests: readonly Request[]): Promise<void> {
    const { url, token, spreadsheetId } = place;
    const response = await fetch(`${url}/v4/spreadsheets/${spreadsheetId}:batchUpdate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ requests }),
    });
    if (!response.ok) throw new UserCannot(`the sheet refused it: ${await response.text()}`);
  }

  return {
    rows: async (): Promise<readonly ShownRow[]> =>
      rowsOf(await readTab<TransactionColumn>(place, 'transactions')),

    async act(action: UserAction): Promise<void> {
      const tab = await readTab<TransactionColumn>(place, 'transactions');
      if (!tab) throw new UserCannot('there is no Transactions tab yet');
      const hand = hands[action.kind] as (tab: Tab, action: UserAction['is']) => Request[];
      await send(hand(tab, action.is));
      remember(writes, rowsOf(tab), action);
    },

    /** Adds the book accounts that the Accounts tab lacks; false while there is none. */
    async addBookAccounts(wanted: NonNullable<Scenario['bookAccounts']>): Promise<boolean> {
      const tab = await readTab<AccountColumn>(place, 'accounts');
      if (!tab) return false;
      const at = (column: AccountColumn) => tab.columns.get(column) ?? -1;
      const known = tab.cells.map((cells) => cells[at('path')]?.effectiveValue?.stringValue);
      const rows = wanted
        .filter(({ name }) => !known.includes(name))
        .map(({ name, type }) => {
          const values: sheets_v4.Schema$CellData[] = Array.from(
            { length: tab.columnCount },
            () => ({}),
          );
          values[at('name')] = textCell(name.slice(name.lastIndexOf(':') + 1));
          values[at('type')] = textCell(type);
          values[at('path')] = textCell(name);
          return { values };
        });
      const { sheetId } = tab;
      if (rows.length > 0) {
        await send([{ appendCells: { sheetId, rows, fields: 'userEnteredValue' } }]);
      }
      return true;
    },
  };
}

/** The row that a scenario means. @throws UserCannot unless it is exactly one */
export function findRow(rows: readonly ShownRow[], name: RowName): ShownRow {
  const { amount, date, textHas = '', nth } = name;
  const found = rows.filter(
    (row) =>
      row.amount === Number(amount) &&
      (date === undefined || row.date === date) &&
      row.description.includes(textHas),
  );
  const [first] = nth === undefined ? found : found.slice(nth - 1);
  if (first && (nth !== undefined || found.length === 1)) return first;
  throw new UserCannot(`${found.length} rows are ${JSON.stringify(name)}, not exactly one`);
}

function remember(writes: UserWrites, rows: readonly ShownRow[], action: UserAction): void {
  if (action.kind === 'edit') writes.edited(findRow(rows, action.is.edit), action.is.set);
  else if (action.kind === 'addRow') writes.added(action.is.addRow);
  else if (action.kind === 'delete') writes.deleted(findRow(rows, action.is.delete), rows);
}

const hands: Hands = {
  edit: (tab, { edit, set }) => writeValues(tab, findRow(rowsOf(tab), edit).index, set),
  delete: (tab, action) => [
    { deleteDimension: { range: rowRange(tab, findRow(rowsOf(tab), action.delete).index) } },
  ],
  sortBy: (tab, { sortBy }) => {
    const range = { sheetId: tab.sheetId, startRowIndex: 1 };
    const sortSpecs = [{ dimensionIndex: positionOf(tab, sortBy), sortOrder: 'ASCENDING' }];
    return [{ sortRange: { range, sortSpecs } }];
  },
  insertEmptyRowAt: (tab, { insertEmptyRowAt }) => [
    { insertDimension: { range: rowRange(tab, insertEmptyRowAt - 1) } },
  ],
  moveColumn: (tab, { moveColumn, to }) => {
    const from = positionOf(tab, moveColumn);
    // The API counts places as they are before the move.
    const destinationIndex = to - 1 > from ? to : to - 1;
    return [{ moveDimension: { source: columnRange(tab, from), destinationIndex } }];
  },
  renameColumn: (tab, { renameColumn, to }) => [
    writeCell(tab, 0, positionOf(tab, renameColumn), textCell(to)),
  ],
  hideColumn: (tab, { hideColumn }) => [
    {
      updateDimensionProperties: {
        range: columnRange(tab, positionOf(tab, hideColumn)),
        properties: { hiddenByUser: true },
        fields: 'hiddenByUser',
      },
    },
  ],
  // The server keeps no filters; what a filter does to rows is that those that do not fit are hidden.
  filterBy: (tab, { filterBy }) =>
    rowsOf(tab).map((row) => ({
      updateDimensionProperties: {
        range: rowRange(tab, row.index),
        properties: { hiddenByUser: !showsAll(row, filterBy) },
        fields: 'hiddenByUser',
      },
    })),
  // Into a new row below, with every cell, as copying and pasting a whole row does.
  copyRow: (tab, { copyRow }) => {
    const { index } = findRow(rowsOf(tab), copyRow);
    const { sheetId } = tab;
    const whole = (row: number) => ({ sheetId, startRowIndex: row, endRowIndex: row + 1 });
    return [
      { insertDimension: { range: rowRange(tab, index + 1), inheritFromBefore: true } },
      { copyPaste: { source: whole(index), destination: whole(index + 1) } },
    ];
  },
  addRow: (tab, { addRow }) => {
    const last = rowsOf(tab).at(-1)?.index ?? 0;
    const { sheetId } = tab;
    const grow: Request[] =
      last + 1 < tab.rowCount
        ? []
        : [{ appendDimension: { sheetId, dimension: 'ROWS', length: 1 } }];
    return [...grow, ...writeValues(tab, last + 1, addRow)];
  },
  renameTab: ({ sheetId }, { renameTab }) => [
    { updateSheetProperties: { properties: { sheetId, title: renameTab }, fields: 'title' } },
  ],
};

/** As typed: days and amounts become what Sheets makes of them, text stays text. */
function writeValues(tab: Tab, rowIndex: number, values: RowValues): Request[] {
  return columnsOf(values).map((column) =>
    writeCell(tab, rowIndex, positionOf(tab, column), typed(column, values)),
  );
}

function typed(column: ColumnName, values: RowValues): sheets_v4.Schema$CellData {
  const { date, amount, posted } = values;
  if (column === 'date' && date !== undefined) {
    return { userEnteredValue: { numberValue: toSerial(date) } };
  }
  if (column === 'amount') return { userEnteredValue: { numberValue: Number(amount) } };
  if (column === 'posted') return { userEnteredValue: { boolValue: posted === true } };
  return textCell(String(values[column]));
}

function textCell(text: string): sheets_v4.Schema$CellData {
  return text === '' ? {} : { userEnteredValue: { stringValue: text } };
}

function writeCell(
  { sheetId }: Tab,
  rowIndex: number,
  columnIndex: number,
  cell: sheets_v4.Schema$CellData,
): Request {
  const start = { sheetId, rowIndex, columnIndex };
  return { updateCells: { start, rows: [{ values: [cell] }], fields: 'userEnteredValue' } };
}

function positionOf({ columns }: Tab, column: ColumnName): number {
  const position = columns.get(column);
  if (position === undefined) throw new UserCannot(`there is no column ${column}`);
  return position;
}

const rowRange = ({ sheetId }: Tab, index: number) =>
  ({ sheetId, dimension: 'ROWS', startIndex: index, endIndex: index + 1 }) as const;
const columnRange = ({ sheetId }: Tab, index: number) =>
  ({ sheetId, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 }) as const;
