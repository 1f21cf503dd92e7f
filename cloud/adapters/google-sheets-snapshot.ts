import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { type AnyColumn, columnMetadataKey, tabMetadataKey } from '../../shared/book.ts';
import type { BookSnapshot, Cell, SheetRow, SheetTab } from '../ports/sheet.ts';
import { isContent, toCell } from './google-sheets-cells.ts';
import {
  accountsLayout,
  rulesLayout,
  type TabLayout,
  transactionsLayout,
} from './google-sheets-layout.ts';
import { deliveredBatches } from './google-sheets-markers.ts';

/** What toSnapshot reads of a spreadsheet. Cells of all tabs come along: which tab is ours is known only by the answer. */
export const snapshotFields = fieldsWith(
  ',rowData.values(effectiveValue,userEnteredValue.formulaValue)',
);
/** The same without rows. */
export const layoutFields = fieldsWith('');

function fieldsWith(rows: string): string {
  const column = 'columnMetadata.developerMetadata(metadataKey,metadataValue)';
  return [
    'properties(title,locale)',
    'developerMetadata(metadataId,metadataKey,metadataValue)',
    `sheets(properties(sheetId,title),developerMetadata(metadataKey,metadataValue),data(${column}${rows}))`,
  ].join();
}

/** The book in a spreadsheet: tabs and columns by their developer metadata, whatever they are called and wherever they are. */
export function toSnapshot(spreadsheet: sheets_v4.Schema$Spreadsheet): BookSnapshot {
  const sheets = spreadsheet.sheets ?? [];
  const find = (kind: string) => sheets.find((sheet) => kindOf(sheet) === kind);
  const transactions = find(transactionsLayout.kind);
  const accounts = find(accountsLayout.kind);
  const rules = find(rulesLayout.kind);
  const emptySheetId = emptySheetIdOf(sheets);
  return {
    title: spreadsheet.properties?.title ?? '',
    locale: spreadsheet.properties?.locale ?? 'en_US',
    transactions: transactions ? toTab(transactions, transactionsLayout) : null,
    accounts: accounts ? toTab(accounts, accountsLayout) : null,
    rules: rules ? toTab(rules, rulesLayout) : null,
    deliveredBatches: deliveredBatches(spreadsheet),
    otherTitles: sheets
      .filter((sheet) => ![transactions, accounts, rules].includes(sheet))
      .map((sheet) => sheet.properties?.title ?? ''),
    ...(emptySheetId !== undefined && { emptySheetId }),
  };
}

/** A new spreadsheet has one tab without content, which the user looks at when the first rows come. */
function emptySheetIdOf(sheets: readonly sheets_v4.Schema$Sheet[]): number | undefined {
  const [only, ...others] = sheets;
  if (!only || others.length > 0 || only.developerMetadata?.length) return undefined;
  const cells = only.data?.flatMap(({ rowData = [] }) =>
    rowData.flatMap(({ values }) => values ?? []),
  );
  const isEmpty = cells?.every((cell) => toCell(cell).kind === 'empty') ?? true;
  return isEmpty ? (only.properties?.sheetId ?? 0) : undefined;
}

function kindOf(sheet: sheets_v4.Schema$Sheet): string | null | undefined {
  return sheet.developerMetadata?.find(({ metadataKey }) => metadataKey === tabMetadataKey)
    ?.metadataValue;
}

function toTab<Column extends AnyColumn>(
  sheet: sheets_v4.Schema$Sheet,
  layout: TabLayout<Column>,
): SheetTab<Column> {
  const grid = sheet.data?.[0] ?? {};
  const columns: Partial<Record<Column, number>> = {};
  for (const [position, { developerMetadata = [] }] of (grid.columnMetadata ?? []).entries()) {
    for (const { metadataKey, metadataValue } of developerMetadata) {
      const column = layout.columns.find((name) => name === metadataValue);
      if (metadataKey === columnMetadataKey && column) columns[column] ??= position;
    }
  }
  const places = Object.entries(columns) as [Column, number][];
  const rows: SheetRow<Column>[] = [];
  for (const [index, { values }] of (grid.rowData ?? []).entries()) {
    const cells: Partial<Record<Column, Cell>> = {};
    let isFilled = false;
    for (const [column, position] of places) {
      const cell = values?.[position];
      const read = cell ? toCell(cell) : null;
      if (!read || read.kind === 'empty') continue;
      cells[column] = read;
      isFilled ||= isContent(read);
    }
    if (index > 0 && isFilled) rows.push({ index, cells });
  }
  return {
    sheetId: sheet.properties?.sheetId ?? 0,
    title: sheet.properties?.title ?? '',
    columns,
    rows,
  };
}
