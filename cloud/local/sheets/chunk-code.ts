import type { CellFormat, DataValidationRule, ExtendedValue } from './cell-schema.ts';
import type { Cell, Row } from './row-list.ts';

/**
 * A chunk of rows as text: JSON in which formats and validation rules stand once each and cells are short lists. 20,000
 * rows of a book take about 5 MB. It is text because a store takes no lists in lists.
 */
interface StoredChunk {
  readonly formats: readonly CellFormat[];
  readonly validations: readonly DataValidationRule[];
  readonly rows: readonly StoredRow[];
}

type StoredRow =
  | readonly StoredCell[]
  | { readonly row: Omit<Row, 'cells'>; readonly cells: readonly StoredCell[] };
/** Value, index of the format, of the validation, note, what the formula gave; null and shorter where there is none. */
type StoredCell = readonly (StoredValue | null)[] | null;
type StoredValue = string | number | boolean | Pick<ExtendedValue, 'formulaValue' | 'errorValue'>;

export function encodeChunk(rows: readonly Row[]): string {
  const formats = createTable<CellFormat>();
  const validations = createTable<DataValidationRule>();
  const encodeCell = (cell: Cell | undefined): StoredCell => {
    if (!cell) return null;
    const parts = [
      encodeValue(cell.userEnteredValue),
      cell.userEnteredFormat ? formats.indexOf(cell.userEnteredFormat) : null,
      cell.dataValidation ? validations.indexOf(cell.dataValidation) : null,
      cell.note ?? null,
      encodeValue(cell.effectiveValue),
    ];
    return parts.slice(0, parts.findLastIndex((part) => part !== null) + 1);
  };
  const stored = rows.map(({ cells, ...row }): StoredRow => {
    const encoded = Array.from(cells, encodeCell);
    return Object.keys(row).length === 0 ? encoded : { row, cells: encoded };
  });
  const chunk: StoredChunk = {
    formats: formats.items,
    validations: validations.items,
    rows: stored,
  };
  return JSON.stringify(chunk);
}

export function decodeChunk(text: string): Row[] {
  const { formats, validations, rows } = JSON.parse(text) as StoredChunk;
  const decodeCell = (stored: StoredCell): Cell | undefined => {
    if (!stored) return undefined;
    const [value, format, validation, note, effective] = stored;
    const userEnteredFormat = typeof format === 'number' ? formats[format] : undefined;
    const dataValidation = typeof validation === 'number' ? validations[validation] : undefined;
    return {
      ...(value !== null && value !== undefined && { userEnteredValue: decodeValue(value) }),
      ...(userEnteredFormat && { userEnteredFormat }),
      ...(dataValidation && { dataValidation }),
      ...(typeof note === 'string' && { note }),
      ...(effective !== null &&
        effective !== undefined && { effectiveValue: decodeValue(effective) }),
    };
  };
  return rows.map((stored): Row => {
    if ('row' in stored) return { ...stored.row, cells: stored.cells.map(decodeCell) };
    return { cells: stored.map(decodeCell) };
  });
}

function encodeValue(value: ExtendedValue | undefined): StoredValue | null {
  if (!value) return null;
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? value;
}

function decodeValue(stored: StoredValue): ExtendedValue {
  if (typeof stored === 'string') return { stringValue: stored };
  if (typeof stored === 'number') return { numberValue: stored };
  if (typeof stored === 'boolean') return { boolValue: stored };
  return stored;
}

function createTable<T extends object>(): { items: T[]; indexOf(item: T): number } {
  const items: T[] = [];
  const indexes = new Map<string, number>();
  // Most cells share the very object, and its text takes longer than all else.
  const indexesOfObjects = new Map<T, number>();
  const indexOfText = (item: T): number => {
    const text = JSON.stringify(item);
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, items.length);
    return items.push(item) - 1;
  };
  return {
    items,
    indexOf: (item) => {
      const known = indexesOfObjects.get(item);
      if (known !== undefined) return known;
      const index = indexOfText(item);
      indexesOfObjects.set(item, index);
      return index;
    },
  };
}
