import { html } from 'hono/html';
import type { Institution, WayIn } from '../../shared/bank.ts';
import { FailureError } from '../../shared/failures.ts';
import { type Bank, institutionFor } from '../core/banks.ts';
import { type Html, layout } from './page-layout.ts';

const titles: Readonly<Record<WayIn, string>> = { psd2: 'Open banking', login: 'Direct access' };

/** What each way can and cannot. Facts: product description of the two; Article 10a of Regulation (EU) 2018/389. */
function rows({ consentDays }: Institution): readonly (readonly [string, string, string])[] {
  const lasts = consentDays
    ? `For ${consentDays} days at most, as the bank says; then you renew it with one click. Bookfeed reminds you before.`
    : 'For as long as the bank allows; then you renew it with one click.';
  return [
    [
      'Where you log in',
      'On the bank’s own page. Bookfeed never sees your password.',
      'Here. Bookfeed keeps your login, locked by a key of its own, and uses it for nothing but to read.',
    ],
    [
      'Which accounts',
      'Current accounts; cards, savings, loans and depots at few banks only.',
      'All that you see in your online banking: accounts, cards, loans, investments.',
    ],
    [
      'What the entries tell',
      'What the bank sends to programs: at times less text than on its own pages.',
      'What you see at the bank yourself, with the balance after each entry.',
    ],
    ['How long it lasts', lasts, 'Until you change the login or the bank asks for a code again.'],
    [
      'How steady it is',
      'Steady: banks must offer it, and say beforehand when it changes.',
      'Less steady: when a bank changes its pages, it may fail until Bookfeed has learnt them.',
    ],
    [
      'How often',
      'Without you the bank answers four times a day; more often while you are here.',
      'Every few hours; the bank may ask for a code in between.',
    ],
  ];
}

/** Step 4, where the bank has two ways in. @throws FailureError `not-found` for one that has not */
export function wayInPage(bank: Bank): Html {
  const [psd2, login] = [institutionFor(bank, 'psd2'), institutionFor(bank, 'login')];
  if (!psd2 || !login) throw new FailureError('not-found', 'second way in');
  return layout(
    `How shall Bookfeed reach ${bank.name}?`,
    html`<form method="post" action="/connect/way-in">
        <table class="ways">
          <thead>
            <tr><th scope="col">${titles.psd2}</th><th scope="col">${titles.login}</th></tr>
          </thead>
          ${rows(psd2).map(
            ([what, ofPsd2, ofLogin]) => html`<tbody>
              <tr><th colspan="2" scope="rowgroup">${what}</th></tr>
              <tr><td>${ofPsd2}</td><td>${ofLogin}</td></tr>
            </tbody>`,
          )}
        </table>
        <p>Not sure? Take open banking, unless you need cards, loans or investments. You can change later: accounts and
          rows stay.</p>
        <p class="row end">
          <a class="button quiet" href="/connect/bank">Another bank</a>
          <button class="quiet" name="institution" value="${login.id}">Use direct access</button>
          <button name="institution" value="${psd2.id}">Use open banking</button>
        </p>
      </form>`,
    { step: 'Bank' },
  );
}
