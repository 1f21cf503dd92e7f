import { describe, expect, test } from '@jest/globals';
import { readCamt } from '../../../cloud/statements/camt.ts';

const balance = (code: string, amount: string, day: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>` +
  `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
const entry = (amount: string, more = '') =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>${more}</Ntry>`;
const message = (inside: string) =>
  `<Document><BkToCstmrStmt><GrpHdr><CreDtTm>2026-02-01T10:00:00</CreDtTm></GrpHdr><Stmt>${inside}</Stmt></BkToCstmrStmt></Document>`;
const only = (xml: string) => {
  const [statement] = readCamt(xml);
  if (!statement) throw new Error('no statement');
  return statement;
};
const days = (inside: string) => only(message(inside)).entries.map((each) => each.bookingDate);

describe('a CAMT statement', () => {
  test('of pages opens with the first and closes with the last', () => {
    const pages =
      balance('OPBD', '1', '2026-01-01') +
      balance('CLBD', '3', '2026-01-02') +
      balance('OPBD', '3', '2026-01-02') +
      balance('CLBD', '6', '2026-01-03');
    const { opening, closing, problems } = only(message(pages + entry('2') + entry('3')));
    expect([opening?.amount.minor, opening?.date]).toEqual([100, '2026-01-01']);
    expect([closing?.amount.minor, closing?.date]).toEqual([600, '2026-01-03']);
    expect(problems.map(({ message: text }) => text)).toHaveLength(1);
  });

  test('gives entries without a date the day of its closing, else of its own or its message', () => {
    const made = '<CreDtTm>2026-01-15T10:00:00</CreDtTm>';
    expect(days(made + balance('CLBD', '1', '2026-01-03') + entry('1'))).toEqual(['2026-01-03']);
    expect(days(made + entry('1'))).toEqual(['2026-01-15']);
    expect(days(entry('1'))).toEqual(['2026-02-01']);
    expect(days(`<CreDtTm>soon</CreDtTm>${entry('1')}`)).toEqual(['2026-02-01']);
  });

  test('counts its entries without a date from the first of them', () => {
    const dated = '<BookgDt><Dt>2026-01-04</Dt></BookgDt>';
    const entries = `\n${entry('1', dated)}\n${entry('2')}\n${entry('3')}`;
    const [problem] = only(message(entries)).problems;
    expect([problem?.line, problem?.message]).toEqual([
      3,
      'Entries without a date, this one first: 2 of 3. They stand with the day of the statement.',
    ]);
  });

  test('may have its account below its entries, against the schema', () => {
    const account = '<Acct><Id><Othr><Id>12</Id></Othr></Id><Ccy>EUR</Ccy></Acct>';
    const { account: found, entries } = only(message(entry('1') + account));
    expect([found.number, entries.length]).toEqual(['12', 1]);
  });
});
