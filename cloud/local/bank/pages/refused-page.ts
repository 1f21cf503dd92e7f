import { html } from 'hono/html';
import type { CalendarDate } from '../../../../shared/calendar-date.ts';
import { alertBox, bankPage, type Markup } from './layout.ts';
import { printDay } from './printed.ts';

export function accountGonePage(): Markup {
  return refusedPage(
    'No such account',
    alertBox('This account is closed, or is none of yours.', 'account-gone'),
  );
}

/** `earliest`: the first day of which this bank shows entries now, where it tells. */
export function periodPage(earliest: CalendarDate | undefined): Markup {
  const day = earliest && html` data-earliest="${earliest}"`;
  const text = earliest
    ? `Entries go back to ${printDay(earliest)}.`
    : 'Entries of that day are gone.';
  return refusedPage(
    'Not that far back',
    html`<p class="alert" role="alert" data-code="period-not-available"${day}>${text}</p>`,
  );
}

export function noPeriodPage(): Markup {
  return refusedPage('No such period', alertBox('These are not two days, the earlier one first.'));
}

export function busyPage(): Markup {
  return refusedPage('The bank is busy', alertBox('This does not work now. Try again later.'));
}

function refusedPage(title: string, content: Markup): Markup {
  return bankPage(title, html`${content}<p><a href="/accounts">To your accounts</a></p>`);
}
