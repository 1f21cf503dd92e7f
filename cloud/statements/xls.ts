import { refuseOlderDocument } from './binary-files.ts';
import { isCompoundFile, readCompoundFile } from './compound-file.ts';
import { letGo } from './decode.ts';
import { kindOfFormat, type NumberKind } from './sheet-cell.ts';
import { readSheets } from './sheets.ts';
import type { ReadOptions, Statement } from './statement.ts';
import type { Table } from './table.ts';
import { damagedWorkbook, lockedWorkbook, oldWorkbook, withinWorkbook } from './workbook-errors.ts';
import { openXlsSheet, type XlsBook } from './xls-cells.ts';
import {
  decodeXlsText,
  openXlsStream,
  openXlsStrings,
  recordsOf,
  recordType,
  type XlsRecord,
  type XlsStream,
} from './xls-records.ts';

/** True for a workbook of Excel 2003 and before, also one without the container that belongs around it. */
export function isXls(bytes: Uint8Array): boolean {
  return isCompoundFile(bytes) || isBareStream(bytes);
}

/** Small programs write records alone; what begins so before Excel 5 has other records (02, 03, 04 in its type). */
function isBareStream([type, version, size, none]: Uint8Array): boolean {
  const isBegin = type === 9 && [0, 2, 4, 8].includes(version ?? -1);
  return isBegin && none === 0 && [4, 6, 8, 16].includes(size ?? 0);
}

/**
 * Reads the sheets of a workbook of Excel 5 to 2003 that are not hidden. Source: [MS-XLS] 2.1 to 2.4, and for Excel 5
 * OpenOffice's description of the format (3.5, 6).
 * @throws StatementUnreadable, StatementAsks
 */
export function readXls(bytes: Uint8Array, options: ReadOptions): readonly Statement[] {
  const sheets = openXls(bytes);
  if (options.areBytesGiven) {
    for (const sheet of sheets) sheet.rows();
    letGo(bytes);
  }
  return readSheets(sheets, options, 'xls');
}

/** The sheets that are not hidden; all, where all are. */
export function openXls(bytes: Uint8Array): readonly Table[] {
  const stream = openXlsStream(isCompoundFile(bytes) ? findWorkbook(bytes) : bytes);
  return withinWorkbook(() => {
    const first = stream.recordAt(0);
    if (first?.type !== recordType.begin) throw oldWorkbook();
    const book = readBook(stream, first);
    const shown = book.sheets.filter(({ isHidden }) => !isHidden);
    return (shown.length > 0 ? shown : book.sheets).map(({ at }) => openXlsSheet(stream, book, at));
  });
}

function findWorkbook(bytes: Uint8Array): Uint8Array {
  const streams = readCompoundFile(bytes);
  const read = streams.get('Workbook') ?? streams.get('Book') ?? streams.get('WORKBOOK');
  return read ? read() : refuseOlderDocument([...streams.keys()]);
}

interface Book extends XlsBook {
  codePage: number;
  is1904: boolean;
  strings: readonly string[];
  readonly kinds: NumberKind[];
  readonly sheets: { readonly at: number; readonly isHidden: boolean }[];
}

const version97 = 0x600;
const kindOfSubstream = { globals: 0x05, sheet: 0x10 };

/** What stands before the sheets; a stream may also be one sheet alone. */
function readBook(stream: XlsStream, first: XlsRecord): Book {
  const { view } = stream;
  const book: Book = {
    is97: view.getUint16(first.at, true) === version97,
    codePage: 1252,
    is1904: false,
    strings: [],
    kinds: [],
    sheets: [],
  };
  if (view.getUint16(first.at + 2, true) === kindOfSubstream.sheet) {
    book.sheets.push({ at: 0, isHidden: false });
    return book;
  }
  const patterns = new Map<number, string>();
  for (const record of recordsOf(stream, first.at + first.size)) {
    readGlobal(stream, record, book, patterns);
  }
  return book;
}

function readGlobal(
  stream: XlsStream,
  record: XlsRecord,
  book: Book,
  patterns: Map<number, string>,
): void {
  const { view } = stream;
  const { at, size } = record;
  switch (record.type) {
    case recordType.filePass:
      throw lockedWorkbook();
    case recordType.codePage:
      book.codePage = view.getUint16(at, true);
      break;
    case recordType.date1904:
      book.is1904 = view.getUint16(at, true) === 1;
      break;
    case recordType.format:
      patterns.set(view.getUint16(at, true), readPattern(stream, record, book));
      break;
    case recordType.style: {
      const id = view.getUint16(at + 2, true);
      book.kinds.push(kindOfFormat(id, patterns.get(id)));
      break;
    }
    case recordType.boundSheet:
      // Charts and macros have other numbers.
      if (view.getUint8(at + 5) === 0) {
        book.sheets.push({
          at: view.getUint32(at, true),
          isHidden: (view.getUint8(at + 4) & 3) !== 0,
        });
      }
      break;
    case recordType.sharedStrings:
      book.strings = readSharedStrings(stream, record, size);
      break;
  }
}

function readPattern(stream: XlsStream, record: XlsRecord, book: Book): string {
  const { at, size } = record;
  if (book.is97) return openXlsStrings([stream.bytes.subarray(at + 2, at + size)]).read();
  return decodeXlsText(stream.bytes.subarray(at + 3, at + size), book.codePage);
}

/** Two counts stand before them; the texts themselves tell where they end. */
function readSharedStrings(stream: XlsStream, record: XlsRecord, size: number): readonly string[] {
  if (size < 8) throw damagedWorkbook();
  const count = stream.view.getUint32(record.at + 4, true);
  const texts = openXlsStrings(stream.pieces(record));
  texts.skip(8);
  const strings: string[] = [];
  while (strings.length < count && !texts.isAtEnd) strings.push(texts.read());
  return strings;
}
