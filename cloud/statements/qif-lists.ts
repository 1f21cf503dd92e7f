import type { BankAccountType } from '../../shared/bank.ts';

/** What stands below a header up to the next one. */
export interface QifList {
  /** `unnamed` where records stand below no header; `other` are lists of what is no entry, as categories. */
  readonly kind: 'entries' | 'unnamed' | 'investment' | 'accounts' | 'prices' | 'other';
  /** In small letters, as the header has it: 'bank', 'oth a'. */
  readonly name: string;
  readonly type: BankAccountType;
  /** Of the account that an `!Account` before it names. */
  readonly account: string | undefined;
  /** Of the header, from 1. */
  readonly line: number;
}

export interface QifHeader {
  /** `option` changes no list. */
  readonly kind: 'list' | 'accounts' | 'option';
  readonly name: string;
  /** Of an option that tells the order of dates. */
  readonly order?: string;
}

/** Lists of other things than entries, in Quicken's words. */
const otherLists = /^(cat|class|memorized|security|payee|budget|template|tag|invitem|unitem)/;
const investments = /^(invst|port|mutual|401)/;

/** Programs translate the names of lists, so an unknown one is a list of entries. */
export function kindOf(name: string): QifList['kind'] {
  if (otherLists.test(name)) return 'other';
  if (name.startsWith('price')) return 'prices';
  return investments.test(name) ? 'investment' : 'entries';
}

function typeOf(name: string): BankAccountType {
  if (investments.test(name)) return 'investment';
  if (/^c ?card|^credit|^kredit|^carte?\b/.test(name)) return 'card';
  return name === 'oth l' ? 'loan' : 'current';
}

/** Undefined for a line that begins as headers do, but is none. */
export function readHeader(line: string): QifHeader | undefined {
  const [, word = '', rest = ''] = /^\s*!\s*(\w+)\s*[: ]?(.*)$/s.exec(line) ?? [];
  const name = rest.trim().toLowerCase().replace(/\s+/g, ' ');
  switch (word.toLowerCase()) {
    case 'type':
    case 'typ':
      return { kind: 'list', name };
    case 'account':
    case 'konto':
    case 'compte':
    case 'cuenta':
    case 'conto':
      return { kind: 'accounts', name: '' };
    case 'clear':
    case 'option':
      return { kind: 'option', name, ...(/^[dmy]{3}$/.test(name) && { order: name }) };
    default:
      return undefined;
  }
}

/**
 * Which account a list is of: the one that was described before it. Where several were, that was the list of all
 * accounts, and says nothing.
 */
export function trackAccounts() {
  let account: string | undefined;
  let described = 0;
  return {
    take({ N }: { readonly N: string | undefined }): void {
      described += 1;
      account = described === 1 ? N : undefined;
    },
    /** The list that begins here; undefined where the one before goes on. */
    header({ kind, name }: QifHeader, line: number): QifList | undefined {
      if (kind === 'accounts') {
        described = 0;
        return { kind, name, type: 'current', account: undefined, line };
      }
      if (kind !== 'list') return undefined;
      return { kind: kindOf(name), name, type: typeOf(name), account, line };
    },
  };
}
