import { html } from 'hono/html';
import type { TanMethod } from '../bank-customer.ts';
import type { Confirmation, ConfirmationStep } from '../confirmations.ts';
import { photoOf } from '../photo-tan.ts';
import { alertBox, bankPage, formTokenField, type Markup } from './layout.ts';

export interface ConfirmPage {
  readonly confirmation: Confirmation;
  readonly formToken: string;
  /** What was typed was not right. */
  readonly isWrong: boolean;
}

export const methodText: Readonly<Record<TanMethod, string>> = {
  sms: 'a code by SMS',
  photo: 'a photo TAN',
  app: 'approval in the bank’s app',
};

/** What the bank asks of its customer now: one thing a page. */
export function confirmPage(page: ConfirmPage): Markup {
  const { step, isLogin } = page.confirmation;
  return bankPage(
    isLogin ? 'Confirm your login' : 'Confirm that it is you',
    html`<div class="narrow">
      ${page.isWrong && alertBox('That was not right. Try again; after three times it is over.', 'code-wrong')}
      <section>${stepForm(page)}</section>
      <p>Nothing is really sent: the <a href="/phone" target="_blank">made-up phone</a> (opens in a new tab) shows what
        a real one would.</p>
    </div>`,
    undefined,
    { step: nameOf(step), ...(step.kind === 'approval' && { everySeconds: 2 }) },
  );
}

/** A question in words is answered on the page of a code. */
function nameOf({ kind }: ConfirmationStep): string {
  return kind === 'question' ? 'code' : kind;
}

function stepForm({ confirmation, formToken }: ConfirmPage): Markup {
  const { step } = confirmation;
  switch (step.kind) {
    case 'method':
      return methodForm(confirmation.id, step.methods, formToken);
    case 'question':
      return codeForm(confirmation.id, html`<p id="prompt">${step.question}</p>`, formToken);
    case 'code':
      return codeForm(confirmation.id, codePrompt(step.method, confirmation.id), formToken, step);
    default:
      return html`<p id="prompt">Open the bank’s app on your phone, and approve there.</p>
        <p><a href="/confirm/${confirmation.id}">I have approved it</a></p>`;
  }
}

function methodForm(id: string, methods: readonly TanMethod[], formToken: string): Markup {
  return html`<form method="post" action="/confirm/${id}" id="method">
    ${formTokenField(formToken)}
    <fieldset>
      <legend>How do you want to confirm?</legend>
      ${methods.map(
        (method, index) => html`<div class="choice">
          <input type="radio" id="method-${method}" name="method" value="${method}" ${index === 0 ? 'checked' : ''}>
          <label for="method-${method}" style="margin:0">${labelText[method]}</label>
        </div>`,
      )}
    </fieldset>
    <div class="actions"><button>Go on</button></div>
  </form>`;
}

const labelText: Readonly<Record<TanMethod, string>> = {
  sms: 'Code by SMS',
  photo: 'Photo TAN',
  app: 'Approval in the app',
};

function codePrompt(method: 'sms' | 'photo', id: string): Markup {
  if (method === 'sms') return html`<p id="prompt">Type the code that we sent to your phone.</p>`;
  return html`<p id="prompt">Scan the picture with your phone, and type the code that it shows.</p>
    <p><img id="challenge" src="${photoOf(id)}" width="198" height="198"
      alt="Photo TAN: coloured dots to be scanned with the phone"></p>`;
}

/** Without `step` the answer is in words. */
function codeForm(
  id: string,
  prompt: Markup,
  formToken: string,
  step?: { readonly code: string },
): Markup {
  const format = step
    ? html`inputmode="numeric" maxlength="${step.code.length}"`
    : html`data-format="text" maxlength="40"`;
  return html`<form method="post" action="/confirm/${id}" id="code">
    ${formTokenField(formToken)}
    ${prompt}
    <label for="code-field">${step ? 'Code' : 'Answer'}</label>
    <input type="text" id="code-field" name="code" ${format} required autocomplete="one-time-code" autofocus>
    <div class="actions"><button>Confirm</button></div>
  </form>`;
}

/** One that was declined, took too long, was typed wrong three times, or never was. */
export function confirmationOverPage(code: 'confirmation-over' | 'confirmation-declined'): Markup {
  return bankPage(
    'Not confirmed',
    html`${alertBox(overText[code], code)}<p><a href="/">To the bank’s start page</a></p>`,
    undefined,
    { step: 'over' },
  );
}

const overText = {
  'confirmation-over': 'This confirmation is over: it took too long, or was wrong three times.',
  'confirmation-declined': 'You have declined it in the app. Nothing was opened.',
};
