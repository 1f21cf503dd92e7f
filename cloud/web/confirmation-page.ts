import { html } from 'hono/html';
import { type Instant, msBetween } from '../../shared/calendar-date.ts';
import type { Confirmation, ConfirmationPicture } from '../../shared/confirmation.ts';
import type { Failure } from '../../shared/failures.ts';
import { failureAlert, type Html, layout } from './page-layout.ts';

export interface ConfirmationForm {
  readonly bank: string;
  readonly confirmation: Confirmation;
  readonly expiresAt: Instant;
  readonly now: Instant;
  /** Of the session: one form is one answer. */
  readonly version: string;
  readonly failure: Failure | undefined;
  readonly bookUrl: string;
}

/** Step 6: what the bank asks, in its words. */
export function confirmationPage(form: ConfirmationForm): Html {
  return layout(
    titles[form.confirmation.kind](form.bank),
    html`${failureAlert(form.failure)}
      ${question(form)}
      <p><small>${timeLeft(form)}</small></p>
      <p><a href="/connect/login">Start again</a> · <a href="${form.bookUrl}">Back to your book</a></p>`,
    { step: 'Log in' },
  );
}

const titles: Readonly<Record<Confirmation['kind'], (bank: string) => string>> = {
  redirect: (bank) => `${bank} waits for your yes`,
  method: (bank) => `How do you confirm at ${bank}?`,
  code: (bank) => `${bank} asks for a code`,
  approval: (bank) => `Approve it at ${bank}`,
};

function question({ bank, confirmation, version }: ConfirmationForm): Html {
  switch (confirmation.kind) {
    case 'redirect':
      return html`<p>You have not confirmed on the bank’s own page yet.</p>
        <p class="row end"><a class="button" href="${confirmation.url}">Go on at ${bank}</a></p>`;
    case 'method':
      return form(
        version,
        bank,
        html`<fieldset>
          <legend>${confirmation.prompt}</legend>
          ${confirmation.methods.map(
            ({ id, name }, at) => html`<label class="option">
              <input type="radio" name="method" value="${id}" required ${at === 0 ? 'checked' : ''} /> ${name}
            </label>`,
          )}
        </fieldset>`,
        'Continue',
      );
    case 'code':
      return form(version, bank, codeField(confirmation), 'Send');
    case 'approval':
      return html`<p>${confirmation.prompt}</p>
        <p role="status" class="waiting" data-poll-seconds="${confirmation.everySeconds}"></p>
        ${form(version, bank, html`<input type="hidden" name="poll" value="1" />`, 'I have approved it')}`;
  }
}

function form(version: string, bank: string, inside: Html, button: string): Html {
  return html`<form method="post" action="/connect/confirm" data-busy="Asking ${bank}… this can take a minute.">
    <input type="hidden" name="version" value="${version}" />
    ${inside}
    <p class="row end"><button>${button}</button></p>
  </form>`;
}

type Code = Extract<Confirmation, { kind: 'code' }>;

function codeField({ prompt, format, length, picture }: Code): Html {
  const isDigits = format === 'digits';
  return html`${picture ? pictureOf(picture) : ''}
    <div class="field">
      <label for="code">${prompt}</label>
      <input id="code" name="code" class="${isDigits ? 'code' : ''}" required maxlength="200" autocomplete="one-time-code"
        autocapitalize="none" spellcheck="false" inputmode="${isDigits ? 'numeric' : 'text'}" autofocus />
      ${length ? html`<br /><small>${length} ${isDigits ? 'digits' : 'characters'}</small>` : ''}
    </div>`;
}

function pictureOf({ mimeType, content, alt }: ConfirmationPicture): Html {
  return html`<p><img class="picture" src="data:${mimeType};base64,${content}" alt="${alt}" /></p>`;
}

function timeLeft({ expiresAt, now }: ConfirmationForm): string {
  const minutes = Math.ceil(msBetween(now, expiresAt) / 60_000);
  if (minutes <= 0) return 'The bank no longer waits: start again.';
  return minutes === 1 ? 'One minute is left for it.' : `${minutes} minutes are left for it.`;
}

/** While the bank is being asked by another click than the one that shows this page. */
export function waitingPage(bank: string): Html {
  return layout(
    `${bank} is being asked`,
    html`<p role="status" data-again-seconds="2">Logging in at a bank can take a minute. This page goes on by itself.</p>
      <p class="row end"><a class="button quiet" href="/connect/next">Look now</a></p>`,
    { step: 'Log in', againSeconds: 3 },
  );
}
