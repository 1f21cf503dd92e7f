/** How a file begins, and what then stands in it over and over. */
export interface RepeatedPiece {
  readonly what: string;
  readonly start?: string;
  readonly piece: string | ((index: number) => string);
  readonly end?: string;
}

const ofxEnd = '</STMTRS></OFX>';
const camtStart = '<Document><BkToCstmrStmt>';
const camtEnd = '</BkToCstmrStmt></Document>';
const entry = (index: number) =>
  `<Ntry><Amt Ccy="EUR">${index}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-01-01</Dt></BookgDt></Ntry>`;
const mt940Start = ':20:A\n:25:1\n:28C:1\n:60F:C260101EUR0,\n:61:260101C1,NTRF\n';
const n43Account = (index: number) =>
  `1120850103${String(index).padStart(10, '0')}260101260131200000000000000978\n` +
  '22    0103260102260102120711000000000100000000000000000000000000\n';

/** What made a reader slow or large once, or might. */
export const repeatedPieces: readonly RepeatedPiece[] = [
  { what: 'open tags', start: '<OFX>', piece: '<A', end: ofxEnd },
  { what: 'angle brackets', start: '<OFX>', piece: '<', end: ofxEnd },
  { what: 'comments', start: '<OFX>', piece: '<!-- -->', end: ofxEnd },
  {
    what: 'ampersands',
    start: '<OFX><STMTRS><BANKTRANLIST><STMTTRN><MEMO>',
    piece: '&',
    end: ofxEnd,
  },
  {
    what: 'nested aggregates',
    start: '<OFX>',
    piece: '<STMTRS><BANKTRANLIST><STMTTRN>',
    end: ofxEnd,
  },
  {
    what: 'sections of an entry',
    start: '<OFX>',
    piece: '<STMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>20260101<TRNAMT>1.00',
    end: ofxEnd,
  },
  {
    what: 'bad entries',
    start: '<OFX><STMTRS><BANKTRANLIST>',
    piece: '\n<STMTTRN><TRNAMT>x',
    end: ofxEnd,
  },
  {
    what: 'corrections',
    start: '<OFX><STMTRS><BANKTRANLIST>',
    piece: (index) =>
      `<STMTTRN><DTPOSTED>20260101<TRNAMT>1<FITID>${index}<CORRECTFITID>${index - 1}`,
    end: ofxEnd,
  },
  {
    what: 'digits of an amount',
    start: '<OFX><STMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>20260101<TRNAMT>',
    piece: '1,',
    end: ofxEnd,
  },
  { what: 'nested elements', start: camtStart, piece: '<a>', end: camtEnd },
  { what: 'attributes', start: camtStart.slice(0, -1), piece: ' a="1"', end: camtEnd },
  {
    what: 'statements of an entry',
    start: camtStart,
    piece: `<Stmt>${entry(1)}</Stmt>`,
    end: camtEnd,
  },
  {
    what: 'entries in currencies of their own',
    start: `${camtStart}<Stmt>`,
    piece: (index) => entry(index).replace('EUR', letters(index)),
    end: `</Stmt>${camtEnd}`,
  },
  {
    what: 'payments of an entry',
    start: `${camtStart}<Stmt><Ntry><NtryDtls>`,
    piece: '<TxDtls></TxDtls>',
  },
  { what: 'statements of MT940', piece: `${mt940Start}:86:x\n:62F:C260101EUR1,\n-\n` },
  { what: 'tags of MT940', start: mt940Start, piece: ':86:' },
  { what: 'entries of MT940', start: mt940Start, piece: ':61:260101C1,NTRF\n' },
  { what: 'subfields', start: `${mt940Start}:86:166`, piece: '?20' },
  { what: 'code words', start: `${mt940Start}:86:`, piece: '/EREF/' },
  { what: 'columns', start: `${mt940Start}:86:`, piece: 'SVWZ+ ' },
  { what: 'braces', start: mt940Start, piece: '{4:\n' },
  { what: 'blanks in an entry', start: ':20:A\n:25:1\n:61:', piece: ' ' },
  { what: 'accounts of Norma 43', piece: n43Account },
  { what: 'records of Norma 43', start: n43Account(1), piece: `2301${'x'.repeat(76)}\n` },
  { what: 'digits of Norma 43', start: n43Account(1), piece: '22' },
  { what: 'accounts of QIF', piece: '!Account\nNA\n^\n!Type:Bank\nD1/31/26\nT1\n^\n' },
  { what: 'parts of an entry of QIF', start: '!Type:Bank\nD1/31/26\nT1\n', piece: 'SA\n$1\n' },
  { what: 'ends of entries of QIF', start: '!Type:Bank\n', piece: '^\n' },
  { what: 'days of QIF', start: '!Type:Bank\n', piece: 'D1/2/26\nT1\n^\n' },
  { what: 'cells of a page', start: '<table><tr>', piece: '<td>' },
  { what: 'rows of a page', start: '<table>', piece: '<tr><td>1' },
  { what: 'tables of a page', start: '<table><tr>', piece: '<table>' },
  {
    what: 'rows of Excel XML',
    start: '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>',
    piece: '<Row/>',
    end: '</Table></Worksheet></Workbook>',
  },
  { what: 'quotes', start: 'Date,Amount\n', piece: '"' },
  { what: 'quotes that do not close', start: 'Date,Amount\n', piece: '"a,' },
  { what: 'quotes within quotes', start: 'Date,Amount\n', piece: '"a"b",' },
  { what: 'odd quotes on one line', start: 'Date,Amount\n', piece: '"a"x,' },
  { what: 'quotes before line breaks', start: 'Date,Amount\n', piece: '"a\n' },
  { what: 'delimiters', start: 'Date,Amount\n', piece: ',' },
  { what: 'line breaks', start: 'Date,Amount\n', piece: '\n' },
  { what: 'blanks', start: 'Date,Amount\n2026-01-01,', piece: ' ' },
  { what: 'blanks before quotes', start: 'Date,Amount\n', piece: '   "  ' },
  { what: 'digits of a number', start: 'Date,Amount\n2026-01-01,', piece: '1.' },
  { what: 'days', start: 'Date,Amount\n', piece: '01/02/2026,5\n' },
  {
    what: 'rows of two tables',
    start: 'Date,Amount\n',
    piece: '2026-01-01,-5\nDate,Text,Amount\n',
  },
  { what: 'names of columns', start: 'Date,Amount', piece: ',Amount' },
  { what: 'words of a preamble', piece: 'IBAN DE89370400440532013000 ' },
  {
    what: 'accounts of a table',
    start: 'Date,Amount,Account\n',
    piece: (index) => `2026-01-01,-5.00,${100_000 + index}\n`,
  },
  {
    what: 'currencies of a table',
    start: 'Date,Amount,Currency\n',
    piece: (index) => `2026-01-01,-5.00,${letters(index)}\n`,
  },
];

export const repeatedBytes = 500_000;

/** The file of one of them. */
export function repeatPiece({ start = '', piece, end = '' }: RepeatedPiece): Buffer {
  const pieces: string[] = [];
  let length = 0;
  for (let index = 0; length < repeatedBytes; index++) {
    const next = typeof piece === 'string' ? piece : piece(index);
    pieces.push(next);
    length += next.length;
  }
  return Buffer.from(start + pieces.join('') + end);
}

function letters(index: number): string {
  const letter = (place: number) => String.fromCharCode(65 + (Math.floor(index / place) % 26));
  return letter(676) + letter(26) + letter(1);
}
