import type { SampleCell, SampleSheet, SampleWorkbook } from './sample-workbook.ts';
import { serialOf } from './sample-workbook.ts';
import { type FileToPack, writeZip } from './write-zip.ts';

export interface XlsxDialect {
  /** Texts stand in their cells, and no cell or row says where it is. */
  readonly isBare?: boolean;
  /** Elements have a prefix. */
  readonly prefix?: string;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

const markup = (text: string): string =>
  text.replace(/[&<]/g, (each) => (each === '&' ? '&amp;' : '&lt;')).replaceAll('\r', '_x000D_');

/** A workbook of Excel 2007 and later, in the parts that it needs. */
export function writeXlsx(book: SampleWorkbook, dialect: XlsxDialect = {}): Buffer {
  return writeZip(partsOfXlsx(book, dialect));
}

export function partsOfXlsx(book: SampleWorkbook, dialect: XlsxDialect = {}): FileToPack[] {
  const strings = new Map<string, number>();
  const sheets = book.sheets.map((sheet) => sheetXml(sheet, book, dialect, strings));
  const named = (part: string, body: string, more = '') =>
    prefixed(`<${part} xmlns="${main}"${more}>${body}</${part}>`, dialect.prefix);
  const listed = book.sheets.map(
    ({ isHidden }, index) =>
      `<sheet name="S${index + 1}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  const related = [
    ...sheets.map(
      (_, index) =>
        ['worksheet', `${dialect.isBare ? './' : ''}worksheets/sheet${index + 1}.xml`] as const,
    ),
    ['sharedStrings', 'sharedStrings.xml'] as const,
    ['styles', '/xl/styles.xml'] as const,
  ].map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  const texts = [...strings.keys()].map((text) => `<si><r><t>${markup(text)}</t></r></si>`);
  return [
    { name: '[Content_Types].xml', content: contentTypes(sheets.length) },
    {
      name: '_rels/.rels',
      content:
        `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" ` +
        `Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: named(
        'workbook',
        `<workbookPr date1904="${book.is1904 ? 1 : 0}"/><sheets>${listed.join('')}</sheets>`,
        ` xmlns:r="${relations}"`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${packageRelations}">${related.join('')}</Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', content: named('sst', texts.join('')) },
    {
      name: 'xl/styles.xml',
      content: named(
        'styles',
        '<numFmts><numFmt numFmtId="164" formatCode="[$-407]dd\\.mm\\.yyyy;@"/></numFmts>' +
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>',
      ),
    },
    ...sheets.map((body, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: named('worksheet', `<sheetData>${body}</sheetData>`),
    })),
  ];
}

/** Readers that go by the types of parts find them by it; ours does not need it. */
function contentTypes(sheetCount: number): string {
  const ofPart = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ` +
    `ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    ofPart(`worksheets/sheet${index + 1}`, 'worksheet'),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${ofPart('workbook', 'sheet.main')}${ofPart('sharedStrings', 'sharedStrings')}` +
    `${ofPart('styles', 'styles')}${sheets.join('')}</Types>`
  );
}

function sheetXml(
  { rows }: SampleSheet,
  { is1904 }: SampleWorkbook,
  { isBare }: XlsxDialect,
  strings: Map<string, number>,
): string {
  const cell = (value: SampleCell, row: number, column: number): string => {
    const where = isBare ? '' : ` r="${String.fromCharCode(65 + column)}${row + 1}"`;
    if (value === null) return isBare ? '<c/>' : '';
    if (typeof value === 'number') return `<c${where}><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c${where} t="b"><v>${Number(value)}</v></c>`;
    if (typeof value === 'object') {
      if ('day' in value) {
        return `<c${where} s="${1 + (row % 2)}"><v>${serialOf(value, is1904)}</v></c>`;
      }
      const type = typeof value.formula === 'string' ? ' t="str"' : '';
      return `<c${where}${type}><f>A1</f><v>${value.formula}</v></c>`;
    }
    if (isBare) return `<c t="inlineStr"><is><t>${markup(value)}</t></is></c>`;
    const index = strings.get(value) ?? strings.size;
    strings.set(value, index);
    return `<c${where} t="s"><v>${index}</v></c>`;
  };
  return rows
    .map((cells, row) => {
      const inside = cells.map((value, column) => cell(value, row, column)).join('');
      return `<row${isBare ? '' : ` r="${row + 1}"`}>${inside}</row>`;
    })
    .join('\n');
}

function prefixed(xml: string, prefix: string | undefined): string {
  if (prefix === undefined) return xml;
  return xml.replace('xmlns=', `xmlns:${prefix}=`).replace(/<(\/?)(\w)/g, `<$1${prefix}:$2`);
}
