import type { Money } from '../../shared/money.ts';
import { type AmountReading, readAmount } from './amount.ts';
import type { CsvColumns } from './csv-columns.ts';
import { type DecimalStyle, readNumber, toDecimalText } from './csv-number.ts';
import { directionOf } from './csv-row-words.ts';

export type Cells = readonly string[];

/** One way to take an amount with its sign from a row. */
export interface AmountPlan {
  /** Why the table may mean something else, where only its balances can prove that it does not. */
  readonly doubt?: 'columns' | 'sign';
  /** The file itself says of each amount whether it came in or went out. */
  readonly saysDirection: boolean;
  read(cells: Cells, currency: string): AmountReading;
}

const unread = (why: string): AmountReading => ({ kind: 'unread', why });

/** The sign that is written, and the amount without it; undefined for a cell that is blank. */
interface Written {
  readonly sign: -1 | 0 | 1;
  readonly reading: AmountReading;
}

/** Reads what stands in a cell, its sign apart. */
function readWritten(cell: string, style: DecimalStyle, currency: string): Written | undefined {
  if (cell === '') return undefined;
  const number = readNumber(cell);
  const text = number && toDecimalText(number, style);
  if (text === undefined) return { sign: 0, reading: unread('has an amount that is no number') };
  const isOther = number?.currency !== undefined && number.currency !== currency;
  if (isOther && currency !== 'XXX') {
    return { sign: 0, reading: unread('has an amount in another currency than its own') };
  }
  return { sign: number?.sign ?? 0, reading: readAmount(text, currency) };
}

function withSign(reading: AmountReading, sign: number): AmountReading {
  if (reading.kind === 'unread') return reading;
  const minor = sign * reading.money.minor;
  return { ...reading, money: { ...reading.money, minor: minor === 0 ? 0 : minor } };
}

/** An amount as it stands, with the sign that is written. */
export function readSigned(cell: string, style: DecimalStyle, currency: string): AmountReading {
  const written = readWritten(cell, style, currency);
  if (!written) return unread('has no amount');
  return withSign(written.reading, written.sign || 1);
}

/** Ways to read the amounts, the likeliest first; more than one has to be decided by the rows. */
export function planAmounts(
  columns: CsvColumns,
  rows: readonly { readonly cells: Cells }[],
  style: DecimalStyle,
): readonly AmountPlan[] {
  const { amounts, debits, credits, flag } = columns;
  const signsIn = (column: number) => signsOf(rows, column);
  const plans: AmountPlan[] = [];
  for (const debit of debits) {
    for (const credit of credits) plans.push(...planPair(debit, credit, signsIn, style));
  }
  const single = flag === undefined ? planSigned : planFlagged(flag, rows);
  plans.push(...amounts.map((column) => single(column, style)));
  if (plans.length === 0) plans.push(...planOneSide(columns, signsIn, style));
  const { fee } = columns;
  const hasFees = fee !== undefined && rows.some(({ cells }) => /[1-9]/.test(cells[fee] ?? ''));
  return hasFees ? plans.flatMap((plan) => [plan, lessFee(plan, fee, style)]) : plans;
}

interface Signs {
  readonly minus: number;
  readonly plus: number;
}

function signsOf(rows: readonly { readonly cells: Cells }[], column: number): Signs {
  let [minus, plus] = [0, 0];
  for (const { cells } of rows) {
    const cell = cells[column] ?? '';
    const number = /[1-9]/.test(cell) ? readNumber(cell) : undefined;
    if (number?.sign === -1) minus += 1;
    else if (number) plus += 1;
  }
  return { minus, plus };
}

const planSigned = (column: number, style: DecimalStyle): AmountPlan => ({
  saysDirection: false,
  read: (cells, currency) => readSigned(cells[column] ?? '', style, currency),
});

/**
 * The flag gives the sign. Amounts that have one besides have to agree with it in all rows, or in none: a debit of -5
 * here and of 5 there leaves open what either means.
 */
function planFlagged(flag: number, rows: readonly { readonly cells: Cells }[]) {
  return (column: number, style: DecimalStyle): AmountPlan => {
    const seen = new Set<string>();
    for (const { cells } of rows) {
      const cell = cells[column] ?? '';
      const number = /[1-9]/.test(cell) ? readNumber(cell) : undefined;
      if (number) seen.add(`${directionOf(cells[flag] ?? '')}${number.sign === -1 ? '-' : ''}`);
    }
    const isDoubtful = seen.has('in-') || (seen.has('out') && seen.has('out-'));
    return {
      saysDirection: true,
      ...(isDoubtful && { doubt: 'sign' }),
      read(cells, currency) {
        const direction = directionOf(cells[flag] ?? '');
        const written = readWritten(cells[column] ?? '', style, currency);
        if (!written) return unread('has no amount');
        const isZero = written.reading.kind !== 'unread' && written.reading.money.minor === 0;
        if (direction === undefined && !isZero) {
          return unread('does not say whether the amount came in or went out');
        }
        return withSign(written.reading, direction === 'out' ? -1 : 1);
      },
    };
  };
}

/** Money out in one column and in in the other, whatever the sign of all that went out. */
function planPair(
  debit: number,
  credit: number,
  signsIn: (column: number) => Signs,
  style: DecimalStyle,
): readonly AmountPlan[] {
  const plan = (debitSign: (written: -1 | 0 | 1) => number, isSure: boolean): AmountPlan => ({
    saysDirection: true,
    ...(!isSure && { doubt: 'sign' }),
    read(cells, currency) {
      const sides = [cells[debit] ?? '', cells[credit] ?? ''].map((cell) =>
        readWritten(cell, style, currency),
      );
      const [out, into] = sides;
      const broken = sides.find((side) => side?.reading.kind === 'unread');
      if (broken) return broken.reading;
      const isMoney = (side: Written | undefined): boolean =>
        side !== undefined && side.reading.kind !== 'unread' && side.reading.money.minor !== 0;
      if (isMoney(out) && isMoney(into)) return unread('has an amount in and one out');
      if (out && isMoney(out)) return withSign(out.reading, debitSign(out.sign));
      if (into && isMoney(into)) return withSign(into.reading, into.sign || 1);
      return out?.reading ?? into?.reading ?? unread('has no amount');
    },
  });
  const [out, into] = [signsIn(debit), signsIn(credit)];
  const isSure = into.minus === 0;
  if (out.minus === 0 || out.plus === 0) return [plan(() => -1, isSure)];
  // A minus among amounts out is money back, or the way in which all of them are written.
  return [plan((sign) => (sign === -1 ? 1 : -1), false), plan((sign) => sign || 1, false)];
}

/** A table with one side only: its name is the sign, unless the amounts have one. */
function planOneSide(
  { debits, credits }: CsvColumns,
  signsIn: (column: number) => Signs,
  style: DecimalStyle,
): readonly AmountPlan[] {
  return [...debits, ...credits].map((column) => {
    const isSigned = signsIn(column).minus > 0;
    if (isSigned) return planSigned(column, style);
    return {
      saysDirection: true,
      read: (cells, currency) =>
        withSign(
          readSigned(cells[column] ?? '', style, currency),
          debits.includes(column) ? -1 : 1,
        ),
    };
  });
}

/** Revolut takes its fee besides the amount, Wise within it; only balances tell which. */
function lessFee(plan: AmountPlan, fee: number, style: DecimalStyle): AmountPlan {
  return {
    ...plan,
    doubt: 'columns',
    read(cells, currency) {
      const reading = plan.read(cells, currency);
      const taken = readWritten(cells[fee] ?? '', style, currency)?.reading;
      if (reading.kind === 'unread' || taken === undefined) return reading;
      if (taken.kind === 'unread') return unread('has a fee that is no number');
      const money: Money = { ...reading.money, minor: reading.money.minor - taken.money.minor };
      return { ...reading, money };
    },
  };
}

/** Every amount with its sign turned round. */
export function turnRound(plan: AmountPlan): AmountPlan {
  return { ...plan, read: (cells, currency) => withSign(plan.read(cells, currency), -1) };
}
