import { html } from 'hono/html';
import type { Balance, BankAccountType } from '../../../../shared/bank.ts';
import type { BankAccountBook } from '../bank-customer.ts';
import { accountNumber } from './account-number.ts';
import { type BankPageCustomer, bankPage, type Markup } from './layout.ts';
import { printAmount } from './printed.ts';

export interface AccountsPage {
  readonly customer: BankPageCustomer;
  readonly rows: readonly AccountRow[];
}

interface AccountRow {
  /** By which the bank's pages know the account in this browser. */
  readonly id: string;
  readonly account: BankAccountBook;
  readonly balance: Balance;
}

/** All that the customer has at the bank. */
export function accountsPage({ customer, rows }: AccountsPage): Markup {
  return bankPage(
    'All accounts',
    html`<section>
      <table id="accounts" class="stacked">
        <thead><tr>
          <th scope="col">Account</th><th scope="col">Holder</th><th scope="col">Product</th>
          <th scope="col">Number</th><th scope="col" class="amount">Balance</th><th scope="col">Show</th>
        </tr></thead>
        <tbody>${rows.map(accountRow)}</tbody>
      </table>
    </section>
    <p><a href="/">To the start page</a></p>`,
    customer,
  );
}

function accountRow({ id, account, balance }: AccountRow): Markup {
  const { type, currency, name, holder, product = '' } = account;
  const shown = balance.booked ?? balance.available;
  return html`<tr data-id="${id}" data-type="${type}" data-currency="${currency}">
    <td data-field="name">${name}</td>
    <td data-field="holder">${holder}</td>
    <td data-field="product">${product}</td>
    <td data-field="${numberField(account)}">${accountNumber(account)}</td>
    <td data-field="balance" class="amount">${shown && printAmount(shown)}</td>
    <td><a href="/accounts/${id}" aria-label="Details of ${name}">Details</a>
      <a href="/accounts/${id}/entries" aria-label="Entries of ${name}">Entries</a></td>
  </tr>`;
}

/** What an account is, and what stands in it. */
export function accountPage(page: AccountRow & { readonly customer: BankPageCustomer }): Markup {
  const { id, account, balance } = page;
  const { booked, available } = balance;
  return bankPage(
    account.name,
    html`<section>
      <dl id="details">
        ${detail('Name', 'name', account.name)}
        ${detail('Kind', 'type', typeText[account.type])}
        ${detail('Holder', 'holder', account.holder)}
        ${account.product && detail('Product', 'product', account.product)}
        ${detail('Number', numberField(account), accountNumber(account))}
        ${detail('Currency', 'currency', account.currency)}
        ${booked && detail('Booked', 'booked', printAmount(booked))}
        ${available && detail('Available', 'available', printAmount(available))}
      </dl>
    </section>
    <p><a href="/accounts/${id}/entries">Entries</a></p>
    <p><a href="/accounts">To all accounts</a></p>`,
    page.customer,
  );
}

const typeText: Readonly<Record<BankAccountType, string>> = {
  current: 'Current account',
  savings: 'Savings account',
  card: 'Credit card',
  loan: 'Loan',
  investment: 'Depot',
};

function numberField({ iban }: BankAccountBook): 'iban' | 'mask' {
  return iban ? 'iban' : 'mask';
}

function detail(title: string, field: string, text: string): Markup {
  return html`<dt>${title}</dt><dd data-field="${field}">${text}</dd>`;
}
