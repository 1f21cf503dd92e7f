/** Whether a text, as `padText` writes it, is one that the pattern describes. */
export type TextPattern = (padded: string) => boolean;

/**
 * A text without what does not count: capitals, accents, how many blanks, and blanks around the ' · ' of a description.
 * Syllables and letters of scripts that build them of parts stay whole.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toUpperCase()
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/ ?· ?/g, ' · ')
    .trim();
}

/** Folded, with a blank at both ends, so that a blank in a pattern may be the end of the text. */
export const padText = (text: string): string => ` ${foldText(text)} `;

/**
 * The text stands somewhere; * is anything, nothing included. A blank beside a * is the end of a word: 'SHELL *' is in
 * 'Shell' and 'Shell 123', not in 'Shellfish'.
 */
export function compileContains(pattern: string): TextPattern {
  const parts = foldText(pattern).split(/\*+/);
  return (padded) => endOfParts(padded, parts) >= 0;
}

/** The text is all there is; * as for `compileContains`. */
export function compileWhole(pattern: string): TextPattern {
  const parts = padText(pattern).split(/\*+/);
  const last = parts.pop() ?? '';
  const [first] = parts;
  if (first === undefined) return (padded) => padded === last;
  const before = parts.at(-1) ?? '';
  return (padded) => {
    if (!padded.startsWith(first) || !padded.endsWith(last)) return false;
    const end = endOfParts(padded, parts);
    return end >= 0 && padded.length - last.length >= end - sharedBlank(before, last);
  };
}

/**
 * Where the last part ends when each stands behind the one before, as far left as it can; -1 where one is missing. One
 * pass without a way back, whatever the pattern is.
 */
function endOfParts(padded: string, parts: readonly string[]): number {
  let end = 0;
  let before = '';
  for (const part of parts) {
    const at = padded.indexOf(part, end - sharedBlank(before, part));
    if (at < 0) return -1;
    end = at + part.length;
    before = part;
  }
  return end;
}

/** In 'A * B' the blanks may be the same one: 'A B' is what it describes. */
const sharedBlank = (before: string, part: string) =>
  before.endsWith(' ') && part.startsWith(' ') ? 1 : 0;

/** The piece of a text that folds to `folded`, as it is written there; `folded` itself where there is none. */
export function asWritten(text: string, folded: string): string {
  const signs = Array.from(text.replace(/\s+/g, ' '));
  for (let start = 0; start < signs.length; start++) {
    if (!folded.startsWith(foldText(signs[start] ?? '')) || signs[start] === ' ') continue;
    for (let end = start + 1; end <= signs.length; end++) {
      const piece = signs.slice(start, end).join('');
      const foldedPiece = foldText(piece);
      if (foldedPiece === folded) return piece.trim();
      if (!folded.startsWith(foldedPiece)) break;
    }
  }
  return folded;
}
