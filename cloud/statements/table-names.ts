import { meaningsByStems } from './table-name-stems.ts';
import { type Meaning, names } from './table-name-words.ts';

/** Words that tell nothing: articles and prepositions of the languages above. */
const fillers = new Set(
  [
    'a an the of for on at and or de du des d la le les l el los del y e et en di della dell dei da',
    'do das dos der die den dem und von zum zur fur van het een im am utc gmt eur euro euros',
  ].flatMap((list) => list.split(' ')),
);

const meaningsByName = new Map<string, Meaning[]>();
for (const [meaning, list] of Object.entries(names)) {
  for (const name of list.split(',').flatMap(expand)) {
    const key = keyOf(name);
    const known = meaningsByName.get(key) ?? [];
    if (!known.includes(meaning as Meaning))
      meaningsByName.set(key, [...known, meaning as Meaning]);
  }
}

/** `a/b c/d` is `a c`, `a d`, `b c` and `b d`. */
function expand(name: string): string[] {
  const parts = name
    .trim()
    .replace(/\s*\/\s*/g, '/')
    .split(/\s+/);
  return parts.reduce<string[]>(
    (starts, part) => starts.flatMap((start) => part.split('/').map((word) => `${start} ${word}`)),
    [''],
  );
}

/** Meanings that a column's name may have, as a whole or by words within it; none for a name that is not known. */
export function meaningsOf(header: string): readonly Meaning[] {
  if (header === '' || header.length > 80) return [];
  const { name } = splitHeader(header);
  return meaningsByName.get(keyOf(name)) ?? meaningsByStems(wordsOf(name).join(' '));
}

/** True for a name that is known as a whole. */
export function isKnownName(header: string): boolean {
  return header.length <= 80 && meaningsByName.has(keyOf(splitHeader(header).name));
}

/** The currency that a column's name tells, as `Betrag (EUR)` or `Debit CHF` do. */
export function currencyOfHeader(header: string): string | undefined {
  return splitHeader(header).currency;
}

/** Of files from before the euro, where Intl knows them no more. */
const former = 'ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL MTL NLG PTE SIT SKK'.split(
  ' ',
);
const codes = new Set([...Intl.supportedValuesOf('currency'), ...former]);
const codeBySymbol: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '₪': 'ILS' };

/** The code that a sign or code stands for; a dollar sign stands for many. */
export function toCurrencyCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : codeBySymbol[code];
}

/** `Betrag in EUR` is `Betrag`; the Israeli shekel is written as ש"ח. */
function splitHeader(header: string): { name: string; currency?: string } {
  const words = header.replace(/ב?ש["״]ח/, '₪').split(/([\p{L}\p{M}]+|\p{Sc})/u);
  const at = words.findIndex(
    (word) => codeBySymbol[word] !== undefined || (/^[A-Z]{3}$/.test(word) && codes.has(word)),
  );
  const currency = toCurrencyCode(words[at] ?? '');
  const rest = [
    words
      .slice(0, at)
      .join('')
      .replace(/\bin\W*$/i, ''),
    ...words.slice(at + 1),
  ].join('');
  if (at === -1 || currency === undefined || !/\p{L}/u.test(rest)) return { name: header };
  return { name: rest, currency };
}

/** Small letters without accents, in order of the alphabet; the words of `TransactionId` and `transaction_id` apart. */
function keyOf(name: string): string {
  const words = wordsOf(name);
  const telling = words.filter((word) => !fillers.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(' ');
}

function wordsOf(name: string): string[] {
  return toPlain(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[*:](in|innen|r)\b/g, ''))
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** Small letters without accents. */
export function toPlain(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().trim();
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ł', 'l')
    .trim();
}
