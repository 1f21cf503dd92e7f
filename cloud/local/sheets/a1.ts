import type { GridRange } from './cell-schema.ts';
import { invalid } from './google-error.ts';
import type { Area } from './grid-area.ts';
import type { Spreadsheet, Tab } from './spreadsheet.ts';

/** A range in A1 notation with the tab it lies in. */
export interface A1Area {
  readonly tab: Tab;
  /** Ends that the text leaves open are absent. */
  readonly range: GridRange;
}

/**
 * Reads `Sheet1!A1:B2`, `'My tab'!A:C`, `A2:B`, `3:5`, `A1` or a tab's bare title; without a title the first tab is meant.
 * @throws GoogleError 400 in Google's words for what is no range or not there.
 */
export function areaFromA1(spreadsheet: Spreadsheet, text: string): A1Area {
  const [first] = spreadsheet.tabs;
  const quoted = /^'((?:[^']|'')+)'(?:!(.*))?$/s.exec(text);
  const plain = /^([^'!]+)!(.*)$/s.exec(text);
  const title = quoted?.[1]?.replaceAll("''", "'") ?? plain?.[1];
  const cells = title === undefined ? text : (quoted?.[2] ?? plain?.[2] ?? '');
  const named = spreadsheet.tabs.find((tab) => isTitle(tab, title ?? text));
  const range = cells === '' ? {} : readCells(cells);
  if (title === undefined && !range && named)
    return { tab: named, range: { sheetId: named.sheetId } };
  const tab = title === undefined ? first : named;
  if (!tab || !range) throw invalid(`Unable to parse range: ${text}`);
  const isBeyond =
    (range.startRowIndex ?? 0) >= tab.rowCount || (range.startColumnIndex ?? 0) >= tab.columnCount;
  if (isBeyond) {
    throw invalid(
      `Range (${text}) exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`,
    );
  }
  return { tab, range: { sheetId: tab.sheetId, ...range } };
}

/** The area within the tab, ends that are open or beyond set to the tab's. */
export function clampToTab({ tab, range }: A1Area): Area {
  return {
    startRow: range.startRowIndex ?? 0,
    endRow: Math.min(range.endRowIndex ?? tab.rowCount, tab.rowCount),
    startColumn: range.startColumnIndex ?? 0,
    endColumn: Math.min(range.endColumnIndex ?? tab.columnCount, tab.columnCount),
  };
}

/** `Sheet1!A1:B2`, a single cell without the colon; a title that is no plain word in quotes. */
export function toA1(tab: Tab, { startRow, endRow, startColumn, endColumn }: Area): string {
  const isWord = /^[A-Za-z_]\w*$/.test(tab.title) && !/^[A-Za-z]{1,3}\d+$/.test(tab.title);
  const title = isWord ? tab.title : `'${tab.title.replaceAll("'", "''")}'`;
  const start = `${columnLetters(startColumn)}${startRow + 1}`;
  const end = `${columnLetters(endColumn - 1)}${endRow}`;
  return start === end ? `${title}!${start}` : `${title}!${start}:${end}`;
}

export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  const letter = String.fromCharCode(65 + (index % 26));
  return rest === 0 ? letter : columnLetters(rest - 1) + letter;
}

function isTitle(tab: Tab, title: string): boolean {
  return tab.title.toLowerCase() === title.toLowerCase();
}

const corner = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?$/;

function readCells(text: string): GridRange | null {
  const [startText = '', endText = startText, ...more] = text.split(':');
  const start = corner.exec(startText);
  const end = corner.exec(endText);
  if (!start || !end || more.length > 0 || startText === '' || endText === '') return null;
  const isSingle = !text.includes(':');
  if (isSingle && (!start[1] || !start[2])) return null;
  const columns = ordered(columnIndex(start[1]), columnIndex(end[1]));
  const rows = ordered(rowIndex(start[2]), rowIndex(end[2]));
  return {
    ...(rows[0] !== undefined && { startRowIndex: rows[0] }),
    ...(rows[1] !== undefined && { endRowIndex: rows[1] + 1 }),
    ...(columns[0] !== undefined && { startColumnIndex: columns[0] }),
    ...(columns[1] !== undefined && { endColumnIndex: columns[1] + 1 }),
  };
}

function ordered(
  a: number | undefined,
  b: number | undefined,
): readonly [number | undefined, number | undefined] {
  if (a !== undefined && b !== undefined) return a <= b ? [a, b] : [b, a];
  return [a, b];
}

function columnIndex(letters: string | undefined): number | undefined {
  if (letters === undefined) return undefined;
  const number = [...letters.toUpperCase()].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  );
  return number - 1;
}

function rowIndex(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits) - 1;
}
