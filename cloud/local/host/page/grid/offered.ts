/**
 * What the grid can do but the spreadsheet behind it cannot keep is not offered: neither in a menu nor by a key.
 */
const notOffered: readonly string[] = [
  // Merged cells, turned text, protection, themes: the Sheets-compatible server has no place for them.
  'sheet.command.add-worksheet-merge',
  'sheet.command.add-worksheet-merge-all',
  'sheet.command.add-worksheet-merge-vertical',
  'sheet.command.add-worksheet-merge-horizontal',
  'sheet.command.remove-worksheet-merge',
  'sheet.command.set-text-rotation',
  'sheet.command.set-range-subscript',
  'sheet.command.set-range-superscript',
  'sheet.command.set-overline',
  'sheet.command.add-range-protection',
  'sheet.command.add-worksheet-protection',
  'sheet.command.add-range-protection-from-toolbar',
  'sheet.command.add-range-protection-from-context-menu',
  'sheet.command.set-range-protection-from-context-menu',
  'sheet.command.delete-range-protection-from-context-menu',
  'sheet.command.view-sheet-permission-from-context-menu',
  'sheet.command.add-range-protection-from-sheet-bar',
  'sheet.command.delete-worksheet-protection-from-sheet-bar',
  'sheet.command.change-sheet-protection-from-sheet-bar',
  'sheet.command.view-sheet-permission-from-sheet-bar',
  'sheet.command.set-worksheet-range-theme-style',
  'sheet.command.set-gridlines-color',
  'sheet.command.set-worksheet-right-to-left',
  'sheet.command.set-worksheet-default-style',
  // A copy of a tab would be a second Transactions to the add-on.
  'sheet.command.copy-sheet',
  'sheet.command.insert-defined-name',
  'sheet.command.set-defined-name',
  'sheet.command.remove-defined-name',
  'sheet.command.split-text-to-columns',
  // Rules are Bookfeed's own: the check boxes, the lists of accounts, the look of drafts.
  'sheet.command.addDataValidation',
  'data-validation.command.addRuleAndOpen',
  'data-validation.operation.open-validation-panel',
  'sheet.operation.open.conditional.formatting.panel',
  'sheet.command.add-conditional-rule',
];

/** Groups of the grid's menus that hold nothing but such commands, or nothing of their own. */
const emptyGroups: readonly string[] = [
  'sheet.menu.data-validation',
  'sheet.contextMenu.permission',
  'sheet.toolbar.text-to-number',
  'sheet.contextMenu.text-to-number',
  // Functions by kind: the list of all of them has them too.
  'formula-ui.operation.insert-function.financial',
  'formula-ui.operation.insert-function.logical',
  'formula-ui.operation.insert-function.text',
  'formula-ui.operation.insert-function.date',
  'formula-ui.operation.insert-function.lookup',
  'formula-ui.operation.insert-function.math',
  'formula-ui.operation.insert-function.statistical',
  'formula-ui.operation.insert-function.engineering',
  'formula-ui.operation.insert-function.information',
  'formula-ui.operation.insert-function.database',
];

const blocked: ReadonlySet<string> = new Set(notOffered);

/** True for a command that must not run, however it was called. */
export function isBlocked(commandId: string): boolean {
  return blocked.has(commandId);
}

/** For the grid's own menus. */
export const hiddenMenus = Object.fromEntries(
  [...notOffered, ...emptyGroups].map((id) => [id, { hidden: true }]),
);
