import { z } from 'zod';
import { accountColumns, ruleColumns, transactionColumns } from './book.ts';

/** What cloud and add-on tell each other when the add-on delivers: one reads and writes, the other plans. */

/** A cell's text, number (a day is its serial number) or tick; null where nothing stands. */
export type PlainCell = string | number | boolean | null;

const position = z.int().min(0).max(10_000_000);
const plainCell = z.union([z.string().max(50_000), z.number(), z.boolean(), z.null()]);

function tabReading<const C extends readonly [string, ...string[]]>(columns: C) {
  return z.strictObject({
    sheetId: z.int().min(0),
    title: z.string().max(1000),
    /** Meaning of the columns that are there, with their positions from 0. */
    columns: z.array(z.strictObject({ name: z.enum(columns), position })).max(columns.length),
    /** Rows with content, an unticked box alone being none: the position from 0, the header row being 0, then the cells in the order of `columns`. */
    rows: z.array(z.tuple([position], plainCell)).max(200_000),
  });
}

/** The spreadsheet as the add-on read it. */
export const bookReading = z.strictObject({
  title: z.string().max(1000),
  /** As en_US, de_DE. */
  locale: z.string().max(40),
  transactions: tabReading(transactionColumns).nullable(),
  accounts: tabReading(accountColumns).nullable(),
  /** Absent from an add-on that is older than the tab. */
  rules: tabReading(ruleColumns).nullable().default(null),
  /** Ids of the newest delivered batches, newest first. */
  deliveredBatches: z.array(z.string().max(400)).max(1000),
  otherTitles: z.array(z.string().max(1000)).max(1000),
  /** The spreadsheet's only tab, where nothing stands in it. */
  emptySheetId: z.int().min(0).optional(),
});
export type BookReading = z.infer<typeof bookReading>;

/** A tab as it was read. */
export interface TabReading<Column extends string> {
  readonly sheetId: number;
  readonly title: string;
  readonly columns: { readonly name: Column; readonly position: number }[];
  readonly rows: [number, ...PlainCell[]][];
}

/** What a cell becomes. */
export interface PlainContent {
  /** Text is text, whatever it looks like. */
  readonly value: PlainCell;
  /** Pattern of the number format, for days, amounts and numbers. */
  readonly format?: string;
  /** '' takes the note away; absent, the one that is there stays. */
  readonly note?: string;
}

/** Cells of a row by the meaning of their columns. */
export type PlainRow = Readonly<Record<string, PlainContent>>;

/** As TabChanges of the cloud's Sheet port. */
export interface PlainTabChanges {
  /** Present where the tab is not there yet. */
  readonly make?: NewTab;
  /** Columns of which new rows get a check box, and those that get the drop-down of the book's accounts. */
  readonly checks: readonly string[];
  readonly choices: readonly string[];
  /** Columns of which all rows of a new tab have a check box: one that leaves its cell blank while it is not ticked. */
  readonly blankChecks?: readonly string[];
  readonly append: readonly PlainRow[];
  readonly update: readonly { readonly index: number; readonly cells: PlainRow }[];
  readonly remove: readonly number[];
}

/** How a tab is made. */
export interface NewTab {
  readonly title: string;
  readonly rowCount: number;
  readonly columns: readonly {
    readonly name: string;
    readonly title: string;
    /** Pixels. */
    readonly width: number;
    readonly hidden: boolean;
  }[];
  /** How drafts look: rows below the header for which the formula holds. */
  readonly drafts?: { readonly formula: string; readonly colour: string };
}

export interface PlainChanges {
  readonly transactions: PlainTabChanges;
  readonly accounts: PlainTabChanges;
  /** Absent where that tab is neither made nor touched. */
  readonly rules?: PlainTabChanges;
  /** Values of the developer metadata that marks the batches as delivered, to be left last. */
  readonly markers: readonly string[];
  /** Batches whose markers go. */
  readonly dropped: readonly string[];
}

/** What the add-on is to write, and then to tell that it has. */
export interface Delivery {
  readonly deliveryId: string;
  readonly batchIds: readonly string[];
  readonly changes: PlainChanges;
}
