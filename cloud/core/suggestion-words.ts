import type { SuggestedBy } from '../../shared/suggestions.ts';

/**
 * What the column Why says of a suggestion, and what is read from it again: which counter-account was proposed, so that
 * one of the user's own is told apart and never changed. The book itself is thus all that has to be known. The mark at
 * the end says that there is a note, and where our words end: what stands behind it is the user's.
 */
const end = ' ⓘ';
const byRule = 'by your rule in row ';
const transferWith = 'transfer with ';
const posted = ', posted automatically';
const bookedAlready = 'Transfer? ';

const suggestedPattern = new RegExp(
  `^(?:(?<path>.+?): (?:(?<learner>\\d+ %)|(?<rule>${byRule})|${transferWith})|${bookedAlready.replace('?', '\\?')})`,
  's',
);

/** What a Why says was proposed. */
export interface Suggested {
  /** '' where nothing was, and why. */
  readonly counterAccount: string;
  readonly by: SuggestedBy;
  /** Bookfeed ticked ✓ itself. */
  readonly isAuto: boolean;
  /** Characters at its start that are our words. */
  readonly length: number;
}

/** What was proposed, by the Why without the bank's marks; null where these words are not ours. */
export function readSuggested(why: string): Suggested | null {
  const at = why.indexOf(end);
  const ours = why.slice(0, at);
  const match = at < 0 ? null : suggestedPattern.exec(ours);
  if (!match) return null;
  const { path = '', learner, rule } = match.groups ?? {};
  const by = learner ? 'learner' : rule ? 'rule' : 'transfer';
  const isAuto = ours.endsWith(posted);
  return { counterAccount: path, by, isAuto, length: at + end.length };
}

/** As `Expenses:Groceries: 97 %, as 12 of 14 rows of “REWE”, last 2026-03-02 ⓘ`. */
export function learnedWords(path: string, probability: number, reason: string): string {
  return ended(`${path}: ${percent(probability)} %, ${reason}`);
}

export function ruleWords(path: string, rowIndex: number): string {
  return ended(`${path}: ${byRule}${rowIndex + 1}`);
}

/** @param other the account on the other side; @param day of its row, absent while that has not come */
export function transferWords(path: string, other: string, day?: string): string {
  const partner = day ? `its row of ${day}` : 'its row has not come';
  return ended(`${path}: ${transferWith}${other}, ${partner}`);
}

export function bookedWords(day: string): string {
  return ended(`${bookedAlready}Your row of ${day} books both sides: post only one of the two`);
}

/** The words of a suggestion that Bookfeed posts itself. */
export function postedWords(words: string): string {
  return ended(words.slice(0, -end.length) + posted);
}

const ended = (words: string) => words.replaceAll(end, ' ') + end;

/** Never 100: nothing learned is certain. */
export function percent(probability: number): number {
  return Math.min(99, Math.floor(probability * 100 + 1e-9));
}
