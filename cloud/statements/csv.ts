import { readFirstRows, readRows, sampleLength } from './csv-rows.ts';
import { readTable } from './read-table.ts';
import type { ReadOptions, Statement } from './statement.ts';
import type { Table } from './table.ts';

import { isEntryLike, isHeader } from './table-header.ts';

/** True for a table: one with names of columns that are known, or with days and numbers in most of its rows. */
export function looksLikeCsv(text: string): boolean {
  return openTable(text) !== undefined;
}

/**
 * Reads delimited text (CSV, TSV). Its delimiter is the one that makes a table of a statement.
 * @throws StatementUnreadable, StatementAsks
 */
export function readCsv(text: string, options: ReadOptions = {}): readonly Statement[] {
  const table = openTable(text) ?? tableOf(text, 1, ',');
  return readTable(table, options, 'csv');
}

const delimiters = [',', ';', '\t', '|', '~', '^'];

/** The text as the table that it is; undefined for one that is none. */
function openTable(text: string): Table | undefined {
  const named = /^"?sep=([,;\t|])"?[ ]*(?:\n|$)/i.exec(text);
  const [body, firstLine] = named ? [text.slice(named[0].length), 2] : [text, 1];
  for (const each of [body, unwrapLines(body)]) {
    const found = each === undefined ? undefined : findDelimiter(each, named?.[1]);
    if (each !== undefined && found !== undefined) return tableOf(each, firstLine, found);
  }
  return undefined;
}

function tableOf(text: string, firstLine: number, delimiter: string): Table {
  return {
    rows: () => readRows(text, delimiter, firstLine),
    reread: (place) => readRows(text, delimiter, 1, place).next().value,
    isTyped: false,
    delimiter,
  };
}

interface Ranked {
  readonly delimiter: string;
  /** Rows with a day and a number. */
  readonly entries: number;
  readonly hasHeader: boolean;
  /** The most frequent number of cells, and how many rows have it. */
  readonly width: number;
  readonly even: number;
}

/**
 * The delimiter with the most rows that look like entries, then the one with names of columns that are known, then
 * the one that makes the most even table.
 */
export function findDelimiter(text: string, named?: string): string | undefined {
  const head = text.slice(0, sampleLength);
  const ranked = delimiters
    .filter((delimiter) => named === undefined || delimiter === named)
    .flatMap((delimiter) => (head.includes(delimiter) ? [rank(text, delimiter)] : []))
    .filter(({ hasHeader, entries, even }) => hasHeader || entries * 2 >= Math.max(even, 1))
    .sort(
      (a, b) =>
        Number(b.hasHeader) - Number(a.hasHeader) ||
        b.entries - a.entries ||
        b.even - a.even ||
        b.width - a.width,
    );
  return ranked[0]?.delimiter;
}

function rank(text: string, delimiter: string): Ranked {
  const rows = readFirstRows(text, delimiter);
  const widths = new Map<number, number>();
  for (const { cells } of rows) {
    if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  }
  const [width, even] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return {
    delimiter,
    entries: rows.filter(({ cells }) => isEntryLike(cells)).length,
    hasHeader: rows.slice(0, 100).some(({ cells }) => isHeader(cells)),
    width,
    even,
  };
}

/** Some programs put each line of a table in quotes as a whole; undefined where these lines are not such ones. */
function unwrapLines(text: string): string | undefined {
  const first = text
    .slice(0, 64_000)
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '');
  const wrapped = first.filter((line) => /^"([^"]|"")*"[ ;,]*$/.test(line));
  if (wrapped.length === 0 || wrapped.length * 10 < first.length * 9) return undefined;
  return text
    .split('\n')
    .map((line) => {
      const end = line.lastIndexOf('"');
      const isWhole = line.startsWith('"') && end > 0;
      return isWhole ? line.slice(1, end).replaceAll('""', '"') : line;
    })
    .join('\n');
}
