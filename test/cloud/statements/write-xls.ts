import {
  type SampleCell,
  type SampleSheet,
  type SampleWorkbook,
  serialOf,
} from './sample-workbook.ts';
import { writeCompoundFile } from './write-compound-file.ts';

export interface XlsDialect {
  /** Excel 5 and 95: texts stand in their cells, in windows-1252. */
  readonly isExcel95?: boolean;
  /** Longest record; Excel's is 8224. Short ones cut texts in two. */
  readonly recordMax?: number;
  /** Without container and styles, as small programs write it; of one sheet. */
  readonly isBare?: boolean;
  /** Of a sector of the container. */
  readonly shift?: 9 | 12;
}

const integerMax = 2 ** 29;

/** A workbook of Excel 97 to 2003, or 5 to 95. */
export function writeXls(book: SampleWorkbook, dialect: XlsDialect = {}): Buffer {
  const { isExcel95 = false, isBare = false, shift } = dialect;
  if (isBare) return Buffer.concat(sheetRecords(book.sheets[0] as SampleSheet, book, dialect));
  const strings = new Map<string, number>();
  const sheets = book.sheets.map((sheet) =>
    Buffer.concat(sheetRecords(sheet, book, dialect, strings)),
  );
  const globals = (offsets: readonly number[]): Buffer =>
    Buffer.concat([
      begin(dialect, 0x05),
      record(0x42, shorts(isExcel95 ? 1252 : 1200)),
      record(0x22, shorts(book.is1904 ? 1 : 0)),
      record(0x41e, Buffer.concat([shorts(164), textOfSize('yyyy/mm/dd;@', isExcel95, true)])),
      // Styles: a number, a built-in day, a day of its own.
      ...[0, 14, 164].map((format) =>
        record(0xe0, Buffer.concat([shorts(0, format), Buffer.alloc(isExcel95 ? 12 : 16)])),
      ),
      ...book.sheets.map(({ isHidden }, index) => {
        const head = Buffer.from([0, 0, 0, 0, isHidden ? 1 : 0, 0, 2]);
        head.writeUInt32LE(offsets[index] ?? 0);
        return record(0x85, Buffer.concat([head, Buffer.from(isExcel95 ? 'S1' : '\0S1')]));
      }),
      ...(isExcel95 ? [] : sharedStrings([...strings.keys()], dialect.recordMax ?? 8224)),
      record(0x0a, Buffer.alloc(0)),
    ]);
  let at = globals([]).length;
  const offsets = sheets.map((sheet) => {
    at += sheet.length;
    return at - sheet.length;
  });
  const stream = Buffer.concat([globals(offsets), ...sheets]);
  return writeCompoundFile(isExcel95 ? 'Book' : 'Workbook', stream, shift);
}

const shorts = (...values: readonly number[]): Buffer =>
  Buffer.from(new Uint16Array(values).buffer);

function record(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([shorts(type, content.length), content]);
}

function begin({ isExcel95, isBare }: XlsDialect, kind: number): Buffer {
  const version = isBare ? 0 : isExcel95 ? 0x500 : 0x600;
  return record(0x809, shorts(version, kind, 0, 0));
}

/** A text behind its length; two bytes a letter only where it needs them. */
function textOfSize(text: string, isExcel95: boolean, isFormat = false): Buffer {
  if (isExcel95) {
    const bytes = Buffer.from(text, 'latin1');
    return Buffer.concat([isFormat ? Buffer.from([bytes.length]) : shorts(bytes.length), bytes]);
  }
  const isWide = /[^\0-\xff]/.test(text);
  const letters = Buffer.from(text, isWide ? 'utf16le' : 'latin1');
  return Buffer.concat([shorts(text.length), Buffer.from([Number(isWide)]), letters]);
}

/**
 * Every third text has runs of looks behind it. A text that does not fit goes on in the next record, which begins with
 * how many bytes its letters have.
 */
function sharedStrings(texts: readonly string[], recordMax: number): Buffer[] {
  const pieces: Buffer[] = [];
  let piece = Buffer.alloc(8);
  piece.writeUInt32LE(texts.length, 0);
  piece.writeUInt32LE(texts.length, 4);
  const cut = (): void => {
    pieces.push(piece);
    piece = Buffer.alloc(0);
  };
  for (const [index, text] of texts.entries()) {
    const whole = textOfSize(text, false);
    const isRich = index % 3 === 2;
    const width = 1 + (whole[2] ?? 0);
    const head = isRich
      ? Buffer.concat([shorts(text.length), Buffer.from([(whole[2] ?? 0) | 8]), shorts(1)])
      : whole.subarray(0, 3);
    if (piece.length + head.length + width > recordMax) cut();
    piece = Buffer.concat([piece, head]);
    for (let rest = whole.subarray(3); rest.length > 0; ) {
      const room = Math.floor((recordMax - piece.length) / width) * width;
      if (room <= 0) {
        cut();
        piece = Buffer.from([width - 1]);
        continue;
      }
      piece = Buffer.concat([piece, rest.subarray(0, room)]);
      rest = rest.subarray(room);
    }
    if (!isRich) continue;
    if (piece.length + 4 > recordMax) cut();
    piece = Buffer.concat([piece, Buffer.alloc(4)]);
  }
  cut();
  return pieces.map((each, index) => record(index === 0 ? 0xfc : 0x3c, each));
}

function sheetRecords(
  { rows }: SampleSheet,
  { is1904 }: SampleWorkbook,
  dialect: XlsDialect,
  strings?: Map<string, number>,
): Buffer[] {
  const records = [begin(dialect, 0x10)];
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      if (cell !== null) records.push(...cellRecords(cell, row, column));
    }
  }
  return [...records, record(0x0a, Buffer.alloc(0))];

  function cellRecords(cell: SampleCell, row: number, column: number): Buffer[] {
    const is95 = dialect.isExcel95 === true || dialect.isBare === true;
    if (typeof cell === 'string') {
      if (is95 || !strings) {
        return [record(0x204, Buffer.concat([shorts(row, column, 0), textOfSize(cell, is95)]))];
      }
      const index = strings.get(cell) ?? strings.size;
      strings.set(cell, index);
      return [record(0xfd, Buffer.concat([shorts(row, column, 0), shorts(index, index >> 16)]))];
    }
    if (typeof cell === 'boolean') {
      return [record(0x205, Buffer.concat([shorts(row, column, 0), Buffer.from([1, 0])]))];
    }
    if (typeof cell === 'number') return [numberRecord(cell, 0, row, column)];
    if (cell === null) return [];
    if ('day' in cell) return [numberRecord(serialOf(cell, is1904), 1 + (row % 2), row, column)];
    const isText = typeof cell.formula === 'string';
    const result = isText ? shorts(0, 0, 0, 0xffff) : doubleOf(Number(cell.formula));
    const formula = Buffer.concat([shorts(row, column, 0), result, Buffer.alloc(8)]);
    const text = isText ? [record(0x207, textOfSize(String(cell.formula), is95))] : [];
    return [record(0x06, formula), ...text];
  }
}

/** As small as it can be: an integer or hundredths in 30 bits, one alone or as a list of one, or a double. */
function numberRecord(value: number, style: number, row: number, column: number): Buffer {
  const hundredths = Math.round(value * 100);
  const isRk = hundredths / 100 === value && Math.abs(hundredths) < integerMax;
  if (!isRk) {
    return record(0x203, Buffer.concat([shorts(row, column, style), doubleOf(value)]));
  }
  const rk = Buffer.alloc(4);
  rk.writeInt32LE(Number.isInteger(value) ? (value << 2) | 2 : (hundredths << 2) | 3);
  const isList = column % 2 === 1;
  return isList
    ? record(0xbd, Buffer.concat([shorts(row, column, style), rk, shorts(column)]))
    : record(0x27e, Buffer.concat([shorts(row, column, style), rk]));
}

function doubleOf(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}
