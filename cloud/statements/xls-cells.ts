import { type NumberKind, sheetColumnMax, textOfNumber } from './sheet-cell.ts';
import type { Table, TableRow } from './table.ts';
import { damagedWorkbook, withinWorkbook } from './workbook-errors.ts';
import {
  decodeXlsText,
  openXlsStrings,
  recordsOf,
  recordType,
  type XlsRecord,
  type XlsStream,
} from './xls-records.ts';

/** What the cells of all sheets need. */
export interface XlsBook {
  /** Excel 97 and later. */
  readonly is97: boolean;
  readonly codePage: number;
  readonly is1904: boolean;
  readonly strings: readonly string[];
  /** By the index that cells have as their style. */
  readonly kinds: readonly NumberKind[];
}

/** Records of cells, and how many bytes they have at least. */
const cellBytes: ReadonlyMap<number, number> = new Map([
  [recordType.formula, 20],
  [recordType.mulRk, 12],
  [recordType.richString, 8],
  [recordType.labelOfShared, 10],
  [recordType.number, 14],
  [recordType.label, 8],
  [recordType.rk, 10],
]);

/** The sheet whose first record stands there. It is read when its rows are asked for, and then kept. */
export function openXlsSheet(stream: XlsStream, book: XlsBook, from: number): Table {
  let rows: readonly TableRow[] | undefined;
  return {
    isTyped: true,
    rows() {
      rows ??= withinWorkbook(() => readRows(stream, book, from));
      return rows;
    },
  };
}

/** Cells mostly stand row by row, but need not. */
function readRows(stream: XlsStream, book: XlsBook, from: number): readonly TableRow[] {
  const begin = stream.recordAt(from);
  if (begin?.type !== recordType.begin) throw damagedWorkbook();
  const rows = new Map<number, { readonly line: number; readonly cells: string[] }>();
  for (const record of recordsOf(stream, begin.at + begin.size)) {
    const smallest = cellBytes.get(record.type);
    if (smallest === undefined) continue;
    if (record.size < smallest) throw damagedWorkbook();
    const line = stream.view.getUint16(record.at, true) + 1;
    const row = rows.get(line) ?? { line, cells: [] };
    if (row.cells.length === 0) rows.set(line, row);
    readCells(stream, book, record, row.cells);
  }
  return [...rows.values()].filter(({ cells }) => cells.length > 0).sort((a, b) => a.line - b.line);
}

/** Of one record, which may hold some that stand side by side. */
function readCells(stream: XlsStream, book: XlsBook, record: XlsRecord, cells: string[]): void {
  const { at, size, type } = record;
  const { view } = stream;
  const column = view.getUint16(at + 2, true);
  const textOf: NumberText = (value, style) => textOfNumber(value, book.kinds[style], book.is1904);
  if (type === recordType.mulRk) {
    for (let each = 0; each * 6 + 12 <= size; each++) {
      const here = at + 4 + each * 6;
      const text = textOf(valueOfRk(view.getUint32(here + 2, true)), view.getUint16(here, true));
      putCell(cells, column + each, text);
    }
    return;
  }
  putCell(cells, column, textOfCell(stream, book, record, textOf));
}

type NumberText = (value: number, style: number) => string;

function textOfCell(
  stream: XlsStream,
  book: XlsBook,
  record: XlsRecord,
  textOf: NumberText,
): string {
  const { view } = stream;
  const { at, type } = record;
  const style = view.getUint16(at + 4, true);
  switch (type) {
    case recordType.rk:
      return textOf(valueOfRk(view.getUint32(at + 6, true)), style);
    case recordType.number:
      return textOf(view.getFloat64(at + 6, true), style);
    case recordType.labelOfShared: {
      const shared = book.strings[view.getUint32(at + 6, true)];
      if (shared === undefined) throw damagedWorkbook();
      return shared;
    }
    case recordType.formula:
      return readResult(stream, book, record) ?? textOf(view.getFloat64(at + 6, true), style);
    default:
      return readText(stream, book, record, 6);
  }
}

function putCell(cells: string[], column: number, text: string): void {
  const trimmed = text.trim();
  if (trimmed === '' || column >= sheetColumnMax) return;
  while (cells.length < column) cells.push('');
  cells[column] = trimmed;
}

const double = new DataView(new ArrayBuffer(8));

/** 30 bits of an integer or of a double, the second lowest bit says which; the lowest: in hundredths. */
function valueOfRk(rk: number): number {
  double.setUint32(4, rk & 0xfffffffc, true);
  const value = (rk & 2) === 0 ? double.getFloat64(0, true) : rk >> 2;
  return (rk & 1) === 0 ? value : value / 100;
}

/** What a formula gives where that is no number; undefined where it is one. A text stands in a record of its own. */
function readResult(stream: XlsStream, book: XlsBook, formula: XlsRecord): string | undefined {
  const { view } = stream;
  if (view.getUint16(formula.at + 12, true) !== 0xffff) return undefined;
  const kind = view.getUint8(formula.at + 6);
  if (kind === 1) return view.getUint8(formula.at + 8) === 0 ? 'FALSE' : 'TRUE';
  if (kind !== 0) return '';
  let next = stream.recordAt(formula.at + formula.size);
  const between: readonly number[] = [
    recordType.sharedFormula,
    recordType.array,
    recordType.table,
    recordType.continue,
  ];
  while (next && between.includes(next.type)) next = stream.recordAt(next.at + next.size);
  return next?.type === recordType.string ? readText(stream, book, next, 0) : '';
}

function readText(stream: XlsStream, book: XlsBook, record: XlsRecord, skip: number): string {
  if (book.is97) {
    const texts = openXlsStrings(stream.pieces(record));
    texts.skip(skip);
    return texts.read();
  }
  const start = record.at + skip + 2;
  const length = stream.view.getUint16(start - 2, true);
  const end = Math.min(record.at + record.size, start + length);
  return decodeXlsText(stream.bytes.subarray(start, end), book.codePage);
}
