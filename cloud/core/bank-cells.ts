import { type CalendarDate, fromSerial, toSerial } from '../../shared/calendar-date.ts';
import { decimalsOf, formatAmount } from '../../shared/money.ts';
import { descriptionSeparator } from '../learner/book-row.ts';
import { type Cell, type CellContent, fitCell } from '../ports/sheet.ts';
import type { EntryFacts } from './documents.ts';

/** Columns that the bank fills, and that follow it as long as the user has not changed them. */
export const bankColumns = ['date', 'description', 'amount', 'currency', 'balance'] as const;
export type BankColumn = (typeof bankColumns)[number];
/** Those, and the hidden one that nobody has to be told of. */
export const followedColumns = [...bankColumns, 'counterpartyAccount'] as const;
type FollowedColumn = (typeof followedColumns)[number];

/** Serial number of 9999-12-31: what a user may type beyond it is no day. */
const serialMax = 2_958_465;

export function bankCells(facts: EntryFacts): Readonly<Record<FollowedColumn, CellContent>> {
  const { date, amount, balanceAfter, counterpartyAccount } = facts;
  return {
    date: { kind: 'date', date },
    description: { kind: 'text', text: descriptionOf(facts) },
    amount: { kind: 'amount', amount },
    currency: { kind: 'text', text: amount.currency },
    balance: balanceAfter ? { kind: 'amount', amount: balanceAfter } : { kind: 'empty' },
    counterpartyAccount: counterpartyAccount
      ? { kind: 'text', text: counterpartyAccount }
      : { kind: 'empty' },
  };
}

/** Counterparty and text in one line, as long as a cell may be. */
export function descriptionOf({ counterparty, text }: EntryFacts): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  const name = counterparty.trim();
  return fitCell([name, line].filter(Boolean).join(descriptionSeparator));
}

/** The note of the Amount cell: the sum in the currency in which it was spent; '' where the bank gives none. */
export function originalNote({ original }: EntryFacts): string {
  return original ? `${original.currency} ${formatAmount(original)}` : '';
}

/** A content in words: amounts as decimal text, days as YYYY-MM-DD; '' for an empty cell. */
export function wordsOf(content: CellContent): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'date':
      return content.date;
    case 'amount':
      return formatAmount(content.amount);
    case 'number':
      return String(content.number);
    case 'check':
      return content.checked ? '✓' : '';
    case 'empty':
      return '';
  }
}

/** Whether a cell still shows what was written into it. */
export function shows(cell: Cell | undefined, content: CellContent): boolean {
  if (!cell || cell.kind === 'empty') return wordsOf(content) === '';
  switch (content.kind) {
    case 'empty':
      return false;
    case 'text':
      return cell.kind === 'text' && cell.text === content.text;
    case 'number':
      return cell.kind === 'number' && cell.number === content.number;
    case 'check':
      return cell.kind === 'check' && cell.checked === content.checked;
    case 'date':
      return cell.kind === 'number' && Math.floor(cell.number) === toSerial(content.date);
    case 'amount': {
      const { minor, currency } = content.amount;
      return minorOf(cell, currency) === minor;
    }
  }
}

/** The amount that a cell shows, in minor units of that currency; null where it shows none. */
export function minorOf(cell: Cell | undefined, currency: string): number | null {
  if (cell?.kind !== 'number') return null;
  const minor = Math.round(cell.number * 10 ** decimalsOf(currency));
  // Not -0, which is another number to some comparisons.
  return Number.isSafeInteger(minor) ? minor || 0 : null;
}

/** The day that a cell shows; '' where it shows none. */
export function dayOfCell(cell: Cell | undefined): CalendarDate | '' {
  const isDay = cell?.kind === 'number' && cell.number >= 0 && cell.number <= serialMax;
  return isDay ? fromSerial(cell.number) : '';
}

export const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');
export const isChecked = (cell: Cell | undefined) => cell?.kind === 'check' && cell.checked;
