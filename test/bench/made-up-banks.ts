import type { Institution } from '../../shared/bank.ts';

/** A whole number from 0 up to, and without, `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Half of them in one country, as lists of banks are; digits of its national code. */
const countries = [
  { code: 'DE', share: 50, digits: 8 },
  { code: 'AT', share: 15, digits: 5 },
  { code: 'IT', share: 15, digits: 5 },
  { code: 'FR', share: 10, digits: 5 },
  { code: 'ES', share: 10, digits: 4 },
] as const;
const kinds = [
  'Sparkasse',
  'Volksbank',
  'Raiffeisenbank',
  'Stadtsparkasse',
  'Spar- und Darlehenskasse',
  'Privatbank',
  'Genossenschaftsbank',
  'Banca Popolare di',
  'Cassa di Risparmio di',
  'Caja Rural de',
  'Crédit Coopératif de',
  'Bankhaus',
] as const;
const beginnings =
  'Ober Unter Nieder Groß Klein Neu Alt Bad Mühl Schön Königs Grün Weiß Wald Berg See Stein Hoch'.split(
    ' ',
  );
const middles =
  'hausen bach feld dorf burg stadt heim brück furt au ingen münde tal wiesen kirchen hofen'.split(
    ' ',
  );
const ends = 'am Main|an der Elbe|im Allgäu|-Süd|-Nord|eG|AG||||'.split('|');

/** Banks that are nowhere, with the names, BICs and codes that banks have; some by two ways in. */
export function createMadeUpBanks(count: number, random: Random): readonly Institution[] {
  const institutions: Institution[] = [];
  while (institutions.length < count) {
    const number = institutions.length;
    const { code, digits } = countryAt(random(100));
    const city = `${pick(beginnings, random)}${pick(middles, random)}`;
    const end = pick(ends, random);
    const name = `${pick(kinds, random)} ${city}${end.startsWith('-') ? end : ` ${end}`}`.trim();
    const institution: Institution = {
      id: `made-up:${number}`,
      connector: 'made-up',
      name,
      country: code,
      city,
      bic: `${letters(number)}${code}2${pick([...'ABCDEFGHIJ'], random)}XXX`,
      routingNumbers: [String(random(10 ** digits)).padStart(digits, '0')],
      wayIn: 'psd2',
      historyDays: 90,
    };
    institutions.push(institution);
    if (random(10) === 0)
      institutions.push({ ...institution, id: `made-up-too:${number}`, wayIn: 'login' });
  }
  return institutions.slice(0, count);
}

function countryAt(percent: number): (typeof countries)[number] {
  let left = percent;
  for (const country of countries) {
    if (left < country.share) return country;
    left -= country.share;
  }
  return countries[0];
}

function pick<T>(list: readonly T[], random: Random): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('a list is not empty');
  return one;
}

/** Four letters, another four for each number. */
function letters(number: number): string {
  let [text, rest] = ['', number];
  for (let at = 0; at < 4; at++) {
    text += String.fromCharCode(65 + (rest % 26));
    rest = Math.floor(rest / 26);
  }
  return text;
}
