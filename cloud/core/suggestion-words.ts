import type { SuggestedBy } from '../../shared/suggestions.ts';

/**
 * What the column Why says of a suggestion, and what is read from it again: which counter-account was proposed, so that
 * one of the user's own is told apart and never changed. The book itself is thus all that has to be known.
 */
const byRule = 'by your rule in row ';
const transferTo = 'transfer with ';
const posted = ', posted automatically';
const bookedAlready = 'Transfer? ';

const suggestedPattern = new RegExp(
  `^(?<path>.+?): (?:(?<learner>\\d+ %)|(?<rule>${byRule})|(?<transfer>${transferTo}))`,
  's',
);

/** What a Why says was proposed. */
export interface Suggested {
  /** '' where nothing was, and why. */
  readonly counterAccount: string;
  readonly by: SuggestedBy;
  /** Bookfeed ticked ✓ itself. */
  readonly isAuto: boolean;
}

/** What was proposed, by the Why without the bank's marks; null where these words are not ours. */
export function readSuggested(why: string): Suggested | null {
  if (why.startsWith(bookedAlready)) return { counterAccount: '', by: 'transfer', isAuto: false };
  const { path, learner, rule } = suggestedPattern.exec(why)?.groups ?? {};
  if (path === undefined) return null;
  const by = learner ? 'learner' : rule ? 'rule' : 'transfer';
  return { counterAccount: path, by, isAuto: why.endsWith(posted) };
}

/** As `Expenses:Groceries: 97 %, as 12 of 12 times with REWE, last 2026-03-02`. */
export function learnedWords(path: string, probability: number, reason: string): string {
  return `${path}: ${percent(probability)} %, ${reason}`;
}

export function ruleWords(path: string, rowIndex: number): string {
  return `${path}: ${byRule}${rowIndex + 1}`;
}

/** @param other the account on the other side; @param day of its row, absent while that has not come */
export function transferWords(path: string, other: string, day?: string): string {
  const partner = day ? `its row of ${day}` : 'its row has not come';
  return `${path}: ${transferTo}${other}, ${partner}`;
}

export function bookedWords(day: string): string {
  return `${bookedAlready}Your row of ${day} books both sides: post only one of the two`;
}

/** The words of a suggestion that Bookfeed posts itself. */
export function postedWords(words: string): string {
  return words + posted;
}

/** Never 100: nothing learned is certain. */
export function percent(probability: number): number {
  return Math.min(99, Math.floor(probability * 100 + 1e-9));
}
