import type { PlainCell, PlainRow, PlainTabChanges } from '../../shared/delivery.ts';
import type { OpenTab } from './read-whole-book.ts';

export type Rule = GoogleAppsScript.Spreadsheet.DataValidation;

/**
 * New rows below the last with content. A row of which a part stands there would be lost or doubled: so all that makes no
 * content comes first, check boxes, which the page fills with FALSE, last of it; and then the values of all rows in one go.
 * They reach over the user's columns between ours, where nothing stands below the last row.
 */
export function appendRows(
  { sheet, columns, filledRows }: OpenTab,
  rows: readonly PlainRow[],
  rules: ReadonlyMap<string, Rule>,
): void {
  const first = filledRows + 1;
  const missing = filledRows + rows.length - sheet.getMaxRows();
  if (missing > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missing);
  dressRows(sheet, columns, first, rows);
  const positions = [...columns.values()];
  const from = Math.min(...positions);
  const width = Math.max(...positions) - from + 1;
  const values = rows.map((row) => {
    const cells: (string | number | boolean)[] = Array.from({ length: width }, () => '');
    for (const [name, position] of columns)
      cells[position - from] = typed(row[name]?.value ?? null);
    return cells;
  });
  for (const [name, rule] of rules) {
    const position = columns.get(name);
    if (position === undefined) continue;
    sheet.getRange(first, position + 1, rows.length, 1).setDataValidation(rule);
  }
  sheet.getRange(first, from + 1, rows.length, width).setValues(values);
}

/** Formats and notes, and none where a row has none, whatever was set below the last one before. */
function dressRows(
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  columns: OpenTab['columns'],
  first: number,
  rows: readonly PlainRow[],
): void {
  const names = new Map([...columns].map(([name, position]) => [position, name]));
  for (const { start, count } of runsOf([...columns.values()])) {
    const ours = Array.from({ length: count }, (_, at) => names.get(start + at) ?? '');
    const notes = rows.map((row) => ours.map((name) => row[name]?.note || null));
    const block = sheet.getRange(first, start + 1, rows.length, count);
    // General is what a cell has that nobody formatted; the user may have given the whole column another.
    block.setNumberFormat('General').setDataValidation(null).setNotes(notes);
  }
  for (const [name, position] of columns) {
    let start = 0;
    for (const [at, row] of rows.entries()) {
      const format = row[name]?.format;
      if (rows[at + 1]?.[name]?.format === format && at + 1 < rows.length) continue;
      const cells = sheet.getRange(first + start, position + 1, at + 1 - start, 1);
      if (format !== undefined) cells.setNumberFormat(format);
      start = at + 1;
    }
  }
}

/** Neighbours together, in order. */
export function runsOf(positions: readonly number[]): { start: number; count: number }[] {
  const runs: { start: number; count: number }[] = [];
  for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
    const run = runs[runs.length - 1];
    if (run && run.start + run.count === position) run.count += 1;
    else runs.push({ start: position, count: 1 });
  }
  return runs;
}

/** What whole columns of a tab may have: drop-downs, and boxes whose cells are blank while they are not ticked. */
export function columnRules(
  { choices, blankChecks = [] }: Pick<PlainTabChanges, 'choices' | 'blankChecks'>,
  choiceRule: Rule | null,
): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const name of choices) if (choiceRule) rules.set(name, choiceRule);
  for (const name of blankChecks) {
    const boxRule = SpreadsheetApp.newDataValidation().requireCheckbox(true);
    rules.set(name, boxRule.setAllowInvalid(false).build());
  }
  return rules;
}

/** The drop-down of the book's accounts, in which the user may also type one that is not there yet. */
export function accountRule({ sheet, columns }: OpenTab): Rule | null {
  const path = columns.get('path');
  if (path === undefined) return null;
  const letters = columnLetters(path);
  return SpreadsheetApp.newDataValidation()
    .requireValueInRange(sheet.getRange(`${letters}2:${letters}`), true)
    .setAllowInvalid(true)
    .build();
}

/**
 * What to give setValues for this value: it reads text as if it were typed, so that `=…` becomes a formula and `1.3.` a
 * day. A leading apostrophe says that the rest is text and is no part of it
 * (https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ExtendedValue). A text that
 * fills the cell has no room for one, and the cloud sends none that could be read as something else.
 */
export function typed(value: PlainCell): string | number | boolean {
  if (typeof value !== 'string') return value ?? '';
  return value.length < cellTextMax ? `'${value}` : value;
}
const cellTextMax = 50_000;

/** A, B, … Z, AA for positions from 0. */
export function columnLetters(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : columnLetters(Math.floor(position / 26) - 1) + letter;
}
