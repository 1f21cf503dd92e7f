import { html } from 'hono/html';
import type { Failure } from '../../shared/failures.ts';
import { decimalsOf, formatAmount } from '../../shared/money.ts';
import type { AccountDoc, ConnectionDoc } from '../core/documents.ts';
import { failureAlert, type Html, layout } from './page-layout.ts';

/** Step 7: what the bank gives access to. */
export function accountsPage({ name, accounts, consent }: ConnectionDoc, bookUrl: string): Html {
  const until = consent.validUntil;
  return layout(
    `${name} is connected`,
    html`${accounts.length === 0 ? html`<p>The bank shows no account. Choose at least one on its page, or log in with another login.</p>` : accountTable(accounts)}
      <p>${until ? html`The bank allows this until <strong>${longDate(until)}</strong>; Bookfeed reminds you before.` : 'The bank has set no end to this.'}</p>
      <p>${nextWords(accounts)}</p>
      <p class="row end">
        <a class="button quiet" href="/connect/country">Connect another bank</a>
        <a class="button" href="${bookUrl}">Back to your book</a>
      </p>`,
    { step: 'Accounts' },
  );
}

/** The bank has said yes, but its accounts could not be read yet. */
export function finishPage(bank: string, failure: Failure | undefined, bookUrl: string): Html {
  return layout(
    `${bank} has said yes`,
    html`${failureAlert(failure)}
      <p>Your permission is there and is kept for now: only the list of accounts is missing.</p>
      <form method="post" action="/connect/finish" data-busy="Asking ${bank}…">
        <p class="row end"><button>Read the accounts</button></p>
      </form>
      <p><a href="/connect/login">Start again</a> · <a href="${bookUrl}">Back to your book</a></p>`,
    { step: 'Log in' },
  );
}

function accountTable(accounts: readonly AccountDoc[]): Html {
  return html`<table class="accounts">
    <thead><tr><th scope="col">Account</th><th scope="col">Holder</th><th scope="col" class="number">Balance</th></tr></thead>
    <tbody>
      ${accounts.map(
        (account) => html`<tr>
          <th scope="row">${account.name}<br /><small>${numberOf(account)}</small></th>
          <td>${account.holder}</td>
          <td class="number">${balanceOf(account)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function nextWords(accounts: readonly AccountDoc[]): string {
  return accounts.some(({ feed }) => feed)
    ? 'Your links and rows are as they were; a sync has begun.'
    : 'Next, say in the sidebar of your book which account of the book each of them fills. Rows come from then on.';
}

function balanceOf({ balance, currency }: AccountDoc): string {
  if (!balance?.booked) return currency;
  const text = formatAmount(balance.booked) as `${number}`;
  const decimals = decimalsOf(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(text);
}

function numberOf({ iban, mask }: AccountDoc): string {
  if (iban) return iban.replace(/(.{4})(?=.)/g, '$1 ');
  return mask ? `···· ${mask}` : '';
}

function longDate(day: string): string {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}
