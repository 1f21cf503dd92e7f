import { html, raw } from 'hono/html';
import type { Institution } from '../../shared/bank.ts';
import { type Failure, failures } from '../../shared/failures.ts';
import { formatAmount } from '../../shared/money.ts';
import type { AccountDoc } from '../core/documents.ts';

type Html = ReturnType<typeof html>;

const steps = ['Bank', 'Your data', 'At your bank', 'Accounts'] as const;

/** Step 1: the banks, found by name, BIC or city. */
export function banksPage(institutions: readonly Institution[], search: string): Html {
  const wanted = search.trim().toLowerCase();
  const found = institutions.filter(({ name, bic = '', city = '', country }) =>
    `${name} ${bic} ${city} ${country}`.toLowerCase().includes(wanted),
  );
  return layout(
    'Choose your bank',
    0,
    html`<form method="get" action="/connect/bank" role="search">
        <label for="q">Name, BIC or city</label>
        <div class="row">
          <input id="q" name="q" value="${search}" autocomplete="off" autofocus />
          <button>Search</button>
        </div>
      </form>
      ${
        found.length === 0
          ? html`<p role="status">No bank is called so here. <a href="/connect/bank">Show all</a></p>`
          : html`<form method="post" action="/connect/bank">
              <ul class="banks">
                ${found.map(
                  (bank) =>
                    html`<li>
                      <button class="bank" name="institution" value="${bank.id}">
                        <span class="initial" aria-hidden="true">${bank.name.slice(0, 1)}</span>
                        <span>
                          <strong>${bank.name}</strong>
                          <small>${[bank.country, bank.city, bank.bic].filter(Boolean).join(' · ')}</small>
                        </span>
                      </button>
                    </li>`,
                )}
              </ul>
            </form>`
      }`,
  );
}

/** Step 2: what happens with the data, before the user goes to the bank. */
export function privacyPage(institution: Institution): Html {
  return layout(
    'What Bookfeed does with your data',
    1,
    html`<ul class="points">
        <li><strong>Reads only.</strong> Bookfeed sees the accounts that you choose at ${institution.name}: their
          holder, number, balance and entries. It cannot pay or change anything.</li>
        <li><strong>For your book only.</strong> Entries are kept to fill this spreadsheet and go nowhere else. Nothing
          is sold, shared, or used to train anything.</li>
        <li><strong>Your login stays at the bank.</strong> You type it on the bank's own page; Bookfeed never sees it.</li>
        <li><strong>For at most ${institution.consentDays} days</strong>, or as long as the bank allows; then you are
          asked again. You can end it at the bank at any time.</li>
        <li><strong>Every few hours.</strong> Bookfeed asks the bank at most four times a day while you are away.</li>
      </ul>
      <form method="post" action="/connect/privacy" class="row end">
        <a class="button quiet" href="/connect/bank">Another bank</a>
        <button>Continue to ${institution.name}</button>
      </form>`,
  );
}

/** Step 4: what the bank gave access to. */
export function accountsPage(name: string, accounts: readonly AccountDoc[], bookUrl: string): Html {
  return layout(
    `${name} is connected`,
    3,
    html`<table>
        <thead><tr><th>Account</th><th>Holder</th><th class="number">Balance</th></tr></thead>
        <tbody>
          ${accounts.map(
            (account) =>
              html`<tr>
                <td><strong>${account.name}</strong><br /><small>${numberOf(account)}</small></td>
                <td>${account.holder}</td>
                <td class="number">${balanceOf(account)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p>Next, say in the sidebar of your book which account of the book each of them fills. Rows come from then on.</p>
      <p class="row end"><a class="button" href="${bookUrl}">Back to your book</a></p>`,
  );
}

/** Any failure: what happened, and the one thing to do. */
export function failurePage({ code, detail }: Failure, bookUrl: string | null): Html {
  const { colour, text, advice } = failures[code];
  return layout(
    'That did not work',
    -1,
    html`<div role="alert" class="alert ${colour}">
        <p><strong>${text}</strong>${detail ? html` (${detail})` : ''}</p>
        <p>${advice}</p>
      </div>
      <p class="row end">
        ${bookUrl ? html`<a class="button quiet" href="/connect/bank">Try again</a> <a class="button" href="${bookUrl}">Back to your book</a>` : html`<span>You can close this page.</span>`}
      </p>`,
  );
}

function balanceOf({ balance, currency }: AccountDoc): string {
  if (!balance?.booked) return currency;
  const text = formatAmount(balance.booked) as `${number}`;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(text);
}

function numberOf({ iban, mask }: AccountDoc): string {
  if (iban) return iban.replace(/(.{4})(?=.)/g, '$1 ');
  return mask ? `···· ${mask}` : '';
}

function layout(title: string, step: number, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} – Bookfeed</title>
    <style>
      ${raw(style)}
    </style>
  </head>
  <body>
    <main>
      <header>
        <p class="brand">Bookfeed</p>
        <ol class="steps" aria-label="Steps">
          ${steps.map((name, at) => html`<li ${at === step ? html`aria-current="step"` : ''}>${name}</li>`)}
        </ol>
      </header>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`;
}

const style = `
:root { font: 15px/1.5 'Google Sans', Roboto, Arial, sans-serif; color: #1f1f1f; background: #f1f3f4; --accent: #0b57d0; --line: #dadce0; }
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; }
main { max-width: 640px; margin: 5vh auto; padding: 32px; background: #fff; border: 1px solid var(--line); border-radius: 12px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; justify-content: space-between; }
.brand { margin: 0; font-weight: 600; color: var(--accent); }
.steps { display: flex; gap: 16px; margin: 0; padding: 0; list-style: none; font-size: 13px; color: #5f6368; }
.steps [aria-current] { color: #1f1f1f; font-weight: 600; border-bottom: 2px solid var(--accent); }
h1 { font-size: 24px; font-weight: 500; line-height: 1.25; margin: 24px 0 16px; }
label { display: block; font-size: 13px; color: #5f6368; margin-bottom: 4px; }
input { flex: 1; min-width: 0; font: inherit; padding: 8px 12px; border: 1px solid #747775; border-radius: 4px; }
button, .button { font: inherit; font-weight: 500; padding: 8px 24px; border: 1px solid var(--accent); border-radius: 20px; background: var(--accent); color: #fff; text-decoration: none; cursor: pointer; }
.quiet { background: #fff; color: var(--accent); border-color: var(--line); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.end { justify-content: flex-end; margin-top: 24px; }
.banks { list-style: none; margin: 16px 0 0; padding: 0; }
.bank { display: flex; gap: 16px; align-items: center; width: 100%; padding: 12px; text-align: left; color: inherit; background: #fff; border: 1px solid var(--line); border-radius: 8px; margin-bottom: 8px; }
.bank:hover { background: #f6f8fc; }
.bank strong, .bank small { display: block; font-weight: 500; }
small { color: #5f6368; font-size: 13px; font-weight: 400; }
.initial { flex: none; width: 36px; height: 36px; border-radius: 50%; background: #d3e3fd; color: #0842a0; display: grid; place-items: center; font-weight: 600; }
.points { padding-left: 20px; }
.points li { margin-bottom: 12px; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 13px; font-weight: 500; color: #5f6368; }
th, td { padding: 8px 8px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; white-space: nowrap; padding-right: 0; font-variant-numeric: tabular-nums; }
.alert { border-left: 4px solid #5f6368; padding: 4px 16px; background: #f6f8fc; }
.orange { border-color: #e37400; background: #fef7e8; }
.red { border-color: #b3261e; background: #fdf3f2; }
@media (max-width: 480px) { main { padding: 20px 16px; margin: 0; } .steps { gap: 12px; } }
`;
