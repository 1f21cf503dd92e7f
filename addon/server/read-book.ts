import {
  type AccountColumn,
  type BookAccount,
  type BookAccountType,
  typeOfPath,
} from '../../shared/book.ts';
import type { Book } from './book.ts';
import { findColumns, findTab } from './find-tab.ts';

/** Far above any chart of accounts: a sheet that somebody filled to the end stays readable. */
const accountMax = 5000;

/** Reads the book; tab and columns are found by their metadata, whatever the user calls them and wherever they stand. */
export function readBook(): Book {
  const spreadsheet = SpreadsheetApp.getActive();
  const tab = findTab('accounts');
  return {
    title: spreadsheet.getName(),
    locale: spreadsheet.getSpreadsheetLocale(),
    timeZone: spreadsheet.getSpreadsheetTimeZone(),
    accounts: tab ? readAccounts(tab) : [],
  };
}

function readAccounts(tab: GoogleAppsScript.Spreadsheet.Sheet): BookAccount[] {
  const columns = findColumns(tab);
  const rows = Math.min(tab.getLastRow() - 1, accountMax);
  if (!columns.has('path') || rows < 1) return [];
  const byPath = new Map<string, BookAccount>();
  for (const row of tab.getRange(2, 1, rows, tab.getLastColumn()).getValues()) {
    const text = (column: AccountColumn) =>
      String(row[(columns.get(column) ?? 0) - 1] ?? '').trim();
    const path = text('path');
    if (path === '' || byPath.has(path)) continue;
    const currency = text('currency').toUpperCase();
    const type = toType(text('type'), path);
    byPath.set(path, currency ? { path, type, currency } : { path, type });
  }
  return [...byPath.values()];
}

/** A user may type the account by hand: then its root names the type, and what nothing names is kept like a bank's. */
function toType(text: string, path: string): BookAccountType {
  const word = text.toLowerCase();
  return types.find((type) => type === word) ?? typeOfPath(path) ?? 'asset';
}

const types: readonly BookAccountType[] = ['asset', 'liability', 'income', 'expense', 'equity'];
