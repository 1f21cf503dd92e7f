import type { Told } from './mt940-told.ts';
import { wrapped } from './mt940-wrapped.ts';

/** Dutch words before a colon, as ABN AMRO's SEPA entries have them in columns of 33 characters. */
const labels =
  'IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|MACHTIGING|INCASSANT|BETALINGSKENM\\.|ID DEBITEUR|ID BEGUNSTIGDE|VOOR|TRANSACTIE|OVERIGE PARTIJ';
const label = new RegExp(`(?:^|\\s)(${labels}): *`, 'g');

/** Reads the columns in which Dutch banks write entries without code words. Undefined for other text. */
export function readColumns(lines: readonly string[]): Told | undefined {
  const [first = ''] = lines;
  if (/^(BEA|GEA)\b/.test(first)) return readCard(wrapped(lines, ' '));
  if (/^SEPA [A-Z]/.test(first)) return readLabels(wrapped(lines, ' '));
  const account = /^(?:GIRO +(\d{3,9})|(\d\d\.\d\d\.\d\d\.\d{3})) +(?=\S)/.exec(first);
  if (!account) return undefined;
  const text = wrapped(lines).slice(account[0].length);
  const [name = ''] = /^.*?(?= {2}|\n|$)/.exec(text) ?? [];
  return {
    name,
    account: account[1] ?? account[2],
    purpose: text.slice(name.length),
  };
}

/** A payment (BEA) or withdrawal (GEA) by card: terminal, time, place, card. */
function readCard(text: string): Told {
  const place = /\d\d\.\d\d\.\d\d\/\d\d[.:]\d\d +(.+?) *(?:,PAS.*)?$/.exec(text)?.[1];
  return { name: place, purpose: text.replace(/ {2,}/g, ' ') };
}

function readLabels(text: string): Told {
  const values = new Map<string, string>();
  let [word, from] = ['', 0];
  const add = (end: number) =>
    values.set(word, text.slice(from, end).replace(/ {2,}/g, ' ').trim());
  for (const match of text.matchAll(label)) {
    add(match.index);
    word = match[1] ?? '';
    from = match.index + match[0].length;
  }
  add(text.length);
  const purpose = ['OMSCHRIJVING', 'BETALINGSKENM.', 'KENMERK'].map((key) => values.get(key));
  return {
    name: values.get('NAAM'),
    account: values.get('IBAN'),
    purpose: purpose.find((each) => each !== undefined) ?? '',
    kind: values.get(''),
  };
}
