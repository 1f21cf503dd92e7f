import type { ReadOptions } from './statement.ts';
import { type AmountPlan, turnRound } from './table-amounts.ts';
import { type Asking, askForSign, saidInAnswers } from './table-questions.ts';
import { type SignEvidence, whatSignsSay } from './table-signs.ts';

/** All by which the signs of a table's amounts are told. */
export interface Signing
  extends Asking,
    Omit<SignEvidence, 'rows' | 'sample' | 'columns' | 'facts'> {
  readonly options: ReadOptions;
}

/** The plan with its signs as they are meant. */
export function signedPlan(
  choosing: Signing,
  plan: AmountPlan,
  groups: readonly Int32Array[],
): AmountPlan {
  const { facts, columns } = choosing;
  const rows = allRows(groups);
  if (plan.doubt !== 'sign' && plan.unsaid) return saidPlan(choosing, plan, groups);
  if (plan.doubt === 'sign' && facts.directions) return againstFlags(choosing, plan, rows);
  if (plan.doubt === 'sign' && plan.saysDirection)
    return askedPlan(choosing, plan, turnRound(plan));
  if (plan.saysDirection) return plan;
  const said = whatSignsSay(plan, { ...choosing, columns, facts, rows });
  if (said === 'as-is') return plan;
  return said === 'turned' ? turnRound(plan) : askedPlan(choosing, plan, turnRound(plan));
}

/** The plan where all rows say their direction, or the user has. */
export function saidPlan(
  choosing: Signing,
  plan: AmountPlan,
  groups: readonly Int32Array[],
): AmountPlan {
  if (plan.unsaid === undefined) return plan;
  const isUnsaid = allRows(groups).some((row) => {
    const value = plan.unsaid?.(row) ?? 0;
    return Number.isNaN(plan.value(row)) && value !== 0 && !Number.isNaN(value);
  });
  return isUnsaid ? askedPlan(choosing, sayUnsaid(plan, 1), sayUnsaid(plan, -1)) : plan;
}

/** Rows whose flag is none of those that are known, read as money in or out. */
function sayUnsaid(plan: AmountPlan, sign: 1 | -1): AmountPlan {
  return {
    ...plan,
    value(row) {
      const value = plan.value(row);
      return Number.isNaN(value) ? sign * (plan.unsaid?.(row) ?? Number.NaN) : value;
    },
  };
}

/**
 * A flag that says the opposite of the signs throughout is a card's: what was bought is positive there. In a list of
 * several accounts that is no explanation.
 */
function againstFlags(choosing: Signing, plan: AmountPlan, rows: Int32Array): AmountPlan {
  const values = choosing.facts.money.get(plan.columns[0] ?? -1);
  const asListed: AmountPlan = { ...plan, value: (row) => values?.[row] ?? Number.NaN };
  const isOpposite = rows.every((row) => {
    const amount = plan.value(row);
    return Number.isNaN(amount) || amount === -asListed.value(row) || amount === 0;
  });
  const accounts = new Set(choosing.facts.groups.map(({ account }) => account));
  if (isOpposite && accounts.size === 1) return plan;
  return askedPlan(choosing, asListed, turnRound(asListed));
}

export function askedPlan(choosing: Signing, asIs: AmountPlan, turned: AmountPlan): AmountPlan {
  const { sign } = saidInAnswers(choosing.options);
  if (sign === 'as-is') return asIs;
  if (sign === 'turned') return turned;
  throw askForSign(choosing, asIs, turned);
}

/** Of all groups, in the order of the file. */
export function allRows(groups: readonly Int32Array[]): Int32Array {
  return Int32Array.from(groups.flatMap((rows) => [...rows])).sort();
}
