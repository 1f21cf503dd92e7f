import { html, raw } from 'hono/html';
import { type Failure, failures } from '../../shared/failures.ts';
import { adviceHere, causesHere } from './failure-words.ts';

export type Html = ReturnType<typeof html>;

const steps = ['Country', 'Your data', 'Bank', 'Log in', 'Accounts'] as const;
export type StepName = (typeof steps)[number];

export interface LayoutOptions {
  /** Absent: no way through the steps is shown. */
  readonly step?: StepName;
  readonly isWide?: boolean;
  /** Comes again by itself without script, after so many seconds. */
  readonly againSeconds?: number;
}

/** A whole page. Style and script are files of our own, so that the browser runs nothing that stands in a page. */
export function layout(title: string, content: Html, options: LayoutOptions = {}): Html {
  const { step, isWide, againSeconds } = options;
  const at = step ? steps.indexOf(step) : -1;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} – Bookfeed</title>
    <link rel="stylesheet" href="/connect/page.css" />
    <link rel="icon" href="data:," />
    <script src="/connect/page.js" defer></script>
    ${againSeconds ? raw(`<noscript><meta http-equiv="refresh" content="${againSeconds}" /></noscript>`) : ''}
  </head>
  <body>
    <header>
      <p class="brand">Bookfeed</p>
      ${
        step
          ? html`<nav aria-label="Steps"><ol class="steps">
              ${steps.map((name, of) => html`<li class="${of < at ? 'past' : ''}" ${of === at ? raw('aria-current="step"') : ''}>${name}</li>`)}
            </ol></nav>`
          : ''
      }
    </header>
    <main class="${isWide ? 'wide' : ''}">
      <h1>${title}</h1>
      ${content}
    </main>
    <footer>
      <a href="/privacy">Privacy policy</a> <a href="/terms">Terms of use</a>
    </footer>
  </body>
</html>`;
}

/** What happened, the common causes, and what to do; '' without a failure. */
export function failureAlert(failure: Failure | undefined): Html | '' {
  if (!failure) return '';
  const { colour, text, advice } = failures[failure.code];
  const causes = causesHere[failure.code] ?? [];
  return html`<div role="alert" class="alert ${colour}">
    <p><strong>${text}</strong>${failure.detail ? html` (${failure.detail})` : ''}</p>
    ${
      causes.length > 0
        ? html`<p>Common causes:</p>
            <ul>${causes.map((cause) => html`<li>${cause}</li>`)}</ul>`
        : ''
    }
    <p>${adviceHere[failure.code] ?? advice}</p>
  </div>`;
}

/** Any failure that leaves no page to go on with. */
export function failurePage(failure: Failure, bookUrl: string | null): Html {
  const actions = bookUrl
    ? html`<a class="button quiet" href="/connect/next">Try again</a>
        <a class="button" href="${bookUrl}">Back to your book</a>`
    : html`<span>You can close this page.</span>`;
  return layout(
    'That did not work',
    html`${failureAlert(failure)}
      <p class="row end">${actions}</p>`,
  );
}
