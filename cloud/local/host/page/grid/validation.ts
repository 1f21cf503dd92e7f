import type { sheets_v4 } from '@googleapis/sheets';
import {
  DataValidationErrorStyle,
  DataValidationOperator,
  DataValidationRenderMode,
  DataValidationType,
  type IDataValidationRule,
  type IRange,
  type ISheetDataValidationRule,
} from '@univerjs/core';

/** Where a list that has no end of its own ends in the grid. */
const openRangeRows = 10_000;

type ServerRule = sheets_v4.Schema$DataValidationRule;

/**
 * The rules of a tab, each with all its cells. A rule's id is the rule itself: the same rule read again is the same rule
 * on other cells.
 */
export function collectRules(
  rows: readonly sheets_v4.Schema$RowData[],
): ISheetDataValidationRule[] {
  const cellsByRule = new Map<string, { readonly row: number; readonly column: number }[]>();
  rows.forEach(({ values }, row) => {
    values?.forEach(({ dataValidation }, column) => {
      if (!dataValidation) return;
      const key = JSON.stringify(dataValidation);
      const cells = cellsByRule.get(key);
      if (cells) cells.push({ row, column });
      else cellsByRule.set(key, [{ row, column }]);
    });
  });
  return [...cellsByRule].flatMap(([key, cells]) => {
    const rule = toGridRule(JSON.parse(key) as ServerRule);
    return rule ? [{ ...rule, uid: key, ranges: toRanges(cells) }] : [];
  });
}

/** Undefined for a condition that the grid cannot show; it stays in the spreadsheet. */
function toGridRule(rule: ServerRule): Omit<IDataValidationRule, 'uid' | 'ranges'> | undefined {
  const [first, second] = (rule.condition?.values ?? []).map(
    ({ userEnteredValue }) => userEnteredValue,
  );
  const common = {
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: rule.strict ? DataValidationErrorStyle.STOP : DataValidationErrorStyle.WARNING,
    ...(rule.inputMessage ? { error: rule.inputMessage } : {}),
  };
  switch (rule.condition?.type) {
    case 'BOOLEAN':
      return { ...common, type: DataValidationType.CHECKBOX, formula1: 'TRUE', formula2: 'FALSE' };
    case 'ONE_OF_RANGE':
      return list(common, first ?? '', rule);
    case 'ONE_OF_LIST':
      return list(common, quoteList(rule), rule);
    case 'CUSTOM_FORMULA':
      return { ...common, type: DataValidationType.CUSTOM, formula1: first ?? '' };
    case 'DATE_IS_VALID':
      return { ...common, type: DataValidationType.DATE };
    default:
      return numberRule(rule.condition?.type ?? '', first ?? '', second ?? '', common);
  }
}

type Common = Omit<IDataValidationRule, 'uid' | 'ranges' | 'type'>;

function list(common: Common, formula1: string, { showCustomUi }: ServerRule) {
  const formula = formula1.startsWith('=') || !formula1.includes('!') ? formula1 : `=${formula1}`;
  return {
    ...common,
    type: DataValidationType.LIST,
    formula1: boundRange(formula),
    showDropDown: showCustomUi !== false,
    renderMode: DataValidationRenderMode.ARROW,
  };
}

/** Google's ranges may end with the tab, as A2:A; the grid's do not. */
function boundRange(formula: string): string {
  return formula.replace(/(\$?[A-Z]+\$?\d+:\$?[A-Z]+)$/, (open) => `${open}$${openRangeRows}`);
}

/** The grid's lists are separated by commas, with quotes around what holds one. */
function quoteList({ condition }: ServerRule): string {
  return (condition?.values ?? [])
    .map(({ userEnteredValue: text }) => text ?? '')
    .map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
}

const operators: Readonly<Record<string, DataValidationOperator>> = {
  NUMBER_GREATER: DataValidationOperator.GREATER_THAN,
  NUMBER_GREATER_THAN_EQ: DataValidationOperator.GREATER_THAN_OR_EQUAL,
  NUMBER_LESS: DataValidationOperator.LESS_THAN,
  NUMBER_LESS_THAN_EQ: DataValidationOperator.LESS_THAN_OR_EQUAL,
  NUMBER_EQ: DataValidationOperator.EQUAL,
  NUMBER_NOT_EQ: DataValidationOperator.NOT_EQUAL,
  NUMBER_BETWEEN: DataValidationOperator.BETWEEN,
  NUMBER_NOT_BETWEEN: DataValidationOperator.NOT_BETWEEN,
};

function numberRule(type: string, formula1: string, formula2: string, common: Common) {
  const operator = operators[type];
  if (!operator) return undefined;
  return { ...common, type: DataValidationType.DECIMAL, operator, formula1, formula2 };
}

/** The spreadsheet's rule of one that collectRules has made; undefined for one made otherwise. */
export function toServerRule(rule: IDataValidationRule): ServerRule | undefined {
  // A rule that the grid split or copied has a new id and carries nothing of the old one but its content.
  if (rule.uid.startsWith('{')) return JSON.parse(rule.uid) as ServerRule;
  const strict = rule.errorStyle === DataValidationErrorStyle.STOP;
  const values = (...texts: (string | undefined)[]) =>
    texts.filter((text) => text !== undefined).map((userEnteredValue) => ({ userEnteredValue }));
  switch (rule.type) {
    case DataValidationType.CHECKBOX:
      return { condition: { type: 'BOOLEAN' }, strict, showCustomUi: true };
    case DataValidationType.LIST: {
      const formula = rule.formula1 ?? '';
      const type = formula.startsWith('=') ? 'ONE_OF_RANGE' : 'ONE_OF_LIST';
      const texts = type === 'ONE_OF_RANGE' ? [formula] : splitList(formula);
      return {
        condition: { type, values: values(...texts) },
        strict,
        showCustomUi: rule.showDropDown !== false,
      };
    }
    case DataValidationType.CUSTOM:
      return { condition: { type: 'CUSTOM_FORMULA', values: values(rule.formula1) }, strict };
    default:
      return undefined;
  }
}

function splitList(text: string): string[] {
  const parts = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
  return parts.map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part,
  );
}

/** Cells in the order of rows, joined to as few rectangles as columns allow. */
function toRanges(cells: readonly { readonly row: number; readonly column: number }[]): IRange[] {
  const open = new Map<number, IRange>();
  const ranges: IRange[] = [];
  for (const { row, column } of cells) {
    const above = open.get(column);
    if (above && above.endRow === row - 1) above.endRow = row;
    else {
      const range = { startRow: row, endRow: row, startColumn: column, endColumn: column };
      open.set(column, range);
      ranges.push(range);
    }
  }
  return ranges;
}
