import { isAccount, isNothing, type Told } from './mt940-told.ts';
import { wrapped } from './mt940-wrapped.ts';

/** A business transaction code of three digits, or none, then a mark before each code of two digits. */
const beginning = /^\s*(?:\d{3} ?([?~<>^&§|*#%@!;\\])(?=\d\d)|([?~<>^&§|*#%@!;\\])(?=[02]0))/;

/**
 * Reads subfields as the German DK's Anlage 3 (8.2.6) has them, Polish and Dutch banks with other marks: 00 the kind, 20
 * to 29 and 60 to 63 the purpose, 30 to 33 and 38 the other side. Undefined for text without them.
 */
export function readSubfields(lines: readonly string[]): Told | undefined {
  const start = lines.findIndex((line) => beginning.test(line));
  if (start === -1 || !isCodeAlone(lines.slice(0, start))) return undefined;
  const match = beginning.exec(lines[start] ?? '');
  const mark = match?.[1] ?? match?.[2] ?? '';
  // Some banks give the whole information a second time.
  const isAgain = (line: string) => /^\s*\d{3}$/.test(line.slice(0, line.indexOf(`${mark}00`)));
  const again = lines.findIndex((line, index) => index > start && isAgain(line));
  const text = wrapped(lines.slice(start, again === -1 ? undefined : again), '');
  const parts = partsOf(text, mark);
  return toTold(parts, mark === '>');
}

/** Polish banks have the transaction code in a field of its own before. */
function isCodeAlone(lines: readonly string[]): boolean {
  return lines.every((line) => /^\s*(\d{3})?\s*$/.test(line));
}

/** Reads a bank's own notes (:NS:): two digits begin each line, 01 to 14 purpose, 15 and 16 name, 17 kind, 34 account. */
export function readNotes(notes: readonly string[]): Told {
  const parts = notes
    .flatMap((note) => note.split(/[\r\n]/))
    .map((line) => [Number(line.slice(0, 2)), line.slice(2).trim()] as const);
  const of = (from: number, to: number) =>
    parts.flatMap(([code, text]) => (code >= from && code <= to && text !== '' ? [text] : []));
  return {
    name: joinParts(of(15, 16)) || undefined,
    account: of(34, 34)[0],
    purpose: of(1, 14).join('\n'),
    kind: of(17, 17)[0],
  };
}

type Parts = readonly (readonly [code: number, text: string])[];

function partsOf(text: string, mark: string): Parts {
  const parts: [number, string][] = [];
  for (let at = text.indexOf(mark); at !== -1; ) {
    const code = text.slice(at + 1, at + 3);
    let end = text.indexOf(mark, at + 1);
    // The mark within a text has no code behind it.
    while (end !== -1 && !/^\d\d/.test(text.slice(end + 1, end + 3))) {
      end = text.indexOf(mark, end + 1);
    }
    const part = text.slice(at + 3, end === -1 ? text.length : end);
    if (/^\d\d$/.test(code)) parts.push([Number(code), part]);
    at = end;
  }
  return parts;
}

function toTold(parts: Parts, isDutch: boolean): Told {
  const of = (...codes: readonly number[]) =>
    parts.flatMap(([code, text]) => (codes.includes(code) && text.trim() !== '' ? [text] : []));
  const all = parts.filter(([code]) => (code >= 20 && code <= 29) || code >= 60);
  const purposes = all.map(([, text]) => text);
  const purpose = joinParts(isDutch ? withoutAccount(purposes) : purposes);
  const keys = readKeys(purpose);
  const fieldName = joinParts(of(32, 33)).trim();
  const onBehalfOf = keys.get('ABWA') ?? keys.get('ABWE');
  const name = fieldName || keys.get('ANAM') || onBehalfOf;
  const accounts = isDutch ? [...of(10), ...purposes] : of(38, 31);
  const account = accounts.map((text) => text.replace(/\s/g, '')).find(isNumber);
  return {
    name: name || undefined,
    account: account ?? keys.get('IBAN'),
    purpose: purposeOf(keys),
    onBehalfOf: name === onBehalfOf ? undefined : onBehalfOf,
    kind: of(0)[0]?.trim(),
  };
}

/** Without an IBAN, and a BIC before it, that stand in parts of their own. */
function withoutAccount(parts: readonly string[]): readonly string[] {
  const place = parts.findIndex((part) => isAccount(part.trim()));
  if (place === -1) return parts;
  const isBic = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(parts[place - 1]?.trim() ?? '');
  return parts.toSpliced(isBic ? place - 1 : place, isBic ? 2 : 1);
}

function isNumber(text: string): boolean {
  return isAccount(text) || (/^[\d-]{5,34}$/.test(text) && /[1-9]/.test(text));
}

/** A part of 27 characters is full and goes on in the next one. */
function joinParts(parts: readonly string[]): string {
  let text = '';
  let last = 27;
  for (const part of parts) {
    text += last >= 27 ? part : ` ${part.trimStart()}`;
    last = part.length;
  }
  return text.trim();
}

const keyWords = 'EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|ANAM|PURP|RREF|BREF|IBAN|BIC';
const keyMark = new RegExp(`(${keyWords})\\+|(?<=^|\\s)(${keyWords}): ?`, 'g');

/** The parts of a purpose by their SEPA key; '' is what stands before the first. A repeated key's first text counts. */
function readKeys(purpose: string): Map<string, string> {
  const keys = new Map<string, string>();
  const add = (key: string, text: string) => {
    if (!keys.has(key) && text.trim() !== '') keys.set(key, text.trim());
  };
  let [key, from] = ['', 0];
  for (const match of purpose.matchAll(keyMark)) {
    add(key, purpose.slice(from, match.index));
    key = match[1] ?? match[2] ?? '';
    from = match.index + match[0].length;
  }
  add(key, purpose.slice(from));
  return keys;
}

/** The purpose, else the references: a bank's own entries have nothing else. */
function purposeOf(keys: ReadonlyMap<string, string>): string {
  const text = [keys.get(''), keys.get('SVWZ')].filter((each) => each !== undefined).join('\n');
  if (!isNothing(text)) return text;
  const references = ['EREF', 'KREF', 'MREF'].flatMap((key) => keys.get(key) ?? []);
  return references.find((each) => !isNothing(each)) ?? '';
}
