import { StatementUnreadable } from './statement.ts';
import { keepRow, type TableRow } from './table.ts';

/** A row of more is no record of a statement, and what follows it is not kept. */
const cellMax = 1000;
const rowMax = 500_000;

const quoteMark = 34;
const lineBreak = 10;

/**
 * Records by RFC 4180, with what everyday files have besides: blanks around quotes, quotes within quotes that are not
 * doubled or have a backslash, a quote that is never closed (a character like any other then). Lines end in \n alone. The
 * same row is handed out again and again; its cells are cut out of the text when they are asked for.
 * @throws StatementUnreadable for more than half a million records
 */
export function* readRows(
  text: string,
  delimiter: string,
  firstLine = 1,
  place = 0,
): Generator<TableRow, undefined> {
  const scanner = createScanner(text, delimiter, place);
  const row = {
    line: firstLine,
    isOdd: false,
    hasLineBreak: false,
    width: 0,
    place,
    at: scanner.cell,
    get cells(): string[] {
      return Array.from({ length: row.width }, (_, column) => scanner.cell(column));
    },
  };
  for (let count = 0; scanner.isOpen(); count += 1) {
    if (count === rowMax) {
      throw new StatementUnreadable(
        'too-large',
        'The file has more than 500,000 rows. Download a shorter period from the bank.',
        row.line,
      );
    }
    row.place = scanner.place();
    const lineBreaks = scanner.next();
    row.width = scanner.width();
    row.isOdd = scanner.isOdd();
    row.hasLineBreak = lineBreaks > 0;
    yield row;
    row.line += lineBreaks + 1;
  }
}

/** Finds where the cells of a record begin and end. */
function createScanner(text: string, delimiter: string, place: number) {
  const separator = delimiter.charCodeAt(0);
  const { length } = text;
  const starts = new Int32Array(cellMax);
  const ends = new Int32Array(cellMax);
  // Quotes or backslashes within a cell have to be taken out of it.
  const escaped = new Uint8Array(cellMax);
  let at = place;
  let width = 0;
  let isOdd = false;
  let lineBreaks = 0;
  // Up to here quotes are characters like others: none of them opens a cell that ends. So no text is read twice.
  let literalUntil = 0;
  const endOfLine = createSearch(text, '\n');
  const nextSeparator = createSearch(text, delimiter);

  const keep = (start: number, end: number, isEscaped: number): void => {
    if (width < cellMax) {
      starts[width] = start;
      ends[width] = end;
      escaped[width] = isEscaped;
      width += 1;
    }
  };

  /** Where the cell ends that is no quoted one. */
  const plain = (from: number): number => {
    const end = Math.min(nextSeparator(from), endOfLine(from));
    keep(from, end, 0);
    return end;
  };

  const quoted = (opening: number): number => {
    let from = opening + 1;
    let isOddCell = false;
    let hasEscapes = 0;
    for (;;) {
      const quote = text.indexOf('"', from);
      // A cell may have several lines, or quotes that are not doubled: with both it takes in rows that are others'.
      if (quote === -1 || (isOddCell && quote > endOfLine(opening))) {
        literalUntil = quote === -1 ? length : endOfLine(opening);
        isOdd = true;
        return plain(opening);
      }
      const isEscaped = text.charCodeAt(quote - 1) === 92 && quote > opening + 1;
      if (isEscaped) hasEscapes = 1;
      const next = text.charCodeAt(quote + 1);
      if (next === quoteMark && !isEscaped) {
        hasEscapes = 1;
        from = quote + 2;
        continue;
      }
      const after = next === separator || next === lineBreak ? quote + 1 : passBlanks(quote + 1);
      const code = text.charCodeAt(after);
      if (code === separator || code === lineBreak || after >= length) {
        isOdd ||= isOddCell;
        if (endOfLine(opening) < quote) lineBreaks += countBreaks(opening, quote);
        keep(opening + 1, quote, hasEscapes);
        return after;
      }
      isOddCell ||= !isEscaped;
      from = isOddCell && quote > endOfLine(opening) ? quote : quote + 1;
    }
  };

  const countBreaks = (from: number, end: number): number => {
    let count = 0;
    for (let next = text.indexOf('\n', from); next !== -1 && next < end; count += 1)
      next = text.indexOf('\n', next + 1);
    return count;
  };

  const passBlanks = (from: number): number => {
    let next = from;
    for (;;) {
      const code = text.charCodeAt(next);
      if (code !== 32 && (code !== 9 || separator === 9)) return next;
      next += 1;
    }
  };

  return {
    isOpen: () => at < length,
    place: () => at,
    width: () => width,
    isOdd: () => isOdd,
    /** Goes over the next record; how many line breaks stand within its cells. */
    next(): number {
      width = 0;
      isOdd = false;
      lineBreaks = 0;
      for (;;) {
        const code = text.charCodeAt(at);
        const start = code === 32 || code === 9 ? passBlanks(at) : at;
        const isQuote = text.charCodeAt(start) === quoteMark;
        if (isQuote && start < literalUntil) isOdd = true;
        const end = isQuote && start >= literalUntil ? quoted(start) : plain(start);
        at = end + 1;
        if (text.charCodeAt(end) !== separator) return lineBreaks;
      }
    },
    cell(column: number): string {
      if (column >= width) return '';
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      if (start >= end) return '';
      if (escaped[column] === 1)
        return text
          .slice(start, end)
          .replace(/\\"|""/g, '"')
          .trim();
      const isEdgy = isBlank(text.charCodeAt(start)) || isBlank(text.charCodeAt(end - 1));
      return isEdgy ? text.slice(start, end).trim() : text.slice(start, end);
    },
  };
}

/** Where a character stands next, the text's length where it does not; for places that are asked for in their order. */
function createSearch(text: string, character: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) found = text.indexOf(character, from);
    if (found === -1) found = text.length;
    return found;
  };
}

const isBlank = (code: number): boolean => code <= 32 || code === 160 || code >= 0x2000;

/** What stands before the table is rarely more; a header further down is not looked for. */
export const sampleLength = 64_000;

/** The first records, for looking at: of a text cut at a line's end. */
export function readFirstRows(text: string, delimiter: string): TableRow[] {
  const end = text.length > sampleLength ? text.lastIndexOf('\n', sampleLength) : text.length;
  const rows: TableRow[] = [];
  const head = text.slice(0, end > 0 ? end : sampleLength);
  for (const row of readRows(head, delimiter)) rows.push(keepRow(row));
  return rows;
}
