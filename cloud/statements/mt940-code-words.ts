import { isAccount, isNothing, readOriginal, type Told } from './mt940-told.ts';
import { wrapped } from './mt940-wrapped.ts';

const words =
  'TRTP|IBAN|BIC|NAME|REMI|EREF|PREF|KREF|CREF|IREF|OREF|RREF|MARF|CSID|CNTP|ORDP|BENM|ID|ADDR|CITY|' +
  'ISDT|RTRN|PURP|ULTD|ULTB|ULTC|CDTRREFTP|CDTRREF|ISSR|TRCD|SVCL|OCMT|CHGS|EXCH|DACC|ACCW';
const codeWord = new RegExp(`/(${words})/`, 'g');
const beginning = new RegExp(`^/(${words})/`);
/** What has a form of its own; text that follows it is no part of it. */
const isShort = new Set(['OCMT', 'CHGS', 'EXCH', 'ISDT', 'PURP', 'TRCD']);

/**
 * Reads code words between slashes, as Dutch banks (/TRTP/…/NAME/…/REMI/…) and SWIFT itself (/OCMT/, /ORDP/, /BENM/) have
 * them. Undefined for text that does not begin with one.
 */
export function readCodeWords(lines: readonly string[]): Told | undefined {
  const text = wrapped(lines, ' ');
  if (!beginning.test(text)) return undefined;
  const values = valuesOf(text);
  const first = (word: string) => values.get(word)?.find((value) => value !== '');
  const party = partyOf(values.get('CNTP') ?? values.get('ORDP') ?? values.get('BENM') ?? []);
  const [onBehalfOf] = partyOf(
    values.get('ULTD') ?? values.get('ULTB') ?? values.get('ULTC') ?? [],
  );
  const name = first('NAME') ?? party.find(isName);
  return {
    name,
    account: [first('IBAN'), ...party].find((each) => each !== undefined && isNumber(each)),
    purpose: purposeOf(values, party, name),
    onBehalfOf,
    kind: first('TRTP'),
    original: readOriginal(text),
  };
}

/** Values by code word, in their order; '' has what belongs to none. */
function valuesOf(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const add = (word: string, value: string) => {
    const plain = value.replace(/^[/\s]+|[/\s]+$/g, '');
    const known = values.get(word);
    if (known) known.push(plain);
    else values.set(word, [plain]);
  };
  const marks = [...text.matchAll(codeWord)];
  for (const [place, { 1: word = '', 0: mark, index }] of marks.entries()) {
    const value = text.slice(index + mark.length, marks[place + 1]?.index ?? text.length);
    const end = isShort.has(word) ? value.indexOf('/') : -1;
    add(word, end === -1 ? value : value.slice(0, end));
    if (end !== -1 && value.slice(end + 1).trim() !== '') add('', value.slice(end + 1));
  }
  return values;
}

/** Account, BIC, name and town, each behind a slash, as far as they are there. */
function partyOf(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split('/')).map((part) => part.trim());
}

const isName = (text: string): boolean =>
  /\p{L}{2}/u.test(text) && !isAccount(text) && !isBic(text);
const isBic = (text: string): boolean => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
const isNumber = (text: string): boolean => isAccount(text) || /^\d{7,20}$/.test(text);

/** REMI without what says how it is structured, else what is beside the name, else the references. */
function purposeOf(
  values: ReadonlyMap<string, readonly string[]>,
  party: readonly string[],
  name: string | undefined,
): string {
  const all = (word: string) => (values.get(word) ?? []).filter((value) => !isNothing(value));
  const remittance = all('REMI').map((value) =>
    value.replace(/^(USTD|STRD)\/+((CUR|ISO)\/+)?/, ''),
  );
  const structured = all('CDTRREF');
  const others = party.filter(
    (part) => part !== name && isName(part) && values.has('NAME') === false,
  );
  const own = [...remittance, ...structured, ...all('')];
  if (own.length > 0) return own.join('\n');
  const references = ['EREF', 'PREF', 'KREF', 'MARF'].flatMap(all);
  return others.join('\n') || (references[0] ?? '');
}
