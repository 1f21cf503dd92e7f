import { CellValueType, type ICellData, type INumfmtLocaleTag, toDisposable } from '@univerjs/core';
import type { FUniver } from '@univerjs/core/facade';
import { AFTER_CELL_EDIT, type SheetInterceptorService } from '@univerjs/sheets';
import { readTypedText } from '../../../sheets/read-typed-text.ts';

/** Languages in which the grid can write numbers and days; in any other they look as in English. */
const languages: readonly string[] =
  'ar cs da nl fi fr de el hu is id it ja ko nb pl pt ru sk es sv th tr vi'.split(' ');

/** Before the grid's own reading, which knows the writing of the United States alone. */
const firstPriority = 1000;

/** Makes the grid read what is typed, and show numbers and days, as the spreadsheet's locale has it. */
export function useLocale(
  api: FUniver,
  interceptors: SheetInterceptorService,
  locale: string,
): void {
  const language = locale.slice(0, 2);
  if (!languages.includes(language)) return;
  api.getActiveWorkbook()?.setNumfmtLocal(language as INumfmtLocaleTag);
  interceptors.disposeWithMe(
    toDisposable(
      interceptors.writeCellInterceptor.intercept(AFTER_CELL_EDIT, {
        priority: firstPriority,
        handler: (cell, context, next) => {
          const style = context.worksheet.getCellStyle(context.row, context.col);
          return next(cell && readCell(cell, locale, style?.n?.pattern));
        },
      }),
    ),
  );
}

function readCell(cell: ICellData, locale: string, ownPattern: string | undefined): ICellData {
  if (typeof cell.v !== 'string' || cell.f || ownPattern === '@') return cell;
  const { value, numberFormat } = readTypedText(cell.v, locale);
  if (typeof value.numberValue !== 'number') {
    // To the grid 1.5 is a number wherever it is typed.
    return /^[\d.,]+$/.test(cell.v) ? { ...cell, t: CellValueType.FORCE_STRING } : cell;
  }
  const pattern = ownPattern ?? numberFormat?.pattern;
  const { p: _text, ...rest } = cell;
  return {
    ...rest,
    v: value.numberValue,
    t: CellValueType.NUMBER,
    ...(pattern === undefined ? {} : { s: { n: { pattern } } }),
  };
}
