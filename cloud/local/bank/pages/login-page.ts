import { html } from 'hono/html';
import type { BankCustomer } from '../bank-customer.ts';
import type { LoginProblem } from '../sessions.ts';
import { methodText } from './confirm-page.ts';
import { alertBox, bankPage, formTokenField, type Markup } from './layout.ts';

export interface LoginPage {
  readonly formToken: string;
  /** Where to go after the login, a path of this bank. */
  readonly next: string;
  /** Made-up customers, whose logins are shown, for there is no other way to know them. */
  readonly examples: readonly BankCustomer[];
  readonly typedLogin?: string;
  readonly problem?: LoginProblem | undefined;
  /** Who waits for a decision after the login. */
  readonly asker?: string;
}

/** Where a customer logs in, with the made-up logins beside it. */
export function loginPage(page: LoginPage): Markup {
  const { formToken, next, examples, typedLogin = '', problem, asker } = page;
  const [first, ...others] = examples;
  return bankPage(
    'Log in to online banking',
    html`<div class="narrow">
      ${asker && html`<p><b>${asker}</b> asks to see your accounts. Log in to decide about it.</p>`}
      ${first && html`<p>The made-up login of ${first.name}: ${loginText(first)}</p>`}
      ${problem && alertBox(problemText[problem], problem)}
      <section>
        <form method="post" action="/login" id="login">
          ${formTokenField(formToken)}
          <input type="hidden" name="next" value="${next}">
          <label for="login-name">Login name</label>
          <input type="text" id="login-name" name="login" value="${typedLogin}" required maxlength="100"
            autocomplete="username" autocapitalize="none" spellcheck="false" ${typedLogin ? '' : 'autofocus'}>
          <label for="password">Password</label>
          <input type="password" id="password" name="password" required maxlength="100"
            autocomplete="current-password" ${typedLogin ? 'autofocus' : ''}>
          ${
            !asker &&
            html`<div class="choice">
              <input type="checkbox" id="device" name="device" value="1">
              <label for="device" style="margin:0">Remember this browser<br><span class="note">The bank asks once
                for a confirmation, and then no more in this browser.</span></label>
            </div>`
          }
          <div class="actions"><button>Log in</button></div>
        </form>
        ${
          asker &&
          html`<form method="post" action="${next}">
            ${formTokenField(formToken)}
            <div class="actions"><button name="decision" value="decline" class="plain">Decline and go back</button></div>
          </form>`
        }
      </section>
      ${
        others.length > 0 &&
        html`<h2>More made-up logins</h2>
        <ul>${others.map((other) => html`<li>${other.name}: ${loginText(other)}</li>`)}</ul>`
      }
    </div>`,
  );
}

function loginText(customer: BankCustomer): Markup {
  const { login, password } = customer;
  return html`name
    <b><code>${login}</code></b>, password <b><code>${password}</code></b><br><span
    class="note">confirms by ${methodsText(customer)}</span>`;
}

function methodsText({ methods = ['sms'], isAskedQuestion }: BankCustomer): string {
  const texts = methods.map((method) => methodText[method]).join(', or ');
  return isAskedQuestion ? `a question, then ${texts}` : texts;
}

const problemText: Readonly<Record<LoginProblem, string>> = {
  'login-wrong': 'Login name or password is wrong. Nothing was opened; try again.',
  'login-locked': 'Too many wrong tries: this login is locked for ten minutes.',
  'access-ended': 'Your access has ended, and the bank has logged you out. Log in again to go on.',
  'access-revoked': 'Your access was taken back, and the bank has logged you out.',
};
