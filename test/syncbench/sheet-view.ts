import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import {
  type AccountColumn,
  columnMetadataKey,
  type TransactionColumn,
  tabMetadataKey,
} from '../../shared/book.ts';
import { fromSerial } from '../../shared/calendar-date.ts';

/** Where a spreadsheet is, and whose token is used. */
export interface SheetPlace {
  readonly url: string;
  readonly token: string;
  readonly spreadsheetId: string;
}

/** What a row of the Transactions tab shows; what its cells hold is read as the user reads it. */
export interface ShownRow {
  /** From 0, the headers being 0. */
  readonly index: number;
  /** '' for a row of the user's own. */
  readonly id: string;
  /** YYYY-MM-DD where the cell holds a day, else its text. */
  readonly date: string;
  readonly description: string;
  /** Absent where the cell holds no number. */
  readonly amount?: number;
  readonly currency: string;
  readonly account: string;
  readonly counterAccount: string;
  readonly posted: boolean;
  readonly notes: string;
  readonly pending: boolean;
  /** As its note tells it: `USD -50.00`. */
  readonly original?: string;
}

export interface ShownTab<Column extends string> {
  readonly sheetId: number;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Positions from 0. */
  readonly columns: ReadonlyMap<Column, number>;
  /** Cells of each row, the headers being the first. */
  readonly cells: readonly (readonly sheets_v4.Schema$CellData[])[];
}

/** What the core writes before all else into Why of a pending entry's row. */
const pendingMark = 'Pending at the bank';

const fields = [
  'properties(sheetId,gridProperties(rowCount,columnCount))',
  'developerMetadata(metadataKey,metadataValue)',
  'data(columnMetadata.developerMetadata(metadataKey,metadataValue),rowData.values(effectiveValue,userEnteredValue.formulaValue,note))',
].join();

/** A tab by its developer metadata; undefined until it is made. */
export async function readTab<Column extends TransactionColumn | AccountColumn>(
  { url, token, spreadsheetId }: SheetPlace,
  kind: 'transactions' | 'accounts',
): Promise<ShownTab<Column> | undefined> {
  const query = new URLSearchParams({ fields: `sheets(${fields})`, includeGridData: 'true' });
  const response = await fetch(`${url}/v4/spreadsheets/${spreadsheetId}?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`the spreadsheet was not read: ${response.status}`);
  const { sheets = [] } = (await response.json()) as sheets_v4.Schema$Spreadsheet;
  const tab = sheets.find(({ developerMetadata = [] }) =>
    developerMetadata.some(
      ({ metadataKey, metadataValue }) => metadataKey === tabMetadataKey && metadataValue === kind,
    ),
  );
  if (!tab) return undefined;
  const [grid = {}] = tab.data ?? [];
  const columns = new Map<Column, number>();
  for (const [position, { developerMetadata = [] }] of (grid.columnMetadata ?? []).entries()) {
    for (const { metadataKey, metadataValue } of developerMetadata) {
      if (metadataKey === columnMetadataKey) columns.set(metadataValue as Column, position);
    }
  }
  const { rowCount, columnCount } = tab.properties?.gridProperties ?? {};
  return {
    sheetId: tab.properties?.sheetId ?? 0,
    rowCount: rowCount ?? 0,
    columnCount: columnCount ?? 0,
    columns,
    cells: (grid.rowData ?? []).map(({ values = [] }) => values),
  };
}

/** The rows of the Transactions tab, without those in which nothing stands. */
export function rowsOf(tab: ShownTab<TransactionColumn> | undefined): readonly ShownRow[] {
  if (!tab) return [];
  return tab.cells.flatMap((cells, index) => {
    if (index === 0) return [];
    const row = rowOf(index, (column) => cells[tab.columns.get(column) ?? -1]);
    return isEmpty(row) ? [] : [row];
  });
}

function rowOf(
  index: number,
  cellOf: (column: TransactionColumn) => sheets_v4.Schema$CellData | undefined,
): ShownRow {
  const textOf = (column: TransactionColumn) => {
    const { effectiveValue, userEnteredValue } = cellOf(column) ?? {};
    const { stringValue, numberValue, boolValue } = effectiveValue ?? {};
    return String(stringValue ?? numberValue ?? boolValue ?? userEnteredValue?.formulaValue ?? '');
  };
  const amount = cellOf('amount')?.effectiveValue?.numberValue;
  const original = cellOf('amount')?.note;
  const serial = cellOf('date')?.effectiveValue?.numberValue;
  return {
    index,
    id: textOf('id'),
    date: typeof serial === 'number' ? fromSerial(serial) : textOf('date'),
    description: textOf('description'),
    ...(typeof amount === 'number' && { amount }),
    currency: textOf('currency'),
    account: textOf('account'),
    counterAccount: textOf('counterAccount'),
    posted: cellOf('posted')?.effectiveValue?.boolValue === true,
    notes: textOf('notes'),
    pending: textOf('why').startsWith(pendingMark),
    ...(original && { original }),
  };
}

/** A hidden id alone, or a box that nobody ticked, shows nothing. */
function isEmpty({ date, description, amount, account, counterAccount, posted, notes }: ShownRow) {
  const texts = [date, description, account, counterAccount, notes];
  return texts.every((text) => text === '') && amount === undefined && !posted;
}
