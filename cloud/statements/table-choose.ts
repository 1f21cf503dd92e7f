import { StatementUnreadable } from './statement.ts';
import { type AmountPlan, planAmounts, turnRound } from './table-amounts.ts';
import {
  type BalanceChain,
  followBalances,
  isProven,
  orderRows,
  type RowOrder,
  signsByBalances,
} from './table-balances.ts';
import { askForColumns } from './table-questions.ts';
import { rowKinds } from './table-row-kinds.ts';
import { allRows, askedPlan, type Signing, saidPlan, signedPlan } from './table-sign-choice.ts';
import { namesCard } from './table-signs.ts';

/** The way in which the amounts of a table are read. */
export interface Choice {
  readonly plan: AmountPlan;
  /** Where the balances follow from the amounts. */
  readonly chain: BalanceChain | undefined;
  /** Indexes of the rows of each group, in the order of the file. */
  readonly groups: readonly Int32Array[];
  /** The bank counts what it calls pending into its balances. */
  readonly arePendingBooked: boolean;
}

export interface Choosing extends Signing {
  /** In which the rows may follow one another, as far as their days tell. */
  readonly orders: readonly RowOrder[];
  /** What the entries have to sum up to, where the table gives an opening and a closing balance: ten-thousandths. */
  readonly expected: number | undefined;
}

/**
 * Reads the amounts in the one way that the table can mean: the one that its balances prove, else the only one, when
 * amounts tell by themselves which came in and which went out.
 * @throws StatementAsks (columns, sign) where the table does not tell
 */
export function chooseAmounts(choosing: Choosing): Choice {
  const { columns, facts } = choosing;
  const plans = planAmounts(columns, facts);
  const booked = rowsByGroup(choosing, false);
  const proven = findProven(choosing, plans, booked);
  if (proven) {
    const plan = saidPlan(choosing, proven.plan, booked);
    return { ...proven, plan, groups: booked, arePendingBooked: false };
  }
  if (facts.kinds.includes(rowKinds.pending) && columns.balances.length > 0) {
    // PayPal's balances hold what it calls pending: for the account, that is booked.
    const all = rowsByGroup(choosing, true);
    const found = findProven(choosing, plans, all);
    if (found) return { ...found, groups: all, arePendingBooked: true };
  }
  const plan = choosePlan(choosing, plans, booked);
  return { plan, chain: undefined, groups: booked, arePendingBooked: false };
}

function rowsByGroup({ facts }: Choosing, withPending: boolean): readonly Int32Array[] {
  const rows = facts.groups.map(() => [] as number[]);
  for (let row = 0; row < facts.count; row += 1) {
    const kind = facts.kinds[row];
    if (kind !== rowKinds.entry && !(withPending && kind === rowKinds.pending)) continue;
    if (facts.groups[facts.groupOf[row] ?? 0]?.currency === null) continue;
    rows[facts.groupOf[row] ?? 0]?.push(row);
  }
  return rows.map((each) => Int32Array.from(each));
}

type Proven = Pick<Choice, 'plan' | 'chain'>;

/** The plan from whose amounts the balances follow, as listed or turned round; the likeliest of several. */
function findProven(
  choosing: Choosing,
  plans: readonly AmountPlan[],
  groups: readonly Int32Array[],
): Proven | undefined {
  const { columns } = choosing;
  let best: { plan: AmountPlan; chain: BalanceChain } | undefined;
  const candidates = plans.flatMap((plan) => {
    const isSaid = plan.saysDirection && plan.doubt !== 'sign';
    return isSaid
      ? [{ plan, least: 1 }]
      : [
          { plan, least: 1 },
          { plan: turnRound(plan), least: 2 },
        ];
  });
  for (const { plan, least } of candidates) {
    for (const balance of columns.balances) {
      if (best?.chain.fits === best?.chain.tested && best !== undefined) break;
      if (plan.columns.includes(balance)) continue;
      const chain = followAll(choosing, plan, balance, groups);
      if (chain && chain.telling >= least && (best === undefined || chain.fits > best.chain.fits))
        best = { plan, chain };
    }
  }
  if (best === undefined)
    return findBySum(choosing, plans, groups) ?? findSigns(choosing, plans, groups);
  if (best.plan.saysDirection) return best;
  // What a card owes grows with what is spent, so there balances do not tell the sign.
  const { accountType } = choosing;
  const isCard = accountType === 'card';
  if (!isCard) return best;
  const plan = signedPlan(
    choosing,
    plans.find(({ id }) => id === best.plan.id) ?? best.plan,
    groups,
  );
  return { plan, chain: undefined };
}

/** The order in which the balances follow best; undefined where they do in none. */
function followAll(
  { facts, orders }: Pick<Choosing, 'facts' | 'orders'>,
  plan: AmountPlan,
  balance: number,
  groups: readonly Int32Array[],
): BalanceChain | undefined {
  const balances = facts.money.get(balance);
  if (balances === undefined) return undefined;
  const dayOf = (row: number) => facts.booking[row] ?? -1;
  let best: BalanceChain | undefined;
  for (const order of orders) {
    if (best !== undefined && order.endsWith('days') && best.fits === best.tested) break;
    let [tested, fits, telling] = [0, 0, 0];
    for (const rows of groups) {
      const followed = followBalances(orderRows(rows, dayOf, order), plan, balances);
      tested += followed.tested;
      fits += followed.fits;
      telling += followed.telling;
    }
    const isBetter = best === undefined || fits > best.fits;
    if (isProven({ tested, fits, telling }) && isBetter)
      best = { balance, tested, fits, telling, order };
  }
  return best;
}

/** The plan whose sum leads from the opening to the closing balance; what a card owes tells no sign. */
function findBySum(
  { expected, facts, accountType, words }: Choosing,
  plans: readonly AmountPlan[],
  groups: readonly Int32Array[],
): Proven | undefined {
  const [rows, ...others] = groups.filter(({ length }) => length > 0);
  if (expected === undefined || expected === 0 || !rows || others.length > 0) return undefined;
  if (facts.count === 0) return undefined;
  const sumOf = ({ value }: AmountPlan) => rows.reduce((sum, row) => sum + value(row), 0);
  const isCard = accountType === 'card' || namesCard.test(words.join(' ; '));
  const plan = plans
    .filter(({ saysDirection }) => saysDirection || !isCard)
    .flatMap((each) => (each.saysDirection ? [each] : [each, turnRound(each)]))
    .find((each) => Math.abs(sumOf(each) - expected) < 1);
  return plan && { plan, chain: undefined };
}

/** Amounts without signs beside balances: these say which of them came in. */
function findSigns(
  { facts, columns, orders }: Choosing,
  plans: readonly AmountPlan[],
  groups: readonly Int32Array[],
): Proven | undefined {
  const [plan] = plans;
  const rows = groups[0];
  const balance = columns.balances[0];
  const balances = facts.money.get(balance ?? -1);
  if (!plan || !rows || groups.length > 1 || balance === undefined || !balances || !columns.isNamed)
    return undefined;
  const dayOf = (row: number) => facts.booking[row] ?? -1;
  for (const order of orders) {
    const signs = signsByBalances(orderRows(rows, dayOf, order), plan.value, balances);
    if (signs === undefined) continue;
    const signed: AmountPlan = {
      ...plan,
      saysDirection: true,
      unsaid: (row) => Math.abs(plan.value(row)),
      value(row) {
        const sign = signs.get(row);
        if (sign === undefined) return plan.saysDirection ? plan.value(row) : Number.NaN;
        return sign * Math.abs(plan.value(row));
      },
    };
    const chain = followAll({ facts, orders }, signed, balance, groups);
    if (chain) return { plan: signed, chain };
  }
  return undefined;
}

function choosePlan(
  choosing: Choosing,
  plans: readonly AmountPlan[],
  groups: readonly Int32Array[],
): AmountPlan {
  const rows = allRows(groups);
  if (choosing.columns.hasQuantity && rows.length > 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file lists securities, not the entries of an account. Download the account’s statement from the bank.',
    );
  }
  // Sums that stand in every row again, as in some programs' files, are no way to read its amount.
  const countRead = ({ value }: AmountPlan) =>
    rows.reduce((count, row) => (Number.isNaN(value(row)) ? count : count + 1), 0);
  const readable = plans.filter((plan) => countRead(plan) * 2 >= rows.length);
  const open = readable.length > 0 ? readable : plans;
  const distinct = withoutSame(open, rows);
  const [first, ...others] = distinct;
  if (first === undefined) {
    throw new StatementUnreadable('columns', 'The file has no amounts.');
  }
  if (rows.length === 0) return first;
  const isOnlySign = distinct.every(
    ({ doubt, columns }) => doubt === 'sign' && isSame(columns, first.columns),
  );
  if (others.length > 0 && !isOnlySign) {
    const answer = choosing.options.answers?.columns;
    const single = byShape(choosing, distinct, rows);
    const chosen = distinct.find(({ id }) => id === answer) ?? single;
    if (chosen === undefined) throw askForColumns(choosing, distinct);
    return signedPlan(choosing, chosen, groups);
  }
  if (isOnlySign && others[0]) return askedPlan(choosing, first, others[0]);
  return signedPlan(choosing, first, groups);
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** One of the plans that give the same amounts. */
function withoutSame(plans: readonly AmountPlan[], rows: Int32Array): readonly AmountPlan[] {
  return plans.filter((plan, index) => {
    const isKnown = plans
      .slice(0, index)
      .some((other) => rows.every((row) => Object.is(plan.value(row), other.value(row))));
    return !isKnown;
  });
}

/**
 * Where nothing names the columns: the one sum that goes up and down beside others that do not is the amount, as the
 * sum next to a currency's code is.
 */
function byShape(
  { columns, facts }: Choosing,
  plans: readonly AmountPlan[],
  rows: Int32Array,
): AmountPlan | undefined {
  if (columns.isNamed) return undefined;
  const singles = plans.filter((plan) => plan.columns.length === 1);
  const isMixed = (column: number | undefined) => {
    const values = facts.money.get(column ?? -1);
    const signs = new Set(rows.map((row) => Math.sign(values?.[row] ?? 0)));
    return signs.has(-1);
  };
  const mixed = singles.filter((plan) => isMixed(plan.columns[0]));
  if (mixed.length === 1) return mixed[0];
  const { currency } = columns;
  const beside = singles.filter(
    (plan) => currency !== undefined && Math.abs((plan.columns[0] ?? -9) - currency) === 1,
  );
  return beside.length === 1 ? beside[0] : undefined;
}
