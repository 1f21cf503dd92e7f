import { type BookRow, descriptionSeparator, type PostedRow } from '../book-row.ts';
import type { EvidenceKind } from '../learner.ts';
import { fold } from '../row-words.ts';

/** A piece of evidence, and the posted rows behind it. */
export interface CountedSign {
  readonly kind: EvidenceKind;
  readonly key: string;
  readonly words: readonly string[];
  /** The counter-account that it is told for; '' for none in particular. */
  readonly counterAccount: string;
  readonly weight: number;
  /** The rows with it that were posted to `counterAccount`, by their places in the book. */
  readonly places: readonly number[];
  /** All rows with it. */
  readonly of: number;
  readonly last: PostedRow | null;
}

/** One that is told, with what a reader must know to find its rows. */
export interface Reason extends CountedSign {
  /** The words that it goes by, as they stand in the row. */
  readonly text: string;
  /** 'exactly this amount', 'day 3 of a month': what its rows share beside the words. */
  readonly closeness: string;
  /** Told where the same stands in rows with money the other way, too, which are not counted. */
  readonly direction: 'incoming' | 'outgoing' | '';
  /** Rows of other accounts are not counted. */
  readonly isOfAccount: boolean;
}

const quoteMax = 40;
const quoteMin = 12;
const shortMax = 90;
/** Marks that would turn the direction of the text after them, and what ends a quotation. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const blanks = /[\s\p{Cc}]+/gu;
const quotes = /[“”„‟«»"]/gu;
const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;
const anyWord = /[\p{L}\p{N}]/u;
const digits = /[0-9]/g;
const blur = 'many small signs together';

/** What speaks for a counter-account, in the order of the reasons. */
export function tellReasons(reasons: readonly Reason[], counterAccount: string): string {
  const clauses =
    reasons.length === 0
      ? [`${blur} speak for ${counterAccount}`]
      : reasons.map((reason, at) => tellReason(reason, reasons.slice(0, at)));
  const sentence = clauses.join('; ');
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

function tellReason(reason: Reason, told: readonly Reason[]): string {
  const { counterAccount, kind, last, text } = reason;
  const isFirst = told.length === 0;
  if (kind === 'mixture') return `${blur} speak for ${isFirst ? counterAccount : 'it'}`;
  if (kind === 'known-word' && !last) {
    return `Bookfeed knows a word in ${quote(text)} that stands for ${isFirst ? counterAccount : 'it'}`;
  }
  if (kind === 'name') {
    return `the name of ${isFirst ? counterAccount : 'the account'} is like ${quote(text)}`;
  }
  const isPayeeTold = told.some((earlier) => earlier.kind.startsWith('payee'));
  const rows = tellRows(reason, isPayeeTold);
  if (told.some((earlier) => earlier.last)) return `${rows} went there, too`;
  return `you posted ${rows} ${isFirst ? `to ${counterAccount}` : 'there'}, ${tellLast(reason, last)}`;
}

function tellLast({ of }: Reason, last: PostedRow | null): string {
  return `${of === 1 ? 'on' : 'last on'} ${last?.date ?? ''}`;
}

/** '12 of 14 outgoing rows of “REWE” with about this amount in this account' */
function tellRows(reason: Reason, isPayeeTold = false): string {
  const { closeness, direction, isOfAccount, kind, of, places, text, words } = reason;
  const isLike = kind === 'words' || kind === 'words-amount';
  const noun = [isLike && 'similar', direction, of === 1 ? 'row' : 'rows'].filter(Boolean);
  const what = [
    kind === 'number' && 'with this account number',
    (kind === 'payee' || kind === 'payee-amount') &&
      `of ${isPayeeTold || !text ? 'this payee' : quote(text)}`,
    kind === 'known-word' && 'of the same kind',
    (isLike || (kind === 'known-word' && words.length > 0)) && text && `(${quote(text)})`,
    closeness && `${kind === 'day' ? 'on' : 'with'} ${closeness}`,
    isOfAccount && 'in this account',
  ];
  const tail = [...noun, ...what.filter(Boolean)].join(' ');
  if (kind === 'last') {
    return of === 1 ? `the last ${tail}` : `${places.length} of the last ${of} ${tail}`;
  }
  return of === 1 ? `the one ${tail}` : `${places.length} of ${of} ${tail}`;
}

/** What speaks most for the suggestion, for a narrow column. */
export function tellShortly(reasons: readonly Reason[]): string {
  const [lead] = reasons;
  if (!lead) return `by ${blur}`;
  const day = lead.last ? `, ${tellLast(lead, lead.last)}`.replace(' last on', ' last') : '';
  const forms = [tellLead(lead, quoteMax) + day, tellLead(lead, quoteMax)];
  return forms.find((form) => [...form].length <= shortMax) ?? tellLead(lead, quoteMin);
}

function tellLead(reason: Reason, max: number): string {
  const { kind, last, text } = reason;
  if (kind === 'mixture') return `by ${blur}`;
  if (kind === 'known-word' && !last) return `by a word that Bookfeed knows in ${quote(text, max)}`;
  if (kind === 'name') return 'by the name of the account';
  return `as ${tellRows({ ...reason, text: cut(text, max) })}`;
}

/** What speaks against the suggestion: the rows that were posted otherwise, or a sign for another account. */
export function tellAgainst(reason: Reason): string {
  const { counterAccount, kind, last, text } = reason;
  if (last) {
    const such = last.description ? ` (${quote(last.description)})` : '';
    return `But ${tellRows(reason)} went to ${counterAccount}, ${tellLast(reason, last)}${such}.`;
  }
  if (kind === 'name') return `But the name of ${counterAccount} is like ${quote(text)}.`;
  if (kind === 'known-word') {
    return `But Bookfeed knows a word in ${quote(text)} that stands for ${counterAccount}.`;
  }
  return `But ${blur} speak ${counterAccount ? `for ${counterAccount}` : 'against it'}.`;
}

/** That no row of the payee was posted yet, in or out; a row without a payee has only its text. */
export function tellNew({ description }: BookRow): string {
  return description.includes(descriptionSeparator) ? 'The payee is new.' : 'Its text is new.';
}

/** What the rows share with `row` beside words; '' where their kind asks for nothing, or they differ. */
export function tellClosely(
  kind: EvidenceKind,
  { amount, date }: BookRow,
  rows: Iterable<PostedRow>,
): string {
  if (kind === 'day') {
    const day = date.slice(8);
    for (const row of rows) if (row.date.slice(8) !== day) return 'such a day';
    return `day ${Number(day)} of a month`;
  }
  const isWithWords = kind === 'payee-amount' || kind === 'words-amount';
  if (!isWithWords && kind !== 'amount') return '';
  const own = Math.abs(amount.minor);
  let isExact = true;
  for (const row of rows) {
    const other = Math.abs(row.amount.minor);
    if (Math.max(own, other) * 2 > Math.min(own, other) * 3) {
      return isWithWords ? 'such an amount' : '';
    }
    isExact &&= own === other;
  }
  return isExact ? 'exactly this amount' : 'about this amount';
}

/** In “ ”, in one line, cut; nothing in it ends the quotation or turns the direction of what follows. */
function quote(text: string, max = quoteMax): string {
  return `“${cut(text, max)}”`;
}

function cut(text: string, max: number): string {
  const line = text.replace(turning, '').replace(blanks, ' ').replace(quotes, '’').trim();
  const letters = [...line];
  return letters.length > max
    ? `${letters
        .slice(0, max - 1)
        .join('')
        .trim()}…`
    : line;
}

/** Words of a description as they stand there, '…' where others stand between them; '' for no words. */
export function spellWords(words: readonly string[], description: string): string {
  if (words.length === 0) return '';
  const tokens = [...description.matchAll(wordPattern)];
  const spans: { from: number; to: number }[] = [];
  for (const word of words) {
    const span = findWord(fold(word), tokens);
    if (!span) return words.join(' ');
    spans.push(span);
  }
  spans.sort((a, b) => a.from - b.from);
  let spelled = '';
  let end = -1;
  for (const { from, to } of spans) {
    const between = description.slice(end, from);
    if (end < 0) spelled = description.slice(from, to);
    else if (!anyWord.test(between)) {
      spelled += description.slice(end, to);
    } else spelled += ` … ${description.slice(from, to)}`;
    end = Math.max(end, to);
  }
  return spelled;
}

/** Where a folded word stands: as a whole, with other digits, or within a text that has no blanks. */
function findWord(word: string, tokens: readonly RegExpExecArray[]) {
  const zeros = word.replace(digits, '0');
  for (const isSame of [
    (token: string) => token === word,
    (token: string) => token.replace(digits, '0') === zeros,
  ]) {
    const token = tokens.find(([found]) => isSame(fold(found)));
    if (token) return { from: token.index, to: token.index + token[0].length };
  }
  for (const { 0: token, index } of tokens) {
    const starts: number[] = [];
    let folded = '';
    let at = index;
    for (const letter of token) {
      const part = fold(letter);
      for (let unit = 0; unit < part.length; unit++) starts.push(at);
      folded += part;
      at += letter.length;
    }
    const found = folded.indexOf(word);
    if (found >= 0) return { from: starts[found] ?? index, to: starts[found + word.length] ?? at };
  }
  return null;
}
