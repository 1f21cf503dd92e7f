import type { BankAccountType } from '../../shared/bank.ts';
import type { TableRow } from './table.ts';
import type { AmountPlan } from './table-amounts.ts';
import type { TableColumns } from './table-columns.ts';
import type { TableFacts } from './table-facts.ts';
import { directionOfKind, directionOfText } from './table-row-words.ts';

/** All by which a table may tell what a plus means. */
export interface SignEvidence {
  readonly columns: TableColumns;
  readonly facts: TableFacts;
  /** Names of the columns, and what stands above them. */
  readonly words: readonly string[];
  /** The first rows; the facts have them at the same indexes. */
  readonly sample: readonly TableRow[];
  readonly rows: Int32Array;
  readonly accountType: BankAccountType | undefined;
}

/**
 * Whether a minus is money out, as in most files, or money in, as in lists of what a card owes. The second is as
 * thinkable where most amounts are positive, and these smaller than the others: purchases, and now and then a payment.
 * `open` where nothing tells.
 */
export function whatSignsSay(
  plan: AmountPlan,
  evidence: SignEvidence,
): 'as-is' | 'turned' | 'open' {
  const { facts, rows, accountType } = evidence;
  const { into, out, weight } = weigh(plan, rows);
  const plus = plan.columns.reduce((sum, column) => sum + (facts.plus.get(column) ?? 0), 0);
  if (into === 0) return 'as-is';
  const said = compareWords(plan, evidence);
  if (out === 0) {
    if (plus >= into || namesIncome.test(evidence.words.join(' ; '))) return 'as-is';
    const isClear = said.kinds * 10 >= into * 8 && Math.min(said.agrees, said.contradicts) === 0;
    if (isClear && said.kinds >= 2) return said.agrees > 0 ? 'as-is' : 'turned';
    return 'open';
  }
  const isLikeCard = into >= out && weight <= -1.5;
  if (said.contradicts > said.agrees) {
    return isLikeCard && said.contradicts >= 3 && said.agrees === 0 ? 'turned' : 'open';
  }
  if (plus > 0 || said.agrees > said.contradicts * 3) return 'as-is';
  if (accountType === 'current' || accountType === 'savings') return 'as-is';
  const isCard = accountType === 'card' || namesCard.test(evidence.words.join(' ; '));
  if (isCard) return out > into ? 'as-is' : 'open';
  return isLikeCard ? 'open' : 'as-is';
}

/** A list of what customers paid: names that a bank's own list of entries has not. */
const namesIncome = /customer[ _]e?mail|seller[ _]message|buyer[ _](name|e?mail)|donor[ _]name/i;
export const namesCard =
  /\bcard|credit ?card|kreditkart|kartennummer|merchant|\bmcc\b|carte n|num.*carte|tarjeta|kortnum|karty|כרטיס/i;

/** Money in and out: how often, and which of them rather has many small amounts (positive: money out). */
function weigh({ value }: AmountPlan, rows: Int32Array) {
  const into: number[] = [];
  const out: number[] = [];
  for (const row of rows) {
    const amount = value(row);
    if (amount > 0) into.push(amount);
    else if (amount < 0) out.push(-amount);
  }
  const clip = (ratio: number) => Math.max(-3, Math.min(3, Math.log2(ratio)));
  const weight = clip(out.length / into.length) + clip(medianOf(into) / medianOf(out));
  return { into: into.length, out: out.length, weight };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** How the words of the first rows go with their signs; `kinds` counts rows whose kind says a direction. */
function compareWords(plan: AmountPlan, { columns, sample }: SignEvidence) {
  let [agrees, contradicts, kinds] = [0, 0, 0];
  for (const [row, { cells }] of sample.entries()) {
    const amount = plan.value(row);
    if (!(amount > 0 || amount < 0)) continue;
    const cellsOf = (where: readonly number[]) => where.map((column) => cells[column] ?? '');
    const ofKind = cellsOf(columns.kinds).map(directionOfKind).find(Boolean);
    if (ofKind !== undefined) kinds += 1;
    const texts =
      columns.counterparty === undefined ? columns.texts : [...columns.texts, columns.counterparty];
    const direction = ofKind ?? cellsOf(texts).map(directionOfText).find(Boolean);
    if (direction === undefined) continue;
    if ((direction === 'in') === amount > 0) agrees += 1;
    else contradicts += 1;
  }
  return { agrees, contradicts, kinds };
}
