import type { TransactionColumn } from '../../shared/book.ts';
import type { CellContent, RowContent, SheetRow } from '../ports/sheet.ts';
import { isChecked, textOf } from './bank-cells.ts';
import type { KnownRow } from './known-rows.ts';
import { type RowSuggestion, suggestRows } from './suggest-rows.ts';
import { readSuggested } from './suggestion-words.ts';
import type { Teaching } from './teach-book.ts';
import { receiptNote, type ToldSuggestion, tellSuggestions } from './tell-suggestions.ts';
import { replaceReason } from './why-cell.ts';

type Content = RowContent<TransactionColumn>;

/** A suggestion with its words. */
export interface Suggested extends RowSuggestion {
  readonly told: ToldSuggestion;
}

/** Suggestions for the drafts, and for undecided other sides of their transfers, with their words. */
export function suggestFor(teaching: Teaching, drafts: readonly KnownRow[]): readonly Suggested[] {
  if (drafts.length === 0) return [];
  const suggestions = suggestRows(teaching, drafts);
  const told = tellSuggestions(suggestions, teaching.posted);
  return suggestions.flatMap((suggestion, at) => {
    const words = told[at];
    return words ? [{ ...suggestion, told: words }] : [];
  });
}

const lengthOfOurs = (text: string) => readSuggested(text)?.length ?? 0;

/** Of a new row, beside what its bank tells. */
export function proposedCells({ counterAccount, description, posts }: RowSuggestion): Content {
  return {
    ...(counterAccount && { counterAccount: { kind: 'text', text: counterAccount } }),
    ...(description !== undefined && { description: { kind: 'text', text: description } }),
    posted: { kind: 'check', checked: posts },
  };
}

/**
 * What a suggestion changes in a draft that stands in the tab; its user has not decided it. The description stays: it may
 * be the user's. So does what was learned before, where nothing is certain enough today: the user may have looked at it
 * and found it right.
 * @param planned what is about to be written into the row
 */
export function resuggestedCells(
  { cells }: SheetRow<TransactionColumn>,
  { draft, counterAccount, posts, source, told }: Suggested,
  planned: Content = {},
): Content {
  const isNothingNew = counterAccount === '' && source.by === 'learner';
  if (isNothingNew && draft.suggested?.by === 'learner') return planned;
  const before = planned.why ?? cells.why;
  const note = told.why ? receiptNote(told.receipt) : '';
  const why = replaceReason(before, lengthOfOurs, told.why, note);
  const isSame = textOf(cells.counterAccount).trim() === counterAccount;
  const proposed: CellContent = counterAccount
    ? { kind: 'text', text: counterAccount }
    : { kind: 'empty' };
  return {
    ...planned,
    ...(!isSame && { counterAccount: proposed }),
    ...(why && { why }),
    ...(posts && !isChecked(cells.posted) && { posted: { kind: 'check', checked: true } }),
  };
}
