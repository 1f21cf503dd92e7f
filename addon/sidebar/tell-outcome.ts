import type { Backtest } from '../../shared/suggestions.ts';
import type { Posted } from './review-screens.ts';
import { rowWords } from './wording.ts';

/** 29 posted. 2 were changed meanwhile and stay. */
export function postedWords({ posted, left: { length: left } }: Posted): string {
  const stay =
    left === 1 ? '1 was changed meanwhile and stays' : `${left} were changed meanwhile and stay`;
  return left === 0 ? `${posted} posted.` : `${posted} posted. ${stay}.`;
}

/** 12 rows filled anew. */
export function filledWords(rows: number): string {
  return rows === 0 ? 'No row changes.' : `${rowWords(rows)} filled anew.`;
}

/** Would have filled 412 of 430 as you did, 3 otherwise. What a rule would have done. */
export function backtestWords(
  { filled, right, of }: Backtest,
  number: (count: number) => string = String,
): string {
  if (filled === 0) return 'Would have filled none of your rows.';
  const others = filled - right;
  const otherwise = others > 0 ? `, ${number(others)} otherwise` : '';
  return `Would have filled ${number(right)} of ${number(of)} as you did${otherwise}.`;
}
