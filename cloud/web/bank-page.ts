import { html } from 'hono/html';
import type { Bank } from '../core/banks.ts';
import type { FoundBanks } from '../core/search-banks.ts';
import type { UnsetProvider } from '../ports/bank-connector.ts';
import { countryName } from './country-page.ts';
import { type Html, layout } from './page-layout.ts';

/** Step 3: the bank. What is typed travels in the body of a request, never in an address: it may be an IBAN. */
export function bankPage(
  found: FoundBanks,
  text: string,
  country: string,
  unset: readonly UnsetProvider[],
): Html {
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
      ${unset.length > 0 ? missingBanks(unset) : ''}
      <p><a href="/connect/country">Another country than ${countryName(country)}</a></p>`,
    { step: 'Bank' },
  );
}

/** A provider that is not set up is not offered; who runs this Bookfeed reads here that it could be. */
function missingBanks(unset: readonly UnsetProvider[]): Html {
  return html`<details>
    <summary>Your bank is missing?</summary>
    <p>Whoever runs this Bookfeed can set up more banks, each as docs/BANKS.md describes:</p>
    <ul>${unset.map(({ name, covers }) => html`<li><strong>${name}</strong>: ${covers}</li>`)}</ul>
    <p>Any bank’s statements can be imported as files: <em>Import a file…</em> in the sidebar.</p>
  </details>`;
}

/** What was found: of the page, and alone for its script. */
export function bankList(found: FoundBanks, text: string, country: string): Html {
  return html`<p role="status" class="found">${countWords(found, text, country)}</p>
    <form method="post" action="/connect/bank">
      <ul class="banks">${found.banks.map((bank) => bankItem(bank, namesakesOf(bank, found.banks)))}</ul>
    </form>`;
}

function bankItem(bank: Bank, namesakes: readonly Bank[]): Html {
  const { name, country, city, bic, institutions } = bank;
  const facts = [countryName(country), city, bic, ...apartBy(bank, namesakes)];
  return html`<li>
    <button class="choice bank" name="institution" value="${institutions[0]?.id ?? ''}">
      <span class="initial" aria-hidden="true">${[...name][0] ?? ''}</span>
      <span><strong>${name}</strong> <small>${facts.filter(Boolean).join(' · ')}</small></span>
    </button>
  </li>`;
}

/** By what a bank differs from others of its name: its routing number, or the provider that reaches it. */
function apartBy(bank: Bank, namesakes: readonly Bank[]): readonly string[] {
  const numberOf = ({ routingNumbers }: Bank) => routingNumbers[0] ?? '';
  const connectorOf = ({ institutions }: Bank) => institutions[0]?.connector ?? '';
  const differs = (of: (it: Bank) => string) => namesakes.some((it) => of(it) !== of(bank));
  return [
    ...(differs(numberOf) ? [numberOf(bank)] : []),
    ...(differs(connectorOf) ? [`by ${connectorOf(bank)}`] : []),
  ];
}

function namesakesOf(bank: Bank, banks: readonly Bank[]): readonly Bank[] {
  const keyOf = ({ name, country, city }: Bank) => `${country} ${city ?? ''} ${name.toLowerCase()}`;
  return banks.filter((it) => it !== bank && keyOf(it) === keyOf(bank));
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
