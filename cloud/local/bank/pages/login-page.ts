import { html } from 'hono/html';
import type { BankCustomer } from '../bank-customer.ts';
import { alertBox, bankPage, formTokenField, type Markup } from './layout.ts';

export interface LoginPage {
  readonly formToken: string;
  /** Where to go after the login, a path of this bank. */
  readonly next: string;
  /** Made-up customers, whose logins are shown, for there is no other way to know them. */
  readonly examples: readonly BankCustomer[];
  readonly typedLogin?: string;
  readonly problem?: 'wrong' | 'locked';
  /** Who waits for a decision after the login. */
  readonly asker?: string;
}

/** Where a customer logs in, with the made-up login beside it. */
export function loginPage(page: LoginPage): Markup {
  const { formToken, next, examples, typedLogin = '', problem, asker } = page;
  return bankPage(
    'Log in to online banking',
    html`<div class="narrow">
      ${asker && html`<p><b>${asker}</b> asks to see your accounts. Log in to decide about it.</p>`}
      ${examples.map(
        ({ login, password, name }) => html`<p>The made-up login of ${name}: name
          <b><code>${login}</code></b>, password <b><code>${password}</code></b></p>`,
      )}
      ${problem && alertBox(problemText[problem])}
      <section>
        <form method="post" action="/login">
          ${formTokenField(formToken)}
          <input type="hidden" name="next" value="${next}">
          <label for="login">Login name</label>
          <input type="text" id="login" name="login" value="${typedLogin}" required maxlength="100"
            autocomplete="username" autocapitalize="none" spellcheck="false" ${typedLogin ? '' : 'autofocus'}>
          <label for="password">Password</label>
          <input type="password" id="password" name="password" required maxlength="100"
            autocomplete="current-password" ${typedLogin ? 'autofocus' : ''}>
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
    </div>`,
  );
}

const problemText = {
  wrong: 'Login name or password is wrong. Nothing was opened; try again.',
  locked: 'Too many wrong tries: this login is locked for ten minutes.',
};
