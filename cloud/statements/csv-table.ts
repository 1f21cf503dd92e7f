import { StatementUnreadable } from './statement.ts';

/** A record of the table; its cells are as they stand, without quotes and the blanks around them. */
export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote stands where RFC 4180 has none: cells may have run into one another. */
  readonly isOdd: boolean;
}

/** A line of more is no record of a statement, and what follows it is not kept. */
const cellMax = 1000;
const rowMax = 500_000;

/**
 * Records by RFC 4180, with what everyday files have besides: blanks around quotes, quotes within quotes that are not
 * doubled or have a backslash, a quote that is never closed (a character like any other then). Lines end in \n alone.
 * @throws StatementUnreadable for more than half a million records
 */
export function readRows(text: string, delimiter: string, firstLine = 1): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = createCellReader(text, delimiter);
  let line = firstLine;
  while (reader.at() < text.length) {
    if (rows.length === rowMax) {
      throw new StatementUnreadable(
        'too-large',
        'The file has more than 500,000 rows. Download a shorter period from the bank.',
        line,
      );
    }
    const cells: string[] = [];
    let [lineBreaks, isOdd, isLast] = [0, false, false];
    while (!isLast) {
      const cell = reader.next();
      if (cells.length < cellMax) cells.push(cell.text);
      lineBreaks += cell.lineBreaks;
      isOdd ||= cell.isOdd;
      isLast = cell.isLast;
    }
    rows.push({ line, cells, isOdd });
    line += lineBreaks + 1;
  }
  return rows;
}

interface Cell {
  readonly text: string;
  readonly lineBreaks: number;
  readonly isOdd: boolean;
  /** The record ends with it. */
  readonly isLast: boolean;
}

function createCellReader(text: string, delimiter: string) {
  let at = 0;
  // Up to here quotes are characters like others: none of them opens a cell that ends. So no text is read twice.
  let literalUntil = 0;
  let lineEnd = -1;

  const plain = (isOdd: boolean): Cell => {
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
    return { text: text.slice(at, end).trim(), lineBreaks: 0, isOdd, isLast: pass(end) };
  };

  /** Goes over the character that ends a cell; true where that ends the record. */
  const pass = (end: number): boolean => {
    at = end + 1;
    return text[end] !== delimiter;
  };

  const endOfLine = (from: number): number => {
    if (lineEnd < from) lineEnd = text.indexOf('\n', from);
    if (lineEnd === -1) lineEnd = text.length;
    return lineEnd;
  };

  const quoted = (opening: number): Cell => {
    let [from, isOdd] = [opening + 1, false];
    for (;;) {
      const quote = text.indexOf('"', from);
      // A cell may have several lines, or quotes that are not doubled: with both it takes in rows that are others'.
      if (quote === -1 || (isOdd && quote > endOfLine(opening))) {
        literalUntil = quote === -1 ? text.length : endOfLine(opening);
        return plain(true);
      }
      const isEscaped = text[quote - 1] === '\\' && quote > opening + 1;
      if (text[quote + 1] === '"' && !isEscaped) {
        from = quote + 2;
        continue;
      }
      const after = passBlanks(text, quote + 1, delimiter);
      if (after === text.length || text[after] === delimiter || text[after] === '\n') {
        const content = text.slice(opening + 1, quote);
        const lineBreaks = content.includes('\n') ? content.split('\n').length - 1 : 0;
        const unquoted = content.replace(/\\"|""/g, '"').trim();
        return { text: unquoted, lineBreaks, isOdd, isLast: pass(after) };
      }
      isOdd ||= !isEscaped;
      from = isOdd && quote > endOfLine(opening) ? quote : quote + 1;
    }
  };

  return {
    at: () => at,
    next(): Cell {
      const start = passBlanks(text, at, delimiter);
      if (text[start] !== '"') return plain(false);
      return start < literalUntil ? plain(true) : quoted(start);
    },
  };
}

function passBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  while (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t')) at += 1;
  return at;
}

/** What stands before the table is rarely more; a header further down is not looked for. */
const sampleLength = 64_000;

/** The first records, for looking at: of a text cut at a line's end. */
export function readFirstRows(text: string, delimiter: string, firstLine = 1): CsvRow[] {
  const end = text.length > sampleLength ? text.lastIndexOf('\n', sampleLength) : text.length;
  return readRows(text.slice(0, end > 0 ? end : sampleLength), delimiter, firstLine);
}

const delimiters = [',', ';', '\t', '|'];

/**
 * Delimiters by how well they make a table: how many records have the most frequent number of cells, then how many
 * cells these are. Excel's first line `sep=;` is believed.
 */
export function rankDelimiters(text: string): readonly string[] {
  const named = namedDelimiter(text);
  if (named) return [named];
  const ranked = delimiters.map((delimiter) => {
    const widths = new Map<number, number>();
    for (const { cells } of readFirstRows(text, delimiter)) {
      if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    }
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
    return { delimiter, width, count };
  });
  return ranked
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || b.width - a.width)
    .map(({ delimiter }) => delimiter);
}

export function namedDelimiter(text: string): string | undefined {
  return /^"?sep=([,;\t|])"?[ ]*(?=\n|$)/i.exec(text)?.[1];
}
