import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeText } from '../../../cloud/statements/decode.ts';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { type Statement, StatementUnreadable } from '../../../cloud/statements/statement.ts';

const folder = new URL('../../fixtures/statements/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => /\.(ofx|qfx|xml|csv|tsv)$/.test(name))
  .map((name) => ({ name, text: decodeText(readFileSync(new URL(name, folder))) }));

describe('damaged statement files', () => {
  test('cut anywhere, never give more entries than the whole file', () => {
    for (const { name, text } of sources) {
      const whole = countEntries(text);
      for (let end = 0; end < text.length; end += 37) {
        const left = countEntries(text.slice(0, end));
        if (left > whole)
          throw new Error(`${name} cut at ${end} gives ${left} entries of ${whole}`);
      }
    }
  });
});

/** A billion letters, of ten times ten times ten …; and what stands in another file. */
const billion = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].reduce(
  (all, name, at, names) => `${all}<!ENTITY ${name} "${`&${names[at - 1] ?? '#76'};`.repeat(10)}">`,
  '',
);
const letter = new URL('refused/letter.txt', folder);
const doctypes = {
  'a billion letters': `<!DOCTYPE x [${billion}<!ENTITY z "&i;">]>`,
  'another file': `<!DOCTYPE x [<!ENTITY z SYSTEM "${letter}">]>`,
  'a table of elsewhere': `<!DOCTYPE x SYSTEM "${letter}" [<!ENTITY % z SYSTEM "${letter}"> %z;]>`,
};
const entry = '<STMTTRN><DTPOSTED>20260101</DTPOSTED><TRNAMT>-1</TRNAMT><NAME>&z;</NAME></STMTTRN>';
const row = (...texts: string[]) =>
  `<Row>${texts.map((text) => `<Cell><Data ss:Type="String">${text}</Data></Cell>`).join('')}</Row>`;
const documents = {
  CAMT:
    '<Document><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>&z;</Id></Othr></Id></Acct><Ntry><Amt Ccy="EUR">1</Amt>' +
    '<CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-01-01</Dt></BookgDt><AddtlNtryInf>&z;</AddtlNtryInf></Ntry>' +
    '</Stmt></BkToCstmrStmt></Document>',
  OFX: `<?OFX OFXHEADER="200"?><OFX><STMTRS><BANKTRANLIST>${entry}</BANKTRANLIST></STMTRS></OFX>`,
  'Excel XML':
    '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' +
    `<Worksheet><Table>${row('Date', 'Text', 'Amount')}${row('2026-01-01', '&z;', '-1.00')}` +
    '</Table></Worksheet></Workbook>',
  HTML:
    '<html><table><tr><td>Date</td><td>Text</td><td>Amount</td></tr>' +
    '<tr><td>2026-01-01</td><td>&z;</td><td>-1.00</td></tr></table></html>',
};
const withEntities = Object.entries(documents).flatMap(([format, document]) =>
  Object.entries(doctypes).map(([what, doctype]) => [format, what, doctype + document] as const),
);

describe('entities', () => {
  test.each(Object.entries(documents))('%s without them is read', (_, document) => {
    expect(countEntries(document.replaceAll('&z;', 'Kiosk'))).toBe(1);
  });

  test.each(withEntities)('in %s that stand for %s are refused, or stay as they are', (...args) => {
    const [, , text] = args;
    let read = '';
    const ms = cpuMs(() => {
      read = JSON.stringify(readOrRefuse(Buffer.from(`<?xml version="1.0"?>${text}`)));
    });
    expect(ms).toBeLessThan(500);
    expect(read).not.toContain('LL');
    expect(read).not.toContain(readFileSync(letter, 'utf8').slice(0, 12));
  });
});

/** Of this process: what else runs on the machine does not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** None where the file is refused, or asks. */
function readOrRefuse(bytes: Uint8Array): readonly Statement[] {
  try {
    const reading = readStatements(bytes);
    return reading.kind === 'statements' ? reading.statements : [];
  } catch (error) {
    if (error instanceof StatementUnreadable) return [];
    throw error;
  }
}

function countEntries(text: string): number {
  return readOrRefuse(Buffer.from(text)).reduce((sum, { entries }) => sum + entries.length, 0);
}
