import type { sheets_v4 } from '@googleapis/sheets';
import type { UiEffect } from './script-messages.ts';
import type { SheetsNow } from './sheets-now.ts';

/** Makes a Date of the script's own world from milliseconds, so that its `instanceof Date` holds. */
export type MakeDate = (epochMs: number) => unknown;

/** The spreadsheet that a call works on. */
export interface Book {
  readonly id: string;
  readonly sheets: SheetsNow;
  readonly makeDate: MakeDate;
  /** Tells the page what the script selects. */
  show(effect: UiEffect): void;
  /** Title, locale, zone and tabs, read once until the call itself changes them. */
  outline(): sheets_v4.Schema$Spreadsheet;
  /** A change of tabs or of their sizes. */
  change(request: sheets_v4.Schema$Request): void;
  /** Others have changed tabs meanwhile: the outline is read anew. */
  forget(): void;
}

/** Nothing is read before it is asked for. */
export function openBook(
  id: string,
  sheets: SheetsNow,
  makeDate: MakeDate,
  show: (effect: UiEffect) => void,
): Book {
  let outline: sheets_v4.Schema$Spreadsheet | undefined;
  const properties = 'properties(sheetId,title,gridProperties(rowCount,columnCount))';
  return {
    id,
    sheets,
    makeDate,
    show,
    outline: () => {
      outline ??= sheets.get({ fields: `properties(title,locale,timeZone),sheets.${properties}` });
      return outline;
    },
    change: (request) => {
      outline = undefined;
      sheets.batchUpdate(request);
    },
    forget: () => {
      outline = undefined;
    },
  };
}

/** A tab as it is called and as large as it is now. @throws Error when it is gone */
export function tabOf(
  book: Book,
  sheetId: number,
): { readonly title: string; readonly rowCount: number; readonly columnCount: number } {
  const sheet = book.outline().sheets?.find(({ properties }) => properties?.sheetId === sheetId);
  if (!sheet) throw new Error(`Sheet ${sheetId} not found`);
  const { title, gridProperties } = sheet.properties ?? {};
  const { rowCount, columnCount } = gridProperties ?? {};
  return { title: title ?? '', rowCount: rowCount ?? 0, columnCount: columnCount ?? 0 };
}

/** The tab's name as A1 notation writes it. */
export function quotedTitle(book: Book, sheetId: number): string {
  return `'${tabOf(book, sheetId).title.replaceAll("'", "''")}'`;
}

/** Reads by the tab's name. Apps Script goes by its id: where another has renamed it meanwhile, by the name of now. */
export function readTabNow<T>(book: Book, sheetId: number, read: (title: string) => T): T {
  const title = quotedTitle(book, sheetId);
  try {
    return read(title);
  } catch (error) {
    book.forget();
    const now = quotedTitle(book, sheetId);
    if (now === title) throw error;
    return read(now);
  }
}

/** A, B, … Z, AA, … for 1, 2, … */
export function columnLetters(column: number): string {
  const rest = column - 1;
  const last = String.fromCharCode(65 + (rest % 26));
  return rest < 26 ? last : columnLetters(Math.floor(rest / 26)) + last;
}
