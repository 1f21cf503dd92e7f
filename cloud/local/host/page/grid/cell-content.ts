import type { sheets_v4 } from '@googleapis/sheets';
import { CellValueType, type ICellData, type Nullable } from '@univerjs/core';
import { toStyle } from './cell-format.ts';

/** A cell of the grid; null for one with nothing in it that the grid shows. */
export function toGridCell(cell: sheets_v4.Schema$CellData | undefined): ICellData | null {
  const style = toStyle(cell?.userEnteredFormat);
  const content = toContent(cell?.userEnteredValue);
  if (!style && !content) return null;
  return { ...content, ...(style ? { s: style } : {}) };
}

function toContent(value: sheets_v4.Schema$ExtendedValue | undefined): ICellData | undefined {
  if (typeof value?.formulaValue === 'string') return { f: value.formulaValue };
  if (typeof value?.numberValue === 'number') {
    return { v: value.numberValue, t: CellValueType.NUMBER };
  }
  if (typeof value?.boolValue === 'boolean') {
    return { v: value.boolValue ? 1 : 0, t: CellValueType.BOOLEAN };
  }
  return value?.stringValue ? { v: value.stringValue, t: CellValueType.STRING } : undefined;
}

/**
 * The value of a cell of the grid; undefined for an empty one. `formula` is the cell's own formula, which the grid keeps
 * elsewhere for filled cells. Under a check box the grid writes 1 and 0 for true and false.
 */
export function toServerValue(
  cell: Nullable<ICellData>,
  formula: Nullable<string>,
  isCheckbox: boolean,
): sheets_v4.Schema$ExtendedValue | undefined {
  if (formula) return { formulaValue: formula };
  const value = cell?.v ?? richText(cell);
  if (value === undefined || value === null || value === '') return undefined;
  if (isCheckbox || cell?.t === CellValueType.BOOLEAN || typeof value === 'boolean') {
    const truth = truths[String(value).toLowerCase()];
    if (truth !== undefined) return { boolValue: truth };
  }
  if (typeof value === 'number') return { numberValue: value };
  const isNumber = cell?.t === CellValueType.NUMBER && Number.isFinite(Number(value));
  return isNumber ? { numberValue: Number(value) } : { stringValue: String(value) };
}

const truths: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  '0': false,
  false: false,
};

/** The plain text of a cell with parts in different styles, without the document's own end. */
function richText(cell: Nullable<ICellData>): string | undefined {
  const text = cell?.p?.body?.dataStream;
  return text?.replace(/\r\n$/, '').replaceAll('\r', '\n');
}
