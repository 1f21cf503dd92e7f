import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import type { AnyColumn } from '../../shared/book.ts';
import { FailureError } from '../../shared/failures.ts';
import type { BookChanges, CellContent, RowContent, SheetTab, TabChanges } from '../ports/sheet.ts';
import {
  accountRule,
  blankUnticked,
  type ColumnRules,
  fieldsOf,
  newRowFields,
  rulesOf,
  toCellData,
  toRowData,
} from './google-sheets-cells.ts';
import {
  accountsLayout,
  rulesLayout,
  type TabLayout,
  titlesFor,
  transactionsLayout,
} from './google-sheets-layout.ts';
import type { PreparedTabs } from './google-sheets-tabs.ts';

type Request = sheets_v4.Schema$Request;

/**
 * Requests for the changes of all tabs. Each new row brings its own check box and drop-downs: so they are there whatever
 * the user has sorted, inserted or deleted, and also in rows that the tab grows by.
 * @throws FailureError `sheet-changed` where the user has deleted a column that is needed
 */
export function changeRequests(
  { transactions, accounts, rules }: PreparedTabs,
  changes: BookChanges,
  locale: string,
): Request[] {
  const offered = accountRule(accounts);
  const requests = <C extends AnyColumn>(
    tab: SheetTab<C>,
    layout: TabLayout<C>,
    of: TabChanges<C>,
  ) => tabRequests(tab, layout, of, rulesOf(layout, offered), locale);
  return [
    ...requests(transactions, transactionsLayout, changes.transactions),
    ...requests(accounts, accountsLayout, changes.accounts),
    ...(rules && changes.rules ? requests(rules, rulesLayout, changes.rules) : []),
  ];
}

/** Updates before appends before removals: positions hold until the last. */
function tabRequests<C extends AnyColumn>(
  tab: SheetTab<C>,
  layout: TabLayout<C>,
  changes: TabChanges<C>,
  rules: ColumnRules,
  locale: string,
): Request[] {
  checkColumns(tab, layout, changes, locale);
  const { append, update, remove } = changes;
  const { sheetId } = tab;
  const rows = append.map((row) =>
    toRowData(blankUnticked(row, layout), tab.columns, rules, locale),
  );
  return [
    ...update.flatMap(({ index, cells }) =>
      updateRequests(tab, index, blankUnticked(cells, layout), locale),
    ),
    ...(rows.length > 0 ? [{ appendCells: { sheetId, rows, fields: newRowFields } }] : []),
    ...removeRequests(sheetId, remove),
  ];
}

/** @throws FailureError `sheet-changed` that names a column without which these changes are not written */
export function checkColumns<C extends AnyColumn>(
  { title, columns }: SheetTab<C>,
  layout: TabLayout<C>,
  { append, update, remove }: TabChanges<C>,
  locale: string,
): void {
  if (append.length + update.length + remove.length === 0) return;
  const { needed, neededWhereFilled } = layout;
  const rows = [...append, ...update.map(({ cells }) => cells)].map((row) =>
    blankUnticked(row, layout),
  );
  const isFilled = (column: C) => rows.some((row) => (row[column] ?? empty).kind !== 'empty');
  const missing = [...needed, ...neededWhereFilled.filter(isFilled)].find(
    (column) => columns[column] === undefined,
  );
  if (missing === undefined) return;
  throw new FailureError('sheet-changed', `${title}: ${titlesFor(locale).columns[missing]}`);
}

const empty: CellContent = { kind: 'empty' };

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
