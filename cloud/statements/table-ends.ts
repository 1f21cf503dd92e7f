import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { StatementBalance } from './statement.ts';
import { splitLabel } from './table-account.ts';
import { followBalances, orderRows } from './table-balances.ts';
import { orderDay, readCellDate } from './table-date.ts';
import { isSum, toMoney } from './table-entry.ts';
import { type OpenTable, scaleCell } from './table-facts.ts';
import { summaryOf } from './table-row-words.ts';

import type { Reading } from './table-statements.ts';

/** A row that says what the account held. */
export interface BalanceRow {
  readonly kind: 'opening' | 'closing';
  readonly line: number;
  readonly cells: readonly string[];
}

/** Balances before the first and after the last entry. */
export interface Ends {
  readonly opening?: StatementBalance;
  readonly closing?: StatementBalance;
  /** Of the closing balance. */
  readonly line?: number;
}

/** The balances before the oldest and after the newest row of a list that has one in each, without a slip. */
export function listedEnds(
  { facts, choice, order }: Reading,
  rows: Int32Array,
  currency: string,
): Ends {
  const { chain, plan } = choice;
  const balances = chain && facts.money.get(chain.balance);
  if (!chain || !balances || rows.length === 0) return {};
  const ordered = orderRows(rows, (row) => facts.booking[row] ?? -1, chain.order);
  const isWhole = rows.every((row) => isSum(plan.value(row)));
  const [first, last] = [ordered[0] ?? 0, ordered.at(-1) ?? 0];
  const [before, after] = [(balances[first] ?? Number.NaN) - plan.value(first), balances[last]];
  const { misfits } = followBalances(ordered, plan, balances);
  if (!isWhole || misfits.length > 0 || !isSum(before) || !isSum(after)) return {};
  const date = facts.days[facts.booking[last] ?? -1];
  const day = date && orderDay(date, order);
  return {
    opening: { amount: toMoney(before, currency) },
    closing: { amount: toMoney(after, currency), ...(day && { date: day }) },
  };
}

/** The opening and the closing balance as they stand above the rows, in ten-thousandths, where both do, once. */
export function endsAbove(
  open: Pick<OpenTable, 'preamble' | 'style' | 'table'>,
): { opening: number; closing: number } | undefined {
  const found = { opening: new Set<number>(), closing: new Set<number>() };
  for (const { cells } of open.preamble) {
    const filled = cells.flatMap(splitLabel).filter((cell) => cell !== '');
    for (const [index, cell] of filled.entries()) {
      const kind = summaryOf(cell.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
      const scaled = scaleCell(filled[index + 1] ?? '', open.style, open.table.isTyped);
      if ((kind === 'opening' || kind === 'closing') && isSum(scaled)) found[kind].add(scaled);
    }
  }
  const [[opening, ...more], [closing, ...others]] = [[...found.opening], [...found.closing]];
  const isOne = more.length + others.length === 0;
  return isOne && opening !== undefined && closing !== undefined ? { opening, closing } : undefined;
}

/** These as balances of the statement, where the entries lead from one to the other. */
export function tiedEnds({ open, choice }: Reading, rows: Int32Array, currency: string): Ends {
  const ends = endsAbove(open);
  if (ends === undefined || rows.length === 0) return {};
  const sum = rows.reduce((total, row) => total + choice.plan.value(row), ends.opening);
  if (!(Math.abs(sum - ends.closing) < 1)) return {};
  return {
    opening: { amount: toMoney(ends.opening, currency) },
    closing: { amount: toMoney(ends.closing, currency) },
  };
}

/** The balances that have rows of their own, where there is one of each. */
export function writtenEnds(
  reading: Reading,
  balances: readonly BalanceRow[],
  currency: string,
): Ends {
  const read = (wanted: BalanceRow['kind']) => {
    const [found, ...others] = balances.filter(({ kind }) => kind === wanted);
    const balance = found && others.length === 0 ? readBalanceRow(reading, found.cells) : undefined;
    if (!found || balance === undefined) return undefined;
    const amount = toMoney(balance.scaled, currency);
    return { line: found.line, balance: { amount, ...(balance.date && { date: balance.date }) } };
  };
  const [opening, closing] = [read('opening'), read('closing')];
  return {
    // Its row has the day on which the period begins, not the one before.
    ...(opening && { opening: { amount: opening.balance.amount } }),
    ...(closing && { closing: closing.balance, line: closing.line }),
  };
}

/** What a row of a balance holds, in ten-thousandths. */
export function readBalanceRow(
  { open, order }: Pick<Reading, 'open' | 'order'>,
  cells: readonly string[],
): { scaled: number; date: CalendarDate | undefined } | undefined {
  const { balances, amounts, debits, credits, flag, bookingDate } = open.columns;
  const places = [...balances, ...amounts, ...credits, ...debits];
  const column = places.find((each) => cells[each]);
  if (column === undefined) return undefined;
  const scaled = scaleCell(cells[column] ?? '', open.style, open.table.isTyped);
  if (!isSum(scaled)) return undefined;
  const isFlagged = flag !== undefined && open.directionOf(cells[flag] ?? '') === 'out';
  const date = readCellDate(cells[bookingDate] ?? '');
  return {
    scaled: isFlagged || debits.includes(column) ? -Math.abs(scaled) : scaled,
    date: date && orderDay(date, order),
  };
}
