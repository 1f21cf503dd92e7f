import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDayBook, orderDay, readCellDate } from '../../../cloud/statements/table-date.ts';
import { type DateEvidence, findDateOrder } from '../../../cloud/statements/table-date-order.ts';
import { addDays } from '../../../shared/calendar-date.ts';

function orderOf(
  days: readonly (string | readonly [string, string])[],
  more: Partial<DateEvidence> = {},
) {
  const book = createDayBook();
  const rows = days.map((day) => (typeof day === 'string' ? ([day, ''] as const) : day));
  const column = (at: 0 | 1) => Int32Array.from(rows.map((row) => book.indexOf(row[at])));
  const [booking, other] = [column(0), column(1)];
  const none = { around: [], hasVariety: false, custom: undefined };
  const found = findDateOrder({ days: book.days, booking, others: [other], ...none, ...more });
  return found.kind === 'found' ? found.order : found.orders;
}

function dayOf(cell: string, order: 'dmy' | 'mdy'): string | undefined {
  const date = readCellDate(cell);
  return date && orderDay(date, order);
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
    expect(dayOf('1.2.69', 'dmy')).toBe('2069-02-01');
    expect(dayOf('1.2.70', 'dmy')).toBe('1970-02-01');
  });
});

describe('the order of days', () => {
  test.each([
    ['dmy', ['03/02/2026', '13/02/2026']],
    ['mdy', ['02/03/2026', '02/13/2026']],
    ['dmy', ['03.02.26', '04.02.26']],
    ['dmy', ['05/05/2026']],
    ['ymd', ['26-02-13', '98-12-31']],
    ['dmy', ['03/2026/02', '13/2026/02']],
    ['mdy', ['02-2026-03', '02-2026-13']],
  ] as const)('is %s for %j', (order, days) => {
    expect(orderOf(days)).toBe(order);
  });

  test('is not needed where the days tell themselves', () => {
    expect(orderOf(['2026-02-03', '3 Feb 2026'])).toBeUndefined();
  });

  test.each([
    ['both orders fit', ['03/02/2026', '01/02/2026', '04/02/2026'], ['dmy', 'mdy']],
    ['the year stands between', ['03/2026/02', '04/2026/02'], ['dmy', 'mdy']],
    ['neither does', ['13/02/2026', '02/13/2026'], []],
    ['20-04-15 may be two years', ['20-04-15', '20-04-10'], ['dmy', 'ymd']],
  ])('is open where %s', (_, days, orders) => {
    expect(orderOf(days)).toEqual(orders);
  });

  test('is told by the custom of a language, by the period above the table', () => {
    const days = ['03/02/2026', '01/02/2026'];
    expect(orderOf(days, { custom: 'day-first' })).toBe('dmy');
    expect(orderOf(days, { custom: 'month-first' })).toBe('mdy');
    const around = ['01/01/2026', '03/28/2026'].flatMap((cell) => readCellDate(cell) ?? []);
    expect(orderOf(days, { around })).toBe('mdy');
  });

  test('is open where the days lie in the period above them in another order than its own', () => {
    const around = ['02/01/2026', '02/28/2026'].flatMap((cell) => readCellDate(cell) ?? []);
    expect(orderOf(['03/02/2026', '01/02/2026'], { around })).toEqual(['dmy', 'mdy']);
  });

  test('is the one that ends with the period above the table', () => {
    const around = ['2026-03-31'].flatMap((cell) => readCellDate(cell) ?? []);
    expect(orderOf(['03/11/2026', '02/11/2026'], { around })).toBe('mdy');
  });

  test('is the one in which days are not the same of each month', () => {
    const days = ['02/01/2026', '02/03/2026', '02/07/2026', '02/08/2026'];
    expect(orderOf(days)).toBe('mdy');
    const monthly = ['02/01/2026', '02/02/2026', '02/03/2026', '02/04/2026'];
    expect(orderOf(monthly)).toEqual(['dmy', 'mdy']);
    expect(orderOf(monthly, { hasVariety: true })).toBe('mdy');
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
          const read = written.map((each) =>
            dayOf(each, found === 'mdy' ? 'mdy' : found === 'dmy' ? 'dmy' : order),
          );
          expect(read).toEqual(days.toSorted());
        },
      ),
    );
  });
});
