import { html } from 'hono/html';
import type { CalendarDate } from '../../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../../shared/money.ts';
import type { Markup } from './layout.ts';

/** An amount as a German bank prints it: -1.234,56 EUR. */
export function printAmount(amount: Money): string {
  const [whole = '', fraction] = formatAmount(amount).split('.');
  const grouped = whole.replace(/(\d)(?=(\d{3})+$)/g, '$1.');
  return `${grouped}${fraction === undefined ? '' : `,${fraction}`} ${amount.currency}`;
}

/** A day as a German bank prints it: 31.12.2026. */
export function printDay(day: CalendarDate): string {
  return day.split('-').reverse().join('.');
}

/** Lines of a text, as lines of a page. */
export function printLines(text: string): Markup[] {
  return text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`);
}
