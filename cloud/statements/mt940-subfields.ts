import { isAccount, isNothing, type Told } from './mt940-told.ts';
import { linesOf, wrapped } from './mt940-wrapped.ts';

/** A business transaction code of three digits, or none, then a mark before each code of two digits. */
const beginning = /^\s*(?:\d{3} ?([?~<>^&§|*#%@!;\\])(?=\d\d)|([?~<>^&§|*#%@!;\\])(?=[02]0))/;

/**
 * Reads subfields as the German DK's Anlage 3 (8.2.6) has them, Polish and Dutch banks with other marks: 00 the kind, 20
 * to 29 and 60 to 63 the purpose, 30 to 33 and 38 the other side. Undefined for :86: without them.
 */
export function readSubfields(information: readonly string[]): Told | undefined {
  const start = information.findIndex((value) => beginning.test(value));
  if (start === -1 || !isCodeAlone(information.slice(0, start))) return undefined;
  const match = beginning.exec(information[start] ?? '');
  const mark = match?.[1] ?? match?.[2] ?? '';
  const again = information.findIndex((value, index) => index > start && isWhole(value, mark));
  const values = information.slice(start, again === -1 ? undefined : again);
  const text = wrapped(values.flatMap(linesOf), '');
  return toTold(partsOf(text, mark), mark === '>');
}

/** Polish banks have the transaction code in a field of its own before. */
function isCodeAlone(values: readonly string[]): boolean {
  return values.every((value) => /^\s*(\d{3})?\s*$/.test(value));
}

/** Some banks give the whole information a second time. */
function isWhole(value: string, mark: string): boolean {
  return /^\s*\d{3}$/.test(value.slice(0, value.indexOf(`${mark}00`)));
}

/** What subfields hold, before it is told apart. */
interface Parts {
  kind: string;
  /** Counter account of Dutch banks (10), account (31), IBAN (38). */
  readonly accounts: string[];
  readonly names: string[];
  readonly purposes: string[];
}

function partsOf(text: string, mark: string): Parts {
  const parts: Parts = { kind: '', accounts: [], names: [], purposes: [] };
  for (let at = text.indexOf(mark); at !== -1; ) {
    const code = codeAt(text, at);
    let end = text.indexOf(mark, at + 1);
    // The mark within a text has no code behind it.
    while (end !== -1 && codeAt(text, end) === -1) end = text.indexOf(mark, end + 1);
    const part = end === -1 ? text.slice(at + 3) : text.slice(at + 3, end);
    addPart(parts, code, part, mark);
    at = end;
  }
  return parts;
}

/** The two digits behind a mark, -1 where there are none. */
function codeAt(text: string, at: number): number {
  const tens = text.charCodeAt(at + 1) - 48;
  const units = text.charCodeAt(at + 2) - 48;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

function addPart(parts: Parts, code: number, part: string, mark: string): void {
  if (code === -1 || part === '') return;
  if (code === 0) parts.kind ||= part.trim();
  else if ((code >= 20 && code <= 29) || code >= 60) parts.purposes.push(part);
  else if (code === 32 || code === 33) parts.names.push(part);
  else if (code === 38) parts.accounts.unshift(part);
  // Dutch banks have their own customer's account in 31.
  else if (code === (mark === '>' ? 10 : 31)) parts.accounts.push(part);
}

function toTold(parts: Parts, isDutch: boolean): Told {
  const { purposes, kind } = parts;
  const keys = readKeys(joinParts(isDutch ? withoutAccount(purposes) : purposes));
  const onBehalfOf = keys.get('ABWA') ?? keys.get('ABWE');
  const name = joinParts(parts.names) || keys.get('ANAM') || onBehalfOf;
  const accounts = isDutch ? [...parts.accounts, ...purposes] : parts.accounts;
  const account = accounts.map((text) => text.replaceAll(' ', '')).find(isNumber);
  return {
    name,
    account: account ?? keys.get('IBAN'),
    purpose: purposeOf(keys),
    onBehalfOf,
    kind,
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
const keyMark = new RegExp(`(${keyWords})(?:\\+|(?<=(?:^|\\s)\\1): ?)`, 'g');

/** The parts of a purpose by their SEPA key; '' is what stands before the first. A repeated key's first text counts. */
function readKeys(purpose: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  let key = '';
  let from = 0;
  keyMark.lastIndex = 0;
  for (let match = keyMark.exec(purpose); match; match = keyMark.exec(purpose)) {
    addKey(keys, key, purpose.slice(from, match.index));
    key = match[1] ?? '';
    from = match.index + match[0].length;
  }
  addKey(keys, key, purpose.slice(from));
  return keys;
}

function addKey(keys: Map<string, string>, key: string, value: string): void {
  const text = value.trim();
  if (text !== '' && !keys.has(key)) keys.set(key, text);
}

/** The purpose, else the references: a bank's own entries have nothing else. */
function purposeOf(keys: ReadonlyMap<string, string>): string {
  const before = keys.get('');
  const said = keys.get('SVWZ');
  const text = before !== undefined && said !== undefined ? `${before}\n${said}` : (said ?? before);
  if (text !== undefined && !isNothing(text)) return text;
  const references = ['EREF', 'KREF', 'MREF'].map((key) => keys.get(key) ?? '');
  return references.find((each) => !isNothing(each)) ?? '';
}
