import type { AnyColumn } from '../../shared/book.ts';
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
import { accountRule, blankUnticked, toCellData } from './google-sheets-cells.ts';
import { checkColumns } from './google-sheets-changes.ts';
import {
  accountsLayout,
  draftFormat,
  newTabRows,
  rulesLayout,
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
  const { transactions, accounts, rules } = prepareTabs(snapshot, changes);
  const drafts = { formula: draftFormula(transactions), colour: toHex(draftFormat.textFormat) };
  const hasChoices = accountRule(accounts) !== undefined;
  const spellTab = <C extends AnyColumn>(
    tab: SheetTab<C>,
    layout: TabLayout<C>,
    of: TabChanges<C>,
  ) => ({ ...offered(layout, hasChoices), ...spellRows(tab, layout, of, locale) });
  // Drop-downs that stand in it show the accounts of the tab that was there before.
  const isConcerned = changes.rules || !snapshot.accounts;
  return {
    transactions: {
      ...(!snapshot.transactions && {
        make: { ...newTab(transactions, transactionsLayout, locale), drafts },
      }),
      ...spellTab(transactions, transactionsLayout, changes.transactions),
    },
    accounts: {
      ...(!snapshot.accounts && { make: newTab(accounts, accountsLayout, locale) }),
      ...spellTab(accounts, accountsLayout, changes.accounts),
    },
    ...(rules &&
      isConcerned && {
        rules: {
          ...(!snapshot.rules && { make: newTab(rules, rulesLayout, locale) }),
          ...spellTab(rules, rulesLayout, changes.rules ?? nothing),
        },
      }),
    markers: batchIds.map((batchId) => markerValue(batchId, now)),
    dropped: droppedMarkers(batchIds, snapshot),
  };
}

const nothing = { append: [], update: [], remove: [] };

function offered<C extends AnyColumn>(
  { checks, choices, blankChecks }: TabLayout<C>,
  hasChoices: boolean,
): Pick<PlainTabChanges, 'checks' | 'choices' | 'blankChecks'> {
  return { checks, choices: hasChoices ? choices : [], blankChecks };
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

function spellRows<C extends AnyColumn>(
  tab: SheetTab<C>,
  layout: TabLayout<C>,
  changes: TabChanges<C>,
  locale: string,
): Pick<PlainTabChanges, 'append' | 'update' | 'remove'> {
  checkColumns(tab, layout, changes, locale);
  const { append, update, remove } = changes;
  const spell = (row: RowContent<C>) => spellRow(blankUnticked(row, layout), locale);
  return {
    append: append.map(spell),
    update: update.map(({ index, cells }) => ({ index, cells: spell(cells) })),
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
