import { html } from 'hono/html';
import type { CalendarDate } from '../../../../shared/calendar-date.ts';
import type { BankAccountBook } from '../bank-customer.ts';
import { accountNumber } from './account-number.ts';
import {
  alertBox,
  type BankPageCustomer,
  bankPage,
  formTokenField,
  type Markup,
} from './layout.ts';

export interface ConsentPage {
  readonly customer: BankPageCustomer;
  readonly asker: string;
  /** Host to which the customer goes back. */
  readonly askerHost: string;
  readonly validUntil: CalendarDate;
  readonly unattendedPerDay: number;
  readonly accounts: readonly BankAccountBook[];
  readonly noneChosen: boolean;
}

/** Who asks, for which accounts, until when: Allow or Decline. */
export function consentPage(page: ConsentPage): Markup {
  const { customer, asker, askerHost, validUntil, unattendedPerDay, accounts } = page;
  return bankPage(
    'Allow access to your accounts?',
    html`<div class="narrow">
      ${page.noneChosen && alertBox('Choose at least one account, or decline.')}
      <section>
        <p><b>${asker}</b> (${askerHost}) asks to read:</p>
        <form method="post">
          ${formTokenField(customer.formToken)}
          <fieldset>
            <legend>Accounts</legend>
            ${accounts.map(
              (account) => html`<div class="choice">
                <input type="checkbox" id="account-${account.key}" name="account" value="${account.key}" checked>
                <label for="account-${account.key}" style="margin:0">${account.name}, ${account.currency}<br><span
                  class="note">${accountNumber(account)}</span></label>
              </div>`,
            )}
          </fieldset>
          <p>Of each: name and holder, balances, and entries.</p>
          <p>Until <b>${validUntil}</b>, at most ${unattendedPerDay} times a day without you. It can read only: no
            payment can be made with it. You can take it back here or there at any time.</p>
          <div class="actions">
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="decline" class="plain">Decline</button>
          </div>
        </form>
      </section>
    </div>`,
    customer,
  );
}

/** A link to decide about that has been used, is too old, or never was. */
export function noConsentPage(): Markup {
  return bankPage(
    'Nothing to decide',
    html`<p>This request has been decided already, or is too old. Go back to where you came from, and start again
      there.</p>
    <p><a href="/">To the bank's start page</a></p>`,
  );
}
