import type { ObservedEntry } from '../../shared/bank.ts';
import { plain, wordingOf } from './fingerprints.ts';

/** The words by which an entry can be told from others. */
export interface EntryWords {
  readonly all: ReadonlySet<string>;
  /** Those of the counterparty. */
  readonly name: ReadonlySet<string>;
}

export type WordsOf = (entry: ObservedEntry) => EntryWords;

/** Words of payments, of legal forms and of web addresses: they stand in entries of anybody. */
const stopWords = new Set(
  `karte karten kartenzahlung kartenumsatz kreditkarte debitkarte bankkarte girocard giropay card cards credit
  debit visa mastercard maestro amex vpay pending vorgemerkt vormerkung vorautorisierung reserviert reservierung
  authorization authorisation preauthorization auth hold processing payment payments pay purchase pos checkcard
  recurring transaction transaktion withdrawal deposit transfer ach zelle paypal sumup zettle applepay googlepay
  contactless kontaktlos lastschrift basislastschrift firmenlastschrift einzug sepa ueberweisung echtzeit gutschrift
  dauerauftrag zahlung zahlungen umsatz buchung betrag abbuchung kauf einkauf online filiale terminal kasse konto
  iban bic mandat mandate referenz reference kundenreferenz ref end toend endtoend verwendungszweck rechnung nummer
  gmbh mbh inc ltd llc llp corp plc limited company sarl srl ohg gbr und der die das des dem den vom von mit fuer auf
  aus bei bis ist nach dank danke the and for from with your you eur usd gbp chf euro dollar datum uhr tag date
  www http https com net org`.split(/\s+/),
);

/** Windows of fewer kinds of entries say nothing about which words most entries share. */
const kindsMin = 6;

/**
 * Reads the words of entries beside those of a window: three letters or more, no stop words, and none that most kinds of
 * its entries share, such as the name of the card or of the town.
 */
export function readWords(window: readonly ObservedEntry[]): WordsOf {
  const cache = new Map<ObservedEntry, EntryWords>();
  let common: ReadonlySet<string> | undefined;
  return (entry) => {
    const known = cache.get(entry);
    if (known) return known;
    common ??= commonWords(window);
    const all = allWords(entry).filter((word) => !common?.has(word));
    const name = nameWords(entry).filter((word) => !common?.has(word));
    const words = { all: new Set(all), name: new Set(name) };
    cache.set(entry, words);
    return words;
  };
}

/**
 * How many words two entries share; far more where all of both is the same. 0 where nothing is, or nothing that names one
 * of them, as the name of a town does not.
 */
export function likeness(wordsOf: WordsOf, a: ObservedEntry, b: ObservedEntry): number {
  const wording = wordingOf(a);
  const isSame = wording !== '' && wording === wordingOf(b);
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const shared = sharesName(one, other) ? countShared(one.all, other.all) : 0;
  return shared + (isSame ? sameWording : 0);
}

const sameWording = 1_000;

/** Whether the name of one stands in the other; where neither has a name, whether they share any word. */
export function sharesName(a: EntryWords, b: EntryWords): boolean {
  if (a.name.size === 0 && b.name.size === 0) return countShared(a.all, b.all) > 0;
  return countShared(a.name, b.all) > 0 || countShared(b.name, a.all) > 0;
}

/** How many words of one stand in the other. */
function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const word of a) if (b.has(word)) count++;
  return count;
}

function commonWords(window: readonly ObservedEntry[]): ReadonlySet<string> {
  const kinds = new Map(
    window.map((entry) => {
      const words = [...new Set(allWords(entry))].sort();
      return [words.join(' '), words];
    }),
  );
  const counts = new Map<string, number>();
  for (const words of kinds.values()) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (kinds.size < kindsMin) return new Set();
  return new Set([...counts].filter(([, count]) => count > kinds.size / 2).map(([word]) => word));
}

function allWords(entry: ObservedEntry): readonly string[] {
  return [...nameWords(entry), ...wordsIn(folded(entry.text))];
}

/** The counterparty's words, and its whole name as one more: some are too short or too split to have words. */
function nameWords({ counterparty }: ObservedEntry): readonly string[] {
  if (!counterparty) return [];
  const name = folded(counterparty);
  const parts = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const isName = parts.some((part) => /\p{L}/u.test(part) && !stopWords.has(part));
  return isName ? [`=${plain(name)}`, ...wordsIn(name)] : [];
}

function wordsIn(text: string): readonly string[] {
  return (text.match(/\p{L}{3,}/gu) ?? []).filter((word) => !stopWords.has(word));
}

const umlauts = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ø: 'oe', æ: 'ae' };

/** Without case and marks, umlauts in two letters: one and the same bank writes both. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüßøæ]/g, (letter) => umlauts[letter as keyof typeof umlauts])
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}
