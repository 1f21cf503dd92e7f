import type { TableColumns } from './table-columns.ts';
import type { TableFacts } from './table-facts.ts';
import { unreadable } from './table-number.ts';

/** One way to take an amount with its sign from a row. */
export interface AmountPlan {
  /** Of [a-z0-9-], the same for all files that are laid out alike. */
  readonly id: string;
  /** Where it looks: for the words in which a question names it. */
  readonly columns: readonly number[];
  readonly fee?: number;
  /** Why the table may mean something else, where only its balances can prove that it does not. */
  readonly doubt?: 'columns' | 'sign';
  /** The file itself says of each amount whether it came in or went out. */
  readonly saysDirection: boolean;
  /** Says it only of some rows: the value of another one, where it went out or came in. */
  unsaid?(row: number): number;
  /** Ten-thousandths of the row; NaN where it has none, or none that can be read. */
  value(row: number): number;
}

/** Why a row has no amount, for the plan that was chosen. */
export function whyUnread({ columns }: AmountPlan, facts: TableFacts, row: number): string {
  const values = columns.map((column) => facts.money.get(column)?.[row] ?? Number.NaN);
  if (values.some((value) => value === unreadable)) return 'has an amount that is no number';
  if (values.filter((value) => value !== 0 && !Number.isNaN(value)).length > 1)
    return 'has an amount in and one out';
  if (values.every(Number.isNaN)) return 'has no amount';
  return 'does not say whether the amount came in or went out';
}

interface Signs {
  readonly minus: number;
  readonly plus: number;
}

function signsIn(values: Float64Array): Signs {
  let [minus, plus] = [0, 0];
  for (const value of values) {
    if (value < 0) minus += 1;
    else if (value > 0 && value !== unreadable) plus += 1;
  }
  return { minus, plus };
}

const none = new Float64Array(0);
const finite = (value: number | undefined): number =>
  value === undefined || value === unreadable || value === -unreadable ? Number.NaN : value;

/** Ways to read the amounts, the likeliest first; more than one has to be decided by the rows. */
export function planAmounts(columns: TableColumns, facts: TableFacts): readonly AmountPlan[] {
  const { amounts, debits, credits, fee, pairs } = columns;
  const of = (column: number) => facts.money.get(column) ?? none;
  const plans: AmountPlan[] = [];
  for (const debit of debits) {
    for (const credit of credits) plans.push(...planPair(debit, credit, of));
  }
  for (const column of amounts) {
    plans.push(
      facts.directions
        ? planFlagged(column, of(column), facts.directions)
        : planSigned(column, of(column)),
    );
  }
  for (const [first, second] of pairs) plans.push(...planUnnamedPair(first, second, of));
  if (plans.length === 0) {
    for (const column of [...debits, ...credits])
      plans.push(planOneSide(column, of(column), debits.includes(column)));
  }
  const hasFees =
    fee !== undefined && of(fee).some((value) => value !== 0 && Number.isFinite(value));
  return hasFees ? plans.flatMap((plan) => [plan, lessFee(plan, fee, of(fee))]) : plans;
}

const planSigned = (column: number, values: Float64Array): AmountPlan => ({
  id: `column-${column + 1}`,
  columns: [column],
  saysDirection: false,
  value: (row) => finite(values[row]),
});

/**
 * The flag gives the sign. Amounts that have one besides have to agree with it in all rows, or say the opposite in all,
 * as lists of cards do: a debit of -5 here and of 5 there leaves open what either means.
 */
function planFlagged(column: number, values: Float64Array, directions: Int8Array): AmountPlan {
  const count = { out: 0, outMinus: 0, in: 0, inMinus: 0, unsaid: 0 };
  for (const [row, value] of values.entries()) {
    const direction = directions[row] ?? 0;
    if (!Number.isFinite(value) || value === 0) continue;
    if (direction === 0) {
      count.unsaid += 1;
      continue;
    }
    const side = direction < 0 ? 'out' : 'in';
    count[value < 0 ? (`${side}Minus` as const) : side] += 1;
  }
  const isUnsigned = count.outMinus + count.inMinus === 0;
  const isAgreed = count.out === 0 && count.inMinus === 0;
  return {
    id: `column-${column + 1}`,
    columns: [column],
    saysDirection: true,
    ...(!isUnsigned && !isAgreed && { doubt: 'sign' }),
    ...(count.unsaid > 0 && { unsaid: (row: number) => finite(values[row]) }),
    value(row) {
      const value = finite(values[row]);
      if (value === 0) return 0;
      return (directions[row] ?? 0) === 0 ? Number.NaN : Math.abs(value) * (directions[row] ?? 0);
    },
  };
}

/** Money out in one column and in in the other, whatever the sign of all that went out. */
function planPair(
  debit: number,
  credit: number,
  of: (column: number) => Float64Array,
): readonly AmountPlan[] {
  const [out, into] = [of(debit), of(credit)];
  const [outSigns, intoSigns] = [signsIn(out), signsIn(into)];
  // A minus in all that came in tells no more than the name of its column: that the debt is less.
  const isClear = intoSigns.minus === 0 || (intoSigns.plus === 0 && outSigns.minus === 0);
  const isTurned = isClear && intoSigns.minus > 0;
  const plan = (debitSign: (value: number) => number, isSure: boolean): AmountPlan => ({
    id: `columns-${debit + 1}-${credit + 1}`,
    columns: [debit, credit],
    saysDirection: true,
    ...(!isSure && { doubt: 'sign' }),
    value: (row) => oneOf(out[row], isTurned ? -(into[row] ?? Number.NaN) : into[row], debitSign),
  });
  if (outSigns.minus === 0 || outSigns.plus === 0)
    return [plan((value) => -Math.abs(value), isClear)];
  // A minus among amounts out is money back, or the way in which all of them are written.
  return [plan((value) => -value, false), plan((value) => value, false)];
}

/** Exactly one of the two is money; the other is empty or zero. */
function oneOf(
  out: number | undefined,
  into: number | undefined,
  debitSign: (value: number) => number,
): number {
  const [first, second] = [out ?? Number.NaN, into ?? Number.NaN];
  if (!Number.isFinite(first) && !Number.isNaN(first)) return Number.NaN;
  if (!Number.isFinite(second) && !Number.isNaN(second)) return Number.NaN;
  const [isOut, isInto] = [
    first !== 0 && !Number.isNaN(first),
    second !== 0 && !Number.isNaN(second),
  ];
  if (isOut && isInto) return Number.NaN;
  if (isOut) return debitSign(first);
  if (isInto) return second;
  return Number.isNaN(first) ? second : 0;
}

/** Which of the two came in is said by minus signs, or by nothing in the row. */
function planUnnamedPair(
  first: number,
  second: number,
  of: (column: number) => Float64Array,
): readonly AmountPlan[] {
  const [one, other] = [of(first), of(second)];
  const plan = (isSwapped: boolean, sign: (value: number) => number): AmountPlan => ({
    id: `columns-${first + 1}-${second + 1}${isSwapped ? '-swapped' : ''}`,
    columns: [first, second],
    doubt: 'sign',
    saysDirection: true,
    value: (row) =>
      isSwapped ? oneOf(other[row], one[row], sign) : oneOf(one[row], other[row], sign),
  });
  const [ones, others] = [signsIn(one), signsIn(other)];
  const isSigned = ones.minus + others.minus > 0;
  if (isSigned) return [{ ...plan(false, (value) => value), saysDirection: false }];
  return [plan(false, (value) => -value), plan(true, (value) => -value)];
}

/** A table with one side only: its name is the sign, unless the amounts have one. */
function planOneSide(column: number, values: Float64Array, isDebit: boolean): AmountPlan {
  const plan = planSigned(column, values);
  if (signsIn(values).minus > 0) return plan;
  return {
    ...plan,
    saysDirection: true,
    value: (row) => (isDebit ? -1 : 1) * finite(values[row]),
  };
}

/** Revolut takes its fee besides the amount, Wise within it; only balances tell which. */
function lessFee(plan: AmountPlan, fee: number, fees: Float64Array): AmountPlan {
  return {
    ...plan,
    id: `${plan.id}-less-${fee + 1}`,
    fee,
    doubt: 'columns',
    value: (row) =>
      plan.value(row) - Math.abs(Number.isNaN(fees[row] ?? 0) ? 0 : finite(fees[row])),
  };
}

/** Every amount with its sign turned round. */
export function turnRound(plan: AmountPlan): AmountPlan {
  return { ...plan, value: (row) => -plan.value(row) };
}
