import { html } from 'hono/html';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import type { CalendarDate } from '../../../../shared/calendar-date.ts';
import type { BankAccountBook } from '../bank-customer.ts';
import type { FetchPage } from '../fetches.ts';
import { accountNumber } from './account-number.ts';
import { type BankPageCustomer, bankPage, type Markup } from './layout.ts';
import { printAmount, printDay, printLines } from './printed.ts';

export interface EntriesPage extends FetchPage {
  readonly customer: BankPageCustomer;
  /** By which the bank's pages know the account in this browser. */
  readonly id: string;
  readonly account: BankAccountBook;
  readonly from: CalendarDate;
  readonly to: CalendarDate | undefined;
  /** From 1. */
  readonly page: number;
}

/** A page of an account's entries, oldest first; pending ones come last. */
export function entriesPage(page: EntriesPage): Markup {
  const { account, id, from, to, total, entries } = page;
  return bankPage(
    `Entries of ${account.name}`,
    html`<p class="note">${accountNumber(account)}</p>
    <form method="get" action="/accounts/${id}/entries" class="period">
      <p><label for="from">From</label><input type="date" id="from" name="from" value="${from}" required></p>
      <p><label for="to">To</label><input type="date" id="to" name="to" value="${to}"></p>
      <button class="plain">Show</button>
    </form>
    <p id="count" data-total="${total}">${total} ${total === 1 ? 'entry' : 'entries'}, the oldest first</p>
    <section class="wide">
      <table id="entries" class="stacked" data-order="oldest-first">
        <thead><tr>
          <th scope="col">Booked</th><th scope="col">Value date</th><th scope="col">State</th>
          <th scope="col">With</th><th scope="col">Account</th><th scope="col">Text</th>
          <th scope="col" class="amount">Amount</th><th scope="col" class="amount">Original</th>
          <th scope="col" class="amount">Balance</th>
        </tr></thead>
        <tbody>${entries.map(entryRow)}</tbody>
      </table>
    </section>
    ${nextLink(page)}
    <p><a href="/accounts">To all accounts</a></p>`,
    page.customer,
  );
}

function entryRow(entry: ObservedEntry): Markup {
  const { status, reference, bookingDate, valueDate, amount, original, balanceAfter } = entry;
  const mark = reference !== undefined && html` data-reference="${reference}"`;
  const { counterparty, counterpartyAccount, text } = entry;
  return html`<tr data-status="${status}"${mark}>
    <td data-field="booking" class="day">${bookingDate && printDay(bookingDate)}</td>
    <td data-field="value" class="day">${valueDate && printDay(valueDate)}</td>
    <td>${status === 'pending' ? 'pending' : 'booked'}</td>
    <td data-field="counterparty" class="asis">${counterparty}</td>
    <td data-field="account">${counterpartyAccount}</td>
    <td data-field="text" class="asis">${printLines(text)}</td>
    <td data-field="amount" class="amount">${printAmount(amount)}</td>
    <td data-field="original" class="amount">${original && printAmount(original)}</td>
    <td data-field="balance" class="amount">${balanceAfter && printAmount(balanceAfter)}</td>
  </tr>`;
}

function nextLink({ id, from, to, page, hasNext }: EntriesPage): Markup | '' {
  if (!hasNext) return '';
  const query = new URLSearchParams({ from, ...(to && { to }), page: String(page + 1) });
  return html`<p><a rel="next" href="/accounts/${id}/entries?${query.toString()}">Next page</a></p>`;
}
