import { cellAt, type Table, type TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { createDayBook, type DayBook } from './table-date.ts';
import { hasMoneyAndText, type RowForm } from './table-forms.ts';
import { toCurrencyCode } from './table-names.ts';
import { type DecimalStyle, readNumber, toScaled, unreadable } from './table-number.ts';
import { createRowSorter, type RowKind, rowKinds, summaryIn } from './table-row-kinds.ts';
import { createSections } from './table-sections.ts';

/** A table with what its rows are about to be read for. */
export interface OpenTable {
  readonly table: Table;
  /** Names of the columns; undefined where they have none. */
  readonly header: readonly string[] | undefined;
  readonly preamble: readonly TableRow[];
  /** How many rows stand above the first that may be an entry. */
  readonly start: number;
  readonly columns: TableColumns;
  /** Of the amounts, and of columns that are written otherwise. */
  readonly style: DecimalStyle;
  readonly otherStyles: ReadonlyMap<number, DecimalStyle>;
  readonly form: RowForm;
  /** A row without a day has the one above it. */
  readonly carriesDays: boolean;
  /** What the cells of the flag's column say. */
  directionOf(cell: string): 'in' | 'out' | undefined;
}

/** Rows of one account in one currency: their balances follow from one another. */
export interface RowGroup {
  /** As the table names it; '' where it does not. */
  readonly account: string;
  /** Undefined where the row names none, null where something else stands in its place. */
  readonly currency: string | undefined | null;
}

/** What all rows of a table say, column by column; a place for each row below the header. */
export interface TableFacts {
  readonly count: number;
  /** Of `rowKinds`. */
  readonly kinds: Uint8Array;
  readonly groupOf: Uint16Array;
  readonly groups: readonly RowGroup[];
  /** Indexes of `days`, -1 for none. */
  readonly booking: Int32Array;
  readonly value: Int32Array | undefined;
  readonly other: Int32Array | undefined;
  readonly days: DayBook['days'];
  /** Of each column that may hold money: ten-thousandths, NaN for an empty cell, `unreadable`. */
  readonly money: ReadonlyMap<number, Float64Array>;
  /** Columns in which a plus is written, and in how many rows. */
  readonly plus: ReadonlyMap<number, number>;
  /** 1 in, -1 out, 0 not said; undefined without a column that says it. */
  readonly directions: Int8Array | undefined;
}

/** Goes through all rows once. */
export function gatherFacts(open: OpenTable): TableFacts {
  const { columns, style, table } = open;
  const book = createDayBook();
  const kinds = growing(Uint8Array);
  const groupOf = growing(Uint16Array);
  const booking = growing(Int32Array);
  const value = growing(Int32Array);
  const other = growing(Int32Array);
  const directions = growing(Int8Array);
  const money = moneyColumns(columns).map((column) => ({
    column,
    values: growing(Float64Array),
    plus: 0,
    style: open.otherStyles.get(column) ?? style,
  }));
  const grouping = createGrouping(
    columns,
    money.map(({ column }) => column),
  );
  const sort = createRowSorter(open);
  const ends = createEndsCheck(open, (index, kind) => kinds.add(index, kind));
  const sections = createSections(open.header);
  let count = 0;
  let lastDay = -1;
  for (const row of rowsBelow(open)) {
    let day = book.indexOf(cellAt(row, columns.bookingDate));
    let kind = sort(row, day !== -1);
    if (kind === rowKinds.noDate && isCarried(open, row)) {
      day = lastDay;
      kind = sort(row, day !== -1);
    }
    if (day !== -1) lastDay = day;
    sections.see(row, kind);
    kinds.add(count, kind);
    ends.see(row, count, kind);
    booking.add(count, day);
    const dayIn = (column: number | undefined) =>
      column === undefined ? -1 : book.indexOf(cellAt(row, column));
    value.add(count, dayIn(columns.valueDate));
    other.add(count, dayIn(columns.otherDate));
    const isEntry = kind === rowKinds.entry || kind === rowKinds.pending;
    groupOf.add(count, isEntry ? grouping.indexOf(row, sections.account()) : 0);
    for (const each of money) {
      const cell = cellAt(row, each.column);
      const isOther = isEntry && !isBare(cell) && grouping.isOther(cell, row);
      each.values.add(count, isOther ? unreadable : scaleCell(cell, each.style, table.isTyped));
      if (cell.charCodeAt(0) === 43) each.plus += 1;
    }
    if (columns.flag !== undefined)
      directions.add(count, signOf(open.directionOf(cellAt(row, columns.flag))));
    count += 1;
    if (kind === rowKinds.secondTable) break;
  }
  ends.close();
  return {
    count,
    kinds: kinds.take(count),
    ...(sections.account() === ''
      ? mergeGroups(grouping.groups, groupOf.take(count))
      : { groups: grouping.groups, groupOf: groupOf.take(count) }),
    booking: booking.take(count),
    value: columns.valueDate === undefined ? undefined : value.take(count),
    other: columns.otherDate === undefined ? undefined : other.take(count),
    days: book.days,
    money: new Map(money.map(({ column, values }) => [column, values.take(count)])),
    plus: new Map(money.map(({ column, plus }) => [column, plus])),
    directions: columns.flag === undefined ? undefined : directions.take(count),
  };
}

function isCarried({ carriesDays, columns }: OpenTable, row: TableRow): boolean {
  return carriesDays && cellAt(row, columns.bookingDate) === '' && hasMoneyAndText(row, columns);
}

const endRows = 4;

/**
 * Balances that look like entries stand at the beginning or the end of a list: rows there are looked at for the names
 * of balances, and not a million others.
 */
function createEndsCheck(
  { columns, table, form }: OpenTable,
  note: (index: number, kind: RowKind) => void,
) {
  const { bookingDate, valueDate, flag } = columns;
  const values = new Set([...moneyColumns(columns), bookingDate, valueDate, flag]);
  const check = (row: TableRow | undefined, index: number, isEnd: boolean): void => {
    const kind = row && summaryIn(row, values);
    if (kind !== undefined) note(index, kind);
    else if (isEnd && row && form.isOther(row)) note(index, rowKinds.otherForm);
  };
  // Places of the last rows, in turn.
  const places = new Float64Array(endRows);
  const { reread } = table;
  let run = 0;
  let next = 0;
  const close = (): void => {
    for (let back = 1; reread && back <= Math.min(endRows, run - endRows); back += 1) {
      const index = next - back;
      check(reread(places[index % endRows] ?? 0), index, back === 1);
    }
    const last = next - 1;
    if (reread && run > 1 && run <= endRows) check(reread(places[last % endRows] ?? 0), last, true);
    run = 0;
  };
  return {
    close,
    see(row: TableRow, index: number, kind: RowKind): void {
      if (kind !== rowKinds.entry && kind !== rowKinds.pending) {
        close();
        next = index + 1;
        return;
      }
      if (run < endRows || reread === undefined) check(row, index, run === 0);
      places[index % endRows] = row.place ?? 0;
      run += 1;
      next = index + 1;
    },
  };
}

/** A table that leaves its one account out of some rows means it there too. */
function mergeGroups(
  groups: readonly RowGroup[],
  groupOf: Uint16Array,
): Pick<TableFacts, 'groups' | 'groupOf'> {
  const named = new Set(groups.map(({ account }) => account).filter((account) => account !== ''));
  const [account] = named;
  if (named.size !== 1 || account === undefined) return { groups, groupOf };
  const merged: RowGroup[] = [];
  const places = groups.map(({ currency }) => {
    const found = merged.findIndex((group) => group.currency === currency);
    return found === -1 ? merged.push({ account, currency }) - 1 : found;
  });
  return { groups: merged, groupOf: groupOf.map((group) => places[group] ?? 0) };
}

/** All rows from the first that may be an entry. */
export function rowsBelow({
  table,
  start,
}: Pick<OpenTable, 'table' | 'start'>): Iterable<TableRow> {
  const rows = table.rows()[Symbol.iterator]();
  for (let passed = 0; passed < start; passed += 1) if (rows.next().done) break;
  return { [Symbol.iterator]: () => rows };
}

export function moneyColumns(columns: TableColumns): readonly number[] {
  const { amounts, debits, credits, pairs, balances, fee } = columns;
  const all = [...amounts, ...debits, ...credits, ...pairs.flat(), ...balances];
  return [...new Set(fee === undefined ? all : [...all, fee])];
}

/** Typed cells have a point and no thousands, whatever the style of numbers that are text. */
export function scaleCell(cell: string, style: DecimalStyle, isTyped: boolean): number {
  if (isTyped && /^-?\d+(\.\d+)?$/.test(cell)) return toScaled(cell, 'point');
  const value = toScaled(cell, style);
  // A dash, a word for nothing: no money.
  return value === unreadable && !/\d/.test(cell) && cell.length < 4 ? Number.NaN : value;
}

function signOf(direction: 'in' | 'out' | undefined): number {
  if (direction === undefined) return 0;
  return direction === 'in' ? 1 : -1;
}

type Numbers = Uint8Array | Uint16Array | Int8Array | Int32Array | Float64Array;

/** A list of numbers that grows as rows come. */
function growing<T extends Numbers>(Kind: new (length: number) => T) {
  let list = new Kind(1024);
  return {
    add(index: number, value: number): void {
      if (index >= list.length) {
        const longer = new Kind(list.length * 2);
        longer.set(list as never);
        list = longer;
      }
      list[index] = value;
    },
    take: (count: number): T => list.subarray(0, count) as T,
  };
}

const groupMax = 1000;

/** Tells the group of a row; most rows are of the same one as the row above. */
function createGrouping(columns: TableColumns, money: readonly number[]) {
  const groups: RowGroup[] = [];
  const known = new Map<string, number>();
  let last = { account: '', cell: '', index: -1 };
  const currencyOf = (row: TableRow, cell: string): string | undefined | null => {
    if (columns.currency !== undefined) return currencyOfCell(cell);
    for (const column of money) {
      const found = cellAt(row, column);
      const code = found === '' || isBare(found) ? undefined : readNumber(found)?.currency;
      if (code !== undefined) return code;
    }
    return undefined;
  };
  return {
    groups,
    /** True for a sum that has another currency beside it than its row. */
    isOther(cell: string, row: TableRow): boolean {
      if (cell === '' || columns.currency === undefined) return false;
      const code = readNumber(cell)?.currency;
      return code !== undefined && code !== currencyOfCell(cellAt(row, columns.currency));
    },
    indexOf(row: TableRow, section: string): number {
      const account = cellAt(row, columns.account) || section;
      const cell = cellAt(row, columns.currency);
      const isSame = last.index !== -1 && last.account === account && last.cell === cell;
      if (isSame && columns.currency !== undefined) return last.index;
      const currency = currencyOf(row, cell);
      const key = `${currency} ${account}`;
      let index = known.get(key);
      if (index === undefined) {
        index = groups.length < groupMax ? groups.push({ account, currency }) - 1 : 0;
        known.set(key, index);
      }
      last = { account, cell, index };
      return index;
    },
  };
}

/** Ends in a digit and begins with one, a minus or a plus: no currency is written beside it. */
function isBare(cell: string): boolean {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  const isDigit = (code: number) => code >= 48 && code <= 57;
  return isDigit(last) && (isDigit(first) || first === 45 || first === 43);
}

/** The code in a cell of a currency's column; undefined for a sign that stands for many, `null` for what is none. */
function currencyOfCell(cell: string): string | undefined | null {
  if (cell === '' || /^\p{Sc}$/u.test(cell)) return toCurrencyCode(cell);
  return (
    toCurrencyCode(cell) ?? (/^euro$/i.test(cell) ? 'EUR' : /^nis$/i.test(cell) ? 'ILS' : null)
  );
}
