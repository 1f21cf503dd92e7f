import { cellAt, type TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { readCellDate } from './table-date.ts';
import type { OpenTable } from './table-facts.ts';
import { isHeader } from './table-header.ts';
import { meaningsOf } from './table-names.ts';
import { readNumber } from './table-number.ts';
import { maySummarize, stateOf, summaryOf } from './table-row-words.ts';

/** What a row below the header is. */
export const rowKinds = {
  entry: 0,
  /** An entry that is not booked yet, as far as the row has a day. */
  pending: 1,
  /** Empty, a total, a remark, a payment that was never made. */
  nothing: 2,
  opening: 3,
  closing: 4,
  /** Text that belongs to the entry above. */
  moreText: 5,
  /** Pending without a day. */
  undated: 6,
  secondTable: 7,
  noDate: 8,
  unknownStatus: 9,
  oddQuote: 10,
  takesRowsIn: 11,
  tooManyCells: 12,
  noMoney: 13,
  otherForm: 14,
} as const;
export type RowKind = (typeof rowKinds)[keyof typeof rowKinds];

/** What is said of a row that is left out. */
export const problemOfKind: { readonly [kind: number]: string } = {
  [rowKinds.secondTable]: 'A second table begins here, with other columns. It was left out.',
  [rowKinds.noDate]: 'This row has no date that exists. It was left out.',
  [rowKinds.unknownStatus]: 'This row has a status that is not known. It was left out.',
  [rowKinds.oddQuote]: 'This row has a quotation mark where none belongs. It was left out.',
  [rowKinds.takesRowsIn]:
    'This row has a quotation mark that takes in the rows below it. They were left out.',
  [rowKinds.noMoney]: 'This row has no amount. It was left out.',
  [rowKinds.otherForm]:
    'This row has another form than the rows beside it, as balances have. It was left out.',
  [rowKinds.tooManyCells]: 'This row has more cells than there are columns. It was left out.',
};

type Opened = Pick<OpenTable, 'columns' | 'header' | 'table'>;

/** What a row of an entry's form is, where it is a balance; its name stands where entries have words, or nothing. */
export function summaryIn(
  row: TableRow,
  valueColumns: ReadonlySet<number | undefined>,
): RowKind | undefined {
  const { cells } = row;
  for (let column = 0; column < cells.length; column += 1) {
    const text = cells[column] ?? '';
    if (valueColumns.has(column) || !maySummarize(text)) continue;
    const summary = summaryOf(text);
    if (summary === 'opening' || summary === 'closing') return rowKinds[summary];
    if (summary === 'turnover') return rowKinds.nothing;
  }
  return undefined;
}

/** Tells the entries from all else that stands below a header. */
export function createRowSorter(open: Opened): (row: TableRow, hasDay: boolean) => RowKind {
  const { columns, header } = open;
  const { amounts, debits, credits, pairs, status } = columns;
  const money = [...new Set([...amounts, ...debits, ...credits, ...pairs.flat()])];
  const states = new Map<string, ReturnType<typeof stateOf>>();
  const stateIn = (cell: string) => {
    if (!states.has(cell) && states.size < 1000) states.set(cell, stateOf(cell));
    return states.has(cell) ? states.get(cell) : stateOf(cell);
  };
  const isWide = createWidthCheck(open);
  return (row, hasDay) => {
    const hasMoney = money.some((column) => cellAt(row, column) !== '');
    const cell = cellAt(row, status);
    const state = status === undefined ? 'booked' : stateIn(cell);
    if (!hasDay || !hasMoney) return sortUnusual(row, hasDay, hasMoney);
    if (state === 'void') return rowKinds.nothing;
    if (state === undefined && cell !== '') return rowKinds.unknownStatus;
    const broken = row.isOdd || row.hasLineBreak || isWide(row) ? whyBroken(row, open) : undefined;
    return broken ?? (state === 'pending' ? rowKinds.pending : rowKinds.entry);
  };

  function sortUnusual(row: TableRow, hasDay: boolean, hasMoney: boolean): RowKind {
    const { cells } = row;
    if (cells.every((each) => each === '')) return rowKinds.nothing;
    if (header && isSame(cells, header)) return rowKinds.nothing;
    const summary = cells.map(summaryOf).find((kind) => kind !== undefined);
    if (summary === 'opening' || summary === 'closing') return rowKinds[summary];
    const state = status === undefined ? 'booked' : stateIn(cells[status] ?? '');
    if (state === 'void' || summary !== undefined) return rowKinds.nothing;
    const hasBalance = columns.balances.some((column) => readNumber(cells[column] ?? ''));
    if (hasDay) return hasBalance ? rowKinds.nothing : rowKinds.noMoney;
    if (isHeader(cells)) return rowKinds.secondTable;
    const date = cells[columns.bookingDate] ?? '';
    if (state === 'pending' || stateOf(date) === 'pending') return rowKinds.undated;
    if (hasMoney)
      return money.some((column) => readNumber(cells[column] ?? ''))
        ? rowKinds.noDate
        : rowKinds.nothing;
    return date === '' && textAlone(cells, columns).length > 0
      ? rowKinds.moreText
      : rowKinds.nothing;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, index) => cell === b[index]);
}

/** Some banks go on with the text in the next row, which has nothing else; [] where it has. */
export function textAlone(
  cells: readonly string[],
  { texts, kinds, counterparty }: TableColumns,
): readonly string[] {
  const found: string[] = [];
  for (const [column, cell] of cells.entries()) {
    if (cell === '') continue;
    const isText = texts.includes(column) || kinds.includes(column) || column === counterparty;
    if (!isText) return [];
    found.push(cell);
  }
  return found;
}

/** True for rows with something behind the last column that has a name. */
function createWidthCheck({ header }: Opened): (row: TableRow) => boolean {
  if (header === undefined) return () => false;
  return (row) => {
    const width = row.width ?? row.cells.length;
    for (let column = header.length; column < width; column += 1)
      if (cellAt(row, column) !== '') return true;
    return false;
  };
}

/** Why the cells of a row may not stand under their columns; undefined for a row that is whole. */
function whyBroken(row: TableRow, open: Opened): RowKind | undefined {
  const { cells, isOdd, hasLineBreak } = row;
  const { header, columns, table } = open;
  const width = header?.length ?? cells.length;
  if (isOdd && (hasLineBreak || cells.length !== width)) return rowKinds.oddQuote;
  if (
    hasLineBreak &&
    table.delimiter !== undefined &&
    takesRowsIn(cells, width, table.delimiter, columns)
  )
    return rowKinds.takesRowsIn;
  if (header === undefined || cells.slice(width).every((cell) => cell === '')) return undefined;
  // A comma too many may be the decimal comma of an amount; texts of several cells stand last where they do at all.
  const last = meaningsOf(header.findLast((name) => name !== '') ?? '');
  const isTextLast = last.includes('text') || last.includes('kind');
  return table.delimiter !== ',' && isTextLast ? undefined : rowKinds.tooManyCells;
}

/** True where a cell of several lines has lines that are rows of this table themselves. */
function takesRowsIn(
  cells: readonly string[],
  width: number,
  delimiter: string,
  { bookingDate }: TableColumns,
): boolean {
  return cells.some((cell) =>
    cell
      .split('\n')
      .slice(1)
      .some((line) => {
        const parts = line.split(delimiter);
        const date = (parts[bookingDate] ?? '').replaceAll('"', '').trim();
        const isRow = parts.length >= Math.min(width, 3) && readCellDate(date) !== undefined;
        return isRow && parts.some((part, at) => at !== bookingDate && readNumber(part));
      }),
  );
}
