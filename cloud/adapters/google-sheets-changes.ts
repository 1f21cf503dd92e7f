import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { FailureError } from '../../shared/failures.ts';
import type { BookChanges, CellContent, RowContent, SheetTab, TabChanges } from '../ports/sheet.ts';
import {
  accountRule,
  checkRule,
  fieldsOf,
  newRowFields,
  toCellData,
  toRowData,
} from './google-sheets-cells.ts';
import {
  type AnyColumn,
  accountsLayout,
  type TabLayout,
  titlesFor,
  transactionsLayout,
} from './google-sheets-layout.ts';
import type { PreparedTabs } from './google-sheets-tabs.ts';

type Request = sheets_v4.Schema$Request;
type Rules = Partial<Readonly<Record<AnyColumn, sheets_v4.Schema$DataValidationRule>>>;

/**
 * Requests for the changes of both tabs. Each new row brings its own check box and drop-downs: so they are there whatever
 * the user has sorted, inserted or deleted, and also in rows that the tab grows by.
 * @throws FailureError `sheet-changed` where the user has deleted a column that is needed
 */
export function changeRequests(
  { transactions, accounts }: PreparedTabs,
  changes: BookChanges,
  locale: string,
): Request[] {
  const rule = accountRule(accounts);
  const rules = { posted: checkRule, ...(rule && { account: rule, counterAccount: rule }) };
  return [
    ...tabRequests(transactions, transactionsLayout, changes.transactions, rules, locale),
    ...tabRequests(accounts, accountsLayout, changes.accounts, {}, locale),
  ];
}

/** Updates before appends before removals: positions hold until the last. */
function tabRequests<C extends AnyColumn>(
  tab: SheetTab<C>,
  layout: TabLayout<C>,
  { append, update, remove }: TabChanges<C>,
  rules: Rules,
  locale: string,
): Request[] {
  if (append.length + update.length + remove.length === 0) return [];
  checkColumns(tab, layout, locale);
  const { sheetId } = tab;
  const rows = append.map((row) => toRowData(row, tab.columns, rules, locale));
  return [
    ...update.flatMap(({ index, cells }) => updateRequests(tab, index, cells, locale)),
    ...(rows.length > 0 ? [{ appendCells: { sheetId, rows, fields: newRowFields } }] : []),
    ...removeRequests(sheetId, remove),
  ];
}

/** @throws FailureError `sheet-changed` that names a column without which nothing is written */
export function checkColumns<C extends AnyColumn>(
  { title, columns }: SheetTab<C>,
  { needed }: TabLayout<C>,
  locale: string,
): void {
  const missing = needed.find((column) => columns[column] === undefined);
  if (missing === undefined) return;
  throw new FailureError('sheet-changed', `${title}: ${titlesFor(locale).columns[missing]}`);
}

/** One request for each run of neighbouring cells of which the same fields are written. */
function updateRequests<C extends AnyColumn>(
  { sheetId, columns }: SheetTab<C>,
  rowIndex: number,
  cells: RowContent<C>,
  locale: string,
): Request[] {
  const placed = (Object.entries(cells) as [C, CellContent][])
    .flatMap(([column, content]) => {
      const position = columns[column];
      return position === undefined ? [] : [{ position, content, fields: fieldsOf(content) }];
    })
    .toSorted((a, b) => a.position - b.position);
  const runs: (typeof placed)[] = [];
  for (const cell of placed) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last?.position === cell.position - 1 && last.fields === cell.fields;
    if (run && isNext) run.push(cell);
    else runs.push([cell]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (!first) return [];
    const start = { sheetId, rowIndex, columnIndex: first.position };
    const values = run.map(({ content }) => toCellData(content, locale));
    return [{ updateCells: { start, rows: [{ values }], fields: first.fields } }];
  });
}

/** Neighbouring rows together, from the last to the first. */
function removeRequests(sheetId: number, remove: readonly number[]): Request[] {
  const runs: { startIndex: number; endIndex: number }[] = [];
  for (const index of [...new Set(remove)].toSorted((a, b) => b - a)) {
    const run = runs.at(-1);
    if (run?.startIndex === index + 1) run.startIndex = index;
    else runs.push({ startIndex: index, endIndex: index + 1 });
  }
  return runs.map((run) => ({
    deleteDimension: { range: { sheetId, dimension: 'ROWS', ...run } },
  }));
}
