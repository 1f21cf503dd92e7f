import type { BookRow, PostedRow } from '../../../../cloud/learner/book-row.ts';
import type { Evidence, EvidenceKind, Suggestion } from '../../../../cloud/learner/learner.ts';
import { explainAll } from '../../../../cloud/learner/receipts/explain.ts';
import { parseMoney } from '../../../../shared/money.ts';

export const groceries = 'Expenses:Groceries';
export const household = 'Expenses:Household';

export function row(
  date: string,
  description: string,
  amount = '-20.00',
  account = 'Assets:Bank',
): BookRow {
  return { date, description, amount: parseMoney(amount, 'EUR'), account };
}

export function posted(counterAccount: string, ...of: Parameters<typeof row>): PostedRow {
  return { ...row(...of), counterAccount };
}

/** Keys that can be read: by payee, word, amount, day and all rows, most of them for one sign. */
export function keysOf({ account, amount, counterpartyAccount, date, description }: BookRow) {
  const sign = amount.minor < 0 ? 'out' : 'in';
  const [payee = ''] = description.toLowerCase().split(' · ');
  const key = (kind: EvidenceKind, text: string) => ({ kind, key: `${kind} ${text}` });
  const words = description.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [
    ...(counterpartyAccount ? [key('number', `${counterpartyAccount} ${sign}`)] : []),
    ...(payee
      ? [key('payee', `${payee} ${sign}`), key('payee', `${payee} ${sign} ${account}`)]
      : []),
    key('payee-amount', `${payee} ${sign} ${Math.round(amount.minor / 1000)}`),
    ...words.map((word) => key('words', `${word} ${sign}`)),
    ...words.map((word) => key('words-amount', `${word} ${amount.minor}`)),
    key('amount', `${amount.minor} ${account}`),
    key('amount', `${sign} ${account}`),
    key('day', `${date.slice(8)} ${account}`),
    key('amount', 'any'),
    key('day', 'any'),
    key('known-word', `shop ${sign}`),
    key('last', ''),
  ];
}

export function sign(
  kind: EvidenceKind,
  text: string,
  more: { weight?: number; words?: string; counterAccount?: string } = {},
): Evidence {
  const { weight = 0.5, words = '', counterAccount = groceries } = more;
  const key = text === '' && kind !== 'last' ? '' : `${kind} ${text}`;
  // Faded counts, which a receipt must never show.
  return {
    kind,
    key,
    words: words.split(' ').filter(Boolean),
    counterAccount,
    weight,
    times: 7.7,
    of: 9.9,
  };
}

export function explain(asked: BookRow, evidence: readonly Evidence[], rows: readonly PostedRow[]) {
  const suggestion: Suggestion = {
    candidates: [{ counterAccount: groceries, probability: 0.9 }],
    evidence,
  };
  const [explanation] = explainAll([{ row: asked, suggestion }], rows, keysOf);
  if (!explanation) throw new Error('every suggestion has its receipt');
  return explanation;
}

export const rewe = row('2026-03-09', 'REWE Markt · Card 1', '-31.00');
export const ofRewe = sign('payee', 'rewe markt out', { words: 'rewe markt' });
export const reweRows = [
  posted(groceries, '2026-01-05', 'REWE Markt · Card 7', '-18.00'),
  posted(household, '2026-01-12', 'REWE Markt · Gutschein', '-50.00'),
  posted(groceries, '2026-02-02', 'Rewe Markt · Card 8', '-22.00'),
  posted(household, '2026-02-03', 'Hardware Hub', '-31.00'),
  posted(groceries, '2026-03-02', 'REWE MARKT', '-31.00'),
];
