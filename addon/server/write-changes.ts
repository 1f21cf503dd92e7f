import { batchMetadataKey } from '../../shared/book.ts';
import type {
  PlainChanges,
  PlainContent,
  PlainRow,
  PlainTabChanges,
} from '../../shared/delivery.ts';
import { accountRule, appendRows, columnRules, type Rule, runsOf, typed } from './append-rows.ts';
import { makeTabs } from './make-tabs.ts';
import { findMetadata, type OpenBook, type OpenTab } from './read-whole-book.ts';

/**
 * Writes the changes into the book that was just read. Whatever this dies of, the next delivery finds by their ids the rows
 * that stand there: of a row, values come last and all at once; the markers come when all the rest is in the sheet.
 */
export function writeChanges(book: OpenBook, changes: PlainChanges): void {
  const { transactions, accounts, rules } = makeTabs(book, changes);
  writeTab(transactions, changes.transactions, accountRule(accounts));
  if (rules && changes.rules) writeTab(rules, changes.rules, accountRule(accounts));
  writeTab(accounts, { ...changes.accounts, ...(book.accounts ? {} : { append: [] }) }, null);
  SpreadsheetApp.flush();
  leaveMarkers(changes);
  SpreadsheetApp.flush();
}

/** Updates before appends before removals: positions hold until the last. */
function writeTab(tab: OpenTab, changes: PlainTabChanges, choiceRule: Rule | null): void {
  const { update, append, remove } = changes;
  for (const { index, cells } of update) updateRow(tab, index + 1, cells);
  if (append.length > 0) {
    const rules = columnRules(changes, choiceRule);
    const checkRule = SpreadsheetApp.newDataValidation().requireCheckbox();
    for (const name of changes.checks) rules.set(name, checkRule.setAllowInvalid(false).build());
    appendRows(tab, append, rules);
  }
  for (const { start, count } of runsOf(remove).reverse()) tab.sheet.deleteRows(start + 1, count);
}

/** Values last: until then the next delivery finds the cells as they were, and does all of it again. */
function updateRow({ sheet, columns }: OpenTab, row: number, cells: PlainRow): void {
  const contents = new Map<number, PlainContent>();
  for (const [name, content] of Object.entries(cells)) {
    const position = columns.get(name);
    if (position !== undefined) contents.set(position, content);
  }
  for (const [position, { format, note }] of contents) {
    if (format === undefined && note === undefined) continue;
    const cell = sheet.getRange(row, position + 1);
    if (format !== undefined) cell.setNumberFormat(format);
    if (note !== undefined) cell.setNote(note || null);
  }
  for (const { start, count } of runsOf([...contents.keys()])) {
    const values = Array.from({ length: count }, (_, i) =>
      typed(contents.get(start + i)?.value ?? null),
    );
    sheet.getRange(row, start + 1, 1, count).setValues([values]);
  }
}

function leaveMarkers({ markers, dropped }: PlainChanges): void {
  const spreadsheet = SpreadsheetApp.getActive();
  const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
  for (const marker of markers) {
    spreadsheet.addDeveloperMetadata(batchMetadataKey, marker, DOCUMENT);
  }
  if (dropped.length === 0) return;
  for (const metadata of findMetadata(batchMetadataKey)) {
    const [, batchId = ''] = (metadata.getValue() ?? '').split(' ');
    if (dropped.includes(batchId)) metadata.remove();
  }
}
