import { resolveEntities } from './markup-text.ts';
import { sheetColumnMax } from './sheet-cell.ts';
import { readSheets } from './sheets.ts';
import type { ReadOptions, Statement } from './statement.ts';
import type { TableRow } from './table.ts';

/** True for a page with a table: banks name such pages .xls, and Excel opens them. */
export function looksLikeHtmlTable(text: string): boolean {
  return /^\s*<[!a-z]/i.test(text) && /<table[\s>]/i.test(text) && /<tr[\s>]/i.test(text);
}

/**
 * Reads the rows of all tables of a page as one table, whichever stands in another one; text outside of tables is a row
 * of its own: it may name the account.
 * @throws StatementUnreadable, StatementAsks
 */
export function readHtmlTable(text: string, options: ReadOptions): readonly Statement[] {
  const rows = readHtmlRows(text);
  return readSheets([{ isTyped: false, rows: () => rows }], options, 'xls');
}

/** Of columns or rows over which a cell reaches. */
const spanMax = 100;

/** Elements after which a text goes on in the next line. */
const isLine = /^(br|p|div|li|h[1-6]|title|caption|ul|ol|form|body)$/;
const isUnseen = /^(style|script|xml)$/;

export function readHtmlRows(html: string): readonly TableRow[] {
  const rows = openRows();
  let [line, counted] = [1, 0];
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at);
    const textEnd = tag === -1 ? html.length : tag;
    if (textEnd > at) rows.text(html.slice(at, textEnd), line);
    if (tag === -1) break;
    const isComment = html.startsWith('<!--', tag);
    const end = isComment ? html.indexOf('-->', tag) + 2 : html.indexOf('>', tag);
    if (end < tag) break;
    at = end + 1;
    if (!isComment) {
      const { name, isEnd } = nameOfTag(html, tag);
      if (isUnseen.test(name) && !isEnd) at = behindElement(html, at, name);
      else rows.tag(name, isEnd, html.slice(tag, end));
    }
    for (; counted < at; counted++) if (html.charCodeAt(counted) === 10) line++;
  }
  rows.endRow();
  return rows.all;
}

function nameOfTag(html: string, tag: number): { name: string; isEnd: boolean } {
  const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(tag, tag + 20)) ?? [];
  return { name: name.toLowerCase(), isEnd: slash === '/' };
}

function behindElement(html: string, from: number, name: string): number {
  const rest = new RegExp(`</${name}\\s*>`, 'gi');
  rest.lastIndex = from;
  return rest.exec(html) ? rest.lastIndex : html.length;
}

interface HtmlRows {
  readonly all: TableRow[];
  text(raw: string, line: number): void;
  tag(name: string, isEnd: boolean, tag: string): void;
  endRow(): void;
}

/** Ends of cells and rows may be missing: the next one begins where the one before ends. */
function openRows(): HtmlRows {
  const all: TableRow[] = [];
  let [cells, firstLine]: [string[], number] = [[], 0];
  let cell = '';
  let span = 1;
  /** By column: rows below for which a cell still stands there. */
  let below: number[] = [];
  let isInCell = false;
  const endCell = (): void => {
    const text = cell
      .replace(/[ \t\r\f\u00a0]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim();
    if (text !== '' || isInCell) cells.push(text);
    for (; span > 1 && cells.length < sheetColumnMax; span--) cells.push('');
    [cell, isInCell, span] = ['', false, 1];
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((each) => each !== '')) all.push({ line: firstLine, cells });
    [cells, firstLine] = [[], 0];
  };
  const beginCell = (tag: string): void => {
    endCell();
    isInCell = true;
    while ((below[cells.length] ?? 0) > 0) {
      below[cells.length] = (below[cells.length] ?? 0) - 1;
      cells.push('');
    }
    span = spanOf(tag, colSpan);
    const rows = spanOf(tag, rowSpan);
    for (let each = 0; rows > 1 && each < span; each++) below[cells.length + each] = rows - 1;
  };
  return {
    all,
    endRow,
    text(raw, line) {
      if (firstLine === 0 && raw.trim() !== '') firstLine = line;
      cell += resolveHtmlEntities(raw).replace(/\s+/g, ' ');
    },
    tag(name, isEnd, tag) {
      if (name === 'td' || name === 'th') isEnd ? endCell() : beginCell(tag);
      else if (name === 'tr') endRow();
      else if (name === 'table') {
        endRow();
        below = [];
      } else if (isLine.test(name)) {
        if (isInCell) cell += '\n';
        else endRow();
      }
    },
  };
}

const colSpan = /\bcolspan\s*=\s*["']?(\d+)/i;
const rowSpan = /\browspan\s*=\s*["']?(\d+)/i;

/** Of a wrong number, one cell. */
function spanOf(tag: string, attribute: RegExp): number {
  const span = Number(attribute.exec(tag)?.[1] ?? 1);
  return span >= 1 && span <= spanMax ? span : 1;
}

/** Names of the letters from 160 on, as HTML has had them from the start. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';
const letters = new Map(
  latin.split(' ').map((name, index) => [name, String.fromCharCode(160 + index)]),
);
letters.set('euro', '€').set('ndash', '–').set('mdash', '—').set('minus', '-');

function resolveHtmlEntities(text: string): string {
  if (!text.includes('&')) return text;
  return resolveEntities(
    text.replace(/&([A-Za-z]{3,6}[123]?4?2?);/g, (all, name) => letters.get(name) ?? all),
  );
}
