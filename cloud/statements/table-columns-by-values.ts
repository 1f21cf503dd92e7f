import type { TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { type ColumnSample, isMostly, isNearly } from './table-sample.ts';

/** What the columns are where nothing names them; undefined for a table without a day and a sum in its rows. */
export function findColumnsByValues(
  samples: readonly ColumnSample[],
  rows: readonly TableRow[],
): TableColumns | undefined {
  const where = (test: (sample: ColumnSample, column: number) => boolean) =>
    samples.flatMap((sample, column) => (test(sample, column) ? [column] : []));
  const isFull = ({ cells }: ColumnSample) => cells.length * 10 >= rows.length * 9;
  const dates = where((sample) => isNearly(sample, sample.dates) && isFull(sample));
  const bookingDate = dates[0];
  const numbers = where(
    (sample, column) => isNearly(sample, sample.numbers) && !dates.includes(column),
  );
  // Whole numbers count or identify something wherever other columns have sums.
  const sums = numbers.filter((column) => (samples[column]?.sums ?? 0) > 0);
  const varying = (sums.length > 0 ? sums : numbers).filter(
    (column) => rows.length < 3 || !isConstant(samples[column], rows.length),
  );
  const money = (varying.length > 0 ? varying : sums).slice(0, sumMax);
  if (bookingDate === undefined || money.length === 0) return undefined;
  const flag = where((sample) => isFlag(sample) && isFull(sample))[0];
  const currency = where((sample) => isNearly(sample, sample.currencies) && isFull(sample))[0];
  const status = where((sample) => isNearly(sample, sample.states) && sample.distinct <= 4)[0];
  const used = new Set([...dates, ...numbers, flag, currency, status]);
  const words = where((sample, column) => !used.has(column) && isMostly(sample, sample.letters));
  const kinds = words.filter((column) => isKind(samples[column], rows.length));
  const texts = words.filter((column) => !kinds.includes(column));
  const ibans = where((sample) => isMostly(sample, sample.ibans));
  const own = where((sample, column) => !dates.includes(column) && isOwn(sample, rows.length));
  return {
    bookingDate,
    valueDate: dates[1],
    otherDate: undefined,
    amounts: money.filter((column) => isFullSum(samples[column], rows.length)),
    debits: [],
    credits: [],
    pairs: pairUp(money, rows),
    flag,
    fee: undefined,
    balances: money,
    currency,
    namedCurrency: undefined,
    originalAmount: undefined,
    originalCurrency: undefined,
    counterparty: undefined,
    debtor: undefined,
    creditor: undefined,
    counterpartyAccount: ibans.find((column) => !own.includes(column)),
    account: own[0],
    texts: texts.filter((column) => !ibans.includes(column)),
    kinds,
    reference: undefined,
    status,
    hasQuantity: false,
    isNamed: false,
  };
}

/** A statement has no more sums in a row. */
const sumMax = 12;

const isFlag = (sample: ColumnSample): boolean => isNearly(sample, sample.flags);

/** A few words that come again and again. */
function isKind(sample: ColumnSample | undefined, rows: number): boolean {
  if (sample === undefined || rows < 3) return false;
  return sample.distinct * 2 <= rows && sample.cells.every(({ length }) => length <= 30);
}

const isConstant = (sample: ColumnSample | undefined, rows: number): boolean =>
  sample !== undefined && sample.distinct === 1 && sample.cells.length === rows;

/** The same long number in all rows. */
function isOwn({ cells, distinct }: ColumnSample, rows: number): boolean {
  if (distinct !== 1 || rows < 3 || cells.length < rows) return false;
  const cell = cells[0] ?? '';
  return /^[A-Z0-9 -]+$/.test(cell) && cell.replace(/\D/g, '').length >= 8;
}

const isFullSum = (sample: ColumnSample | undefined, rows: number): boolean =>
  sample !== undefined && sample.cells.length * 10 >= rows * 9;

/** Two columns of which each row has exactly one sum that is not zero. */
export function pairUp(
  money: readonly number[],
  rows: readonly TableRow[],
): readonly (readonly [number, number])[] {
  const hasSum = (row: TableRow, column: number) => /[1-9]/.test(row.cells[column] ?? '');
  return money.flatMap((first) =>
    money.flatMap((second) => {
      const isPair =
        first < second &&
        rows.every((row) => !(hasSum(row, first) && hasSum(row, second))) &&
        rows.filter((row) => hasSum(row, first) || hasSum(row, second)).length * 10 >=
          rows.length * 9;
      return isPair ? [[first, second] as const] : [];
    }),
  );
}
