import { describe, expect, test } from '@jest/globals';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { statementsOf } from './statements-of.ts';

const bytesOf = (lines: readonly string[]) => Buffer.from(lines.join('\n'));
const entriesIn = (lines: readonly string[]): string[] =>
  statementsOf(bytesOf(lines), { currencyWhereNone: 'EUR' }).flatMap(({ entries }) =>
    entries.map(({ bookingDate, amount }) => `${bookingDate} ${amount.minor} ${amount.currency}`),
  );
const questionOf = (lines: readonly string[]): string | undefined => {
  const reading = readStatements(bytesOf(lines));
  return reading.kind === 'question' ? reading.question.key : undefined;
};

describe('what the columns of a table are told by', () => {
  test('a name over two columns is that of the sum, the currency stands first', () => {
    const rows = ['13-02-2026,EUR,"-4,50",EUR,"95,50"', '14-02-2026,EUR,"-2,00",EUR,"93,50"'];
    expect(entriesIn(['Datum,Mutatie,,Saldo,', ...rows])).toEqual([
      '2026-02-13 -450 EUR',
      '2026-02-14 -200 EUR',
    ]);
  });

  test('words for in and out are a flag, whatever stands above them', () => {
    const rows = ['2026-02-13,Shop,4.50,D,7', '2026-02-14,Work,9.00,K,7'];
    expect(entriesIn(['Date,Text,Amount,Xyz,Client code', ...rows])).toEqual([
      '2026-02-13 -450 EUR',
      '2026-02-14 900 EUR',
    ]);
    const unsaid = rows.map((row) => row.replace(/[DK]/, 'x'));
    expect(questionOf(['Date,Text,Amount,Xyz,Client code', ...unsaid])).toBe('sign');
  });

  test('names that stand elsewhere than their columns tell nothing; the values do', () => {
    const header = 'Date,Bank,City,Name,Text,Amount,';
    const rows = ['2026:02:13,Bank,Text one,-4.50,', '2026:02:14,Bank,Text two,9.00,'];
    expect(entriesIn([header, ...rows])).toEqual(['2026-02-13 -450 EUR', '2026-02-14 900 EUR']);
  });

  test('amounts and balances may be written in different styles', () => {
    const rows = ['2026-02-13;-1 234,50;100.50', '2026-02-14;-2,00;98.50'];
    expect(entriesIn(['Date;amount;balance', ...rows])).toEqual([
      '2026-02-13 -123450 EUR',
      '2026-02-14 -200 EUR',
    ]);
  });

  test('a single balance does not turn the signs round', () => {
    const rows = ['2026-02-14,-350,2345.56', '2026-02-13,1290,1055.56'];
    expect(entriesIn(['Date,Amount,Balance', ...rows])).toEqual([
      '2026-02-14 -35000 EUR',
      '2026-02-13 129000 EUR',
    ]);
  });
});

describe('the custom of those who named the columns', () => {
  const rows = ['03/02/2026;A;-5.00', '01/02/2026;B;-6.00', '04/02/2026;C;-7.00'];

  test('tells the order of days in all languages but English', () => {
    expect(entriesIn(['Fecha;Concepto;Importe', ...rows])[0]).toBe('2026-02-03 -500 EUR');
    expect(questionOf(['Date;Description;Amount', ...rows])).toBe('date-order');
  });

  test('tells it in English where a word is of one country', () => {
    const british = rows.map((row) => row.replace('-', ';'));
    expect(entriesIn(['Date;Text;Paid in;Paid out', ...british])[0]).toBe('2026-02-03 -500 EUR');
    expect(questionOf(['Date;Cheque number;Amount', ...rows])).toBe('date-order');
  });
});
