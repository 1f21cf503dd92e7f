import type { sheets_v4 } from '@googleapis/sheets';
import type { Book } from './open-book.ts';

/** Values as Range.getValues() has them: '' for empty cells, a Date where the cell is formatted as a day or time. */
export function readValues(
  book: Book,
  range: string,
  numRows: number,
  numColumns: number,
): unknown[][] {
  const zone = book.outline().properties?.timeZone ?? 'Etc/UTC';
  const fields = 'effectiveValue,userEnteredFormat.numberFormat.type';
  // A book has more rows than days.
  const instants = new Map<number, number>();
  const toDate = (serial: number) => {
    const instant = instants.get(serial) ?? epochMsOf(serial, zone);
    instants.set(serial, instant);
    return book.makeDate(instant);
  };
  return readCells(book, range, fields, numRows, numColumns, (cell) => cellValueOf(cell, toDate));
}

/** As Range.getFormulas(): '' for cells without one. */
export function readFormulas(
  book: Book,
  range: string,
  numRows: number,
  numColumns: number,
): string[][] {
  const fields = 'userEnteredValue.formulaValue';
  return readCells(book, range, fields, numRows, numColumns, (cell) => {
    return cell?.userEnteredValue?.formulaValue ?? '';
  });
}

function readCells<T>(
  book: Book,
  range: string,
  fields: string,
  numRows: number,
  numColumns: number,
  read: (cell: sheets_v4.Schema$CellData | undefined) => T,
): T[][] {
  const answer = book.sheets.get({
    ranges: range,
    fields: `sheets.data.rowData.values(${fields})`,
  });
  const rows = answer.sheets?.[0]?.data?.[0]?.rowData ?? [];
  return Array.from({ length: numRows }, (_, row) =>
    Array.from({ length: numColumns }, (_, column) => read(rows[row]?.values?.[column])),
  );
}

function cellValueOf(
  cell: sheets_v4.Schema$CellData | undefined,
  toDate: (serial: number) => unknown,
): unknown {
  const value = cell?.effectiveValue;
  if (typeof value?.numberValue === 'number') {
    const type = cell?.userEnteredFormat?.numberFormat?.type ?? '';
    const isTime = ['DATE', 'TIME', 'DATE_TIME'].includes(type);
    return isTime ? toDate(value.numberValue) : value.numberValue;
  }
  return value?.boolValue ?? value?.stringValue ?? value?.errorValue?.message ?? '';
}

/** The instant of a serial number, which is wall time in the spreadsheet's zone. */
function epochMsOf(serial: number, zone: string): number {
  const wallMs = Math.round((serial - 25_569) * 86_400_000);
  // Twice, for the wall times next to a change of the clock.
  const first = wallMs - zoneOffsetMs(wallMs, zone);
  return wallMs - zoneOffsetMs(first, zone);
}

/** Milliseconds by which the wall clock of a zone is ahead of UTC at an instant. */
export function zoneOffsetMs(epochMs: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(epochMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
