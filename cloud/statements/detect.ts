import { fileBytesMax } from '../../shared/file-limits.ts';
import { isGzip, readArchive, unpackGzip } from './archive.ts';
import { refuseBinary, refuseDocument } from './binary-files.ts';
import { looksLikeCamt, readCamt } from './camt.ts';
import { looksLikeCsv, readCsv } from './csv.ts';
import { decodeText, letGo } from './decode.ts';
import { looksLikeHtmlTable, readHtmlTable } from './html-table.ts';
import { looksLikeMt940, readMt940 } from './mt940.ts';
import { looksLikeN43, readN43 } from './n43.ts';
import { looksLikeOfx, readOfx } from './ofx.ts';
import { looksLikeQif, readQif } from './qif.ts';
import { looksLikeSpreadsheetXml, readSpreadsheetXml } from './spreadsheet-xml.ts';
import {
  type ReadOptions,
  type Statement,
  StatementAsks,
  type StatementFormat,
  type StatementReading,
  StatementUnreadable,
} from './statement.ts';
import { isXls, readXls } from './xls.ts';
import { isXlsx, readXlsx, workbookBytesMax } from './xlsx.ts';
import { isZip, readZip } from './zip.ts';

interface FormatReader {
  readonly format: StatementFormat;
  /** Told by what stands in the text, never by the file's name. */
  looksLike(text: string): boolean;
  /** @throws StatementUnreadable, StatementAsks */
  read(text: string, options: ReadOptions): readonly Statement[];
}

/** In the order in which they are tried: the surest marks first. CSV has none, so it comes last. */
const readers: readonly FormatReader[] = [
  { format: 'ofx', looksLike: looksLikeOfx, read: readOfx },
  { format: 'camt', looksLike: looksLikeCamt, read: readCamt },
  { format: 'mt940', looksLike: looksLikeMt940, read: readMt940 },
  { format: 'n43', looksLike: looksLikeN43, read: readN43 },
  { format: 'qif', looksLike: looksLikeQif, read: readQif },
  { format: 'xls', looksLike: looksLikeSpreadsheetXml, read: readSpreadsheetXml },
  { format: 'xls', looksLike: looksLikeHtmlTable, read: readHtmlTable },
  { format: 'csv', looksLike: looksLikeCsv, read: readCsv },
];

/**
 * Reads a statement file of any known format and encoding: at least one statement, which may have no entries, or what
 * only the file's user knows.
 * @throws StatementUnreadable for a file that is none, empty, too large, cut short, damaged or without a statement.
 */
export function readStatements(bytes: Uint8Array, options: ReadOptions = {}): StatementReading {
  try {
    return { kind: 'statements', statements: readAll(bytes, options) };
  } catch (error) {
    if (error instanceof StatementAsks) return { kind: 'question', question: error.question };
    throw error;
  }
}

function readAll(bytes: Uint8Array, options: ReadOptions): readonly Statement[] {
  if (bytes.length > fileBytesMax) {
    throw new StatementUnreadable(
      'too-large',
      'The file is larger than 20 MB. Download a shorter period from the bank.',
    );
  }
  return isGzip(bytes)
    ? readPlain(unpackGzip(bytes), options, noArchive)
    : readPlain(bytes, options, (archive) =>
        readArchive(archive, (file) => readPlain(file, options, noArchive)),
      );
}

/** Archives are opened one deep. */
function noArchive(): never {
  throw new StatementUnreadable(
    'unknown-format',
    'This is a compressed file within another one. Unpack it, and choose the files in it.',
  );
}

function readPlain(
  bytes: Uint8Array,
  options: ReadOptions,
  readOther: (archive: Uint8Array) => readonly Statement[],
): readonly Statement[] {
  if (isGzip(bytes)) return readOther(bytes);
  if (isZip(bytes)) {
    const files = readZip(bytes, workbookBytesMax);
    if (isXlsx(files)) return readXlsx(files, options);
    refuseDocument(files.map(({ name }) => name));
    return readOther(bytes);
  }
  if (isXls(bytes)) return readXls(bytes, options);
  refuseBinary(bytes);
  return readText(bytes, options);
}

function readText(bytes: Uint8Array, options: ReadOptions): readonly Statement[] {
  const text = decodeText(bytes);
  if (options.areBytesGiven) letGo(bytes);
  if (text.trim() === '') {
    throw new StatementUnreadable(
      'empty',
      'The file is empty. Download the statement again from the bank.',
    );
  }
  const reader = readers.find((each) => each.looksLike(text));
  if (!reader) {
    throw new StatementUnreadable(
      'unknown-format',
      'This is no statement in a format that is known: OFX, QFX, QIF, MT940, MT942, CAMT, Norma 43, CSV, XLSX or ' +
        'XLS. Choose one of these where the bank offers its downloads.',
    );
  }
  return reader.read(text, options);
}
