import type { SampleWorkbook } from '../cloud/statements/sample-workbook.ts';
import { writeXls } from '../cloud/statements/write-xls.ts';
import { partsOfXlsx } from '../cloud/statements/write-xlsx.ts';
import { writeZip } from '../cloud/statements/write-zip.ts';
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

const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const office = 'http://schemas.openxmlformats.org';
const ofPart = (part: string, type: string) =>
  `<Override PartName="/xl/${part}.xml" ContentType="${types}.${type}+xml"/>`;
/** What other readers ask for besides what ours needs. */
const packaging = [
  {
    name: '[Content_Types].xml',
    content:
      `<Types xmlns="${office}/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>${ofPart('workbook', 'sheet.main')}` +
      `${ofPart('worksheets/sheet1', 'worksheet')}${ofPart('styles', 'styles')}` +
      `${ofPart('sharedStrings', 'sharedStrings')}</Types>`,
  },
  {
    name: '_rels/.rels',
    content:
      `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" ` +
      `Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
];

export function writeXlsxStatement(entries: readonly MadeUpEntry[]): Uint8Array {
  const [, ...parts] = partsOfXlsx(workbookOf(entries));
  return writeZip([...packaging, ...parts]);
}
export const writeXlsStatement = (entries: readonly MadeUpEntry[]) => writeXls(workbookOf(entries));

function workbookOf(entries: readonly MadeUpEntry[]): SampleWorkbook {
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
