import {
  batchMetadataKey,
  columnMetadataKey,
  type TabKind,
  tabColumns,
  tabMetadataKey,
} from '../../shared/book.ts';
import type { BookReading, PlainCell, TabReading } from '../../shared/delivery.ts';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Metadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;

/** A tab of the book, open to be written. */
export interface OpenTab {
  readonly sheet: Sheet;
  /** Positions from 0 by what the columns mean. */
  readonly columns: ReadonlyMap<string, number>;
  /** New rows begin below so many. */
  readonly filledRows: number;
}

export interface OpenBook {
  /** As the cloud is told of it. */
  readonly reading: BookReading;
  readonly transactions: OpenTab | null;
  readonly accounts: OpenTab | null;
  readonly rules: OpenTab | null;
  /** Tabs that an earlier delivery began to make, by what they were to be. */
  readonly halfMade: ReadonlyMap<TabKind, Sheet>;
}

export const tabKinds = ['transactions', 'accounts', 'rules'] as const;

/** Marks a tab that is being made: nobody takes it for the book's until all of it is there. */
export const makingMark = (kind: TabKind) => `${kind}:making`;
/** What a tab is called that is inserted, until it has a mark and its own title. */
export const makingTitle = (kind: TabKind) => `Bookfeed ${kind}`;

/** The book, tabs and columns found by their metadata, as the cloud reads it where it may. */
export function readWholeBook(): OpenBook {
  const spreadsheet = SpreadsheetApp.getActive();
  const sheets = spreadsheet.getSheets();
  const marks = tabMarks();
  // A copy of a tab carries its marks: the first one counts.
  const find = (mark: string) => sheets.find((it) => marks.get(it.getSheetId())?.includes(mark));
  const serialOf = createSerialOf(spreadsheet.getSpreadsheetTimeZone());
  const read = <K extends TabKind>(kind: K) =>
    readTab<Column<K>>(find(kind), tabColumns[kind], serialOf);
  const transactions = read('transactions');
  const accounts = read('accounts');
  const rules = read('rules');
  const halfMade = new Map<TabKind, Sheet>();
  for (const kind of tabKinds) {
    const inserted = sheets.find((it) => it.getName() === makingTitle(kind));
    const sheet = find(makingMark(kind)) ?? (inserted?.getLastRow() === 0 ? inserted : undefined);
    if (sheet) halfMade.set(kind, sheet);
  }
  const tabs = [transactions, accounts, rules];
  const ours = [...tabs.map((tab) => tab?.open.sheet), ...halfMade.values()];
  const emptySheetId = emptySheetIdOf(sheets, marks);
  return {
    reading: {
      title: spreadsheet.getName(),
      locale: spreadsheet.getSpreadsheetLocale(),
      transactions: transactions?.reading ?? null,
      accounts: accounts?.reading ?? null,
      rules: rules?.reading ?? null,
      deliveredBatches: deliveredBatches(),
      otherTitles: sheets.filter((it) => !ours.includes(it)).map((it) => it.getName()),
      ...(emptySheetId !== undefined && { emptySheetId }),
    },
    transactions: transactions?.open ?? null,
    accounts: accounts?.open ?? null,
    rules: rules?.open ?? null,
    halfMade,
  };
}

type Column<K extends TabKind> = (typeof tabColumns)[K][number];

/** All developer metadata of the spreadsheet with that key. */
export function findMetadata(key: string): Metadata[] {
  return SpreadsheetApp.getActive().createDeveloperMetadataFinder().withKey(key).find();
}

/** What tabs are marked as, by their ids. */
function tabMarks(): Map<number, string[]> {
  const marks = new Map<number, string[]>();
  for (const metadata of findMetadata(tabMetadataKey)) {
    const id = metadata.getLocation().getSheet()?.getSheetId();
    if (id !== undefined) marks.set(id, [...(marks.get(id) ?? []), metadata.getValue() ?? '']);
  }
  return marks;
}

/** Newest first. */
function deliveredBatches(): string[] {
  return findMetadata(batchMetadataKey)
    .map((metadata) => metadata.getValue() ?? '')
    .sort()
    .reverse()
    .map((text) => text.slice(text.indexOf(' ') + 1));
}

/** As the cloud: a new spreadsheet has one tab without content, which the first rows take. */
function emptySheetIdOf(sheets: Sheet[], marks: Map<number, string[]>): number | undefined {
  const [only] = sheets;
  if (!only || sheets.length > 1 || marks.size > 0 || only.getLastRow() > 0) return undefined;
  return only.getSheetId();
}

function readTab<Column extends string>(
  sheet: Sheet | undefined,
  known: readonly Column[],
  serialOf: (date: Date) => number,
): { readonly open: OpenTab; readonly reading: TabReading<Column> } | null {
  if (!sheet) return null;
  const columns = findColumns(sheet, known);
  const names = [...columns.keys()];
  const lastRow = sheet.getLastRow();
  const width = Math.max(sheet.getLastColumn(), ...[...columns.values()].map((at) => at + 1));
  const values = lastRow > 1 ? sheet.getRange(2, 1, lastRow - 1, width).getValues() : [];
  const rows: [number, ...PlainCell[]][] = [];
  for (const [at, row] of values.entries()) {
    const cells = names.map((name) => toPlain(row[columns.get(name) ?? 0], serialOf));
    if (cells.some((cell) => cell !== null && cell !== false)) rows.push([at + 1, ...cells]);
  }
  return {
    open: {
      sheet,
      columns,
      filledRows: countFilled(sheet, values, columns.get('posted' as Column)),
    },
    reading: {
      sheetId: sheet.getSheetId(),
      title: sheet.getName(),
      columns: names.map((name) => ({ name, position: columns.get(name) ?? 0 })),
      rows,
    },
  };
}

function findColumns<Column extends string>(
  sheet: Sheet,
  known: readonly Column[],
): Map<Column, number> {
  const positions = new Map<string, number>();
  const found = sheet.createDeveloperMetadataFinder().withKey(columnMetadataKey).find();
  for (const metadata of found) {
    const position = (metadata.getLocation().getColumn()?.getColumn() ?? 0) - 1;
    const name = metadata.getValue() ?? '';
    // The user may have copied a column: the first one counts, as for the cloud.
    if (position >= 0 && position < (positions.get(name) ?? Number.POSITIVE_INFINITY)) {
      positions.set(name, position);
    }
  }
  return new Map(
    known.flatMap((name) => {
      const position = positions.get(name);
      return position === undefined ? [] : [[name, position] as const];
    }),
  );
}

/**
 * Rows down to the last with content. Check boxes alone, at the end, are none: so a delivery leaves rows that dies before
 * it has filled them. Formulas count whatever they show.
 */
function countFilled(sheet: Sheet, values: unknown[][], posted: number | undefined): number {
  const isLeft = (value: unknown, at: number) => value === '' || (value === false && at === posted);
  let filled = values.length;
  while (filled > 0 && values[filled - 1]?.every(isLeft)) filled -= 1;
  const left = values.length - filled;
  if (left > 0) {
    const tail = sheet.getRange(filled + 2, 1, left, values[0]?.length ?? 1);
    if (tail.getFormulas().some((row) => row.some((formula) => formula !== ''))) {
      filled = values.length;
    }
  }
  // The header row counts, also where the user has emptied it.
  return filled + 1;
}

function toPlain(value: unknown, serialOf: (date: Date) => number): PlainCell {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // An image in a cell is nothing that anybody looks for.
  return value instanceof Date ? serialOf(value) : null;
}

const dayMs = 86_400_000;
/** Days from day 0 of a spreadsheet to 1970. */
const epochSerial = 25_569;

/**
 * The serial number of what Apps Script gives as an instant, which is wall time in the spreadsheet's zone. Each instant is
 * asked for once: a call takes Apps Script long, and a book has more rows than days.
 */
function createSerialOf(timeZone: string): (date: Date) => number {
  const known = new Map<number, number>();
  return (date) => {
    const instant = date.getTime();
    let serial = known.get(instant);
    if (serial === undefined) {
      const wall = Utilities.formatDate(date, timeZone, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
      serial = Date.parse(wall) / dayMs + epochSerial;
      known.set(instant, serial);
    }
    return serial;
  };
}
