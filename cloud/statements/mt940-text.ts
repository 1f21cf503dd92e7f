import { isIban } from './iban.ts';
import { readCodeWords } from './mt940-code-words.ts';
import { readColumns } from './mt940-columns.ts';
import type { EntryLine } from './mt940-entry.ts';
import { readNotes } from './mt940-notes.ts';
import { readSubfields } from './mt940-subfields.ts';
import { joinTexts, type Original, readOriginal, type Told } from './mt940-told.ts';
import { linesOf, wrapped } from './mt940-wrapped.ts';
import { ownText } from './own-text.ts';
import type { StatementAccount } from './statement.ts';

/** The values of an entry's :86: fields, and of its :NS: fields, with their line breaks. */
export interface Information {
  readonly information: readonly string[];
  readonly notes: readonly string[];
}

interface Description {
  readonly counterparty: string;
  readonly counterpartyAccount: string | undefined;
  readonly text: string;
  readonly original: Original | undefined;
}

/**
 * Tells counterparty and text of an entry: the purpose first, then whom it is for, then the bank's word for it. `keep` gives
 * strings that repeat as one.
 */
export function describeEntry(
  entry: EntryLine,
  { information, notes }: Information,
  own: StatementAccount,
  keep: (text: string) => string,
): Description {
  const { reference, details, name } = entry;
  const told = notes.length > 0 ? readNotes(notes) : readInformation(information, details[0]);
  const isOther = (each: string) => !isOwn(each, own);
  const account =
    told.account && isOther(told.account)
      ? told.account
      : [reference, ...details].find((each) => isIban(each) && isOther(each));
  // Banks that have a name behind the reference have its account there.
  const beside = name && /^\d{7,10}$/.test(reference) ? reference : undefined;
  const counterparty = told.name || name || '';
  const words = details.filter((each) => /\p{L}{3}/u.test(each) && !/^\/|^\S*\d\S*$/.test(each));
  const text = joinTexts([told.purpose, told.onBehalfOf, told.kind, ...words], counterparty);
  const isBare = text === '' && counterparty === '' && !isMarker(reference);
  const counterpartyAccount = account || beside;
  return {
    counterparty: keep(counterparty),
    counterpartyAccount: counterpartyAccount && keep(counterpartyAccount),
    text: ownText(isBare ? reference : text),
    original: told.original ?? (details.length > 0 ? readOriginal(details.join('\n')) : undefined),
  };
}

/** SWIFT has 390 characters, banks have more; what is beyond this is no information for people. */
const informationMax = 5000;

function readInformation(all: readonly string[], detail: string | undefined): Told {
  let left = informationMax;
  const information = all.map((value) => {
    const kept = left > 0 ? value.slice(0, left) : '';
    left -= value.length;
    return kept;
  });
  const told = readSubfields(information);
  if (told) return told;
  const lines = information.flatMap(linesOf);
  return readCodeWords(lines) ?? readColumns(lines) ?? readFree(lines, detail);
}

/** A first line of an account and a name: the name repeats the details of :61:, or the account is an IBAN. */
function readFree(lines: readonly string[], detail = ''): Told {
  const [first = '', ...others] = lines;
  const [, account = '', name = ''] = /^([A-Z0-9.]{5,34}) +(\S.{0,69}?) *$/.exec(first) ?? [];
  if (account !== '' && (isIban(account) || (/\d{5}/.test(account) && name === detail))) {
    const from = others.findIndex((line) => line.trim() !== '');
    const rest = from === -1 ? [] : others.slice(from);
    const told = readCodeWords(rest) ?? { purpose: wrapped(rest) };
    return { ...told, account: told.account ?? account, name: told.name ?? name };
  }
  const text = wrapped(lines);
  // A card payment: the shop, `>`, the town and the time.
  const shop = /^(\S[^>]{1,25}?) *>[^>]{1,25}\d\d\.\d\d\.\d{4}/.exec(text);
  // 999: a German bank's code for text without subfields; PN and four digits: its own number.
  return { name: shop?.[1], purpose: text.replace(/^999(?=\p{Lu})(PN\d{4})?/u, '') };
}

/** Words that say where a reference is, or that there is none. */
function isMarker(reference: string): boolean {
  return /^$|^(NONREF|NOREF|NOTPROVIDED|[EKMPC]REF|MARF)\+?$/i.test(reference);
}

/** True for the statement's own account, which some banks name in each entry. */
function isOwn(account: string, { iban, number }: StatementAccount): boolean {
  const plain = account.replace(/\W/g, '').toUpperCase();
  const own = (iban ?? number ?? '').replace(/\W/g, '').toUpperCase();
  return plain === own || (plain.length >= 7 && own.endsWith(plain));
}
