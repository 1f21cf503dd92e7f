import { html } from 'hono/html';
import type { Bank } from '../core/banks.ts';
import type { FoundBanks } from '../core/search-banks.ts';
import { countryName } from './country-page.ts';
import { type Html, layout } from './page-layout.ts';

/** Step 3: the bank. What is typed travels in the body of a request, never in an address: it may be an IBAN. */
export function bankPage(found: FoundBanks, text: string, country: string): Html {
  return layout(
    'Which bank?',
    html`<form method="post" action="/connect/banks" role="search" class="search" data-results="banks">
        <label for="q">Name, IBAN, routing number (BLZ), BIC or city</label>
        <div class="row">
          <input id="q" name="q" value="${text}" maxlength="100" autocomplete="off" spellcheck="false" autofocus />
          <button>Search</button>
        </div>
      </form>
      <div id="banks">${bankList(found, text, country)}</div>
      <p><a href="/connect/country">Another country than ${countryName(country)}</a></p>`,
    { step: 'Bank' },
  );
}

/** What was found: of the page, and alone for its script. */
export function bankList(found: FoundBanks, text: string, country: string): Html {
  return html`<p role="status" class="found">${countWords(found, text, country)}</p>
    <form method="post" action="/connect/bank">
      <ul class="banks">${found.banks.map(bankItem)}</ul>
    </form>`;
}

function bankItem({ name, country, city, bic, institutions }: Bank): Html {
  const facts = [countryName(country), city, bic].filter(Boolean).join(' · ');
  return html`<li>
    <button class="choice bank" name="institution" value="${institutions[0]?.id ?? ''}">
      <span class="initial" aria-hidden="true">${[...name][0] ?? ''}</span>
      <span><strong>${name}</strong> <small>${facts}</small></span>
    </button>
  </li>`;
}

function countWords({ banks, more, isElsewhere }: FoundBanks, text: string, country: string) {
  const here = countryName(country);
  if (banks.length === 0) {
    return text ? `No bank like that is known here. Check the spelling, or try its IBAN.` : '';
  }
  if (isElsewhere) return `None in ${here}; in other countries:`;
  if (more > 0)
    return `The first ${banks.length} of ${banks.length + more}: type more to find yours.`;
  return banks.length === 1 ? '1 bank' : `${banks.length} banks`;
}
