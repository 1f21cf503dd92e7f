import { gzipSync } from 'node:zlib';
import { readCompoundFile } from '../../../cloud/statements/compound-file.ts';
import type { Random } from '../../bench/made-up-banks.ts';
import { makeUpEntries } from '../../bench/statement-entries.ts';
import { statementFormats } from '../../bench/statement-formats.ts';
import { type Damage, type Mutations, mutate, one } from './mutate.ts';
import { mutateMarkup } from './mutate-markup.ts';
import type { SampleWorkbook } from './sample-workbook.ts';
import { writeCompoundFile } from './write-compound-file.ts';
import { writeXls, type XlsDialect } from './write-xls.ts';
import { partsOfXlsx } from './write-xlsx.ts';
import { type FileToPack, writeZip } from './write-zip.ts';

const noText: Mutations = {
  isText: false,
  pieces: ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '\0'],
};
const text: Mutations = {
  isText: true,
  pieces: ['<', '>', '&', '"', '\n', ';', '<c><v>', '</row>'],
};

/** Small ones: damage is found as well, and sooner. */
const workbooks: readonly SampleWorkbook[] = [
  {
    sheets: [
      {
        rows: [
          ['Date', 'Text', 'Amount', 'Balance'],
          [{ day: '2026-02-03' }, 'Kiosk & Café', -12.5, 87.5],
          [{ day: '2026-02-14', time: 0.75 }, 'Zinsen', 0.1, { formula: 87.6 }],
        ],
      },
    ],
  },
  {
    is1904: true,
    sheets: [
      { isHidden: true, rows: [['Date'], [null, true]] },
      {
        rows: [
          ['IBAN', 'DE89 3704 0044 0532 0130 00'],
          ['Datum', 'Soll', 'Haben'],
          ['14.02.2026', 1_234.56, null],
          [{ formula: '15.02.2026' }, null, 1e9],
        ],
      },
    ],
  },
];

/** Damages the archive itself, or what is in one of its files. */
function damageArchive(
  archives: readonly (readonly FileToPack[])[],
  inside: (content: Buffer, random: Random, others: readonly Buffer[]) => Buffer,
): Damage {
  const packed = archives.map((files) => writeZip(files));
  const others = archives.flat().map(({ content }) => Buffer.from(content));
  return (random) => {
    if (random(3) === 0) return mutate(one(packed, random), random, noText, packed);
    const files = one(archives, random);
    const at = random(files.length);
    const damaged = files.map((file, index) => {
      const isStored = random(8) > 0;
      if (index !== at) return { ...file, isStored };
      const said = random(16) === 0 ? { said: lie(random) } : {};
      return {
        ...file,
        isStored,
        ...said,
        content: inside(Buffer.from(file.content), random, others),
      };
    });
    return writeZip(damaged, random(16) === 0);
  };
}

function lie(random: Random): NonNullable<FileToPack['said']> {
  const value = one([0, 1, 0x7fff, 0xffff], random);
  return one([{ crc: value }, { size: value }, { flags: value }, { method: value }], random);
}

/** Parts that a reader needs are damaged more often than the list of types. */
export function damageXlsx(): Damage {
  const books = workbooks.flatMap((book) =>
    [{}, { isBare: true }].map((dialect) => partsOfXlsx(book, dialect).slice(0)),
  );
  return damageArchive(books, (content, random, others) =>
    random(3) === 0 ? mutate(content, random, text, others) : mutateMarkup(content, random),
  );
}

export function damageZip(): Damage {
  const entries = makeUpEntries(1);
  const file = (name: string, format: string): FileToPack => ({
    name,
    content: statementFormats[format]?.(entries) ?? '',
  });
  const archives = [
    [file('a.csv', 'csv'), file('b.ofx', 'ofx-sgml')],
    [file('c.sta', 'mt940'), file('c.n43', 'n43')],
    [file('d.xml', 'camt'), { name: '__MACOSX/d.xml', content: 'x' }, file('e.qif', 'qif')],
  ];
  const damaged = damageArchive(archives, (content, random, others) =>
    mutate(content, random, text, others),
  );
  const gzips = archives.flat().map(({ content }) => gzipSync(content));
  return (random) =>
    random(4) > 0 ? damaged(random) : mutate(one(gzips, random), random, noText, gzips);
}

/** Damages the container, or the records that are in its stream. */
export function damageXls(): Damage {
  const dialects: readonly XlsDialect[] = [{}, { isExcel95: true }, { recordMax: 24 }];
  const files = workbooks.flatMap((book) => dialects.map((dialect) => writeXls(book, dialect)));
  const streams = files.flatMap((file) =>
    [...readCompoundFile(file)].flatMap(([name, open]) =>
      name === 'Root Entry' ? [] : [{ name, records: recordsOf(Buffer.from(open())) }],
    ),
  );
  return (random) => {
    if (random(3) === 0) return mutate(one(files, random), random, noText, files);
    const { name, records } = one(streams, random);
    return writeCompoundFile(name, Buffer.concat(damageRecords(records, random)));
  };
}

/** Each with its type, its length and what it holds. */
function recordsOf(stream: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at + 4 <= stream.length; ) {
    const end = at + 4 + stream.readUInt16LE(at + 2);
    records.push(stream.subarray(at, end));
    at = end;
  }
  return records;
}

function damageRecords(whole: readonly Buffer[], random: Random): readonly Buffer[] {
  const records = [...whole];
  for (let left = 1 + random(4); left > 0; left--) {
    const at = random(records.length);
    const record = Buffer.from(records[at] ?? []);
    if (record.length < 4) continue;
    const kind = random(6);
    if (kind === 0) records.splice(at, 1);
    else if (kind === 1) records.splice(random(records.length), 0, record);
    else if (kind === 2) record.writeUInt16LE(one(whole, random).readUInt16LE(0), 0);
    else if (kind === 3) record.writeUInt16LE(one([0, 1, 0x2020, 0xffff], random), 2);
    else if (kind === 4) record.fill(one([0, 0xff, 0x80, 0x7f], random), 4 + random(record.length));
    else records[at] = withContent(record, mutate(record.subarray(4), random, noText, whole));
    if (kind > 1 && kind < 5) records[at] = record;
  }
  return records;
}

/** The length follows the content, as far as it can tell it. */
function withContent(record: Buffer, content: Buffer): Buffer {
  const head = Buffer.from(record.subarray(0, 4));
  head.writeUInt16LE(Math.min(0xffff, content.length), 2);
  return Buffer.concat([head, content.subarray(0, 0xffff)]);
}
