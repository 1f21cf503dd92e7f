import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import type { Table } from '../../../cloud/statements/table.ts';
import { openXls } from '../../../cloud/statements/xls.ts';
import { openXlsStrings } from '../../../cloud/statements/xls-records.ts';
import { openXlsx } from '../../../cloud/statements/xlsx.ts';
import { readZip } from '../../../cloud/statements/zip.ts';
import type { SampleCell, SampleWorkbook } from './sample-workbook.ts';
import { writeXls } from './write-xls.ts';
import { partsOfXlsx, writeXlsx } from './write-xlsx.ts';
import { writeZip } from './write-zip.ts';

const folder = new URL('../../fixtures/workbooks/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));
const json = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

const cellsOf = (sheets: readonly Table[]) => sheets.map((sheet) => [...sheet.rows()]);
const xlsxCells = (bytes: Uint8Array) => cellsOf(openXlsx(readZip(bytes, 10_000_000)));
const xlsCells = (bytes: Uint8Array) => cellsOf(openXls(bytes));

const writers: readonly (readonly [string, (book: SampleWorkbook) => unknown])[] = [
  ['XLSX', (book) => xlsxCells(writeXlsx(book))],
  [
    'XLSX that says no places and shares no texts',
    (book) => xlsxCells(writeXlsx(book, { isBare: true })),
  ],
  ['XLSX whose elements have a prefix', (book) => xlsxCells(writeXlsx(book, { prefix: 'x' }))],
  ['XLS', (book) => xlsCells(writeXls(book))],
  [
    'XLS whose texts are cut into short records',
    (book) => xlsCells(writeXls(book, { recordMax: 24 })),
  ],
  ['XLS in sectors of 4 kB', (book) => xlsCells(writeXls(book, { shift: 12 }))],
  ['XLS of Excel 95', (book) => xlsCells(writeXls(book, { isExcel95: true }))],
];

function withoutPlaces(sheets: readonly (readonly { cells: readonly string[] }[])[]) {
  return sheets.map((rows) => rows.map(({ cells }) => cells));
}

describe.each(names)('the workbook %s', (name) => {
  test.each(writers)('is read from %s as its expected output says', (dialect, write) => {
    const read = write(json(name)) as ReturnType<typeof cellsOf>;
    expect(read).toEqual(json(`${name}.expected`));
    expect(dialect).toMatch(/^XLS/);
  });
});

describe('workbooks', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'aZ9 äß€ł漢😀&<>"\'_;,.-'), maxLength: 60 })
    .map((each) => each.trim());
  const amount = fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(0, 1, 2, 4))
    .map(([digits, decimals]) => digits / 10 ** decimals);
  const day = fc
    .integer({ min: 2, max: 60_000 })
    .map((days) => ({ day: new Date(Date.UTC(1904, 0, 1 + days)).toISOString().slice(0, 10) }));
  const cell: fc.Arbitrary<SampleCell> = fc.oneof(text, amount, day, fc.constant(null));
  const rows = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 12 });

  const told = (value: SampleCell): string => {
    if (value === null) return '';
    if (typeof value === 'number') return String(value);
    return typeof value === 'object' && 'day' in value ? value.day : String(value);
  };

  test('hold the same cells in each format', () => {
    fc.assert(
      fc.property(
        rows,
        fc.boolean(),
        fc.integer({ min: 12, max: 90 }),
        (made, is1904, recordMax) => {
          const book = { is1904, sheets: [{ rows: made }] };
          const expected = made
            .map((cells, index) => ({ line: index + 1, cells: cells.map(told) }))
            .map(({ line, cells }) => ({
              line,
              cells: cells.slice(0, cells.findLastIndex((each) => each !== '') + 1),
            }))
            .filter(({ cells }) => cells.length > 0);
          expect(xlsxCells(writeXlsx(book))).toEqual([expected]);
          expect(xlsxCells(writeXlsx(book, { isBare: true }))).toEqual([expected]);
          expect(xlsCells(writeXls(book, { recordMax }))).toEqual([expected]);
        },
      ),
      { numRuns: 150, seed: 20261121 },
    );
  });

  test('are read to the same where a sheet is so large that it is taken in pieces', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => [`narrow> ${row} ł </row>`, row / 8]);
    const expected = rows.map((cells) => cells.map(String));
    const noted = '<row note="narrow>"><c><v>1</v></c></row>\n'.repeat(6000);
    expect(readSheetXml(noted)).toHaveLength(6000);
    for (const dialect of [{}, { isBare: true }, { prefix: 'a', isBare: true }]) {
      expect(withoutPlaces(xlsxCells(writeXlsx({ sheets: [{ rows }] }, dialect)))).toEqual([
        expected,
      ]);
    }
  });

  const readSheetXml = (rows: string) => {
    const parts = partsOfXlsx({ sheets: [{ rows: [] }] }).map((part) =>
      part.name.includes('sheet1')
        ? { ...part, content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` }
        : part,
    );
    return withoutPlaces(xlsxCells(writeZip(parts)))[0];
  };

  /** One sheet of records without a container. */
  const bareSheet = (records: readonly number[], version = 0) =>
    Uint8Array.from([9, 8, 8, 0, 0, version, 0x10, 0, 0, 0, 0, 0, ...records, 10, 0, 0, 0]);

  test('hold what formulas give: texts behind other records, truths, nothing for errors', () => {
    const formula = (column: number, ...result: readonly number[]) => {
      const rest = [0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0];
      return [6, 0, 22, 0, 0, 0, column, 0, 0, 0, ...result, 0, 0, 0, ...rest].slice(0, 26);
    };
    const shared = [0xbc, 4, 2, 0, 9, 9];
    const text = [7, 2, 4, 0, 2, 0, 0x6f, 0x6b];
    const records = [
      ...[...formula(0, 0, 0, 0), ...shared, ...text],
      ...[...formula(1, 1, 0, 1), ...formula(2, 1, 0, 0), ...formula(3, 2, 0, 7)],
      ...[...formula(4, 3, 0, 0), ...formula(5, 0, 0, 0)],
    ];
    expect(withoutPlaces(xlsCells(bareSheet(records)))).toEqual([[['ok', 'TRUE', 'FALSE']]]);
  });

  test('pass over a chart within a sheet', () => {
    const number = [3, 2, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
    const chart = [9, 8, 4, 0, 0, 0, 0x20, 0, ...number, 10, 0, 0, 0];
    const below = number.with(4, 1);
    expect(xlsCells(bareSheet([...chart, ...below]))).toEqual([[{ line: 2, cells: ['1'] }]]);
  });

  test('whose records are too short for a cell are refused', () => {
    const short = [0x7e, 2, 6, 0, 0, 0, 0, 0, 0, 0];
    expect(refusal(() => xlsCells(bareSheet([...short, ...short])))).toMatch(/^damaged/);
  });

  test('have texts that change their width where they go on, and a reading beside them', () => {
    const pieces = [
      [5, 0, 12, 1, 0, 3, 0, 0, 0, 0x61, 0x62],
      [1, 0x42, 1, 0x43, 1],
      [0, 0x7a, 9, 9, 9, 9],
      [8, 8, 8, 1, 0, 0, 0x65],
    ];
    const texts = openXlsStrings(pieces.map((piece) => Uint8Array.from(piece)));
    expect([texts.read(), texts.isAtEnd, texts.read(), texts.isAtEnd]).toEqual([
      ...['abłŃz', false],
      ...['e', true],
    ]);
  });

  test('may have their sectors in any order', () => {
    const rows = Array.from({ length: 300 }, (_, row) => [`text ${row}`, row]);
    const bytes = writeXls({ sheets: [{ rows }] });
    const sector = (at: number) => bytes.subarray((at + 1) * 512, (at + 2) * 512);
    const [third, fourth] = [Buffer.from(sector(3)), Buffer.from(sector(4))];
    sector(3).set(fourth);
    sector(4).set(third);
    const table = bytes.readUInt32LE(0x4c) + 1;
    for (const [from, to] of [
      [2, 4],
      [4, 3],
      [3, 5],
    ] as const) {
      bytes.writeUInt32LE(to, table * 512 + from * 4);
    }
    expect(withoutPlaces(xlsCells(bytes))[0]).toEqual(rows.map((cells) => cells.map(String)));
  });

  test('may have a sheet that is a chart', () => {
    const book = { sheets: [{ rows: [['a']] }, { rows: [['b']] }] };
    const parts = partsOfXlsx(book).map((part) =>
      part.name.endsWith('.rels')
        ? { ...part, content: String(part.content).replace('/worksheet"', '/chartsheet"') }
        : part,
    );
    expect(withoutPlaces(xlsxCells(writeZip(parts)))).toEqual([[['b']]]);
    const bytes = writeXls(book);
    const sheet = bytes.indexOf(Buffer.from([0x85, 0]), 512);
    bytes.writeUInt8(2, sheet + 9);
    expect(withoutPlaces(xlsCells(bytes))).toEqual([[['b']]]);
  });

  test('of small programs are one sheet of records without a container', () => {
    const rows = [
      ['Date', 'Amount'],
      ['2026-02-03', -12.5],
      ['Größe', 7],
    ];
    const bytes = writeXls({ sheets: [{ rows }] }, { isBare: true });
    expect(withoutPlaces(xlsCells(bytes))).toEqual([
      [
        ['Date', 'Amount'],
        ['2026-02-03', '-12.5'],
        ['Größe', '7'],
      ],
    ]);
  });

  test('give rows in their order when cells stand column by column', () => {
    const number = (row: number, column: number) => [3, 2, 14, 0, row, 0, column, 0, 0, 0, ...one];
    const one = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
    const cells = [number(1, 0), number(0, 0), number(1, 1)].flat();
    expect(xlsCells(bareSheet(cells))).toEqual([
      [
        { line: 1, cells: ['1'] },
        { line: 2, cells: ['1', '1'] },
      ],
    ]);
  });

  test('may hold large texts and tables: so many sectors that the list of their tables goes on', () => {
    const long = 'ł'.repeat(9000);
    const rows = Array.from({ length: 450 }, (_, row) => [`${row}${long}`]);
    const read = xlsCells(writeXls({ sheets: [{ rows }] }));
    expect(read[0]?.length).toBe(450);
    expect(read[0]?.[449]?.cells[0]).toBe(`449${long}`);
  });

  test('hold dates as text, truths, errors and texts with marks as Excel writes them', () => {
    expect(
      readSheetXml(
        '<row><c t="d"><v>2026-02-03T10:00:00</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>' +
          '<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r>' +
          '<rPh sb="0" eb="1"><t>no</t></rPh></is></c><c t="str"><f>x</f><v>l_x000A_m</v></c></row>',
      ),
    ).toEqual([['2026-02-03', 'TRUE', '', 'a b', 'l\nm']]);
    // A cell may skip columns and rows; what is beyond column 256 is passed over.
    expect(
      readSheetXml('<row r="3"><c r="AB3"><v>1</v></c><c><v>2</v></c></row>')?.[0],
    ).toHaveLength(29);
    expect(readSheetXml('<row><c r="IW1"><v>1</v></c></row>')).toEqual([]);
  });
});

/** Why a file is refused, how long that took, and what it took at most beyond what it had. */
function refusal(read: () => unknown): string {
  const start = performance.now();
  try {
    read();
  } catch (error) {
    expect(performance.now() - start).toBeLessThan(2000);
    if (error instanceof StatementUnreadable) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'read';
}

describe('damaged workbooks', () => {
  const book: SampleWorkbook = json('german-statement');
  const withPart = (name: string, content: string, said = {}) =>
    writeZip(
      partsOfXlsx(book).map((part) => (part.name === name ? { ...part, content, said } : part)),
    );
  const sheet = 'xl/worksheets/sheet1.xml';
  const whole = json('german-statement.expected');

  test.each([
    ['a row beyond the last', '<worksheet><row r="1000000000"/></worksheet>'],
    ['a row that has no number', '<worksheet><row r="x"/></worksheet>'],
    ['elements in a value', '<worksheet><row><c><v><a/></v></c></row></worksheet>'],
    ['elements that do not close', '<worksheet><row>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY a "b">]><worksheet/>'],
    ['elements nested a thousand deep', '<a>'.repeat(1000)],
    ['nothing in it', ''],
  ])('with %s are refused', (_, content) => {
    expect(refusal(() => xlsxCells(withPart(sheet, content)))).toMatch(
      /^damaged: The workbook is damaged\./,
    );
  });

  test('in UTF-16 are read', () => {
    const parts = partsOfXlsx(book).map((part) =>
      part.name === sheet
        ? { ...part, content: Buffer.from(`\ufeff${part.content}`, 'utf16le') }
        : part,
    );
    expect(xlsxCells(writeZip(parts))).toEqual(whole);
  });

  test('with a part missing are refused', () => {
    const without = (name: string) =>
      writeZip(partsOfXlsx(book).filter((part) => part.name !== name));
    expect(refusal(() => xlsxCells(without(sheet)))).toMatch(/^damaged/);
    expect(refusal(() => xlsxCells(without('xl/_rels/workbook.xml.rels')))).toMatch(/^damaged/);
    expect(refusal(() => xlsxCells(without('xl/sharedStrings.xml')))).toMatch(/^damaged/);
  });

  test('cut off anywhere are refused, or read to the same where nothing of them is lost', () => {
    for (const [bytes, read] of [
      [writeXlsx(book), xlsxCells],
      [writeXls(book), xlsCells],
      [writeXls(book, { shift: 12 }), xlsCells],
    ] as const) {
      for (let end = 9; end < bytes.length; end += 97) {
        const why = refusal(() => expect(read(bytes.subarray(0, end))).toEqual(whole));
        expect(why).toMatch(
          end < bytes.length / 2 ? /^(truncated|damaged): / : /^(truncated|damaged|read)/,
        );
      }
    }
  });

  test('with any byte changed are read or refused', () => {
    const sources = [
      [writeXls(book, { recordMax: 60 }), xlsCells],
      [writeXlsx(book), xlsxCells],
    ] as const;
    const change = fc.tuple(
      fc.constantFrom(...sources),
      fc.nat(1e6),
      fc.constantFrom(0, 1, 127, 255),
    );
    fc.assert(
      fc.property(change, ([[bytes, read], at, byte]) => {
        const changed = Buffer.from(bytes);
        changed[at % changed.length] = byte;
        refusal(() => read(changed));
      }),
      { numRuns: 1500, seed: 20261121 },
    );
  });

  const numberAt = (bytes: Buffer, at: number, value: number): Buffer => {
    const changed = Buffer.from(bytes);
    changed.writeUInt32LE(value, at);
    return changed;
  };

  test('whose sectors run in a circle are refused', () => {
    const bytes = writeXls(book, { shift: 12 });
    // The table of sectors is the last one; the directory's chain leads to itself, and the content's back.
    const table = bytes.length - 4096;
    expect(refusal(() => xlsCells(numberAt(bytes, table, 0)))).toMatch(/^damaged/);
    expect(refusal(() => xlsCells(numberAt(bytes, table + 8, 2)))).toMatch(/^(damaged|truncated)/);
    // The list of tables: beyond the file, and back to the first sector again and again.
    expect(refusal(() => xlsCells(numberAt(bytes, 0x44, 1e9)))).toMatch(/^(damaged|truncated)/);
    expect(refusal(() => xlsCells(numberAt(bytes, 0x44, 0)))).toMatch(/^(damaged|truncated)/);
  });

  test('that say of texts that there are a billion are read as far as they go', () => {
    const bytes = writeXls(book, { shift: 12 });
    const strings = bytes.indexOf(Buffer.from([0xfc, 0]), 8192);
    expect(xlsCells(numberAt(bytes, strings + 8, 1e9))).toEqual(json('german-statement.expected'));
  });

  test('that are locked say so', () => {
    const bytes = writeXls(book, { shift: 12 });
    const codePage = bytes.indexOf(Buffer.from([0x42, 0, 2, 0]), 8192);
    bytes.writeUInt16LE(0x2f, codePage);
    expect(refusal(() => xlsCells(bytes))).toMatch(/locked with a password/);
  });
});
