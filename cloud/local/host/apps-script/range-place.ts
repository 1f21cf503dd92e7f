import type { sheets_v4 } from '@googleapis/sheets';
import { type Book, tabOf } from './open-book.ts';

/** Cells of one tab, positions from 0, ends excluded; without an end row all that follow. */
export interface Place {
  readonly sheetId: number;
  readonly startRow: number;
  readonly endRow?: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

const places = new WeakMap<object, Place>();

export function keepPlace(range: object, place: Place): void {
  places.set(range, place);
}

/** Where a range of the script's is. */
export function placeOf(range: object): Place {
  const place = places.get(range);
  if (!place) throw new Error('This is no Range.');
  return place;
}

export function toGridRange({
  sheetId,
  startRow,
  endRow,
  startColumn,
  endColumn,
}: Place): sheets_v4.Schema$GridRange {
  return {
    sheetId,
    startRowIndex: startRow,
    ...(endRow !== undefined && { endRowIndex: endRow }),
    startColumnIndex: startColumn,
    endColumnIndex: endColumn,
  };
}

/** Sheet.getRange(row, column, numRows, numColumns), which all count from 1. */
export function placeAt(
  book: Book,
  sheetId: number,
  [row, column, numRows = 1, numColumns = 1]: readonly [number, number, number?, number?],
): Place {
  const { rowCount, columnCount } = tabOf(book, sheetId);
  if (numRows < 1) throw new Error('The number of rows in the range must be at least 1.');
  if (numColumns < 1) throw new Error('The number of columns in the range must be at least 1.');
  const isInside = row >= 1 && column >= 1;
  if (!isInside || row + numRows - 1 > rowCount || column + numColumns - 1 > columnCount) {
    throw new Error('The coordinates of the range are outside the dimensions of the sheet.');
  }
  const [startRow, startColumn] = [row - 1, column - 1];
  return {
    sheetId,
    startRow,
    endRow: startRow + numRows,
    startColumn,
    endColumn: startColumn + numColumns,
  };
}

/** Sheet.getRange('C2:C') and ('C:C'), which stay open below. */
export function placeOfA1(book: Book, sheetId: number, a1: string): Place {
  const match = /^([A-Z]{1,3})(\d*):([A-Z]{1,3})$/.exec(a1);
  if (!match) throw new Error(`Sheet.getRange("${a1}") is not in the stand-in for Apps Script.`);
  const [, first = '', row, last = ''] = match;
  const place = {
    sheetId,
    startRow: row ? Number(row) - 1 : 0,
    startColumn: positionOf(first),
    endColumn: positionOf(last) + 1,
  };
  if (place.endColumn > tabOf(book, sheetId).columnCount) throw new Error('Range not found');
  return place;
}

function positionOf(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
