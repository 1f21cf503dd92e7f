import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { looksLikeQif, readQif } from '../../../cloud/statements/qif.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import type { FileAnswers } from '../../../shared/statement-files.ts';
import { type QifDialect, qifDialect, writeQif } from './write-qif.ts';

const read = (text: string, answers: FileAnswers = {}) =>
  readStatements(Buffer.from(text), { answers });

/** A list of entries with these dates, each with words of its own. */
function listOf(dates: readonly string[], payee = (at: number) => 'abcdefghijkl'[at]?.repeat(5)) {
  const records = dates.map((date, at) => `D${date}\nT-${at + 1}.50\nP${payee(at)}\n^\n`);
  return `!Type:Bank\n${records.join('')}`;
}

/** The days, or the orders that the file leaves open. */
function daysOf(text: string): readonly (string | undefined)[] {
  const reading = read(text);
  return reading.kind === 'question'
    ? reading.question.options.map(({ id }) => id)
    : reading.statements.flatMap(({ entries }) => entries.map((entry) => entry.bookingDate));
}

describe('the order of dates in QIF', () => {
  test('is the one in which every day of the file exists', () => {
    expect(daysOf(listOf(['03/04/2026', '05/13/2026']))).toEqual(['2026-03-04', '2026-05-13']);
  });

  test('is told by the dates of investments and prices, too', () => {
    const list = listOf(['03/04/2026']);
    expect(daysOf(`${list}!Type:Invst\nD03/31/2026\nNBuy\n^\n`)).toEqual(['2026-03-04']);
    expect(daysOf(`${list}!Type:Prices\n"AB",1,"3/31'26"\n^\n`)).toEqual(['2026-03-04']);
  });

  test('is told by a header', () => {
    const list = listOf(['03/04/2026', '02/01/2026']);
    expect(daysOf(`!Option:MDY\n${list}`)).toEqual(['2026-03-04', '2026-02-01']);
  });

  test('is day first where points stand between the numbers', () => {
    expect(daysOf(listOf(['03.04.26']))).toEqual(['2026-04-03']);
  });

  test('is the one in which six days are sorted', () => {
    const sorted = ['01/02/26', '05/02/26', '04/03/26', '06/03/26', '02/04/26', '03/04/26'];
    const same = () => 'Bakery';
    expect(daysOf(listOf(sorted, same))[0]).toBe('2026-02-01');
    expect(daysOf(listOf(sorted.toReversed(), same)).at(-1)).toBe('2026-02-01');
    expect(daysOf(listOf(sorted.slice(1), same))).toEqual(['dmy', 'mdy']);
  });

  test('is asked where two lists are sorted in different orders', () => {
    const [one, other] = [
      ['01/02/26', '05/02/26', '04/03/26', '06/03/26', '02/04/26', '03/04/26'],
      ['01/02/26', '01/03/26', '02/02/26', '03/01/26', '03/02/26', '04/01/26'],
    ];
    const file =
      listOf(one, () => 'Bakery') + listOf(other, () => 'Bakery').replace('Bank', 'Cash');
    expect(daysOf(file)).toEqual(['dmy', 'mdy']);
  });

  test('is the one of three days in a row where the other has three months of strangers', () => {
    const days = ['6/1/26', '6/2/26', '6/3/26'];
    expect(daysOf(listOf(days))).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    expect(daysOf(listOf(days.slice(1)))).toEqual(['dmy', 'mdy']);
  });

  test('is year first with slashes only where the days would lie decades apart', () => {
    const dates = ['10/01/01', '10/06/01', '10/12/29'];
    expect(daysOf(listOf(dates))).toEqual(['2010-01-01', '2010-06-01', '2010-12-29']);
    expect(daysOf(listOf(dates, () => 'Rent'))).toEqual(['dmy', 'mdy', 'ymd']);
    expect(daysOf(listOf(['16/08/24', '15/09/24', '15/06/24']))[0]).toBe('2024-08-16');
    expect(daysOf(listOf(['16-08-24', '15-09-24', '15-06-24'], () => 'Rent'))).toEqual([
      'dmy',
      'ymd',
    ]);
  });

  test('is asked where the same comes again, perhaps every month', () => {
    const days = ['01/01/26', '01/02/26', '01/03/26', '01/04/26', '01/05/26'];
    expect(daysOf(listOf(days, (at) => `Interest ${at}`))).toEqual(['dmy', 'mdy']);
    expect(daysOf(listOf(days).replaceAll(/^T.*$/gm, 'T-9.99'))).toEqual(['dmy', 'mdy']);
    expect(daysOf(listOf(days).replaceAll(/^P.*\n/gm, ''))).toEqual(['dmy', 'mdy']);
  });

  test('is asked where the sorted one would make years of weeks', () => {
    const dates = ['16-10-24', '16-07-24', '15-09-24', '15-06-24', '01-07-24', '01-01-26'];
    expect(daysOf(listOf(dates, () => 'Bakery'))).toEqual(['dmy', 'ymd']);
  });

  test('is not year first where an apostrophe stands before the year', () => {
    expect(daysOf(listOf(["05-06'07", "06-06'07"], () => 'Rent'))).toEqual(['dmy', 'mdy']);
  });

  test('an answer that the file contradicts is asked for again', () => {
    expect(read(listOf(['03/04/2026']), { 'date-order': 'ymd' }).kind).toBe('question');
    const [statement] = readQif(listOf(['13/04/2026']), { answers: { 'date-order': 'mdy' } });
    expect(statement?.entries[0]?.bookingDate).toBe('2026-04-13');
  });

  test('a year of two digits is one from 1970 to 2069', () => {
    expect(daysOf(listOf(["31/12'69", '30/11/70']))).toEqual(['2069-12-31', '1970-11-30']);
  });
});

describe('a long QIF file', () => {
  const write = (days: readonly string[]) =>
    days.map((day) => `D${day.split('-').toReversed().join('/')}\nT-12.50\nPSame\n^\n`);
  const year = write(
    Array.from({ length: 12_000 }, (_, at) => addDays('2025-01-01', Math.floor(at / 40))),
  );
  const start = write(
    Array.from({ length: 12_000 }, (_, at) => addDays('2025-01-01', Math.floor(at / 2000))),
  );
  const withOdd = (records: readonly string[], odd: string, at: number) =>
    readQif(`!Type:Bank\n${records.toSpliced(at, 0, odd).join('')}`)[0];
  const places = [3000, 5555, 8080, 9999, 11_995];

  test.each(places)('has no style where one amount is written in the other, at %i', (at) => {
    const commas = withOdd(year, 'D31/12/2025\nT1.234,50\n^\nD31/12/2025\nT1.234\n^\n', at);
    expect([commas?.entries.length, commas?.problems.length]).toEqual([12_001, 1]);
  });

  test.each(places)('has the order that a day tells, at %i', (at) => {
    const late = withOdd(start, 'D31/12/2025\nT-1.00\n^\n', at);
    expect(late?.entries.at(-1)?.bookingDate).toBe('2025-01-06');
  });

  test('is not read by a slip at its beginning', () => {
    const slip = ['D01/13/2025\nT-1.00\n^\n', ...start];
    const odd = 'D31/12/2025\nT-1.00\n^\nD30/12/2025\nT-1.00\n^\n';
    for (const at of places) {
      expect(withOdd(slip, odd, at)?.entries.at(-1)?.bookingDate).toBe('2025-01-06');
    }
  });

  test('has the layout of a short one with the same lists', () => {
    const card = `!Type:CCard\n${year[0]}`;
    const [long] = readQif(`!Type:Bank\n${year.join('')}${card}`);
    const [short] = readQif(`!Type:Bank\n${year.at(-1)}${card}`);
    expect(long?.layout).toBe(short?.layout);
  });
});

describe('records of QIF', () => {
  const record = (lines: string) => `!Type:Bank\nD31/01/26\nT-1.00\nPA\n^\n${lines}`;
  const readAll = (text: string) => {
    const [statement] = readQif(text);
    const entries = statement?.entries.map(
      ({ bookingDate, amount }) => `${bookingDate} ${amount.minor}`,
    );
    return { entries: entries?.slice(1), problems: statement?.problems.length };
  };

  test.each([
    ['-(5.00)', []],
    ['(5.00', []],
    ['-5.00-', []],
    ['−5.00', [-500]],
    ['100.00\n^\nD31/01/26\nT427.68\n^\nD31/01/26\nT-100.00', [10000, 42768, -10000]],
  ])('the amount %j', (amount, minors) => {
    const { entries, problems } = readAll(record(`D31/01/26\nT${amount}\n^\n`));
    expect(entries).toEqual(minors.map((minor) => `2026-01-31 ${minor}`));
    expect(problems).toBe(minors.length === 0 ? 1 : 0);
  });

  test('1,250 is a thousand beside 300, and asked for alone', () => {
    const alone = 'D31/01/26\nT1,250\n^\n';
    expect(readAll(`!Type:Bank\nD30/01/26\nT300\n^\n${alone}`).entries).toEqual([
      '2026-01-31 125000',
    ]);
    const reading = read(`!Type:Bank\n${alone}`);
    expect(reading.kind === 'question' && reading.question.key).toBe('decimal-style');
  });

  test('the date of a part is not that of the entry', () => {
    const part = 'D31/01/26\nT-5.00\nPA\nSFood\nD30/01/26\n$-5.00\n^\n';
    expect(readAll(record(part))).toEqual({ entries: ['2026-01-31 -500'], problems: 0 });
  });

  test('end with an empty line, whatever the next one begins with', () => {
    const lines = 'D31/01/26\nT-5.00\n\nT-6.00\nD30/01/26\n\n';
    const entries = ['2026-01-31 -500', '2026-01-30 -600'];
    expect(readAll(record(lines))).toEqual({ entries, problems: 0 });
  });

  test('after a list of all accounts are of none of them', () => {
    const accounts = '!Account\nNOne\n^\nNTwo\n^\n';
    expect(readQif(`${accounts}${record('')}`)[0]?.account).toEqual({ type: 'current' });
  });
});

describe('the layout of QIF', () => {
  const layoutOf = (text: string) => {
    const reading = read(text);
    return reading.kind === 'question' ? reading.question.layout : reading.statements[0]?.layout;
  };
  const base = layoutOf(listOf(['03/04/2026']));

  test('is the same for other entries of the same program', () => {
    expect(layoutOf(listOf(['28/04/2026', '05/11/2025']).replaceAll(/^P.*$/gm, 'PX'))).toBe(base);
  });

  test.each([
    ['another list', (text: string) => text.replace('Bank', 'CCard')],
    ['another order of lines', (text: string) => text.replace(/(D.*\n)(T.*\n)/, '$2$1')],
    ['dates without zeros', () => listOf(['3/4/2026'])],
    ['dates with dashes', () => listOf(['03-04-2026'])],
  ])('is another one for %s', (_, change) => {
    expect(layoutOf(change(listOf(['03/04/2026'])))).not.toBe(base);
  });
});

describe('QIF is told by its content', () => {
  test.each([
    ['a header after a note', '# of mine\n\n !type bank\nD1/31/26\nT1\n', true],
    ['a first record without header', 'D1/31/26\nT-1.00\nPA\n^\n', true],
    ['a letter with a caret', 'Dear all,\nThanks for 5 ^\n^\n', false],
    ['records without a date', 'PA\nT-1.00\n^\n', false],
    ['records without an end', 'D1/31/26\nT-1.00\nPA\n', false],
    ['a table', 'Date,Type\n2026-01-31,!Type:Bank\n', false],
  ])('%s', (_, text, isQif) => {
    expect(looksLikeQif(text)).toBe(isQif);
  });
});

describe('made-up QIF', () => {
  const entry = fc.record({
    day: fc.nat(700).map((days) => addDays('2024-06-15', days)),
    minor: fc.integer({ min: -3_000_000, max: 3_000_000 }),
    counterparty: fc.constantFrom('Bakery Sol', 'Åsa Lind', 'M & S', 'Corner Shop 7'),
    text: fc.constantFrom('Receipt 17', 'Rent, May', 'Tickets ^ two', ''),
  });
  const entries = fc.array(entry, { minLength: 1, maxLength: 12 });

  /** What the file is read to, and with each answer where it asks. */
  function readingsOf(text: string, answers: FileAnswers = {}): unknown[] {
    const reading = read(text, answers);
    if (reading.kind === 'question') {
      const { key, options } = reading.question;
      expect(answers[key]).toBeUndefined();
      return options.flatMap(({ id }) => readingsOf(text, { ...answers, [key]: id }));
    }
    const [statement, ...others] = reading.statements;
    expect(others).toEqual([]);
    if (statement?.problems.length) return [];
    return [
      statement?.entries.map(({ bookingDate: day, amount: { minor }, counterparty, text }) => ({
        ...{ day, minor, counterparty, text },
      })),
    ];
  }

  test('is read to its entries in every dialect, or asks and one answer gives them', () => {
    fc.assert(
      fc.property(entries, fc.boolean(), qifDialect, (made, isSorted, dialect) => {
        const list = isSorted ? made.toSorted((a, b) => (a.day < b.day ? -1 : 1)) : made;
        const readings = readingsOf(writeQif(list, dialect));
        expect(readings).toContainEqual(list.map((each) => roundTo(each, dialect)));
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  const roundTo = <T extends { minor: number }>(each: T, { decimals }: QifDialect): T =>
    decimals === 2 ? each : { ...each, minor: Math.trunc(each.minor / 100) * 100 + 0 };
});

describe('odd QIF', () => {
  test.each([
    ['parts', '!Type:Bank\nD1/31/26\nT1\n', '$1\n'],
    ['dates', '!Type:Bank\n', 'D1/31/26\n'],
    ['days', '!Type:Bank\n', 'D1/31/26\nT1\n'],
    ['memos', '!Type:Bank\n', 'Ma\n'],
    ['empty lines', '!Type:Bank\nD1/31/26\nT1\n', '\n'],
    ['headers', '', '!Type:Bank\n'],
    ['accounts', '!Account\n', 'NA\n^\n'],
    ['ends', '!Type:Bank\n', '^'],
    ['prices', '!Type:Prices\n', '"A",1,"1/2/26"\n'],
    ['digits', '!Type:Bank\nD1/31/26\nT', '1,'],
    ['blanks', '!Type:Bank\nD1/31/26\nT1\n', ' '],
    ['exclamation marks', '!Type:Bank\n', '!'],
  ])('300 kB of %s take no longer than two seconds', (_, start, piece) => {
    const before = performance.now();
    try {
      readQif(start + piece.repeat(Math.floor(300_000 / piece.length)));
    } catch (error) {
      if (!(error instanceof StatementUnreadable)) throw error;
    }
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
