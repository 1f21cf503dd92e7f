import {
  DEFAULT_STYLES,
  ICommandService,
  IConfigService,
  IUndoRedoService,
  type IWorkbookData,
  LocaleType,
  LogLevel,
  mergeLocales,
  type Nullable,
  Univer,
  type Workbook,
} from '@univerjs/core';
import { FUniver } from '@univerjs/core/facade';
import { FormulaDataModel } from '@univerjs/engine-formula';
import { UniverSheetsConditionalFormattingPreset } from '@univerjs/preset-sheets-conditional-formatting';
import conditionalWords from '@univerjs/preset-sheets-conditional-formatting/locales/en-US';
import { UniverSheetsCorePreset } from '@univerjs/preset-sheets-core';
import coreWords from '@univerjs/preset-sheets-core/locales/en-US';
import { UniverSheetsDataValidationPreset } from '@univerjs/preset-sheets-data-validation';
import validationWords from '@univerjs/preset-sheets-data-validation/locales/en-US';
import { UniverSheetsNotePreset } from '@univerjs/preset-sheets-note';
import noteWords from '@univerjs/preset-sheets-note/locales/en-US';
import { SheetInterceptorService } from '@univerjs/sheets';
import { ConditionalFormattingRuleModel } from '@univerjs/sheets-conditional-formatting';
import { SheetDataValidationModel } from '@univerjs/sheets-data-validation';
import { SheetsNoteModel } from '@univerjs/sheets-note';
import { defaultText } from './cell-format.ts';
import { keepTypingInCell } from './list-search.ts';
import { hiddenMenus } from './offered.ts';
import { workbookId } from './to-workbook.ts';
import { useLocale } from './typed-text.ts';

/** The spreadsheet on the screen: its commands, and the models that hold what it shows. */
export interface Grid {
  readonly api: FUniver;
  readonly commands: ICommandService;
  readonly workbook: Workbook;
  readonly validation: SheetDataValidationModel;
  readonly conditions: ConditionalFormattingRuleModel;
  readonly notes: SheetsNoteModel;
  /** Of the cell itself, also of one that was filled from another. */
  formulaOf(sheetId: string, row: number, column: number): Nullable<string>;
  /** True while the user types into a cell. */
  isEditing(): boolean;
  /** Nothing done so far can be undone any more. */
  forgetUndo(): void;
}

/** Opens the spreadsheet in `container`; numbers and days are typed and shown as in `locale`, de_DE say. */
export function createGrid(container: HTMLElement, workbook: IWorkbookData, locale: string): Grid {
  // The grid draws and edits lists in its own size, 11, whatever the workbook's default is.
  Object.assign(DEFAULT_STYLES, defaultText);
  const univer = new Univer({
    locale: LocaleType.EN_US,
    locales: {
      [LocaleType.EN_US]: mergeLocales(coreWords, validationWords, noteWords, conditionalWords),
    },
    logLevel: LogLevel.WARN,
  });
  const presets = [
    UniverSheetsCorePreset({
      container,
      ribbonType: 'simple',
      menu: hiddenMenus,
      formulaBar: true,
      sheets: { disableForceStringMark: true, disableForceStringAlert: true },
    }),
    UniverSheetsDataValidationPreset({ showEditOnDropdown: false }),
    UniverSheetsNotePreset(),
    UniverSheetsConditionalFormattingPreset(),
  ];
  for (const { plugins } of presets) {
    for (const plugin of plugins) {
      if (Array.isArray(plugin)) univer.registerPlugin(plugin[0], plugin[1]);
      else univer.registerPlugin(plugin);
    }
  }
  const api = FUniver.newAPI(univer);
  const injector = univer.__getInjector();
  const model = api.createWorkbook(workbook).getWorkbook();
  const formulas = injector.get(FormulaDataModel);
  const commands = injector.get(ICommandService);
  useLocale(api, injector.get(SheetInterceptorService), locale);
  keepTypingInCell(commands, injector.get(IConfigService));
  return {
    api,
    commands,
    workbook: model,
    validation: injector.get(SheetDataValidationModel),
    conditions: injector.get(ConditionalFormattingRuleModel),
    notes: injector.get(SheetsNoteModel),
    formulaOf: (sheetId, row, column) =>
      formulas.getFormulaStringByCell(row, column, sheetId, workbookId),
    isEditing: () => api.getActiveWorkbook()?.isCellEditing() ?? false,
    forgetUndo: () => injector.get(IUndoRedoService).clearUndoRedo(workbookId),
  };
}
