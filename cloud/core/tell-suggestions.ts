import { formatAmount } from '../../shared/money.ts';
import type { Receipt, ReceiptRow } from '../../shared/suggestions.ts';
import type { BookRow, PostedRow } from '../learner/book-row.ts';
import { type Explanation, explainAll } from '../learner/receipts/explain.ts';
import type { RowSuggestion, Transfer } from './suggest-rows.ts';
import {
  bookedWords,
  learnedWords,
  postedWords,
  ruleWords,
  transferWords,
} from './suggestion-words.ts';

/** A suggestion in words. */
export interface ToldSuggestion {
  /** For the column Why; '' where nothing is proposed. */
  readonly why: string;
  readonly receipt: Receipt;
}

/** Why each of them is proposed, in their order. @param posted the rows that were learned, by day */
export function tellSuggestions(
  suggestions: readonly RowSuggestion[],
  posted: readonly PostedRow[],
): readonly ToldSuggestion[] {
  const learned = suggestions.flatMap(({ draft, source }) =>
    source.by === 'learner' ? [{ row: draft, suggestion: source.learned }] : [],
  );
  const explanations = explainAll(learned, posted)[Symbol.iterator]();
  return suggestions.map((suggestion): ToldSuggestion => {
    const { source } = suggestion;
    const told =
      source.by === 'learner'
        ? tellLearned(suggestion, explanations.next().value)
        : source.by === 'rule'
          ? tellRule(suggestion.counterAccount, source.rule.index)
          : tellTransfer(suggestion.counterAccount, source.finding, source.otherSide);
    return suggestion.posts ? { ...told, why: postedWords(told.why) } : told;
  });
}

function tellLearned(
  { counterAccount, candidates }: RowSuggestion,
  explanation: Explanation | undefined,
): ToldSuggestion {
  const { sentence = '', short = '', rows = [], against, rowsAgainst = [] } = explanation ?? {};
  const probability = candidates[0]?.probability ?? 0;
  return {
    why: counterAccount ? learnedWords(counterAccount, probability, short) : '',
    receipt: {
      sentence,
      rows: rows.map(receiptRow),
      ...(against && { against, rowsAgainst: rowsAgainst.map(receiptRow) }),
    },
  };
}

function tellRule(counterAccount: string, index: number): ToldSuggestion {
  const sentence = `Your rule in row ${index + 1} of the rules’ tab says so.`;
  return { why: ruleWords(counterAccount, index), receipt: { sentence, rows: [] } };
}

function tellTransfer(
  transit: string,
  finding: Transfer,
  other: (BookRow & { readonly counterAccount: string }) | undefined,
): ToldSuggestion {
  const rows = other ? [receiptRow(other)] : [];
  const day = other?.date ?? '';
  if (finding.kind === 'booked') {
    const sentence = `Your row of ${day} moves this sum between the same two accounts already.`;
    return { why: bookedWords(day), receipt: { sentence, rows } };
  }
  if (finding.kind === 'waiting') {
    const sentence = `The other side is your own account ${finding.other}. Its row has not come: until then the sum is in transit.`;
    return { why: transferWords(transit, finding.other), receipt: { sentence, rows } };
  }
  const left = finding.leftover.map((it) => `${formatAmount(it)} ${it.currency}`).join(' and ');
  const rest = left
    ? `; ${left} stay there, for a fee or another currency: a row of ${transit} against the account of that fee brings it to zero`
    : ', and nothing stays there';
  const sentence = `The other side is your row of ${day} in ${other?.account ?? ''}. Both stand against ${transit}, so that the transfer is booked once${rest}.`;
  return { why: transferWords(transit, other?.account ?? '', day), receipt: { sentence, rows } };
}

/** Rows of a receipt that its note names; the sidebar has all. */
const notedMax = 3;

/** The receipt as a cell's note: the sentences, each with a line for its newest rows. */
export function receiptNote({ sentence, rows, against, rowsAgainst = [] }: Receipt): string {
  const speaking = rows.slice(0, notedMax).map(line);
  const others = against ? ['', against, ...rowsAgainst.slice(0, 1).map(line)] : [];
  return [sentence, ...speaking, ...others].join('\n').trim();
}

function line({ date, amount, currency, description, counterAccount }: ReceiptRow): string {
  const text = description.slice(0, 60).toWellFormed();
  return [date, `${amount} ${currency}`, text, counterAccount && `→ ${counterAccount}`]
    .filter(Boolean)
    .join('  ');
}

export function receiptRow(row: BookRow & { readonly counterAccount: string }): ReceiptRow {
  const { date, description, amount, account, counterAccount } = row;
  const { currency } = amount;
  return { date, description, amount: formatAmount(amount), currency, account, counterAccount };
}
