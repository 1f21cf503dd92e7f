/** Rows of a file that is a table, whatever it was written in: delimited text or a sheet. */
export interface Table {
  /**
   * From the first row each time it is called; the file is gone through more than once. A row is looked at before the
   * next one is asked for and not kept, so a reader may hand out the same arrays again.
   */
  rows(): Iterable<TableRow>;
  /**
   * True where cells are typed in the file, as in sheets: its days stand here as YYYY-MM-DD, its numbers as decimal text
   * with a point, so the order of days and the decimal sign of these are never in doubt. Cells of text stay as they are.
   */
  readonly isTyped: boolean;
  /** A row again, from its place: for tables whose rows make their cells only when they are asked for. */
  readonly reread?: (place: number) => TableRow | undefined;
  /** What stands between the cells in the file, where that is a character. */
  readonly delimiter?: string;
}

export interface TableRow {
  /** From 1, as an editor or the sheet counts. */
  readonly line: number;
  /** Without the blanks around them; '' for an empty one. Rows of a table may have more or fewer of them. */
  readonly cells: readonly string[];
  /** A single cell, '' where there is none: for rows that make their cells only when they are asked for. */
  at?(column: number): string;
  /** How many cells there are, and where the row stands, beside `at`. */
  readonly width?: number;
  readonly place?: number;
  /** True where the file does not tell for sure where its cells end: a quote within quotes, say. */
  readonly isOdd?: boolean;
  /** True where a cell has line breaks within it. */
  readonly hasLineBreak?: boolean;
}

/** A cell of a row; '' where there is none. */
export function cellAt(row: TableRow, column: number | undefined): string {
  if (column === undefined) return '';
  return row.at === undefined ? (row.cells[column] ?? '') : row.at(column);
}

/** The row as it can be kept. */
export function keepRow({ line, cells, isOdd, hasLineBreak }: TableRow): TableRow {
  return { line, cells: [...cells], isOdd: isOdd === true, hasLineBreak: hasLineBreak === true };
}
