import { html } from 'hono/html';
import type { Confirmation } from '../confirmations.ts';
import { photoOf } from '../photo-tan.ts';
import { bankPage, formTokenField, type Markup } from './layout.ts';

/** The phones of all made-up customers in one: codes sent, pictures scanned, and what waits to be approved. */
export function phonePage(open: readonly Confirmation[], formToken: string): Markup {
  return bankPage(
    'The made-up phone',
    html`<div class="narrow">
      <p>What the bank sends to its customers’ phones stands here, newest first. <a href="/phone">Look again</a></p>
      ${open.length === 0 && html`<p class="note">Nothing is being asked.</p>`}
      ${open.toReversed().map((one) => message(one, formToken))}
    </div>`,
  );
}

function message(confirmation: Confirmation, formToken: string): Markup {
  const { customer, isLogin } = confirmation;
  const what = isLogin ? 'Login in a browser' : 'Older entries of your account';
  return html`<section data-customer="${customer.login}">
    <h2>${customer.name}</h2>
    <p class="note">${what}</p>
    ${messageContent(confirmation, formToken)}
  </section>`;
}

function messageContent({ id, customer, step }: Confirmation, formToken: string): Markup {
  switch (step.kind) {
    case 'code':
      return html`${step.method === 'photo' && photo(id)}
        <p>${step.method === 'sms' ? 'SMS from Sandbox Bank. Your code:' : 'Scanned. The code is'}
          <b><code data-field="code">${step.code}</code></b></p>`;
    case 'approval':
      return html`<form method="post" action="/phone">
        ${formTokenField(formToken)}
        <input type="hidden" name="confirmation" value="${id}">
        <div class="actions">
          <button name="answer" value="approve" aria-label="Approve for ${customer.name}">Approve</button>
          <button name="answer" value="decline" class="plain"
            aria-label="Decline for ${customer.name}">Decline</button>
        </div>
      </form>`;
    default:
      return html`<p>The phone has nothing for it yet: the bank’s page asks something first.</p>`;
  }
}

function photo(id: string): Markup {
  return html`<p><img src="${photoOf(id)}" width="66" height="66" alt="The picture that was scanned"></p>`;
}
