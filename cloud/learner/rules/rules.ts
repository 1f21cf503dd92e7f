import { decimalsOf } from '../../../shared/money.ts';
import { type BookRow, descriptionSeparator, type PostedRow } from '../book-row.ts';
import type { NewRule } from './rule.ts';
import { compileContains, compileWhole, padText } from './text-pattern.ts';

/** A row with its texts as conditions are compared with them. */
export interface FoldedRow {
  readonly row: BookRow;
  /** The whole description. */
  readonly text: string;
  readonly counterparty: string;
}

/**
 * What rules would have done with rows that were posted. 'Would have filled 412 of the 430 rows of Expenses:Groceries,
 * and 3 others wrongly' is `right`, `of` and `wrong`.
 */
export interface Backtest {
  /** Rows for which the rule is the first that matches: `right` and `wrong` together. */
  readonly filled: number;
  /** Those of them that the user posted to the rule's counter-account. */
  readonly right: number;
  /** Those that the user posted to another one, newest first. */
  readonly wrong: readonly PostedRow[];
  /** All rows that the user posted to the rule's counter-account, also where an earlier rule has them. */
  readonly of: number;
}

/** Tells the first rule that matches a row; the rules are read once. */
export function createMatcher<R extends NewRule>(rules: readonly R[]): (row: BookRow) => R | null {
  const compiled = rules.map((rule) => ({ rule, matches: compileRule(rule) }));
  return (row) => {
    const folded = foldRow(row);
    return compiled.find(({ matches }) => matches(folded))?.rule ?? null;
  };
}

export function foldRow(row: BookRow): FoldedRow {
  return { row, text: padText(row.description), counterparty: padText(counterpartyOf(row)) };
}

/** The part of the description before the separator; all of it where there is none. */
function counterpartyOf({ description }: BookRow): string {
  const [counterparty = ''] = description.replace(/\s+/g, ' ').split(descriptionSeparator);
  return counterparty;
}

/**
 * Whether all conditions of the rule hold. None never does, nor does a rule for rows of the account that it would set
 * against itself.
 */
export function compileRule(rule: NewRule): (folded: FoldedRow) => boolean {
  const { amountFrom, amountTo, account, counterAccount } = rule;
  const text = rule.text ? compileContains(rule.text) : null;
  const counterparty = rule.counterparty ? compileWhole(rule.counterparty) : null;
  const isBounded = amountFrom !== undefined || amountTo !== undefined;
  if (!text && !counterparty && !isBounded && !account) return () => false;
  const holdsAmount = compileBounds(amountFrom, amountTo);
  return (folded) => {
    const { row } = folded;
    if (row.account === counterAccount) return false;
    if (account && row.account !== account && !row.account.startsWith(`${account}:`)) return false;
    if (isBounded && !holdsAmount(row)) return false;
    if (counterparty && !counterparty(folded.counterparty)) return false;
    return !text || text(folded.text);
  };
}

function compileBounds(one = -Infinity, other = Infinity): (row: BookRow) => boolean {
  const from = Math.min(one, other);
  const to = Math.max(one, other);
  const byCurrency = new Map<string, readonly [number, number]>();
  return ({ amount: { minor, currency } }) => {
    let bounds = byCurrency.get(currency);
    if (!bounds) {
      const scale = 10 ** decimalsOf(currency);
      bounds = [Math.ceil(exact(from * scale)), Math.floor(exact(to * scale))];
      byCurrency.set(currency, bounds);
    }
    return minor >= bounds[0] && minor <= bounds[1];
  };
}

/** What a float leaves beside a whole number of minor units is no part of the bound: 20.1 * 100 is 2010.0000000000002. */
function exact(minor: number): number {
  const whole = Math.round(minor);
  return Math.abs(minor - whole) < 1e-6 ? whole : minor;
}

/**
 * What each of the rules, in their order, would have done. A rule that sets no counter-account is wrong nowhere: what it
 * fills is all right, and of all it fills.
 */
export function backtest(
  rules: readonly NewRule[],
  posted: readonly PostedRow[],
): readonly Backtest[] {
  const match = createMatcher(rules);
  const filled = Map.groupBy(posted, match);
  const postedTo = Map.groupBy(posted, ({ counterAccount }) => counterAccount);
  return rules.map((rule) => {
    const rows = filled.get(rule) ?? [];
    const { counterAccount } = rule;
    if (!counterAccount) {
      return { filled: rows.length, right: rows.length, wrong: [], of: rows.length };
    }
    const wrong = rows
      .filter((row) => row.counterAccount !== counterAccount)
      .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
    return {
      filled: rows.length,
      right: rows.length - wrong.length,
      wrong,
      of: postedTo.get(counterAccount)?.length ?? 0,
    };
  });
}
