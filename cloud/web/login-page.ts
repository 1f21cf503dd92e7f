import { html } from 'hono/html';
import type { CredentialField, Institution } from '../../shared/bank.ts';
import type { Failure } from '../../shared/failures.ts';
import { failureAlert, type Html, layout } from './page-layout.ts';

export interface LoginForm {
  readonly institution: Institution;
  /** What the connection is called, or will be. */
  readonly name: string;
  /** Of the session: one form asks the bank once. */
  readonly version: string;
  /** A connection that stands already: it keeps its name. */
  readonly isRenewal: boolean;
  readonly failure: Failure | undefined;
  readonly bookUrl: string;
}

/** Before a field's name, so that a bank's field is never taken for one of the form. */
export const credentialPrefix = 'login.';

/** Step 5: a name for the connection; the login as this bank asks for it, or the way to the bank's own page. */
export function loginPage({ institution, name, version, isRenewal, ...more }: LoginForm): Html {
  const asksLogin = (institution.credentials ?? []).length > 0;
  const title = isRenewal ? `Renew ${name}` : `Connect ${institution.name}`;
  return layout(
    title,
    html`${failureAlert(more.failure)}
      <form method="post" action="/connect/login" data-busy="Asking ${institution.name}… this can take a minute.">
        <input type="hidden" name="version" value="${version}" />
        ${isRenewal ? '' : nameField(name)}
        ${asksLogin ? loginFields(institution) : redirectWords(institution)}
        <p class="row end">
          ${isRenewal ? '' : html`<a class="button quiet" href="/connect/bank">Another bank</a>`}
          <button>${asksLogin ? 'Log in' : `Continue to ${institution.name}`}</button>
        </p>
      </form>
      <p><a href="${more.bookUrl}">Back to your book</a></p>`,
    { step: 'Log in' },
  );
}

function nameField(name: string): Html {
  return html`<div class="field">
    <label for="name">What you call this connection</label>
    <input id="name" name="name" value="${name}" maxlength="80" required autocomplete="off" />
  </div>`;
}

function redirectWords({ name }: Institution): Html {
  return html`<p>You go on to the page of ${name}: log in there and allow Bookfeed to read the accounts that you choose. Then
    you come back here by yourself.</p>`;
}

function loginFields({ name, credentials = [] }: Institution): Html {
  return html`<fieldset>
      <legend>Your login at ${name}</legend>
      ${credentials.map(credentialField)}
    </fieldset>
    <p><small>It goes to ${name} and, locked by a key of its own, into Bookfeed’s store, to sync while you are away. You can
      take it back at any time with Unsync.</small></p>`;
}

/** Never with a value: what was typed is not sent back to a page. */
function credentialField({ name, label, kind, hint, isOptional }: CredentialField): Html {
  const id = `${credentialPrefix}${name}`;
  return html`<div class="field">
    <label for="${id}">${label}${isOptional ? ' (optional)' : ''}</label>
    <input id="${id}" name="${id}" type="${kind}" maxlength="1000" ${isOptional ? '' : 'required'} autocomplete="off"
      autocapitalize="none" spellcheck="false" ${hint ? html`aria-describedby="${id}.hint"` : ''} />
    ${hint ? html`<small id="${id}.hint">${hint}</small>` : ''}
  </div>`;
}
