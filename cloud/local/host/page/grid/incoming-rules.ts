import type { sheets_v4 } from '@googleapis/sheets';
import type { IRange, Worksheet } from '@univerjs/core';
import {
  AddDataValidationMutation,
  RemoveDataValidationMutation,
  UpdateDataValidationMutation,
  UpdateRuleType,
} from '@univerjs/data-validation';
import {
  AddConditionalRuleMutation,
  DeleteConditionalRuleMutation,
} from '@univerjs/sheets-conditional-formatting';
import { RemoveNoteMutation, UpdateNoteMutation } from '@univerjs/sheets-note';
import type { Grid } from './grid.ts';
import type { Apply } from './incoming.ts';
import { conditionRulesOf, rowsOf, toGridNote, workbookId } from './to-workbook.ts';
import { collectRules } from './validation.ts';

/** Check boxes and lists. */
export function updateRules(
  grid: Grid,
  worksheet: Worksheet,
  sheet: sheets_v4.Schema$Sheet,
  apply: Apply,
): void {
  const subUnitId = worksheet.getSheetId();
  const wanted = collectRules(rowsOf(sheet));
  const current = grid.validation.getRules(workbookId, subUnitId);
  for (const { uid } of current) {
    if (!wanted.some((rule) => rule.uid === uid)) {
      apply(RemoveDataValidationMutation.id, { subUnitId, ruleId: uid });
    }
  }
  for (const rule of wanted) {
    const known = current.find(({ uid }) => uid === rule.uid);
    if (!known) apply(AddDataValidationMutation.id, { subUnitId, rule });
    else if (textOf(known.ranges) !== textOf(rule.ranges)) {
      const payload = { type: UpdateRuleType.RANGE, payload: rule.ranges };
      apply(UpdateDataValidationMutation.id, { subUnitId, ruleId: rule.uid, payload });
    }
  }
}

/** Conditional formats: all anew when one differs, because their order counts. */
export function updateConditions(
  grid: Grid,
  worksheet: Worksheet,
  sheet: sheets_v4.Schema$Sheet,
  apply: Apply,
): void {
  const subUnitId = worksheet.getSheetId();
  const wanted = conditionRulesOf(sheet);
  const current = grid.conditions.getSubunitRules(workbookId, subUnitId) ?? [];
  const isSame =
    wanted.length === current.length &&
    wanted.every(
      (rule, index) =>
        current[index]?.cfId === rule.cfId && textOf(current[index].ranges) === textOf(rule.ranges),
    );
  if (isSame) return;
  for (const { cfId } of [...current]) apply(DeleteConditionalRuleMutation.id, { subUnitId, cfId });
  // The grid puts a new rule before the others.
  for (const rule of wanted.toReversed()) apply(AddConditionalRuleMutation.id, { subUnitId, rule });
}

export function updateNotes(
  grid: Grid,
  worksheet: Worksheet,
  sheet: sheets_v4.Schema$Sheet,
  changedRows: readonly number[],
  apply: Apply,
): void {
  const sheetId = worksheet.getSheetId();
  const noteAt = (row: number, col: number) =>
    grid.notes.getNote(workbookId, sheetId, { row, col });
  for (const row of changedRows) {
    rowsOf(sheet)[row]?.values?.forEach(({ note }, col) => {
      const current = noteAt(row, col);
      if (!note || current?.note === note) return;
      const changed = current ? { ...current, note } : toGridNote(row, col, note);
      apply(UpdateNoteMutation.id, { sheetId, row, col, note: changed });
    });
  }
  for (const { id, row, col } of [
    ...(grid.notes.getSheetNotes(workbookId, sheetId)?.values() ?? []),
  ]) {
    if (rowsOf(sheet)[row]?.values?.[col]?.note) continue;
    apply(RemoveNoteMutation.id, { sheetId, noteId: id });
  }
}

function textOf(ranges: readonly IRange[]): string {
  return ranges
    .map(({ startRow, endRow, startColumn, endColumn }) =>
      [startRow, endRow, startColumn, endColumn].join(),
    )
    .sort()
    .join(';');
}
