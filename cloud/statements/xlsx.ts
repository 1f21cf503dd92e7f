import { decodeText, letGo } from './decode.ts';
import {
  kindOfFormat,
  type NumberKind,
  sheetColumnMax,
  sheetRowMax,
  textOfNumber,
} from './sheet-cell.ts';
import { readSheets } from './sheets.ts';
import { type ReadOptions, type Statement, StatementUnreadable } from './statement.ts';
import type { Table, TableRow } from './table.ts';
import { damagedWorkbook } from './workbook-errors.ts';
import { XmlReader } from './xml.ts';
import { attributeOf, child, children, readElement, type XmlElement } from './xml-tree.ts';
import type { ZipFile } from './zip.ts';

/** What the parts of a workbook may be together, unpacked: a million rows are less. */
export const workbookBytesMax = 150_000_000;

/** True for the files of a workbook of Excel 2007 and later (ECMA-376). */
export function isXlsx(files: readonly ZipFile[]): boolean {
  return files.some(({ name }) => /(^|[/\\])workbook\d*\.xml$/i.test(name));
}

/**
 * Reads the sheets of a workbook that are not hidden; rows that a filter hides are read. Source: ECMA-376, part 1, 18.
 * @throws StatementUnreadable, StatementAsks
 */
export function readXlsx(files: readonly ZipFile[], options: ReadOptions): readonly Statement[] {
  return readSheets(openXlsx(files), options, 'xlsx');
}

/** The sheets that are not hidden; all, where all are. */
export function openXlsx(files: readonly ZipFile[]): readonly Table[] {
  const parts = new Map(files.map((file) => [partName(file.name), file]));
  const path = [...parts.keys()].find((each) => /(^|\/)workbook\d*\.xml$/.test(each)) ?? '';
  const workbook = readTree(parts.get(path));
  const related = readRelations(parts, path);
  const partOf = (kind: string) => related.find((each) => each.kind === kind)?.path ?? '';
  const context: SheetContext = {
    is1904: /^(1|true)$/.test(attributeOf(child(workbook, 'workbookPr'), 'date1904') ?? ''),
    strings: readStrings(parts.get(partOf('sharedStrings'))),
    kinds: readKinds(parts.get(partOf('styles'))),
  };
  const listed = children(child(workbook, 'sheets'), 'sheet');
  const shown = listed.filter((sheet) => !/hidden/i.test(attributeOf(sheet, 'state') ?? ''));
  return (shown.length > 0 ? shown : listed).flatMap((sheet) => {
    const id = attributeOf(sheet, 'id');
    const part = related.find((each) => each.id === id);
    // A sheet may be one chart.
    if (part && part.kind !== 'worksheet') return [];
    const file = parts.get(part?.path ?? '');
    if (!file) throw damagedWorkbook();
    return [openSheet(file, context)];
  });
}

/** Writers differ in case, slashes and the slash at the begin. */
function partName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

interface Relation {
  readonly id: string;
  /** The last word of its type: worksheet, styles. */
  readonly kind: string;
  readonly path: string;
}

function readRelations(parts: ReadonlyMap<string, ZipFile>, of: string): readonly Relation[] {
  const folder = of.slice(0, of.lastIndexOf('/') + 1);
  const file = parts.get(`${folder}_rels/${of.slice(folder.length)}.rels`);
  return children(readTree(file), 'Relationship').map((relation) => {
    const target = attributeOf(relation, 'Target') ?? '';
    const isFromTop = /^[/\\]/.test(target);
    return {
      id: attributeOf(relation, 'Id') ?? '',
      kind: /[^/]*$/.exec(attributeOf(relation, 'Type') ?? '')?.[0] ?? '',
      path: partName(isFromTop ? target : folder + target.replace(/^\.\//, '')),
    };
  });
}

/** A part of which the whole is needed at once; undefined where it is missing. */
function readTree(file: ZipFile | undefined): XmlElement | undefined {
  if (!file) return undefined;
  const xml = readPart(file);
  return inWorkbook(() => {
    const reader = new XmlReader(xml);
    reader.next();
    return readElement(reader);
  });
}

function readPart(file: ZipFile): string {
  const bytes = file.unpack();
  const text = decodeText(bytes);
  letGo(bytes);
  return text;
}

/** What is wrong in a part has no line that its user could look up. */
function inWorkbook<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof StatementUnreadable ? damagedWorkbook({ cause }) : cause;
  }
}

/** Texts that cells share; of a rich one its runs, without the reading that East Asian texts have beside them. */
function readStrings(file: ZipFile | undefined): readonly string[] {
  if (!file) return [];
  const xml = readPart(file);
  return inWorkbook(() => {
    const strings: string[] = [];
    const reader = new XmlReader(xml);
    for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
      if (tag === 'begin' && reader.name === 'si') strings.push(readRichText(reader));
    }
    return strings;
  });
}

/** Up to the end of the element that begins here. */
function readRichText(reader: XmlReader): string {
  const outside = reader.depth - 1;
  let text = '';
  for (let tag = reader.next(); reader.depth > outside; tag = reader.next()) {
    if (tag === 'end' && reader.name === 't') text += reader.text();
    else if (tag === 'begin' && reader.name === 'rPh') reader.skip();
  }
  return resolveEscapes(text);
}

/** What XML cannot hold: _x000D_ is the end of a line. */
function resolveEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** By the index that cells have as their style. */
function readKinds(file: ZipFile | undefined): readonly NumberKind[] {
  const styles = readTree(file);
  const patterns = new Map(
    children(child(styles, 'numFmts'), 'numFmt').map((format) => [
      attributeOf(format, 'numFmtId'),
      attributeOf(format, 'formatCode'),
    ]),
  );
  return children(child(styles, 'cellXfs'), 'xf').map((style) => {
    const id = attributeOf(style, 'numFmtId') ?? '0';
    return kindOfFormat(Number(id), patterns.get(id));
  });
}

interface SheetContext {
  readonly is1904: boolean;
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
}

/** A sheet is read when its rows are asked for, and then kept. */
function openSheet(file: ZipFile, context: SheetContext): Table {
  let rows: readonly TableRow[] | undefined;
  return {
    isTyped: true,
    rows() {
      rows ??= readRows(piecesOfSheet(file.unpack()), context);
      return rows;
    },
  };
}

/** Small enough to be dropped soon. */
const pieceBytes = 60_000;

/** A sheet may be many times the workbook's size: its text is made of some rows at a time, not of all. */
function* piecesOfSheet(bytes: Uint8Array): Generator<string> {
  const sheet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let from = 0; from < sheet.length; ) {
    const to = rowEndAfter(sheet, from + pieceBytes);
    yield decodeText(sheet.subarray(from, to));
    from = to;
  }
  letGo(bytes);
}

/** Behind `</row>`, or with a namespace `</x:row>`; in UTF-16, which is rare, there is none. */
function rowEndAfter(sheet: Buffer, from: number): number {
  for (let at = sheet.indexOf('row>', from); at !== -1; at = sheet.indexOf('row>', at + 4)) {
    const before = String.fromCharCode(sheet[at - 1] ?? 0);
    if (before === '/' || before === ':') return at + 4;
  }
  return sheet.length;
}

/** Rows and cells may leave out their numbers, and are then the next ones; what is empty may be missing. */
function readRows(pieces: Iterator<string>, context: SheetContext): readonly TableRow[] {
  return inWorkbook(() => {
    const rows: TableRow[] = [];
    const reader = new XmlReader('', () => {
      const piece = pieces.next();
      return piece.done ? undefined : piece.value;
    });
    let line = 0;
    for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
      if (tag !== 'begin' || reader.name !== 'row') continue;
      line = Number(reader.attribute('r') ?? line + 1);
      if (!(line >= 1 && line <= sheetRowMax)) throw damagedWorkbook();
      const cells = readCells(reader, context);
      // A list that has grown has room for more.
      if (cells.length > 0) rows.push({ line, cells: [...cells] });
    }
    return rows;
  });
}

function readCells(reader: XmlReader, context: SheetContext): string[] {
  const cells: string[] = [];
  let column = -1;
  while (reader.next() === 'begin') {
    if (reader.name !== 'c') {
      reader.skip();
      continue;
    }
    column = columnOf(reader.attribute('r')) ?? column + 1;
    const cell = readCell(reader, context);
    if (cell === '' || column >= sheetColumnMax) continue;
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }
  return cells;
}

/** From 0; of AB12 it is 27. */
function columnOf(reference: string | undefined): number | undefined {
  let column = 0;
  for (let at = 0; at < (reference?.length ?? 0); at++) {
    const letter = ((reference?.charCodeAt(at) ?? 0) & 0xdf) - 64;
    if (letter < 1 || letter > 26 || at > 3) break;
    column = column * 26 + letter;
  }
  return column === 0 ? undefined : column - 1;
}

function readCell(reader: XmlReader, context: SheetContext): string {
  const type = reader.attribute('t') ?? 'n';
  const style = Number(reader.attribute('s') ?? 0);
  let text = '';
  while (reader.next() === 'begin') {
    if (reader.name === 'v') {
      if (reader.next() === 'begin') throw damagedWorkbook();
      text = reader.text();
    } else if (reader.name === 'is') text = readRichText(reader);
    else reader.skip();
  }
  return textOfCell(text, type, style, context).trim();
}

function textOfCell(text: string, type: string, style: number, context: SheetContext): string {
  switch (type) {
    case 's': {
      const shared = context.strings[Number(text)];
      if (shared === undefined) throw damagedWorkbook();
      return shared;
    }
    case 'b':
      return text.trim() === '1' ? 'TRUE' : 'FALSE';
    // #N/A and its like.
    case 'e':
      return '';
    case 'd':
      return text.trim().slice(0, 10);
    case 'n':
      return textOfNumber(text.trim(), context.kinds[style], context.is1904);
    // A formula's text, and what stands in the cell itself.
    default:
      return resolveEscapes(text);
  }
}
