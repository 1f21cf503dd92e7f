import { html, raw } from 'hono/html';
import { type Html, layout } from './page-layout.ts';
import { worldMap } from './world-map.ts';

export interface CountryBanks {
  readonly country: string;
  readonly banks: number;
}

const names = new Intl.DisplayNames('en', { type: 'region' });

export function countryName(code: string): string {
  return names.of(code) ?? code;
}

/** Step 1: the world, coloured where there are banks; the list beside it says the same to keyboard and screen reader. */
export function countryPage(countries: readonly CountryBanks[]): Html {
  const sorted = countries
    .map((it) => ({ ...it, name: countryName(it.country) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const list = html`<form method="post" action="/connect/country" class="countries">
    <h2>${sorted.length === 1 ? '1 country' : `${sorted.length} countries`} with banks</h2>
    <ul>
      ${sorted.map(
        ({ country, name, banks }) => html`<li>
          <button class="choice" name="country" value="${country}">
            <span>${name}</span> <small>${banks === 1 ? '1 bank' : `${banks} banks`}</small>
          </button>
        </li>`,
      )}
    </ul>
  </form>`;
  return layout(
    'In which country is your bank?',
    html`<div class="beside">
      <figure class="map">
        ${map(new Map(sorted.map(({ country, name }) => [country, name])))}
        <figcaption>
          <small>Blue: banks to connect. Map: <a href="https://github.com/VictorCazanave/svg-maps">svg-maps</a>
          by Victor Cazanave, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, simplified.</small>
        </figcaption>
      </figure>
      ${list}
    </div>`,
    { step: 'Country', isWide: true },
  );
}

/** Our own text alone, so nothing to escape but the names. */
function map(named: ReadonlyMap<string, string>): Html {
  const shapes = Object.entries(worldMap).map(([code, path]) => {
    const name = named.get(code);
    return name === undefined
      ? raw(`<path d="${path}"/>`)
      : html`<path class="has-banks" data-country="${code}" d="${raw(path)}"><title>${name}</title></path>`;
  });
  return html`<svg viewBox="0 0 1010 655" aria-hidden="true" focusable="false">${shapes}</svg>`;
}
