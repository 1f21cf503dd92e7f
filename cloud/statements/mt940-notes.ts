import type { Told } from './mt940-told.ts';
import { linesOf } from './mt940-wrapped.ts';

/** Reads a bank's own notes (:NS:): two digits begin each line, 01 to 14 purpose, 15 and 16 name, 17 kind, 34 account. */
export function readNotes(notes: readonly string[]): Told {
  const parts = notes
    .flatMap(linesOf)
    .map((line) => [Number(line.slice(0, 2)), line.slice(2).trim()] as const);
  const of = (from: number, to: number) =>
    parts.flatMap(([code, text]) => (code >= from && code <= to && text !== '' ? [text] : []));
  return {
    // The second line goes on within a word.
    name: of(15, 16).join(''),
    account: of(34, 34)[0],
    purpose: of(1, 14).join('\n'),
    kind: of(17, 17)[0],
  };
}
