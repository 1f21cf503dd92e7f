import { createHash } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import {
  type AccountColumn,
  type AnyColumn,
  columnMetadataKey,
  type RuleColumn,
  type TransactionColumn,
  tabMetadataKey,
} from '../../shared/book.ts';
import type { BookChanges, BookSnapshot, SheetTab } from '../ports/sheet.ts';
import { accountRule, columnLetters, rulesOf } from './google-sheets-cells.ts';
import {
  accountsLayout,
  draftFormat,
  freeTitle,
  newTabRows,
  rulesLayout,
  type TabLayout,
  titlesFor,
  transactionsLayout,
} from './google-sheets-layout.ts';

type Request = sheets_v4.Schema$Request;

/** The book's tabs, those that stand there and those that are made now, and the requests that make them. */
export interface PreparedTabs {
  readonly transactions: SheetTab<TransactionColumn>;
  readonly accounts: SheetTab<AccountColumn>;
  /** Null where that tab is not there, and is not to be made. */
  readonly rules: SheetTab<RuleColumn> | null;
  readonly requests: readonly Request[];
}

/** The ids of new tabs come from those of the batches: the same for the same delivery. */
export function prepareTabs(snapshot: BookSnapshot, changes: BookChanges): PreparedTabs {
  const seed = changes.batchIds.join(' ');
  const ours = [snapshot.transactions, snapshot.accounts, snapshot.rules];
  const taken = [
    ...(snapshot.otherTitles ?? []),
    ...ours.flatMap((tab) => (tab ? [tab.title] : [])),
  ];
  const { emptySheetId } = snapshot;
  const planned = <C extends AnyColumn>(layout: TabLayout<C>): SheetTab<C> => ({
    sheetId:
      layout.kind === 'transactions' && emptySheetId !== undefined
        ? emptySheetId
        : sheetIdFrom(`${seed} ${layout.kind}`),
    title: freeTitle(titlesFor(snapshot.locale).tabs[layout.kind], taken),
    columns: Object.fromEntries(layout.columns.map((column, position) => [column, position])) as {
      [column in C]: number;
    },
    rows: [],
  });
  const transactions = snapshot.transactions ?? planned(transactionsLayout);
  const accounts = snapshot.accounts ?? planned(accountsLayout);
  const rules = snapshot.rules ?? (changes.rules ? planned(rulesLayout) : null);
  const requests = [
    ...(snapshot.transactions
      ? []
      : [...makeTab(transactions, transactionsLayout, snapshot), formatDrafts(transactions)]),
    ...(snapshot.accounts ? [] : makeTab(accounts, accountsLayout, snapshot)),
    ...(rules && !snapshot.rules ? makeTab(rules, rulesLayout, snapshot) : []),
    ...(snapshot.transactions && snapshot.accounts
      ? []
      : offerInColumns(transactions, transactionsLayout, accounts)),
    ...(rules && !(snapshot.rules && snapshot.accounts)
      ? offerInColumns(rules, rulesLayout, accounts)
      : []),
  ];
  return { transactions, accounts, rules, requests };
}

function makeTab<C extends AnyColumn>(
  { sheetId, title }: SheetTab<C>,
  { kind, columns, widths, hidden }: TabLayout<C>,
  { locale, emptySheetId }: BookSnapshot,
): Request[] {
  const titles = titlesFor(locale).columns;
  const gridProperties = {
    rowCount: newTabRows,
    columnCount: columns.length,
    frozenRowCount: 1,
  };
  const headers = columns.map((column) => ({
    userEnteredValue: { stringValue: titles[column] },
    userEnteredFormat: { textFormat: { bold: true } },
  }));
  const range = (position: number) => ({
    sheetId,
    dimension: 'COLUMNS',
    startIndex: position,
    endIndex: position + 1,
  });
  return [
    sheetId === emptySheetId
      ? {
          updateSheetProperties: {
            properties: { sheetId, title, gridProperties },
            fields: 'title,gridProperties(rowCount,columnCount,frozenRowCount)',
          },
        }
      : { addSheet: { properties: { sheetId, title, gridProperties } } },
    createMetadata(tabMetadataKey, kind, { sheetId }),
    {
      updateCells: {
        start: { sheetId, rowIndex: 0, columnIndex: 0 },
        rows: [{ values: headers }],
        fields: 'userEnteredValue,userEnteredFormat.textFormat.bold',
      },
    },
    ...columns.flatMap((column, position) => [
      createMetadata(columnMetadataKey, column, { dimensionRange: range(position) }),
      {
        updateDimensionProperties: {
          range: range(position),
          properties: { pixelSize: widths[column], hiddenByUser: hidden.includes(column) },
          fields: 'pixelSize,hiddenByUser',
        },
      },
    ]),
  ];
}

function createMetadata(
  metadataKey: string,
  metadataValue: string,
  location: sheets_v4.Schema$DeveloperMetadataLocation,
): Request {
  const developerMetadata = { metadataKey, metadataValue, location, visibility: 'DOCUMENT' };
  return { createDeveloperMetadata: { developerMetadata } };
}

/**
 * Holds for drafts: rows whose ✓ is there and not ticked. It has no argument separator, which would be another in another
 * locale, and no TRUE or FALSE, which are words of a language.
 */
export function draftFormula({ columns }: SheetTab<TransactionColumn>): string {
  const posted = `$${columnLetters(columns.posted ?? 0)}2`;
  return `=(NOT(${posted})*NOT(ISBLANK(${posted})))=1`;
}

/** Drafts in grey italics. */
function formatDrafts(tab: SheetTab<TransactionColumn>): Request {
  const { sheetId } = tab;
  const formula = draftFormula(tab);
  return {
    addConditionalFormatRule: {
      index: 0,
      rule: {
        ranges: [{ sheetId, startRowIndex: 1 }],
        booleanRule: {
          condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: formula }] },
          format: draftFormat,
        },
      },
    },
  };
}

/**
 * Drop-downs for whole columns, so that rows of the user's own have them, too, and boxes that are blank while not ticked.
 * The other check boxes are not given to empty rows: they would fill them with FALSE, and the next row would be appended
 * below them.
 */
function offerInColumns<C extends AnyColumn>(
  { sheetId, columns }: SheetTab<C>,
  layout: TabLayout<C>,
  accounts: SheetTab<AccountColumn>,
): Request[] {
  const rules = rulesOf(layout, accountRule(accounts));
  return [...layout.choices, ...layout.blankChecks].flatMap((column) => {
    const position = columns[column];
    const rule = rules[column];
    if (position === undefined || !rule) return [];
    const range = {
      sheetId,
      startRowIndex: 1,
      startColumnIndex: position,
      endColumnIndex: position + 1,
    };
    return [{ setDataValidation: { range, rule } }];
  });
}

function sheetIdFrom(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE() >>> 1;
}
