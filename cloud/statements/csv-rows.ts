import { StatementUnreadable } from './statement.ts';
import type { TableRow } from './table.ts';

/** A row of more is no record of a statement, and what follows it is not kept. */
const cellMax = 1000;
const rowMax = 500_000;

const quoteMark = 34;
const lineBreak = 10;

/**
 * Records by RFC 4180, with what everyday files have besides: blanks around quotes, quotes within quotes that are not
 * doubled or have a backslash, a quote that is never closed (a character like any other then). Lines end in \n alone. The
 * same row is handed out again and again.
 * @throws StatementUnreadable for more than half a million records
 */
export function* readRows(text: string, delimiter: string, firstLine = 1): Generator<TableRow> {
  const row = { line: firstLine, cells: [] as string[], isOdd: false, hasLineBreak: false };
  const reader = createCellReader(text, delimiter);
  for (let count = 0; reader.at() < text.length; count += 1) {
    if (count === rowMax) {
      throw new StatementUnreadable(
        'too-large',
        'The file has more than 500,000 rows. Download a shorter period from the bank.',
        row.line,
      );
    }
    const lineBreaks = reader.next(row);
    row.hasLineBreak = lineBreaks > 0;
    yield row;
    row.line += lineBreaks + 1;
  }
}

function createCellReader(text: string, delimiter: string) {
  const separator = delimiter.charCodeAt(0);
  let at = 0;
  // Up to here quotes are characters like others: none of them opens a cell that ends. So no text is read twice.
  let literalUntil = 0;
  let lineEnd = -1;
  // Of the cell that was read last.
  let [isOdd, isLast, lineBreaks] = [false, false, 0];

  const plain = (from: number): string => {
    let end = from;
    while (end < text.length) {
      const code = text.charCodeAt(end);
      if (code === separator || code === lineBreak) break;
      end += 1;
    }
    pass(end);
    return trimmed(text, from, end);
  };

  const pass = (end: number): void => {
    at = end + 1;
    isLast = text.charCodeAt(end) !== separator;
  };

  const endOfLine = (from: number): number => {
    if (lineEnd < from) lineEnd = text.indexOf('\n', from);
    if (lineEnd === -1) lineEnd = text.length;
    return lineEnd;
  };

  const quoted = (opening: number): string => {
    let [from, isOddCell, hasEscapes] = [opening + 1, false, false];
    for (;;) {
      const quote = text.indexOf('"', from);
      // A cell may have several lines, or quotes that are not doubled: with both it takes in rows that are others'.
      if (quote === -1 || (isOddCell && quote > endOfLine(opening))) {
        literalUntil = quote === -1 ? text.length : endOfLine(opening);
        isOdd = true;
        return plain(opening);
      }
      const isEscaped = text.charCodeAt(quote - 1) === 92 && quote > opening + 1;
      hasEscapes ||= isEscaped;
      if (text.charCodeAt(quote + 1) === quoteMark && !isEscaped) {
        hasEscapes = true;
        from = quote + 2;
        continue;
      }
      const after = passBlanks(text, quote + 1, separator);
      const code = text.charCodeAt(after);
      if (code === separator || code === lineBreak || Number.isNaN(code)) {
        isOdd ||= isOddCell;
        pass(after);
        const content = text.slice(opening + 1, quote);
        if (content.includes('\n')) lineBreaks += content.split('\n').length - 1;
        const cell = hasEscapes ? content.replace(/\\"|""/g, '"') : content;
        return trimmed(cell, 0, cell.length);
      }
      isOddCell ||= !isEscaped;
      from = isOddCell && quote > endOfLine(opening) ? quote : quote + 1;
    }
  };

  return {
    at: () => at,
    /** Fills the row with the next record; how many line breaks stand within its cells. */
    next(row: { cells: string[]; isOdd: boolean }): number {
      const { cells } = row;
      let width = 0;
      [isOdd, isLast, lineBreaks] = [false, false, 0];
      while (!isLast) {
        const start = passBlanks(text, at, separator);
        const isQuote = text.charCodeAt(start) === quoteMark;
        if (isQuote && start < literalUntil) isOdd = true;
        const cell = isQuote && start >= literalUntil ? quoted(start) : plain(start);
        if (width < cellMax) cells[width] = cell;
        width += 1;
      }
      if (cells.length > width) cells.length = width;
      row.isOdd = isOdd;
      return lineBreaks;
    },
  };
}

function passBlanks(text: string, from: number, separator: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && (code !== 9 || separator === 9)) return at;
    at += 1;
  }
}

const isBlank = (code: number): boolean => code <= 32 || code === 160 || code >= 0x2000;

function trimmed(text: string, from: number, end: number): string {
  if (from >= end) return '';
  const cell = text.slice(from, end);
  const isEdgy = isBlank(text.charCodeAt(from)) || isBlank(text.charCodeAt(end - 1));
  return isEdgy ? cell.trim() : cell;
}

/** What stands before the table is rarely more; a header further down is not looked for. */
const sampleLength = 64_000;

/** The first records, for looking at: of a text cut at a line's end. */
export function readFirstRows(text: string, delimiter: string): TableRow[] {
  const end = text.length > sampleLength ? text.lastIndexOf('\n', sampleLength) : text.length;
  const rows: TableRow[] = [];
  const head = text.slice(0, end > 0 ? end : sampleLength);
  for (const row of readRows(head, delimiter)) rows.push({ ...row, cells: [...row.cells] });
  return rows;
}
