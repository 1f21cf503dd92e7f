import {
  kindOfFormat,
  type NumberKind,
  sheetColumnMax,
  sheetRowMax,
  textOfNumber,
} from './sheet-cell.ts';
import { readSheets } from './sheets.ts';
import type { ReadOptions, Statement } from './statement.ts';
import type { Table, TableRow } from './table.ts';
import { damagedWorkbook } from './workbook-errors.ts';
import { XmlReader } from './xml.ts';

/** True for a workbook that is one XML file, as Excel 2003 and many banks write it; banks name it .xls. */
export function looksLikeSpreadsheetXml(text: string): boolean {
  const head = text.slice(0, 4000);
  return /<(?:\w+:)?Workbook[\s>]/.test(head) && head.includes(':office:spreadsheet');
}

/**
 * Source: XML Spreadsheet Reference (Excel 2003).
 * @throws StatementUnreadable, StatementAsks
 */
export function readSpreadsheetXml(text: string, options: ReadOptions): readonly Statement[] {
  const sheets: Table[] = [];
  const kinds: Kinds = new Map();
  const reader = new XmlReader(text);
  let style = '';
  for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
    if (tag !== 'begin') continue;
    if (reader.name === 'Style') style = reader.attribute('ID') ?? '';
    else if (reader.name === 'NumberFormat')
      kinds.set(style, kindOfNamed(reader.attribute('Format')));
    else if (reader.name === 'Worksheet') {
      const rows = readRows(reader, kinds);
      sheets.push({ isTyped: true, rows: () => rows });
    }
  }
  return readSheets(sheets, options, 'xls');
}

/** What numbers are, by the style of their cells. */
type Kinds = Map<string, NumberKind>;

/** Formats have names here, as Short Date, or are written out. */
function kindOfNamed(format = ''): NumberKind {
  return / (Date|Time)$/.test(format) ? 'day' : kindOfFormat(-1, format);
}

/** Of the worksheet that begins here. Rows and cells that are empty may be missing; the next one then has its number. */
function readRows(reader: XmlReader, kinds: Kinds): readonly TableRow[] {
  const outside = reader.depth - 1;
  const rows: TableRow[] = [];
  let line = 0;
  for (let tag = reader.next(); reader.depth > outside; tag = reader.next()) {
    if (tag !== 'begin' || reader.name !== 'Row') continue;
    line = Number(reader.attribute('Index') ?? line + 1);
    if (!(line >= 1 && line <= sheetRowMax)) throw damagedWorkbook();
    const cells = readCells(reader, kinds);
    if (cells.length > 0) rows.push({ line, cells });
  }
  return rows;
}

function readCells(reader: XmlReader, kinds: Kinds): readonly string[] {
  const cells: string[] = [];
  let column = 0;
  while (reader.next() === 'begin') {
    const merged = Number(reader.attribute('MergeAcross') ?? 0);
    column = Number(reader.attribute('Index') ?? column + 1);
    if (!(column >= 1 && merged >= 0)) throw damagedWorkbook();
    const text = readCell(reader, kinds);
    if (text !== '' && column <= sheetColumnMax) {
      while (cells.length < column - 1) cells.push('');
      cells[column - 1] = text;
    }
    column += merged;
  }
  return cells;
}

/** A text may be marked up within; comments stand beside. */
function readCell(reader: XmlReader, kinds: Kinds): string {
  const outside = reader.depth - 1;
  const kind = kinds.get(reader.attribute('StyleID') ?? '');
  let [text, type] = ['', ''];
  for (let tag = reader.next(); reader.depth > outside; tag = reader.next()) {
    if (tag === 'begin' && reader.name === 'Comment') reader.skip();
    else if (tag === 'begin' && reader.name === 'Data') type = reader.attribute('Type') ?? '';
    else if (type !== '') text += reader.text();
  }
  const trimmed = text.trim();
  if (type === 'Number') return textOfNumber(trimmed, kind, false);
  if (type === 'DateTime') return trimmed.slice(0, 10);
  return type === 'Error' ? '' : trimmed;
}
