import type { BookRow, PostedRow } from '../../../../cloud/learner/book-row.ts';
import { addDays } from '../../../../shared/calendar-date.ts';

/** A row of a current account: `amount` in cents. */
export function bookRow(row: Partial<BookRow> & { readonly cents?: number } = {}): BookRow {
  const { cents = -1_000, ...others } = row;
  return {
    date: '2026-01-01',
    description: 'Muster Markt · Einkauf',
    amount: { minor: cents, currency: 'EUR' },
    account: 'Assets:Bank:Giro',
    ...others,
  };
}

/** Rows posted to one counter-account, a day apart, the n-th as `row` makes it. */
export function posted(
  count: number,
  counterAccount: string,
  row: (n: number) => Partial<BookRow> & { readonly cents?: number },
  from = '2026-01-01',
): readonly PostedRow[] {
  return Array.from({ length: count }, (_, n) => ({
    ...bookRow({ date: addDays(from, n), ...row(n) }),
    counterAccount,
  }));
}
