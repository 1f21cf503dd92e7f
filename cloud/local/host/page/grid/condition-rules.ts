import type { sheets_v4 } from '@googleapis/sheets';
import type { IRange } from '@univerjs/core';
import {
  CFRuleType,
  CFSubRuleType,
  type IConditionFormattingRule,
} from '@univerjs/sheets-conditional-formatting';
import { toStyle } from './cell-format.ts';

type ServerRule = sheets_v4.Schema$ConditionalFormatRule;

/**
 * The conditional formats of a tab that the grid can show, in their order, each with an id that changes when its content
 * does. The first one that is true wins, as in Google Sheets.
 */
export function toConditionRules(
  rules: readonly ServerRule[],
  rowCount: number,
  columnCount: number,
): IConditionFormattingRule[] {
  return rules.flatMap((rule, index) => {
    const condition = rule.booleanRule?.condition;
    const formula = formulaOf(condition);
    if (!formula) return [];
    return [
      {
        cfId: `${index}:${JSON.stringify(rule)}`,
        stopIfTrue: true,
        ranges: (rule.ranges ?? []).map((range) => toGridRange(range, rowCount, columnCount)),
        rule: {
          type: CFRuleType.highlightCell,
          subType: CFSubRuleType.formula,
          value: formula,
          style: toStyle(rule.booleanRule?.format) ?? {},
        },
      },
    ];
  });
}

function formulaOf(condition: sheets_v4.Schema$BooleanCondition | undefined): string | undefined {
  if (condition?.type !== 'CUSTOM_FORMULA') return undefined;
  return condition.values?.[0]?.userEnteredValue ?? undefined;
}

/** Google leaves out an end that is the tab's own, and the first row or column when it is 0. */
function toGridRange(
  range: sheets_v4.Schema$GridRange,
  rowCount: number,
  columnCount: number,
): IRange {
  return {
    startRow: range.startRowIndex ?? 0,
    endRow: (range.endRowIndex ?? rowCount) - 1,
    startColumn: range.startColumnIndex ?? 0,
    endColumn: (range.endColumnIndex ?? columnCount) - 1,
  };
}
