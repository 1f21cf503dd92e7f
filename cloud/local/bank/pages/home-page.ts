import { html } from 'hono/html';
import type { Balance, ObservedEntry } from '../../../../shared/bank.ts';
import type { CalendarDate } from '../../../../shared/calendar-date.ts';
import { decimalsOf, formatAmount, type Money } from '../../../../shared/money.ts';
import type { BankAccountBook } from '../bank-customer.ts';
import { accountNumber } from './account-number.ts';
import {
  alertBox,
  type BankPageCustomer,
  bankPage,
  formTokenField,
  type Markup,
} from './layout.ts';

export interface HomePage {
  readonly customer: BankPageCustomer;
  readonly books: readonly HomeBook[];
  /** Who may read the accounts now. */
  readonly consents: readonly {
    readonly asker: string;
    readonly validUntil: CalendarDate;
    readonly authorisationId: string;
  }[];
  /** The last day on which the bank asks this browser for no code, where it is known. */
  readonly knownUntil: CalendarDate | undefined;
  /** What was done by the form before: a key of doneText. */
  readonly done: string | undefined;
  /** A payment that could not be made, as it was typed. */
  readonly typed: PaymentForm | undefined;
  readonly problem: string | undefined;
}

export interface HomeBook {
  readonly account: BankAccountBook;
  readonly balance: Balance;
  /** Newest first; `isMade`: somebody made it on this page. */
  readonly entries: readonly { readonly entry: ObservedEntry; readonly isMade: boolean }[];
}

export interface PaymentForm {
  readonly account: string;
  readonly direction: 'out' | 'in';
  readonly counterparty: string;
  readonly text: string;
  readonly amount: string;
  readonly status: 'booked' | 'pending';
}

/** The customer's accounts with their last entries, and a form for a payment to try things out with. */
export function homePage(page: HomePage): Markup {
  const { customer, books, consents, knownUntil, done, typed, problem } = page;
  const text = doneText[done ?? ''];
  return bankPage(
    'Your accounts',
    html`${text && html`<p class="done" role="status">${text}</p>`}
      ${problem && alertBox(problem)}
      <p><a href="/accounts">All accounts and their statements</a></p>
      <div class="columns">
        <div>${books.map((book) => bookSection(book, customer.formToken))}</div>
        <div>
          ${paymentSection(books, typed, customer.formToken)}
          ${consentSection(consents, customer.formToken)}
          ${knownUntil && rememberedSection(knownUntil)}
        </div>
      </div>`,
    customer,
  );
}

const doneText: Readonly<Record<string, string>> = {
  booked: 'The payment is booked.',
  pending: 'The payment is pending. It is booked in two days, or when you say so.',
  revoked: 'The access was taken back.',
};

function bookSection({ account, balance, entries }: HomeBook, formToken: string): Markup {
  const { booked, available } = balance;
  return html`<section>
    <div class="account">
      <div>
        <h2>${account.name}</h2>
        <span class="note">${accountNumber(account)}</span>
      </div>
      <div class="amount">
        ${booked && html`<b>${moneyText(booked)}</b><br>`}
        ${available && html`<span class="note">available ${moneyText(available)}</span>`}
      </div>
    </div>
    <table>
      <thead><tr><th scope="col">Day</th><th scope="col">Entry</th><th scope="col" class="amount">Amount</th></tr></thead>
      <tbody>${entries.map((one) => entryRow(one, account.key, formToken))}</tbody>
    </table>
  </section>`;
}

function entryRow(
  { entry, isMade }: HomeBook['entries'][number],
  account: string,
  formToken: string,
): Markup {
  const { bookingDate, valueDate, status, counterparty, text, amount, reference } = entry;
  const pending = status === 'pending';
  return html`<tr>
    <td class="day">${bookingDate ?? valueDate ?? ''}</td>
    <td>${counterparty} <small>${text}${pending && ' · pending'}</small>
      ${
        pending &&
        isMade &&
        html`<form method="post" action="/payments/book">
          ${formTokenField(formToken)}
          <input type="hidden" name="account" value="${account}">
          <input type="hidden" name="reference" value="${reference}">
          <button class="plain small" aria-label="Book ${counterparty} now">Book now</button>
        </form>`
      }
    </td>
    <td class="amount">${moneyText(amount)}</td>
  </tr>`;
}

function paymentSection(
  books: readonly HomeBook[],
  typed: PaymentForm | undefined,
  formToken: string,
): Markup {
  const radio = (name: 'direction' | 'status', value: string, label: string, first: boolean) => {
    const checked = typed ? typed[name] === value : first;
    return html`<div class="choice">
      <input type="radio" id="${name}-${value}" name="${name}" value="${value}" ${checked ? 'checked' : ''}>
      <label for="${name}-${value}" style="margin:0">${label}</label>
    </div>`;
  };
  return html`<section>
    <h2>Make a payment</h2>
    <p class="note">To see a new entry arrive in your book: make one here, then press Sync now there.</p>
    <form method="post" action="/payments">
      ${formTokenField(formToken)}
      <label for="account">Account</label>
      <select id="account" name="account">
        ${books.map(
          ({ account: { key, name, currency } }) =>
            html`<option value="${key}" ${typed?.account === key ? 'selected' : ''}>${name}, ${currency}</option>`,
        )}
      </select>
      <fieldset>
        <legend>Direction</legend>
        ${radio('direction', 'out', 'Money out', true)} ${radio('direction', 'in', 'Money in', false)}
      </fieldset>
      <label for="counterparty">To or from</label>
      <input type="text" id="counterparty" name="counterparty" maxlength="70" value="${typed?.counterparty ?? 'Corner Cafe'}">
      <label for="text">Text</label>
      <input type="text" id="text" name="text" maxlength="140" value="${typed?.text ?? 'Coffee and cake'}">
      <label for="amount">Amount</label>
      <input type="text" id="amount" name="amount" inputmode="decimal" maxlength="20" required
        value="${typed?.amount ?? '7.80'}">
      <fieldset>
        <legend>State</legend>
        ${radio('status', 'booked', 'Booked at once', true)} ${radio('status', 'pending', 'Pending first', false)}
      </fieldset>
      <div class="actions"><button>Make payment</button></div>
    </form>
  </section>`;
}

function consentSection(consents: HomePage['consents'], formToken: string): Markup {
  return html`<section>
    <h2>Who may read your accounts</h2>
    ${consents.length === 0 && html`<p class="note">Nobody.</p>`}
    ${consents.map(
      ({
        asker,
        validUntil,
        authorisationId,
      }) => html`<form method="post" action="/consents/revoke">
        ${formTokenField(formToken)}
        <input type="hidden" name="authorisationId" value="${authorisationId}">
        <p>${asker}, until ${validUntil}
          <button class="plain small" aria-label="Take back the access of ${asker}">Take back</button></p>
      </form>`,
    )}
  </section>`;
}

function rememberedSection(knownUntil: CalendarDate): Markup {
  return html`<section id="remembered" data-until="${knownUntil}">
    <h2>This browser</h2>
    <p class="note">It is remembered until ${knownUntil}. After that day the bank asks for a code again.</p>
  </section>`;
}

function moneyText(amount: Money): string {
  const { currency } = amount;
  const decimals = decimalsOf(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency, ...digits });
  return format.format(formatAmount(amount) as Intl.StringNumericLiteral);
}
