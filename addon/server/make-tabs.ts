import { columnMetadataKey, type TabKind, tabMetadataKey } from '../../shared/book.ts';
import type { NewTab, PlainChanges, PlainRow } from '../../shared/delivery.ts';
import {
  accountRule,
  appendRows,
  columnLetters,
  columnRules,
  type Rule,
  typed,
} from './append-rows.ts';
import { makingMark, makingTitle, type OpenBook, type OpenTab } from './read-whole-book.ts';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** The book's tabs; null where one is not there and not to be made. */
export interface MadeTabs {
  readonly transactions: OpenTab;
  readonly accounts: OpenTab;
  readonly rules: OpenTab | null;
}

/**
 * The book's tabs, those that stand there and those that are made now. A new tab is marked as being made from its first
 * moment to its last, so that the next delivery goes on with it when this one dies.
 */
export function makeTabs(book: OpenBook, changes: PlainChanges): MadeTabs {
  const open = (kind: TabKind): OpenTab | null => {
    const make = changes[kind]?.make;
    return book[kind] ?? (make ? beginTab(book, kind, make) : null);
  };
  const tabs = {
    transactions: open('transactions'),
    accounts: open('accounts'),
    rules: open('rules'),
  };
  const { transactions, accounts, rules } = tabs;
  if (!transactions || !accounts) throw new Error('a tab is not there, and none to be made');
  for (const kind of ['transactions', 'rules'] as const) {
    const isNew = !book[kind] || !book.accounts;
    const [tab, offered] = [tabs[kind], changes[kind]];
    if (isNew && tab && offered) offerInColumns(tab, columnRules(offered, accountRule(accounts)));
  }
  if (!book.accounts) appendMissing(accounts, changes.accounts.append);
  let isMade = false;
  for (const kind of ['accounts', 'transactions', 'rules'] as const) {
    const tab = tabs[kind];
    if (!tab || book[kind]) continue;
    markTab(tab.sheet, kind, kind);
    isMade = true;
  }
  // A tab that is inserted comes to the front; what the user waits for are the rows.
  if (isMade) transactions.sheet.activate();
  return { transactions, accounts, rules };
}

function beginTab(book: OpenBook, kind: TabKind, make: NewTab): OpenTab {
  const { title, columns, drafts } = make;
  const sheet = halfMadeTab(book, kind, make) ?? emptyTab(book, kind) ?? insertTab(kind);
  markTab(sheet, kind, makingMark(kind));
  resize(sheet, make);
  const header = sheet.getRange(1, 1, 1, columns.length);
  header.setFontWeight('bold').setValues([columns.map((column) => typed(column.title))]);
  sheet.setFrozenRows(1);
  const marked = sheet.createDeveloperMetadataFinder().withKey(columnMetadataKey).find();
  const known = marked.map((metadata) => metadata.getValue());
  for (const [position, { name, width, hidden }] of columns.entries()) {
    sheet.setColumnWidth(position + 1, width);
    if (hidden) sheet.hideColumns(position + 1);
    if (known.includes(name)) continue;
    const letters = columnLetters(position);
    const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
    sheet.getRange(`${letters}:${letters}`).addDeveloperMetadata(columnMetadataKey, name, DOCUMENT);
  }
  if (drafts) formatDrafts(sheet, drafts, columns.length);
  sheet.setName(title);
  return {
    sheet,
    columns: new Map(columns.map(({ name }, position) => [name, position])),
    filledRows: Math.max(1, sheet.getLastRow()),
  };
}

/** One that the user has not made their own since. */
function halfMadeTab(
  { halfMade }: OpenBook,
  kind: TabKind,
  { columns }: NewTab,
): Sheet | undefined {
  const sheet = halfMade.get(kind);
  if (!sheet || sheet.getMaxColumns() < columns.length) return undefined;
  const [titles = []] = sheet.getRange(1, 1, 1, columns.length).getValues();
  const isOurs = columns.every(({ title }, at) => titles[at] === '' || titles[at] === title);
  return isOurs ? sheet : undefined;
}

/** A new spreadsheet's only tab, which the user looks at when the first rows come. */
function emptyTab({ reading: { emptySheetId } }: OpenBook, kind: TabKind): Sheet | undefined {
  if (kind !== 'transactions' || emptySheetId === undefined) return undefined;
  const sheets = SpreadsheetApp.getActive().getSheets();
  return sheets.find((sheet) => sheet.getSheetId() === emptySheetId);
}

function insertTab(kind: TabKind): Sheet {
  const spreadsheet = SpreadsheetApp.getActive();
  return spreadsheet.insertSheet(makingTitle(kind), spreadsheet.getSheets().length);
}

/** Marks what the tab is, in place of what it was marked as before. */
function markTab(sheet: Sheet, kind: TabKind, mark: string): void {
  const marks = sheet.createDeveloperMetadataFinder().withKey(tabMetadataKey).find();
  const making = marks.find((metadata) => metadata.getValue() === makingMark(kind));
  const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
  if (making) making.setValue(mark);
  else sheet.addDeveloperMetadata(tabMetadataKey, mark, DOCUMENT);
}

function resize(sheet: Sheet, { columns, rowCount }: NewTab): void {
  const width = sheet.getMaxColumns();
  const height = sheet.getMaxRows();
  const [missingColumns, missingRows] = [columns.length - width, rowCount - height];
  if (missingColumns > 0) sheet.insertColumnsAfter(width, missingColumns);
  if (missingRows > 0) sheet.insertRowsAfter(height, missingRows);
  const isWide = missingColumns < 0 && sheet.getLastColumn() <= columns.length;
  if (isWide) sheet.deleteColumns(columns.length + 1, -missingColumns);
  const isLong = missingRows < 0 && sheet.getLastRow() <= rowCount;
  if (isLong) sheet.deleteRows(rowCount + 1, -missingRows);
}

function formatDrafts(
  sheet: Sheet,
  { formula, colour }: NonNullable<NewTab['drafts']>,
  columnCount: number,
): void {
  const rule = SpreadsheetApp.newConditionalFormatRule()
    .whenFormulaSatisfied(formula)
    .setItalic(true)
    .setFontColor(colour)
    .setRanges([sheet.getRange(`A2:${columnLetters(columnCount - 1)}`)])
    .build();
  if (sheet.getConditionalFormatRules().length === 0) sheet.setConditionalFormatRules([rule]);
}

/** For whole columns, so that rows of the user's own have it, too. */
function offerInColumns({ sheet, columns }: OpenTab, rules: ReadonlyMap<string, Rule>): void {
  for (const [name, rule] of rules) {
    const position = columns.get(name);
    if (position === undefined) continue;
    const letters = columnLetters(position);
    sheet.getRange(`${letters}2:${letters}`).setDataValidation(rule);
  }
}

/** Rows of a tab that is being made, those left out that a delivery which died has written. */
function appendMissing(tab: OpenTab, rows: readonly PlainRow[]): void {
  const { sheet, columns, filledRows } = tab;
  const path = columns.get('path') ?? 0;
  const known =
    filledRows > 1
      ? sheet
          .getRange(2, path + 1, filledRows - 1, 1)
          .getValues()
          .map(([text]) => text)
      : [];
  const missing = rows.filter((row) => !known.includes(row['path']?.value));
  if (missing.length > 0) appendRows(tab, missing, new Map());
}
