import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { readZip } from '../../../cloud/statements/zip.ts';
import type { SampleSheet } from './sample-workbook.ts';
import { statementsOf } from './statements-of.ts';
import { writeCompoundFile } from './write-compound-file.ts';
import { writeXls } from './write-xls.ts';
import { writeXlsx } from './write-xlsx.ts';
import { type FileToPack, writeZip } from './write-zip.ts';

const camt = (day: string, amount: string) =>
  '<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>' +
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>${day}</Dt></BookgDt></Ntry>` +
  '<Ntry><Amt Ccy="EUR">x</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt></BkToCstmrStmt></Document>';
const first = { name: 'DE89370400440532013000 1.xml', content: camt('2026-02-03', '1.00') };
const second = { name: 'in/a/folder.xml', content: camt('2026-02-04', '2.00'), isStored: true };
const letter = { name: 'letter.txt', content: 'Dear customer' };

const sums = (bytes: Uint8Array) =>
  statementsOf(bytes).map(({ entries }) => entries.map(({ amount }) => amount.minor));
const problems = (bytes: Uint8Array) =>
  statementsOf(bytes).flatMap((statement) => statement.problems.map(({ message }) => message));

function refusal(bytes: Uint8Array): string {
  const start = performance.now();
  try {
    readStatements(bytes);
  } catch (error) {
    expect(performance.now() - start).toBeLessThan(2000);
    if (error instanceof StatementUnreadable) return `${error.reason}: ${error.message}`;
    throw error;
  }
  throw new Error('it was read');
}

describe('an archive of statements', () => {
  test('gives those of each file, told by its content', () => {
    const folder = { name: 'in/', content: '' };
    const ofSystem = { name: '__MACOSX/._1.xml', content: 'x' };
    const bytes = writeZip([folder, first, second, ofSystem]);
    expect(sums(bytes)).toEqual([[100], [200]]);
    expect(problems(bytes)).toHaveLength(2);
  });

  test('may have its sizes and places in 64 bits', () => {
    expect(sums(writeZip([first, second], true))).toEqual([[100], [200]]);
  });

  test('says in which file a problem is', () => {
    expect(problems(writeZip([first]))).toEqual([
      'This entry has an amount that is no number. It was left out.',
    ]);
    expect(problems(writeZip([first, second]))[1]).toBe(
      'File 2 of 2: This entry has an amount that is no number. It was left out.',
    );
  });

  test('tells of a file that cannot be read, without its name', () => {
    const [told] = problems(writeZip([letter, first]));
    expect(told).toMatch(/^File 1 of 2 was left out\. This is no statement in /);
  });

  test('is refused where no file can be read', () => {
    expect(refusal(writeZip([letter]))).toMatch(/^unknown-format: This is no statement in /);
    expect(refusal(writeZip([letter, letter]))).toMatch(/^unknown-format: None of the 2 files/);
    expect(refusal(writeZip([]))).toMatch(/^empty: The compressed file is empty/);
  });

  test('may hold a workbook, and no other archive', () => {
    const rows = [
      ['Date', 'Amount', 'Balance'],
      ...[1, 2, 3].map((each) => [
        { day: `2026-02-0${each}` },
        -each,
        10 - (each * (each + 1)) / 2,
      ]),
    ];
    const book = { sheets: [{ rows }] };
    const workbooks = [writeXlsx(book), writeXls(book)].map((content) => ({ name: 'a', content }));
    expect(sums(writeZip(workbooks))).toEqual([
      [-100, -200, -300],
      [-100, -200, -300],
    ]);
    const within = { name: 'a.zip', content: writeZip([first]) };
    expect(refusal(writeZip([within]))).toMatch(
      /^unknown-format: This is a compressed file within/,
    );
    expect(refusal(gzipSync(writeZip([first])))).toMatch(/^unknown-format: .* within another/);
  });

  test('of one file may be gzip', () => {
    const packed = gzipSync(first.content);
    expect(sums(packed)).toEqual([[100]]);
    expect(refusal(packed.subarray(0, 90))).toMatch(/^truncated: /);
    expect(refusal(Buffer.concat([packed.subarray(0, 40), packed.subarray(60)]))).toMatch(
      /^damaged: /,
    );
  });
});

describe('a damaged archive', () => {
  const withSaid = (said: FileToPack['said']) => writeZip([{ ...first, ...(said && { said }) }]);

  test.each([
    ['another checksum', withSaid({ crc: 1 }), /^damaged: /],
    ['a size that is too small', withSaid({ size: 10 }), /^damaged: /],
    ['a size that is too large', withSaid({ size: 9999 }), /^damaged: /],
    ['a password', withSaid({ flags: 1 }), /^unknown-format: .* locked with a password/],
    ['an unusual compression', withSaid({ method: 12 }), /^unknown-format: .* unusual way/],
    ['sizes of 64 bits that are missing', withSaid({ size: 0xffffffff }), /^too-large: /],
  ])('with %s is refused', (_, bytes, why) => {
    expect(refusal(bytes)).toMatch(why);
  });

  test('cut off anywhere is refused', () => {
    const bytes = writeZip([first, second]);
    for (let end = 4; end < bytes.length; end += 7) {
      expect(refusal(bytes.subarray(0, end))).toMatch(/^(truncated|damaged): /);
    }
  });

  test('with any byte changed is refused, or read to entries that are there', () => {
    const bytes = writeZip([first, second]);
    for (let at = 4; at < bytes.length; at += 3) {
      for (const byte of [0, 255]) {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        try {
          for (const minor of sums(changed).flat()) expect([100, 200]).toContain(minor);
        } catch (error) {
          if (!(error instanceof StatementUnreadable)) throw error;
        }
      }
    }
  });

  test('whose files are listed beyond it, or a million times, is refused', () => {
    const bytes = writeZip([first]);
    const end = bytes.length - 22;
    const changed = Buffer.from(bytes);
    changed.writeUInt32LE(0xfffffff0, end + 16);
    expect(refusal(changed)).toMatch(/^damaged/);
    const many = Buffer.from(bytes);
    many.writeUInt16LE(60_000, end + 10);
    expect(refusal(many)).toMatch(/^damaged/);
  });

  test('that unpacks to far more than a file may be is refused before it is unpacked', () => {
    const bomb = { name: 'a', content: Buffer.alloc(19_000_000) };
    expect(refusal(writeZip([first, bomb]))).toMatch(/^too-large: /);
    expect(refusal(gzipSync(Buffer.alloc(21_000_000)))).toMatch(/^too-large: /);
  });

  test('of six thousand files is refused', () => {
    const files = Array.from({ length: 6000 }, () => ({ ...first, isStored: true }));
    expect(refusal(writeZip(files))).toMatch(/^damaged: /);
  });

  test('is never unpacked beyond what it says', () => {
    const [file] = readZip(withSaid({ size: 12 }), 1000);
    expect(() => file?.unpack()).toThrow(StatementUnreadable);
    const files = readZip(writeZip([first, second]), first.content.length + 5);
    expect(files[0]?.unpack()).toHaveLength(first.content.length);
    expect(() => files[1]?.unpack()).toThrow(/more than 0.00/);
  });
});

describe('the sheets of a workbook', () => {
  const header = ['Date', 'Text', 'Amount', 'Balance'];
  const list = {
    rows: [header, [{ day: '2026-02-03' }, 'Rent', -1, 9], [{ day: '2026-02-04' }, 'Food', -2, 7]],
  };
  const other = {
    rows: [header, [{ day: '2026-03-03' }, 'Light', -4, 6], ['2026-02-30', 'Water', -1, 5]],
  };
  const read = (...sheets: readonly SampleSheet[]) => writeXlsx({ sheets });

  test('are statements, each that lists entries', () => {
    expect(sums(read({ rows: [] }, list, { rows: [header] }, other))).toEqual([
      [-100, -200],
      [-400],
    ]);
    expect(sums(read({ rows: [header] }))).toEqual([[]]);
  });

  test('say where a problem is, and what was left out', () => {
    const summary = {
      rows: [
        ['Food', 'Rent'],
        ['many', 'one'],
      ],
    };
    const told = problems(read(list, summary, other));
    expect(told.filter((each) => each.startsWith('Sheet 3: '))).not.toHaveLength(0);
    expect(told.filter((each) => each.startsWith('Sheet 2 was left out. '))).toHaveLength(1);
    expect(problems(read(other)).filter((each) => each.startsWith('Sheet'))).toHaveLength(0);
  });

  test('are refused where none lists entries', () => {
    expect(refusal(read({ rows: [] }))).toMatch(/^empty: The workbook is empty/);
    expect(
      refusal(
        read(
          { rows: [] },
          {
            rows: [
              ['Food', 'Rent'],
              ['many', 'one'],
            ],
          },
        ),
      ),
    ).toMatch(/^columns: /);
  });
});

describe('documents of office programs', () => {
  test.each([
    ['EncryptedPackage', /locked with a password/],
    ['WordDocument', /Word document/],
    ['PowerPoint Document', /older Office file/],
  ])('whose stream is %s are refused with what they are', (name, why) => {
    expect(refusal(writeCompoundFile(name, Buffer.alloc(100)))).toMatch(why);
  });

  test.each([
    ['word/document.xml', /Word document/],
    ['xl/workbook.bin', /binary Excel workbook/],
    ['ppt/presentation.xml', /presentation/],
    ['META-INF/manifest.xml', /OpenDocument/],
    ['Index/Document.iwa', /Numbers/],
  ])('with %s are refused with what they are', (name, why) => {
    expect(refusal(writeZip([{ name, content: '' }]))).toMatch(why);
  });
});
