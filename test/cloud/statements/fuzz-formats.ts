import { readdirSync, readFileSync } from 'node:fs';
import { type Random, randomFrom } from '../../bench/made-up-banks.ts';
import { makeUpEntries } from '../../bench/statement-entries.ts';
import { statementFormats } from '../../bench/statement-formats.ts';
import { type Mutations, mutate } from './mutate.ts';
import { mutateMarkup } from './mutate-markup.ts';

/** Files of a format, and how they are damaged. */
export interface FuzzFormat {
  readonly sources: readonly Buffer[];
  /** The file of a case, the same for the same numbers. */
  damage(random: Random): Buffer;
}

const fixtures = new URL('../../fixtures/statements/', import.meta.url);
/** Damage is found as well in a small file, and sooner. */
const sourceBytesMax = 1600;

function fixturesOf(endings: RegExp): readonly Buffer[] {
  return ['', 'refused/'].flatMap((folder) =>
    readdirSync(new URL(folder, fixtures))
      .filter((name) => endings.test(name))
      .map((name) => readFileSync(new URL(`${folder}${name}`, fixtures)))
      .filter(({ length }) => length > 0 && length <= sourceBytesMax),
  );
}

/** `madeUp` is the bench's name of the format: a file of three entries that it writes is a source, too. */
function textFormat(endings: RegExp, madeUp: string, pieces: readonly string[]): () => FuzzFormat {
  return () => {
    const written = statementFormats[madeUp]?.(makeUpEntries(3)) ?? [];
    const sources = [...fixturesOf(endings), Buffer.from(written)];
    const of: Mutations = { isText: true, pieces: [...pieces, ...anywhere] };
    const damage = (random: Random) => mutate(one(sources, random), random, of, sources);
    return { sources, damage };
  };
}

/** Half of the damaged files stay well formed, so that what is wrong in them is met by the one who reads the elements. */
function markupFormat(
  endings: RegExp,
  madeUp: string,
  pieces: readonly string[],
): () => FuzzFormat {
  return () => {
    const { sources, damage } = textFormat(endings, madeUp, [...markup, ...pieces])();
    return {
      sources,
      damage: (random) =>
        random(2) === 0 ? damage(random) : mutateMarkup(one(sources, random), random),
    };
  };
}

const anywhere = ['\n', '\r\n', '\r', ' ', '\t', '"', '-', '+', '.', ',', '\0', '\u001a', '\u2028'];
const markup: readonly string[] = [
  ...['<', '>', '</', '/>', '&', '&#0;', '&#x110000;', '<!--', '-->', ']]>', '<![CDATA['],
  ...['<!DOCTYPE a [', '<!ENTITY a "b">', '<?xml', '?>', '<__proto__>', '&a;', '="'],
];

const formats = {
  ofx: markupFormat(/\.(ofx|qfx)$/, 'ofx-sgml', [
    ...['<OFX>', '</OFX>', '<STMTTRN>', '</STMTTRN>', '<STMTRS>', '</STMTRS>', '<BANKTRANLIST>'],
    ...['<CCSTMTRS>', '<DTPOSTED>20260101', '<TRNAMT>', '<CURDEF>', '<LEDGERBAL>', 'OFXHEADER:100'],
  ]),
  camt: markupFormat(/\.xml$/, 'camt', [
    ...['<Document>', '</Document>', '<Stmt>', '</Stmt>', '<Ntry>', '</Ntry>', '<TxDtls>', '<Bal>'],
    ...['<Amt Ccy="EUR">1</Amt>', '<Amt>', '<CdtDbtInd>DBIT</CdtDbtInd>', '<Dt>', '<RvslInd>true'],
  ]),
  csv: textFormat(/\.(csv|tsv)$/, 'csv', [
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
  mt940: textFormat(/\.(sta|mt940|mt942|940|942|swi)$/, 'mt940', [
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
  ]),
  n43: textFormat(/\.(n43|q43|c43)$/, 'n43', [
    ...['\n11', '\n22', '\n23', '\n24', '\n33', '\n88', '88', '978', '840', '\u00a5', '\u001a'],
    ...['9'.repeat(18), '0'.repeat(80), ' '.repeat(80), '260230', '1', '2'],
  ]),
} as const;
export type FuzzFormatName = keyof typeof formats;
export const fuzzFormatNames = Object.keys(formats) as readonly FuzzFormatName[];

/** The files of a format are read and built when they are asked for. */
export function fuzzFormat(name: FuzzFormatName): FuzzFormat {
  return formats[name]();
}

/** The damaged file of a format, a seed and an index: any case alone, again. */
export function fuzzCase(format: FuzzFormat, seed: number, index: number): Buffer {
  return format.damage(randomFrom(Math.imul(seed, 31) + index * 7919));
}

function one<T>(list: readonly T[], random: Random): T {
  return list[random(list.length)] as T;
}
