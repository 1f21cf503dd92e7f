import type { sheets_v4 } from '@googleapis/sheets';
import { type Book, columnLetters, quotedTitle, tabOf } from './open-book.ts';
import { keepPlace, type Place, toGridRange } from './range-place.ts';
import { readFormulas, readValues } from './range-values.ts';
import { builtRule } from './rules.ts';
import { standIn } from './stand-in.ts';

export function createRange(book: Book, place: Place, sheet: () => object): object {
  const { sheetId, startRow, startColumn, endColumn } = place;
  const numRows = () => (place.endRow ?? tabOf(book, sheetId).rowCount) - startRow;
  const numColumns = endColumn - startColumn;
  const a1 = () => {
    const last = `${columnLetters(endColumn)}${startRow + numRows()}`;
    const title = quotedTitle(book, sheetId);
    return `${title}!${columnLetters(startColumn + 1)}${startRow + 1}:${last}`;
  };
  const range: object = standIn('Range', {
    getColumn: () => startColumn + 1,
    getSheet: sheet,
    getValues: () => readValues(book, a1(), numRows(), numColumns),
    getFormulas: () => readFormulas(book, a1(), numRows(), numColumns),
    activate: () => {
      const selected = {
        row: startRow + 1,
        column: startColumn + 1,
        numRows: numRows(),
        numColumns,
      };
      book.show({ kind: 'selection', sheetId, range: selected });
      return range;
    },
    setValues: (values: readonly (readonly unknown[])[]) => {
      checkSize(values, numRows(), numColumns);
      book.sheets.writeValues(
        a1(),
        values.map((row) => row.map(toValue)),
      );
      return range;
    },
    ...formatting(book, place, () => range, numRows, numColumns),
    addDeveloperMetadata: (metadataKey: string, metadataValue: string, visibility: string) => {
      if (place.endRow !== undefined || startRow > 0 || numColumns !== 1)
        throw new Error(wholeOnly);
      const dimensionRange = {
        sheetId,
        dimension: 'COLUMNS',
        startIndex: startColumn,
        endIndex: endColumn,
      };
      const location = { dimensionRange };
      const developerMetadata = { metadataKey, metadataValue, visibility, location };
      book.sheets.batchUpdate({ createDeveloperMetadata: { developerMetadata } });
      return range;
    },
  });
  keepPlace(range, place);
  return range;
}

/** Methods that set what is around the values. */
function formatting(
  book: Book,
  place: Place,
  range: () => object,
  numRows: () => number,
  numColumns: number,
) {
  const { sheetId, startRow, startColumn } = place;
  const repeat = (cell: sheets_v4.Schema$CellData, fields: string) => {
    book.sheets.batchUpdate({ repeatCell: { range: toGridRange(place), cell, fields } });
    return range();
  };
  return {
    setNumberFormat: (pattern: string) =>
      repeat(toFormat(pattern), 'userEnteredFormat.numberFormat'),
    setFontWeight: (weight: string) => {
      const textFormat = { bold: weight === 'bold' };
      return repeat({ userEnteredFormat: { textFormat } }, 'userEnteredFormat.textFormat.bold');
    },
    setNote: (note: string | null) => repeat(note === null ? {} : { note }, 'note'),
    setNotes: (notes: readonly (readonly (string | null)[])[]) => {
      checkSize(notes, numRows(), numColumns);
      const rows = notes.map((row) => ({
        values: row.map((note) => (note === null ? {} : { note })),
      }));
      const start = { sheetId, rowIndex: startRow, columnIndex: startColumn };
      book.sheets.batchUpdate({ updateCells: { start, rows, fields: 'note' } });
      return range();
    },
    setDataValidation: (validation: object | null) => {
      const rule = validation === null ? {} : { rule: builtRule(validation) };
      book.sheets.batchUpdate({ setDataValidation: { range: toGridRange(place), ...rule } });
      const { type, values } = rule.rule?.condition ?? {};
      if (type === 'BOOLEAN' && !values) untick(book, place, numRows());
      return range();
    },
  };
}

/**
 * In the page, an empty cell that becomes a check box without a value of its own holds FALSE from then on, and counts as content. Whether it is so for
 * a script's rule, too, is not documented: here it is, so that no script relies on the opposite.
 */
function untick(book: Book, place: Place, numRows: number): void {
  const { sheetId, startRow, startColumn, endColumn } = place;
  const title = quotedTitle(book, sheetId);
  const first = `${columnLetters(startColumn + 1)}${startRow + 1}`;
  const a1 = `${title}!${first}:${columnLetters(endColumn)}${startRow + numRows}`;
  const formulas = readFormulas(book, a1, numRows, endColumn - startColumn);
  const values = readValues(book, a1, numRows, endColumn - startColumn);
  const unticked = values.map((row, at) =>
    row.map((value, column) => (value === '' && !formulas[at]?.[column] ? false : null)),
  );
  book.sheets.writeValues(a1, unticked);
}

const wholeOnly =
  'Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the ' +
  'top-level spreadsheet, an individual sheet, or an entire row or column.';

function checkSize(data: readonly (readonly unknown[])[], rows: number, columns: number): void {
  const words = (what: string, has: number, expected: number) =>
    `The number of ${what} in the data does not match the number of ${what} in the range. ` +
    `The data has ${has} but the range has ${expected}.`;
  if (data.length !== rows) throw new Error(words('rows', data.length, rows));
  for (const row of data) {
    if (row.length !== columns) throw new Error(words('columns', row.length, columns));
  }
}

function toValue(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new Error('Range.setValues takes text, numbers and booleans in the stand-in alone.');
}

/** A pattern tells by itself what kind of number it writes; General is that of a cell without any. */
function toFormat(pattern: string): sheets_v4.Schema$CellData {
  if (pattern === 'General') return {};
  const symbols = pattern.replace(/\[[^\]]*\]|"[^"]*"/g, '');
  if (/[hs@%]/i.test(symbols)) {
    throw new Error(`The number format ${pattern} is not in the stand-in for Apps Script.`);
  }
  const type = /[ymd]/i.test(symbols) ? 'DATE' : 'NUMBER';
  return { userEnteredFormat: { numberFormat: { type, pattern } } };
}
