import type { Instant } from '../../shared/calendar-date.ts';
import type {
  NewTab,
  PlainCell,
  PlainChanges,
  PlainContent,
  PlainRow,
  PlainTabChanges,
} from '../../shared/delivery.ts';
import {
  type BookChanges,
  type BookSnapshot,
  type CellContent,
  cellTextMax,
  fitCell,
  type RowContent,
  type SheetTab,
  type TabChanges,
} from '../ports/sheet.ts';
import { accountRule, toCellData } from './google-sheets-cells.ts';
import { checkColumns } from './google-sheets-changes.ts';
import {
  type AnyColumn,
  accountsLayout,
  draftFormat,
  newTabRows,
  type TabLayout,
  titlesFor,
  transactionsLayout,
} from './google-sheets-layout.ts';
import { droppedMarkers, markerValue } from './google-sheets-markers.ts';
import { draftFormula, prepareTabs } from './google-sheets-tabs.ts';

/**
 * What writeBook would send, in the words of Apps Script: values, patterns, pixels.
 * @throws FailureError `sheet-changed` where the user has deleted a column that is needed
 */
export function spellChanges(
  snapshot: BookSnapshot,
  changes: BookChanges,
  now: Instant,
): PlainChanges {
  const { locale } = snapshot;
  const { batchIds } = changes;
  const { transactions, accounts } = prepareTabs(snapshot, '');
  const drafts = { formula: draftFormula(transactions), colour: toHex(draftFormat.textFormat) };
  const choices = accountRule(accounts) ? ['account', 'counterAccount'] : [];
  return {
    transactions: {
      ...(!snapshot.transactions && {
        make: { ...newTab(transactions, transactionsLayout, locale), drafts },
      }),
      checks: ['posted'],
      choices,
      ...spellTab(transactions, transactionsLayout, changes.transactions, locale),
    },
    accounts: {
      ...(!snapshot.accounts && { make: newTab(accounts, accountsLayout, locale) }),
      checks: [],
      choices: [],
      ...spellTab(accounts, accountsLayout, changes.accounts, locale),
    },
    markers: batchIds.map((batchId) => markerValue(batchId, now)),
    dropped: droppedMarkers(batchIds, snapshot),
  };
}

function newTab<C extends AnyColumn>(
  { title }: SheetTab<C>,
  { columns, widths, hidden }: TabLayout<C>,
  locale: string,
): NewTab {
  const titles = titlesFor(locale).columns;
  return {
    title,
    rowCount: newTabRows,
    columns: columns.map((name) => ({
      name,
      title: titles[name],
      width: widths[name],
      hidden: hidden.includes(name),
    })),
  };
}

function spellTab<C extends AnyColumn>(
  tab: SheetTab<C>,
  layout: TabLayout<C>,
  { append, update, remove }: TabChanges<C>,
  locale: string,
): Pick<PlainTabChanges, 'append' | 'update' | 'remove'> {
  if (append.length + update.length + remove.length > 0) checkColumns(tab, layout, locale);
  return {
    append: append.map((row) => spellRow(row, locale)),
    update: update.map(({ index, cells }) => ({ index, cells: spellRow(cells, locale) })),
    remove,
  };
}

function spellRow<C extends AnyColumn>(row: RowContent<C>, locale: string): PlainRow {
  const cells = Object.entries(row) as [C, CellContent][];
  return Object.fromEntries(cells.map(([column, content]) => [column, spell(content, locale)]));
}

function spell(content: CellContent, locale: string): PlainContent {
  const { userEnteredValue, userEnteredFormat, note } = toCellData(content, locale);
  const { stringValue, numberValue, boolValue } = userEnteredValue ?? {};
  const value: PlainCell = stringValue ?? numberValue ?? boolValue ?? null;
  const format = userEnteredFormat?.numberFormat?.pattern;
  // The add-on types an apostrophe before a text. One that fills a cell leaves no room for it, and needs none: it is too
  // long for a number or a day.
  const needsRoom = typeof value === 'string' && /^[=+'@-]/.test(value);
  return {
    value: needsRoom ? fitCell(value, cellTextMax - 1) : value,
    ...(typeof format === 'string' && { format }),
    ...(typeof note === 'string' && { note }),
  };
}

/** As Apps Script takes a colour: #737373. */
function toHex({ foregroundColorStyle }: (typeof draftFormat)['textFormat']): string {
  const { red, green, blue } = foregroundColorStyle.rgbColor;
  const parts = [red, green, blue].map((part) => Math.round(part * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
