import type { SampleWorkbook } from '../cloud/statements/sample-workbook.ts';
import { writeXls } from '../cloud/statements/write-xls.ts';
import { writeXlsx } from '../cloud/statements/write-xlsx.ts';
import type { MadeUpEntry } from './statement-entries.ts';

/** Names of the columns of a table, in its order. */
export const tableHeader = [
  'Booking date',
  'Value date',
  'Counterparty',
  'IBAN',
  'Text',
  'Reference',
  'Amount',
  'Currency',
  'Balance',
];

/** More rows no sheet of an older Excel has. */
export const xlsEntriesMax = 65_000;

export const writeXlsxStatement = (entries: readonly MadeUpEntry[]) =>
  writeXlsx(workbookOf(entries));
export const writeXlsStatement = (entries: readonly MadeUpEntry[]) => writeXls(workbookOf(entries));

export function workbookOf(entries: readonly MadeUpEntry[]): SampleWorkbook {
  const rows = entries.map((entry) => [
    { day: entry.day },
    { day: entry.valueDay },
    entry.counterparty,
    entry.iban,
    entry.text,
    entry.reference,
    entry.minor / 100,
    'EUR',
    entry.balance / 100,
  ]);
  return { sheets: [{ rows: [tableHeader, ...rows] }] };
}
