import { describe, expect, test } from '@jest/globals';
import { readHtmlRows } from '../../../cloud/statements/html-table.ts';
import { statementsOf } from './statements-of.ts';

/** Day, text and amount of each entry. */
const entriesOf = (file: string | Buffer) =>
  statementsOf(Buffer.from(file)).flatMap(({ format, entries }) =>
    entries.map(({ bookingDate, text, counterparty, amount }) => [
      format,
      bookingDate,
      `${counterparty}${text}`,
      amount.minor,
    ]),
  );

describe('a page that a bank names .xls', () => {
  const rows = (html: string) => readHtmlRows(html).map(({ cells }) => cells);

  const page = (style = '') =>
    `<!DOCTYPE html><html><head><title>Umsätze</title><style>td { color: red }</style>${style}</head><body>
<h1>Konto DE89 3704 0044 0532 0130 00</h1><!-- <table> -->
<table border=1><tr><th>Datum</th><th>Text</th><th>Betrag</th><th>Saldo</th></tr>
<tr><td>13.02.2026</td><td>M&uuml;ller &amp; S&ouml;hne</td><td align="right">-1.234,56&nbsp;</td><td>8.765,44</td></tr>
<tr><td>14.02.2026</td><td>Zinsen</td><td>0,56</td><td>8.766,00</td></tr></table></body></html>`;
  const expected = [
    ['xls', '2026-02-13', 'Müller & Söhne', -123456],
    ['xls', '2026-02-14', 'Zinsen', 56],
  ];

  test.each([
    ['UTF-8', Buffer.from(page())],
    ['windows-1252', Buffer.from(page(), 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${page()}`, 'utf16le')],
  ])('is read in %s', (_, bytes) => {
    expect(entriesOf(bytes)).toEqual(expected);
  });

  test('counts its lines as an editor does', () => {
    expect(readHtmlRows(page()).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  test('may leave out the ends of its cells and rows', () => {
    expect(rows('<TABLE><TR><TD>1<TD>2<TR><TD>3<TD>4</TABLE>')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('keeps columns where cells reach over some, or down', () => {
    expect(
      rows('<table><tr><td colspan=2>a<td>b<tr><td rowspan="2">1<td>2<td>3<tr><td>4<td>5</table>'),
    ).toEqual([
      ['a', '', 'b'],
      ['1', '2', '3'],
      ['', '4', '5'],
    ]);
    // A table that ends takes what reaches down with it.
    expect(rows('<table><tr><td rowspan=3>1</table><table><tr><td>2<td>3</table>')).toEqual([
      ['1'],
      ['2', '3'],
    ]);
  });

  test('gives rows of tables in tables, and lines within cells', () => {
    expect(
      rows(
        '<table><tr><td>out<table><tr><td>a<br>b  c</td><td><p>1</p></td></tr></table></td></tr></table>',
      ),
    ).toEqual([['out'], ['a\nb c', '1']]);
  });

  test.each([
    ['open tags', '<td'],
    ['tables', '<table>'],
    ['cells over many columns', '<td colspan=100>'],
    ['cells down many rows', '<tr><td rowspan=100>'],
    ['comments', '<!-- '],
    ['styles', '<style>'],
    ['ampersands', '&'],
    ['blanks in a cell', '\n '],
  ])('of a megabyte of %s takes no longer than two seconds', (_, piece) => {
    const start = performance.now();
    readHtmlRows(`<table><tr><td>${piece.repeat(1_000_000 / piece.length)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a workbook that is one XML file', () => {
  const workbook = (rows: string) =>
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n' +
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">' +
    '<Styles><Style ss:ID="s1"><NumberFormat ss:Format="Short Date"/></Style>' +
    '<Style ss:ID="s2"><NumberFormat ss:Format="#,##0.00"/></Style></Styles>' +
    `<Worksheet ss:Name="A"><Table>${rows}</Table></Worksheet><Worksheet ss:Name="B"/></Workbook>`;
  const cell = (type: string, value: string, more = '') =>
    `<Cell${more}><Data ss:Type="${type}">${value}</Data></Cell>`;
  const header = `<Row>${cell('String', 'Date')}${cell('String', 'Text', ' ss:MergeAcross="1"')}${cell('String', 'Amount')}${cell('String', 'Balance')}</Row>`;

  test('is read by the types and places of its cells', () => {
    const rows = [
      header,
      `<Row ss:Index="4">${cell('DateTime', '2026-02-03T00:00:00.000')}${cell('String', 'R&amp;D <B>x</B>', ' ss:MergeAcross="1"')}` +
        `${cell('Number', '-1234.5', ' ss:StyleID="s2"')}${cell('Number', '8765.5')}</Row>`,
      `<Row>${cell('Number', '46057', ' ss:StyleID="s1"')}<Cell/>` +
        `<Cell ss:Index="4"><Data ss:Type="Number">0.30000000000000004</Data><Comment>no</Comment></Cell>${cell('Number', '8765.8')}</Row>`,
    ];
    expect(entriesOf(workbook(rows.join('\n')))).toEqual([
      ['xls', '2026-02-03', 'R&D x', -123450],
      ['xls', '2026-02-04', '', 30],
    ]);
  });

  test('is refused where it is damaged', () => {
    expect(() => entriesOf(workbook('<Row ss:Index="2000000"/>'))).toThrow(/workbook is damaged/);
    expect(() => entriesOf(workbook('<Row><Cell ss:Index="x"/></Row>'))).toThrow(/is damaged/);
    expect(() => entriesOf(workbook(header).slice(0, -40))).toThrow(/ends before/);
  });
});
