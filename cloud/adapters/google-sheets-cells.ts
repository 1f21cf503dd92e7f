import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import type { AnyColumn } from '../../shared/book.ts';
import { toSerial } from '../../shared/calendar-date.ts';
import { decimalsOf, formatAmount } from '../../shared/money.ts';
import {
  type BookSnapshot,
  type Cell,
  type CellContent,
  fitCell,
  type RowContent,
} from '../ports/sheet.ts';
import {
  amountPattern,
  datePattern,
  numberPattern,
  type TabLayout,
} from './google-sheets-layout.ts';

type CellData = sheets_v4.Schema$CellData;

/** What a cell of a row that stands there becomes; typed, so that no text is read as a formula, a number or a date. */
export function toCellData(content: CellContent, locale: string): CellData {
  switch (content.kind) {
    case 'empty':
      return {};
    case 'check':
      return { userEnteredValue: { boolValue: content.checked } };
    case 'text': {
      const stringValue = fitCell(content.text);
      return {
        ...(stringValue !== '' && { userEnteredValue: { stringValue } }),
        ...noteOf(content),
      };
    }
    case 'date':
      return {
        userEnteredValue: { numberValue: toSerial(content.date) },
        userEnteredFormat: { numberFormat: { type: 'DATE', pattern: datePattern(locale) } },
      };
    case 'amount': {
      const { amount } = content;
      const pattern = amountPattern(decimalsOf(amount.currency));
      return {
        // The nearest double of the decimal text: what a user gets who types it.
        userEnteredValue: { numberValue: Number(formatAmount(amount)) },
        userEnteredFormat: { numberFormat: { type: 'NUMBER', pattern } },
        ...noteOf(content),
      };
    }
    case 'number':
      return {
        userEnteredValue: { numberValue: content.number },
        userEnteredFormat: { numberFormat: { type: 'NUMBER', pattern: numberPattern } },
      };
  }
}

const noteOf = ({ note }: { readonly note?: string }) =>
  note === undefined ? {} : { note: fitCell(note) };

/** Fields that a write of this content sets; the user's own format of a text and a note that is not told stay. */
export function fieldsOf(content: CellContent): string {
  const hasFormat = ['date', 'amount', 'number'].includes(content.kind);
  const hasNote = 'note' in content && content.note !== undefined;
  return [
    'userEnteredValue',
    ...(hasFormat ? ['userEnteredFormat.numberFormat'] : []),
    ...(hasNote ? ['note'] : []),
  ].join();
}

/** Fields of a new row; no cell stands there yet. */
export const newRowFields = 'userEnteredValue,userEnteredFormat.numberFormat,dataValidation,note';

type Rule = sheets_v4.Schema$DataValidationRule;
/** Check boxes and drop-downs of a tab's columns. */
export type ColumnRules = Partial<Readonly<Record<AnyColumn, Rule>>>;

/** A new row from the first to the last column that is ours; columns of the user's between them stay empty. */
export function toRowData<Column extends AnyColumn>(
  row: RowContent<Column>,
  columns: Partial<Readonly<Record<Column, number>>>,
  rules: ColumnRules,
  locale: string,
): sheets_v4.Schema$RowData {
  const values: CellData[] = [];
  for (const [column, position] of Object.entries(columns) as [Column, number][]) {
    const content: CellContent = row[column] ?? { kind: 'empty' };
    const rule = rules[column];
    values[position] = {
      ...toCellData(content, locale),
      ...(rule && { dataValidation: rule }),
    };
  }
  return { values: Array.from(values, (cell) => cell ?? {}) };
}

/** Whether a row with this cell has content: a box that is not ticked is none. */
export function isContent(cell: Cell): boolean {
  return cell.kind !== 'empty' && !(cell.kind === 'check' && !cell.checked);
}

/** What a cell holds. A formula counts as what it shows; where that is not known or an error, as its text. */
export function toCell(cell: CellData): Cell {
  const value = cell.effectiveValue ?? {};
  if (typeof value.stringValue === 'string') return { kind: 'text', text: value.stringValue };
  if (typeof value.numberValue === 'number') return { kind: 'number', number: value.numberValue };
  if (typeof value.boolValue === 'boolean') return { kind: 'check', checked: value.boolValue };
  const formula = cell.userEnteredValue?.formulaValue;
  return formula ? { kind: 'text', text: formula } : { kind: 'empty' };
}

/** What the cells of a tab's columns offer. */
export function rulesOf<Column extends AnyColumn>(
  { choices, checks, blankChecks }: TabLayout<Column>,
  accountRule: Rule | undefined,
): ColumnRules {
  const rules: Partial<Record<AnyColumn, Rule>> = {};
  for (const column of checks) rules[column] = checkRule;
  for (const column of blankChecks) rules[column] = blankCheckRule;
  for (const column of choices) if (accountRule) rules[column] = accountRule;
  return rules;
}

const checkRule: Rule = { condition: { type: 'BOOLEAN' }, strict: true, showCustomUi: true };

/**
 * With one value, a box is ticked where the cell holds it and not ticked where the cell is blank
 * (https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ConditionType, BOOLEAN): so a
 * whole column may have boxes, and its rows no content.
 */
const blankCheckRule: Rule = {
  ...checkRule,
  condition: { type: 'BOOLEAN', values: [{ userEnteredValue: 'TRUE' }] },
};

/** A row whose unticked boxes are blank, in columns of such boxes. */
export function blankUnticked<Column extends AnyColumn>(
  row: RowContent<Column>,
  { blankChecks }: TabLayout<Column>,
): RowContent<Column> {
  const blanks = blankChecks.filter((column) => {
    const content: CellContent | undefined = row[column];
    return content?.kind === 'check' && !content.checked;
  });
  const empty = Object.fromEntries(blanks.map((column) => [column, { kind: 'empty' }]));
  return { ...row, ...empty };
}

/** A drop-down of the book's accounts, in which the user may also type one that is not there yet. */
export function accountRule(accounts: NonNullable<BookSnapshot['accounts']>): Rule | undefined {
  const { path } = accounts.columns;
  if (path === undefined) return undefined;
  const column = columnLetters(path);
  const range = `='${accounts.title.replaceAll("'", "''")}'!$${column}$2:$${column}`;
  return {
    condition: { type: 'ONE_OF_RANGE', values: [{ userEnteredValue: range }] },
    strict: false,
    showCustomUi: true,
  };
}

/** A, B, … Z, AA for positions from 0. */
export function columnLetters(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : columnLetters(Math.floor(position / 26) - 1) + letter;
}
