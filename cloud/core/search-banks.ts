import MiniSearch from 'minisearch';
import type { Bank } from './banks.ts';
import { readIban } from './iban-codes.ts';

/** What a search found, the best first. */
export interface FoundBanks {
  readonly banks: readonly Bank[];
  /** How many there are besides those. */
  readonly more: number;
  /** None in the country was found: these are in others. */
  readonly isElsewhere: boolean;
}

/** Finds banks by name, BIC, routing number, IBAN or city; with a country, there first. '' finds all, by name. */
export type SearchBanks = (text: string, country?: string) => FoundBanks;

const shownMax = 20;
/** Nobody types more; a longer text only costs time. */
const textMax = 100;

/** Builds the index, to be kept as long as the list is the same: 20,000 banks take about half a second. */
export function createBankSearch(banks: readonly Bank[]): SearchBanks {
  const listed = banks.map(wordsOf);
  const findExact = createExactSearch(listed);
  const alike = new MiniSearch({
    fields: ['name', 'place'],
    idField: 'at',
    tokenize: (text) => text.split(' '),
    searchOptions: { boost: { name: 3 }, prefix: true, fuzzy: slipsOf, maxFuzzy: 2 },
  });
  alike.addAll(
    listed.map(({ name, place }, at) => ({ at, name: name.join(' '), place: place.join(' ') })),
  );

  const findAlike = (terms: readonly string[], combineWith: 'AND' | 'OR') =>
    alike.search(terms.join(' '), { combineWith }).flatMap(({ id }) => banks[id as number] ?? []);

  function find(text: string): readonly Bank[] {
    const byCode = findByCode(banks, text);
    if (byCode.length > 0) return byCode;
    const terms = splitWords(text).map(fold);
    const exact = findExact(terms).flatMap((at) => banks[at] ?? []);
    if (exact.length > 0) return exact;
    // One or two letters begin half of all words: they tell nothing here, and cost most.
    const long = terms.filter((term) => term.length > 2);
    const near = findAlike(long, 'AND');
    // A word too many, as "my bank": what has the others.
    return near.length > 0 ? near : findAlike(long, 'OR');
  }

  return (text, country) => {
    const wanted = text.trim().slice(0, textMax);
    const found = wanted === '' ? banks : find(wanted);
    const here = country ? found.filter((bank) => bank.country === country) : found;
    const isElsewhere = wanted !== '' && here.length === 0 && found.length > 0;
    const all = isElsewhere ? found : here;
    return { banks: all.slice(0, shownMax), more: Math.max(0, all.length - shownMax), isElsewhere };
  };
}

/** By IBAN or routing number, typed in full or not yet; empty for what is neither. */
function findByCode(banks: readonly Bank[], text: string): readonly Bank[] {
  const iban = readIban(text);
  if (iban) return banks.filter((bank) => isOfIban(bank, iban.country, iban.codes));
  const digits = text.replace(/[\s.-]/g, '');
  if (!/^\d{2,}$/.test(digits)) return [];
  const begun = banks.filter(codeTest(digits));
  const exact = begun.filter(({ routingNumbers }) => routingNumbers.includes(digits));
  return exact.length === 0 ? begun : [...new Set([...exact, ...begun])];
}

/** The words by which a bank is found, in all their spellings. */
interface Words {
  readonly name: readonly string[];
  /** City and BIC. */
  readonly place: readonly string[];
}

function wordsOf({ name, city = '', bic = '' }: Bank): Words {
  const words = (text: string) => splitWords(text).flatMap(spellings);
  return { name: words(name), place: words(`${city} ${bic}`) };
}

/** How well a word of a query fits a bank, the best 0. */
const fit = {
  firstOfName: 0,
  ofName: 1,
  beginsFirst: 2,
  beginsName: 3,
  ofPlace: 4,
  beginsPlace: 5,
  none: 255,
};

/**
 * Places in the list of those that have every word of a query, in any order, each perhaps not typed to its end; whole words
 * of the name first. A sorted list of words, each with where it stands: a keystroke is a look at those that begin so.
 */
function createExactSearch(
  listed: readonly Words[],
): (terms: readonly string[]) => readonly number[] {
  const spots = new Map<string, { readonly at: number; readonly isName: boolean }[]>();
  for (const [at, { name, place }] of listed.entries()) {
    for (const [words, isName] of [
      [name, true],
      [place, false],
    ] as const) {
      for (const word of words) {
        const known = spots.get(word);
        if (known) known.push({ at, isName });
        else spots.set(word, [{ at, isName }]);
      }
    }
  }
  const sorted = [...spots.keys()].sort();

  function fitsOf(term: string): Uint8Array {
    const fits = new Uint8Array(listed.length).fill(fit.none);
    for (let word = lowerBound(sorted, term); sorted[word]?.startsWith(term); word++) {
      const isWhole = sorted[word] === term;
      for (const { at, isName } of spots.get(sorted[word] ?? '') ?? []) {
        const isFirst = isName && listed[at]?.name[0] === sorted[word];
        const whole = isFirst ? fit.firstOfName : fit.ofName;
        const begun = isFirst ? fit.beginsFirst : fit.beginsName;
        const ofName = isWhole ? whole : begun;
        const ofPlace = isWhole ? fit.ofPlace : fit.beginsPlace;
        fits[at] = Math.min(fits[at] ?? fit.none, isName ? ofName : ofPlace);
      }
    }
    return fits;
  }

  return (terms) => {
    if (terms.length === 0) return [];
    const all = terms.map(fitsOf);
    const byRank: number[][] = [];
    for (let at = 0; at < listed.length; at++) {
      let rank = 0;
      for (const fits of all) {
        const one = fits[at] ?? fit.none;
        rank = one === fit.none ? Number.NaN : rank + one;
      }
      if (Number.isNaN(rank)) continue;
      const same = byRank[rank] ?? [];
      same.push(at);
      byRank[rank] = same;
    }
    return byRank.flat();
  };
}

/** Where the first word stands that is not before that one. */
function lowerBound(sorted: readonly string[], word: string): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < word) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How many letters may be wrong. */
function slipsOf(term: string): number | false {
  if (term.length < 4) return false;
  return term.length < 8 ? 1 : 2;
}

function isOfIban(bank: Bank, country: string, codes: readonly string[]): boolean {
  if (bank.country !== country) return false;
  return codes.some((code) => {
    if (/^[A-Z]+$/.test(code)) return bank.bic?.toUpperCase().startsWith(code) ?? false;
    return codeTest(code)(bank);
  });
}

/** Whether a bank has a code that begins so; lists give codes with their leading zeros or without. */
function codeTest(code: string): (bank: Bank) => boolean {
  const short = code.replace(/^0+/, '');
  const isSame = (it: string) =>
    it.startsWith(code) || (short !== code && short !== '' && it === short);
  return ({ routingNumbers }) => routingNumbers.some(isSame);
}

function splitWords(text: string): readonly string[] {
  const lower = text.toLowerCase().normalize('NFC');
  return lower.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');
}

/** A word without accents; a German ä as a and as ae, whichever of the three a list has. */
function spellings(word: string): readonly string[] {
  const spelled = word.replace(/[äöü]/g, (it) => `${it}e`);
  const short = word.replace(/([aou])e/g, '$1');
  return [...new Set([word, spelled, short].map(fold))];
}

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłđæœı]/g, (it) => letters[it] ?? it);
}
