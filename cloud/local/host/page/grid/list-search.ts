import type { ICommandService, IConfigService } from '@univerjs/core';

const listSettings = 'sheets-data-validation-ui.config';

/**
 * Leaves the search box out of the list that opens under a cell while one types into it: the box would take the keyboard
 * after the first letter. Who opens the list by its arrow has the box.
 */
export function keepTypingInCell(commands: ICommandService, config: IConfigService): void {
  commands.beforeCommandExecuted(({ id, params }) => {
    if (id !== 'sheet.operation.set-cell-edit-visible') return;
    const { visible } = params as { readonly visible: boolean };
    config.setConfig(listSettings, { showSearchOnDropdown: !visible }, { merge: true });
  });
}
