import { readdirSync, readFileSync } from 'node:fs';
import { randomFrom } from '../../bench/made-up-banks.ts';
import { makeUpEntries } from '../../bench/statement-entries.ts';
import { statementFormats } from '../../bench/statement-formats.ts';
import { damageXls, damageXlsx, damageZip } from './fuzz-packed.ts';
import { type Damage, type Mutations, mutate, one } from './mutate.ts';
import { mutateMarkup } from './mutate-markup.ts';

const fixtures = new URL('../../fixtures/statements/', import.meta.url);
/** Damage is found as well in a small file, and sooner. */
const sourceBytesMax = 1600;
/** All that a table might be is tried on it, so it takes the longest. */
const tableBytesMax = 300;

function fixturesOf(endings: RegExp, bytesMax = sourceBytesMax): readonly Buffer[] {
  return ['', 'asked/', 'refused/'].flatMap((folder) =>
    readdirSync(new URL(folder, fixtures))
      .filter((name) => endings.test(name))
      .map((name) => readFileSync(new URL(`${folder}${name}`, fixtures)))
      .filter(({ length }) => length > 0 && length <= bytesMax),
  );
}

/** Made-up files of three entries, as the bench writes them. */
function madeUp(...formats: readonly string[]): readonly Buffer[] {
  const entries = makeUpEntries(3);
  return formats.map((format) => Buffer.from(statementFormats[format]?.(entries) ?? []));
}

function damageText(sources: readonly Buffer[], pieces: readonly string[]): Damage {
  const of: Mutations = { isText: true, pieces: [...pieces, ...anywhere] };
  return (random) => mutate(one(sources, random), random, of, sources);
}

/** Half of the damaged files stay well formed, so that what is wrong in them is met by the one who reads the elements. */
function damageMarkup(sources: readonly Buffer[], pieces: readonly string[]): Damage {
  const damage = damageText(sources, [...markup, ...pieces]);
  return (random) =>
    random(2) === 0 ? damage(random) : mutateMarkup(one(sources, random), random);
}

const anywhere = ['\n', '\r\n', '\r', ' ', '\t', '"', '-', '+', '.', ',', '\0', '\u001a', '\u2028'];
const markup: readonly string[] = [
  ...['<', '>', '</', '/>', '&', '&#0;', '&#x110000;', '<!--', '-->', ']]>', '<![CDATA['],
  ...['<!DOCTYPE a [', '<!ENTITY a "b">', '<?xml', '?>', '<__proto__>', '&a;', '="'],
];

const cellsOf = (cell: string, more: string, rows: readonly (readonly string[])[], row: string) =>
  rows
    .map((texts) => texts.map((text) => `<${cell}${more}>${text}</${cell}>`).join(''))
    .map((cells) => `<${row}>${cells}</${row}>\n`)
    .join('');
const rows = [
  ['Date', 'Text', 'Amount', 'Balance'],
  ['2026-02-13', 'Kiosk &amp; Café', '-12.50', '87.50'],
  ['2026-02-14', 'Zinsen', '0.50', '88.00'],
];
const pagesNamedXls = [
  `<html><body><h1>Konto</h1><table>${cellsOf('td', '', rows, 'tr')}</table></body></html>`,
  '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' +
    `<Worksheet><Table>${cellsOf('Data', ' ss:Type="String"', rows, 'Row').replace(/<Data.*?<\/Data>/g, '<Cell>$&</Cell>')}` +
    '</Table></Worksheet></Workbook>',
].map((page) => Buffer.from(page));

const formats = {
  ofx: () =>
    damageMarkup(
      [...fixturesOf(/\.(ofx|qfx)$/), ...madeUp('ofx-sgml')],
      [
        ...[
          '<OFX>',
          '</OFX>',
          '<STMTTRN>',
          '</STMTTRN>',
          '<STMTRS>',
          '</STMTRS>',
          '<BANKTRANLIST>',
        ],
        ...[
          '<CCSTMTRS>',
          '<DTPOSTED>20260101',
          '<TRNAMT>',
          '<CURDEF>',
          '<LEDGERBAL>',
          'OFXHEADER:100',
        ],
      ],
    ),
  camt: () =>
    damageMarkup(
      [...fixturesOf(/\.xml$/), ...madeUp('camt')],
      [
        ...[
          '<Document>',
          '</Document>',
          '<Stmt>',
          '</Stmt>',
          '<Ntry>',
          '</Ntry>',
          '<TxDtls>',
          '<Bal>',
        ],
        ...[
          '<Amt Ccy="EUR">1</Amt>',
          '<Amt>',
          '<CdtDbtInd>DBIT</CdtDbtInd>',
          '<Dt>',
          '<RvslInd>true',
        ],
      ],
    ),
  csv: () =>
    damageText(fixturesOf(/\.(csv|tsv)$/, tableBytesMax), [
      ...[
        ';',
        '\t',
        '|',
        '""',
        '"\n',
        "'",
        '01/02/2026',
        '31.12.2026',
        'Date',
        'Amount',
        'Saldo',
        'EUR',
      ],
      ...['sep=;\n', 'Date;Text;Amount\n', '-1.234,56', '(5.00)', 'S', 'H', '100', '€', '\u202b'],
    ]),
  mt940: () =>
    damageText(
      [...fixturesOf(/\.(sta|mt940|mt942|940|942|swi)$/), ...madeUp('mt940')],
      [
        ...[
          '\n:20:',
          '\n:25:',
          '\n:28C:',
          '\n:60F:',
          '\n:61:',
          '\n:86:',
          '\n:62F:',
          '\n:64:',
          '\n:90D:',
        ],
        ...[
          '\n-',
          '-}',
          '{1:',
          '{4:\n',
          '@@',
          '?20',
          '?',
          '<20',
          '~20',
          '/NAME/',
          'SVWZ+',
          'NONREF',
          '//',
        ],
        ...[
          'C260101EUR',
          'RC',
          'RD',
          'EC',
          'ED',
          '260230',
          'NTRF',
          ':',
          ',',
          '\n:60M:',
          '\n:62M:',
          '\n:34F:',
        ],
      ],
    ),
  n43: () =>
    damageText(
      [...fixturesOf(/\.(n43|q43|c43)$/), ...madeUp('n43')],
      [
        ...['\n11', '\n22', '\n23', '\n24', '\n33', '\n88', '88', '978', '840', '\u00a5', '\u001a'],
        ...['9'.repeat(18), '0'.repeat(80), ' '.repeat(80), '260230', '1', '2'],
      ],
    ),
  qif: () =>
    damageText(
      [...fixturesOf(/\.qif$/), ...madeUp('qif')],
      [
        ...[
          '\n^\n',
          '^',
          '!Type:Bank\n',
          '!Type:CCard',
          '!Type:Invst\n',
          '!Account\n',
          '!Option:AutoSwitch',
          '!Clear',
        ],
        ...[
          "\nD1/2'26",
          '\nD31.12.99',
          '\nT-1,234.56',
          '\nU',
          '\nP',
          '\nS',
          '\n$',
          '\nL[Cash]',
          '\nNBuy',
          "'",
        ],
      ],
    ),
  xlsx: damageXlsx,
  xls: damageXls,
  zip: damageZip,
  'pages and XML named xls': () =>
    damageMarkup(pagesNamedXls, [
      '<table>',
      '<tr>',
      '<td>',
      '<Row>',
      '<Cell ss:Index="9">',
      '<!--',
    ]),
} as const;
export type FuzzFormatName = keyof typeof formats;
export const fuzzFormatNames = Object.keys(formats) as readonly FuzzFormatName[];

/** The files of a format are read and built when they are asked for. */
export function damageOf(name: FuzzFormatName): Damage {
  return formats[name]();
}

/** The damaged file of a format, a seed and an index: any case alone, again. */
export function fuzzCase(damage: Damage, seed: number, index: number): Buffer {
  return damage(randomFrom(Math.imul(seed, 31) + index * 7919));
}
