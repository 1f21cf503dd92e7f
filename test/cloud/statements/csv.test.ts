import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStatements } from '../../../cloud/statements/detect.ts';
import type { ReadOptions } from '../../../cloud/statements/statement.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import type { FileAnswers } from '../../../shared/statement-files.ts';
import { statementsOf } from './statements-of.ts';

function read(lines: readonly string[], options: ReadOptions = {}) {
  return statementsOf(Buffer.from(lines.join('\n')), { currencyWhereNone: 'EUR', ...options });
}

function amountsIn(lines: readonly string[], options: ReadOptions = {}): number[] {
  return read(lines, options).flatMap(({ entries }) => entries.map(({ amount }) => amount.minor));
}

/** What a table leaves open. */
function questionOf(lines: readonly string[], options: ReadOptions = {}): string {
  const reading = readStatements(Buffer.from(lines.join('\n')), options);
  return reading.kind === 'question' ? reading.question.key : 'none';
}

const problemsIn = (lines: readonly string[]) => read(lines).flatMap(({ problems }) => problems);

describe('a table that leaves two things open', () => {
  const lines = ['Date,Text,Amount', '02/03/2026,A,1', '03/03/2026,B,2', '05/03/2026,C,3'];

  test('asks for the order of days and the signs at once', () => {
    expect(questionOf(lines)).toBe('date-order');
    const amountsFor = (answers: FileAnswers) => amountsIn(lines, { answers });
    expect(amountsFor({ 'date-order': 'mdy-turned' })).toEqual([-100, -200, -300]);
    expect(amountsFor({ 'date-order': 'dmy-as-is' })).toEqual([100, 200, 300]);
  });

  test('takes the answers one by one, too', () => {
    expect(questionOf(lines, { answers: { sign: 'turned' } })).toBe('date-order');
    expect(questionOf(lines, { answers: { 'date-order': 'dmy' } })).toBe('sign');
    const answers = { 'date-order': 'mdy', sign: 'turned' };
    expect(amountsIn(lines, { answers })).toEqual([-100, -200, -300]);
    const both = { 'date-order': 'mdy-turned', sign: 'as-is' };
    expect(amountsIn(lines, { answers: both })).toEqual([100, 200, 300]);
  });
});

describe('sums that could be thousands', () => {
  const rows = (rate: string) => ['Date,Text,Amount,Rate', `2026-03-02,A,"-29.000","${rate}"`];

  test('are told by a rate beside them', () => {
    expect(amountsIn(rows('1.000000'))).toEqual([-2900]);
    expect(amountsIn(rows('1,000000'))).toEqual([-2_900_000]);
  });

  test('are told by their own columns where these are written in two ways', () => {
    const header = 'Date,Text,Amount,Balance,Rate';
    const lines = [
      '2026-03-02,A,"-29,00",171.00,1.000000',
      '2026-03-03,B,"-31,00",140.00,1.000000',
    ];
    expect(amountsIn([header, ...lines])).toEqual([-2900, -3100]);
  });

  test('are asked for where no number beside them tells', () => {
    for (const other of ['', '1.000', '03.2026', '1.000000/1,000000']) {
      expect(questionOf(rows(other))).toBe('decimal-style');
    }
    const [header = '', row = ''] = rows('1.000000');
    expect(questionOf([header, row, '2026-03-03,B,"-31.000","1,000000"'])).toBe('decimal-style');
  });
});

describe('marks of a direction', () => {
  test.each([
    ['MD', 'D'],
    ['Wn', 'Ma'],
    ['D', 'K'],
    ['D', 'A'],
    ['Дт', 'Кт'],
    ['Χ', 'Π'],
    ['T', 'J'],
    ['支出', '收入'],
    ['출금', '입금'],
  ])('%s and %s are told whatever the name of their column is', (out, into) => {
    const rows = [`2026-02-01,1,${out}`, `2026-02-02,2,${into}`, `2026-02-03,3,${out}`];
    expect(amountsIn(['Date,Amount,Xyz', ...rows])).toEqual([-100, 200, -300]);
  });

  test('are no minus signs of numbers', () => {
    const rows = ['2026-02-01,-1.00,A', '2026-02-02,-2.00,B'];
    expect(amountsIn(['Date,Credit/Debit Amount,Text', ...rows])).toEqual([-100, -200]);
  });
});

describe('columns of which one has a name that is known', () => {
  test('have the other side where that has a sum in all other rows', () => {
    const rows = ['2026-02-01,,5.00,A', '2026-02-02,7.00,,B', '2026-02-03,,3.00,C'];
    expect(amountsIn(['Date,Zzz,Deposits,Text', ...rows])).toEqual([500, -700, 300]);
  });

  test('are asked for where neither has one', () => {
    const rows = ['2026-02-01,,5.00,A', '2026-02-02,7.00,,B', '2026-02-03,,3.00,C'];
    expect(questionOf(['Date,Zzz,Yyy,Text', ...rows])).toBe('sign');
  });
});

describe('a day that is given once', () => {
  test('is that of the rows below it only where most have none', () => {
    const rows = ['2026-02-01,1.00,A', ',2.00,B', ',3.00,C', '2026-02-04,4.00,D', ',5.00,E'];
    const days = read(['Date,Deposits,Text', ...rows]).flatMap(({ entries }) =>
      entries.map(({ bookingDate }) => bookingDate?.slice(8)),
    );
    expect(days).toEqual(['01', '01', '01', '04', '04']);
    expect(problemsIn(['Date,Deposits,Text', ...rows.slice(0, 2)])).toHaveLength(1);
  });
});

describe('the signs of a table', () => {
  test('are taken as they stand where money goes out more often than in', () => {
    expect(amountsIn(['Date,Amount', '2026-02-01,-1', '2026-02-02,-2', '2026-02-03,3'])).toEqual([
      -100, -200, 300,
    ]);
  });

  test.each([
    ['one is positive and smaller than what is negative', ['-200', '2']],
    ['no amount has a sign', ['1', '2']],
    ['only some amounts have a plus', ['+1', '2']],
  ])('are asked for where %s', (_, amounts) => {
    const rows = amounts.map((amount, index) => `2026-02-0${index + 1},${amount}`);
    expect(questionOf(['Date,Amount', ...rows])).toBe('sign');
  });

  test('are told by a plus, and by the kinds of entries', () => {
    expect(amountsIn(['Date,Amount', '2026-02-01,+1', '2026-02-02,2', '2026-02-03,-3'])).toEqual([
      100, 200, -300,
    ]);
    const kinds = [
      'Date,Type,Amount',
      '2026-02-01,Credit Transfer,5',
      '2026-02-02,Direct Debit,-5',
    ];
    expect(amountsIn(kinds)).toEqual([500, -500]);
  });

  test('are asked for where the kinds say the opposite', () => {
    const rows = ['2026-02-01,Purchase,-5', '2026-02-02,Refund,-4', '2026-02-03,Refund,-3'];
    expect(questionOf(['Date,Type,Amount', ...rows, '2026-02-04,Purchase,9'])).toBe('sign');
  });

  test('are not told by kinds where no amount has a minus', () => {
    const rows = ['2026-02-01,Deposit,5', '2026-02-02,Deposit,5', '2026-02-03,Card,7'];
    expect(questionOf(['Date,Type,Amount', ...rows])).toBe('sign');
  });

  test('are turned round where the balances fall with what is listed as positive', () => {
    const rows = ['2026-02-01,10,90', '2026-02-02,20,70', '2026-02-03,-5,75'];
    expect(amountsIn(['Date,Amount,Balance', ...rows])).toEqual([-1000, -2000, 500]);
  });

  test('of a card are not told by a balance that may be what it owes', () => {
    const rows = ['2026-02-01,10,110', '2026-02-02,20,130', '2026-02-03,-5,125'];
    const table = ['Date,Amount,Balance', ...rows];
    expect(questionOf(table, { accountType: 'card' })).toBe('sign');
    expect(amountsIn(table, { accountType: 'current' })).toEqual([1000, 2000, -500]);
  });

  test.each([
    ['both columns are positive', ['5,', ',7'], [-500, 700]],
    ['what went out has a minus', ['-5,', ',7'], [-500, 700]],
    ['the other side is zero', ['5,0.00', '0.00,7'], [-500, 700]],
  ])('follow from two columns where %s', (_, cells, amounts) => {
    const rows = cells.map((pair, index) => `2026-02-0${index + 1},${pair}`);
    expect(amountsIn(['Date,Debit,Credit', ...rows])).toEqual(amounts);
  });

  test('are asked for where a column of what went out has both signs, unless balances tell', () => {
    const rows = ['2026-02-01,5,,95', '2026-02-02,-2,,97', '2026-02-03,,3,100'];
    expect(amountsIn(['Date,Debit,Credit,Balance', ...rows])).toEqual([-500, 200, 300]);
    const without = rows.map((row) => row.slice(0, row.lastIndexOf(',')));
    expect(questionOf(['Date,Debit,Credit', ...without])).toBe('sign');
  });

  test('are those of the flags where these say the opposite throughout, as lists of a card do', () => {
    const rows = ['2026-02-01,debit,5', '2026-02-02,credit,-9'];
    expect(amountsIn(['Date,Type,Amount', ...rows])).toEqual([-500, 900]);
    expect(questionOf(['Date,Type,Amount', ...rows, '2026-02-03,debit,-7'])).toBe('sign');
    const accounts = rows.map((row, index) => `${row},Account ${index}`);
    expect(questionOf(['Date,Type,Amount,Account', ...accounts])).toBe('sign');
  });

  test('are asked for where a few rows have no flag', () => {
    const rows = Array.from({ length: 20 }, (_, index) => `2026-02-01,Text ${index},5,debit`);
    const table = ['Date,Text,Amount,Debit/Credit', ...rows, '2026-02-02,Text,7,EUR'];
    expect(questionOf(table)).toBe('sign');
    expect(amountsIn(table, { answers: { sign: 'turned' } }).at(-1)).toBe(-700);
    expect(amountsIn(table, { answers: { sign: 'as-is' } }).at(-1)).toBe(700);
  });
});

describe('the rows of a table', () => {
  test('are left out where both sides have an amount', () => {
    const table = ['Date,Debit,Credit', '2026-02-01,5,6', '2026-02-02,5,'];
    expect(amountsIn(table)).toEqual([-500]);
    expect(problemsIn(table)).toEqual([
      { line: 2, message: 'This row has an amount in and one out. It was left out.' },
    ]);
  });

  test('are left out, and said, where a quotation mark takes them in', () => {
    const table = [
      'Date,Text,Amount',
      '2026-02-01,"5 nails,-1',
      '2026-02-02,Bus,-2',
      '2026-02-03,19",-3',
      '2026-02-04,Book,-4',
    ];
    expect(amountsIn(table)).toEqual([-400]);
    expect(problemsIn(table)).toEqual([
      {
        line: 2,
        message:
          'This row has a quotation mark that takes in the rows below it. They were left out.',
      },
    ]);
  });

  test('are never amounts cut at a decimal comma that is the delimiter', () => {
    const table = ['Date,Text,Amount', '2026-02-01,Bus,-2,50', '2026-02-02,Book,-4'];
    expect(amountsIn(table)).toEqual([-400]);
    expect(problemsIn(table)[0]?.line).toBe(2);
  });

  test('have text in cells behind the last column', () => {
    const [statement] = read(['Datum;Betrag;Text', '01.02.2026;-2,50;Bus;Linie 5']);
    expect(statement?.entries[0]?.text).toBe('Bus\nLinie 5');
  });

  test('are entries where they only sound like totals', () => {
    const rows = ['2026-02-01,TOTAL,-50', '2026-02-02,Übertrag,-5', '2026-02-03,Saldo,-1'];
    expect(amountsIn(['Date,Text,Amount', ...rows, ',Total,-56'])).toEqual([-5000, -500, -100]);
  });

  test('end where a table with other columns begins', () => {
    const table = ['Date,Text,Amount', '2026-02-01,Bus,-5', '', 'Date,Amount', '2026-02-02,-6'];
    expect(amountsIn(table)).toEqual([-500]);
    expect(problemsIn(table)).toEqual([
      { line: 4, message: 'A second table begins here, with other columns. It was left out.' },
    ]);
  });

  test('may have the header again on every page', () => {
    const table = ['Date,Amount', '2026-02-01,-5', 'Date,Amount', '2026-02-02,-6'];
    expect(amountsIn(table)).toEqual([-500, -600]);
    expect(problemsIn(table)).toEqual([]);
  });

  test('say when the balances beside them were of no use', () => {
    const rows = ['2026-02-01,-5,1', '2026-02-02,-6,1', '2026-02-03,-7,1'];
    const [statement] = read(['Date,Amount,Balance', ...rows]);
    expect(statement?.entries.map(({ balanceAfter }) => balanceAfter)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(statement?.problems).toEqual([
      { line: 1, message: 'The balances do not follow from the amounts. They were not used.' },
    ]);
  });

  test('lead from the opening to the closing balance, or it is said by how much they do not', () => {
    const table = (closing: string) => [
      'Datum;Text;Betrag',
      '01.02.2026;Anfangssaldo;100,00',
      '01.02.2026;Bus;-5,50',
      `28.02.2026;Endsaldo;${closing}`,
    ];
    expect(problemsIn(table('94,50'))).toEqual([]);
    expect(problemsIn(table('95,00'))).toEqual([
      {
        line: 4,
        message: 'Opening balance and entries differ from the closing balance by 0.50 EUR.',
      },
    ]);
  });
});

describe('accounts and currencies of a table', () => {
  test('an account that is another one in each row is the counterparty’s', () => {
    const rows = ['2026-02-01,DE02120300000000202051,-1', '2026-02-02,DE02500105170137075030,-2'];
    const statements = read(['Date,Account,Amount', ...rows]);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.entries[0]?.counterpartyAccount).toBe('DE02120300000000202051');
  });

  test('the currency in the amount’s name goes before another column’s', () => {
    const [statement] = read(['Date,Amount (EUR),Currency', '2026-02-01,-1,USD']);
    expect(statement?.entries[0]?.amount).toEqual({ minor: -100, currency: 'EUR' });
  });

  test('a sum in another currency is kept beside the booked one, with its sign', () => {
    const header = 'Date,Amount,Currency,Original amount,Original currency';
    const [statement] = read([header, '2026-02-01,-4.50,EUR,5.00,USD']);
    expect(statement?.entries[0]?.original).toEqual({ minor: -500, currency: 'USD' });
  });

  test('an amount that names another currency than its row is left out', () => {
    const table = ['Date,Amount,Currency', '2026-02-01,-4 USD,EUR', '2026-02-02,-4 EUR,EUR'];
    expect(amountsIn(table)).toEqual([-400]);
    expect(problemsIn(table)[0]?.line).toBe(2);
  });
});

describe('a table of any layout', () => {
  const row = fc.record({
    day: fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-01-01', days)),
    minor: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).filter((minor) => minor !== 0),
    text: fc.string({ maxLength: 12 }).map((text) => text.replace(/[\\\s]+/g, ' ').trim()),
  });
  const layout = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    isComma: fc.boolean(),
    isGrouped: fc.boolean(),
    isNewestFirst: fc.boolean(),
    sign: fc.constantFrom('minus', 'behind', 'parentheses', 'word', 'flag', 'pair', 'unsigned'),
    date: fc.constantFrom('iso', 'dots', 'day-first', 'month-first', 'compact', 'named'),
    isQuoted: fc.boolean(),
    hasBalance: fc.boolean(),
    hasHeader: fc.boolean(),
    hasPreamble: fc.boolean(),
    hasFooter: fc.boolean(),
  });
  type Row = { readonly day: string; readonly minor: number; readonly text: string };
  type Layout = Parameters<Parameters<typeof layout.map>[0]>[0];

  test('is read to the entries that were written, or asks and one answer gives them', () => {
    const rows = fc.array(row, { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(rows, layout, (list, how) => {
        const spent =
          how.sign === 'unsigned'
            ? list.map((each) => ({ ...each, minor: -Math.abs(each.minor) }))
            : list;
        const sorted = spent.toSorted((a, b) => a.day.localeCompare(b.day));
        const bytes = Buffer.from(writeFile(sorted, how).join('\n'));
        const expected = (how.isNewestFirst ? sorted.toReversed() : sorted).map(
          ({ day, minor }) => `${day} ${minor}`,
        );
        expect(readWithAnswers(bytes, {})).toContainEqual(expected);
      }),
      { seed: 20261121, numRuns: 150 },
    );
  });

  /** The entries by each answer; without a question these alone. */
  function readWithAnswers(bytes: Uint8Array, answers: FileAnswers): string[][] {
    const reading = readStatements(bytes, { currencyWhereNone: 'EUR', answers });
    if (reading.kind === 'question') {
      const { key, options } = reading.question;
      expect(answers[key]).toBeUndefined();
      return options.flatMap(({ id }) => readWithAnswers(bytes, { ...answers, [key]: id }));
    }
    const entries = reading.statements.flatMap((statement) => statement.entries);
    return [entries.map(({ bookingDate, amount }) => `${bookingDate} ${amount.minor}`)];
  }

  function writeFile(rows: readonly Row[], how: Layout): string[] {
    const [quoted, empty] = [(cell: string) => quote(cell, how), ''];
    const preamble = ['My account', '', `Account number${how.delimiter}12345678`, ''];
    const footer = ['', 'This list is no bill.'];
    return [
      ...(how.hasPreamble ? preamble : []),
      ...(how.hasHeader || how.hasPreamble ? [headerOf(how).map(quoted).join(how.delimiter)] : []),
      ...writeRows(rows, how).map((cells) => cells.map(quoted).join(how.delimiter)),
      ...(how.hasFooter ? footer : [empty]),
    ];
  }

  function headerOf({ sign, hasBalance }: Layout): string[] {
    const money = sign === 'pair' ? ['Debit', 'Credit'] : ['Amount'];
    const flag = sign === 'flag' ? ['Debit/Credit'] : [];
    return ['Date', 'Text', ...money, ...flag, ...(hasBalance ? ['Balance'] : [])];
  }

  function writeRows(rows: readonly Row[], how: Layout): string[][] {
    let balance = 0;
    const written = rows.map(({ day, minor, text }) => {
      balance += minor;
      const rest = how.hasBalance ? [`${balance < 0 ? '-' : ''}${decimal(balance, how)}`] : [];
      return [writeDay(day, how), `x ${text}`, ...writeAmount(minor, how), ...rest];
    });
    return how.isNewestFirst ? written.toReversed() : written;
  }

  function writeDay(day: string, { date, isComma }: Layout): string {
    const [year = '', month = '', of = ''] = day.split('-');
    if (date === 'dots') return `${of}.${month}.${year}`;
    if (date === 'day-first') return `${of}/${month}/${year}`;
    // No country writes both the month first and a decimal comma.
    if (date === 'month-first' && !isComma) return `${month}/${of}/${year}`;
    if (date === 'compact') return `${year}${month}${of}`;
    const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    return date === 'named' ? `${of} ${names[Number(month) - 1]} ${year}` : day;
  }

  function writeAmount(minor: number, how: Layout): string[] {
    const sum = decimal(minor, how);
    const isOut = minor < 0;
    if (how.sign === 'pair') return isOut ? [sum, ''] : ['', sum];
    if (how.sign === 'flag') return [sum, isOut ? 'D' : 'C'];
    if (how.sign === 'word') return [`${sum} ${isOut ? 'DR' : 'CR'}`];
    // Without any sign the whole list is of what was spent.
    if (how.sign === 'unsigned' || !isOut) return [sum];
    if (how.sign === 'parentheses') return [`(${sum})`];
    return [how.sign === 'behind' ? `${sum}-` : `-${sum}`];
  }

  function decimal(minor: number, { isComma, isGrouped }: Layout): string {
    const digits = String(Math.abs(minor)).padStart(3, '0');
    const [point, thousands] = isComma ? [',', '.'] : ['.', ','];
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, isGrouped ? thousands : '');
    return `${whole}${point}${digits.slice(-2)}`;
  }

  function quote(cell: string, { delimiter, isQuoted }: Layout): string {
    const isNeeded = isQuoted || cell.includes('"') || cell.includes(delimiter);
    return isNeeded ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
});
