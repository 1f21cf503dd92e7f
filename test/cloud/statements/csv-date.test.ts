import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createDayReader,
  type DateEvidence,
  findDateOrder,
  readCellDate,
} from '../../../cloud/statements/csv-date.ts';
import { addDays } from '../../../shared/calendar-date.ts';

function orderOf(
  days: readonly (string | readonly [string, string])[],
  more: Partial<DateEvidence> = {},
) {
  const rows = days.map((day) => (typeof day === 'string' ? ([day, ''] as const) : day));
  return findDateOrder({ rows, above: [], isDecimalComma: false, isHebrew: false, ...more });
}

describe('days in cells', () => {
  test.each([
    ['2026-02-05', '2026-02-05'],
    ['2026/2/5', '2026-02-05'],
    ['2026.02.05.', '2026-02-05'],
    ['2026:02:05', '2026-02-05'],
    ['20260205', '2026-02-05'],
    ['20260205120000[0:GMT]', '2026-02-05'],
    ['2026-02-05T13:00:00Z', '2026-02-05'],
    ['2026-02-05-08.21.36.471', '2026-02-05'],
    ['2026-02-05 12:34:56 +0000', '2026-02-05'],
    ['5 Feb 26', '2026-02-05'],
    ['Feb 5, 2026', '2026-02-05'],
    ['05-Feb-2026', '2026-02-05'],
    ['5 févr. 2026', '2026-02-05'],
    ['1er mars 2026', '2026-03-01'],
    ['3. März 2026', '2026-03-03'],
    ['10 de enero de 2026', '2026-01-10'],
    ['10 luglio 2026', '2026-07-10'],
    ['4 maart 2026', '2026-03-04'],
    ['10 juin 1999', '1999-06-10'],
  ])('%s tells its day without an order', (cell, day) => {
    expect(readCellDate(cell)).toEqual({ kind: 'day', day });
  });

  test.each([
    '',
    'Pending',
    '2026-13-01',
    '30 Feb 2026',
    '12:30:11',
    '1234',
    '5 Foo 2026',
    '05/02',
  ])('%p is no day', (cell) => {
    expect(readCellDate(cell)).toBeUndefined();
  });

  test('two digits are the years 1970 to 2069', () => {
    expect(createDayReader('dmy')('1.2.69')).toBe('2069-02-01');
    expect(createDayReader('dmy')('1.2.70')).toBe('1970-02-01');
  });
});

describe('the order of days', () => {
  test.each([
    ['dmy', ['03/02/2026', '13/02/2026']],
    ['mdy', ['02/03/2026', '02/13/2026']],
    ['dmy', ['03.02.26', '04.02.26']],
    ['dmy', ['05/05/2026']],
    ['ymd', ['26-02-13', '98-12-31']],
  ] as const)('is %s for %j', (order, days) => {
    expect(orderOf(days)).toBe(order);
  });

  test('is not needed where the days tell themselves', () => {
    expect(orderOf(['2026-02-03', '3 Feb 2026'])).toBeUndefined();
  });

  test.each([
    ['both orders fit', ['03/02/2026', '01/02/2026', '04/02/2026']],
    ['neither does', ['13/02/2026', '02/13/2026']],
    ['20-04-15 may be two years', ['20-04-15', '20-04-10']],
  ])('is open where %s', (_, days) => {
    expect(orderOf(days)).toBe('two-ways');
  });

  test('is told by a decimal comma, by Hebrew, by the period above the table', () => {
    const days = ['03/02/2026', '01/02/2026'];
    expect(orderOf(days, { isDecimalComma: true })).toBe('dmy');
    expect(orderOf(days, { isHebrew: true })).toBe('dmy');
    expect(orderOf(days, { above: ['From 02/01/2026 to 02/28/2026'] })).toBe('mdy');
  });

  test('is the one in which booking and value dates are near one another', () => {
    expect(orderOf([['03/02/2026', '05/02/2026']])).toBe('dmy');
    expect(orderOf([['02/03/2026', '02/05/2026']])).toBe('mdy');
  });

  test('is the one in which a list of some length is sorted', () => {
    expect(orderOf(['10/01/2026', '12/01/2026', '01/02/2026', '02/02/2026'])).toBe('dmy');
    expect(orderOf(['02/02/2026', '02/01/2026', '01/12/2026', '01/10/2026'])).toBe('mdy');
  });

  test('stays the same when one day does not exist', () => {
    expect(orderOf(['30/02/2026', '13/02/2026', '14/02/2026', '15/02/2026', '16/02/2026'])).toBe(
      'dmy',
    );
  });

  test('is never another than the one that was written', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('dmy', 'mdy'),
        fc.constantFrom('/', '-'),
        (days, order, separator) => {
          const written = days.toSorted().map((each) => {
            const [year = '', month = '', of = ''] = each.split('-');
            return (order === 'dmy' ? [of, month, year] : [month, of, year]).join(separator);
          });
          const found = orderOf(written);
          const read = written.map(createDayReader(found === 'two-ways' ? order : found));
          expect(read).toEqual(days.toSorted());
        },
      ),
    );
  });
});
