/** A word of a row's description, folded: lower case, without accents. */
export interface RowWord {
  readonly text: string;
  readonly hash: number;
  /** It stands in the part that names the counterparty. */
  readonly isPayee: boolean;
  /** A number or a reference: digits, or letters mixed with many of them. */
  readonly isNumber: boolean;
}

const wordMax = 24;
const textMax = 400;
const tokens = /[\p{L}\p{M}\p{N}]+/gu;
const marks = /\p{M}+/gu;
/** Scripts that put no blanks between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const onlyAscii = /^[\x20-\x7e]*$/;
const digits = /[0-9]/g;

/** The words of both parts in their order, each once, at most 24. */
export function wordsOf(payee: string, memo: string): readonly RowWord[] {
  const words: RowWord[] = [];
  const seen = new Set<string>();
  for (const isPayee of [true, false]) {
    const text = fold((isPayee ? payee : memo).slice(0, textMax));
    for (const token of text.match(tokens) ?? []) {
      for (const word of splitToken(token)) {
        if (words.length >= wordMax) return words;
        if (seen.has(word.text)) continue;
        seen.add(word.text);
        words.push({ ...word, hash: hashText(word.text), isPayee });
      }
    }
  }
  return words;
}

/** Lower case without accents; full-width letters and the like become plain ones. */
export function fold(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(marks, '').replaceAll('ß', 'ss');
}

/** FNV-1a over UTF-16 units, mixed; 32 bits, unsigned. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return mixHash(hash, text.length);
}

/** Two numbers as one hash; 32 bits, unsigned, never 0. */
export function mixHash(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash + b, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0 || 1;
}

function splitToken(token: string): { text: string; isNumber: boolean }[] {
  const digitCount = token.match(digits)?.length ?? 0;
  if (digitCount > 0) {
    const isNumber = digitCount === token.length || token.length > 5;
    return [{ text: isNumber ? token : token.replace(digits, '0'), isNumber }];
  }
  if (!unspaced.test(token)) return [{ text: token, isNumber: false }];
  const letters = [...token];
  if (letters.length < 3) return [{ text: token, isNumber: false }];
  return letters.slice(1).map((letter, at) => ({
    text: `${letters[at] ?? ''}${letter}`,
    isNumber: false,
  }));
}
