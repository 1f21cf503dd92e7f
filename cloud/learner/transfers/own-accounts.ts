import { type BookRow, descriptionSeparator } from '../book-row.ts';
import type { OwnAccount } from './transfer.ts';
import { padWords, readHolders, readTransferWords, type TransferWords } from './transfer-words.ts';

/** What a row tells of the other side of it. */
export interface Told {
  /** Paths of the own accounts whose number the counterparty's account has, the row's own left out. */
  readonly numbers: ReadonlySet<string>;
  /** Those of which it has the last digits, or whose number stands in the text. */
  readonly tails: ReadonlySet<string>;
  /** The counterparty's account has a full number, and it is no own one. */
  readonly isStranger: boolean;
  /** Names a holder of the own accounts. */
  readonly hasName: boolean;
  /** Names a counterparty that is no holder of them. */
  readonly namesOther: boolean;
  readonly words: TransferWords;
}

export interface OwnAccounts {
  readonly has: (path: string) => boolean;
  /** Whether a full number of it is known: a counterparty with another one is hardly this account. */
  readonly hasFullNumber: (path: string) => boolean;
  readonly readTold: (row: BookRow) => Told;
}

type Likeness = 'same' | 'tail' | 'other';

/** Digits by which an account is known for sure; fewer are those that a bank shows of a card or an account. */
const fullLengthMin = 6;
/** A full number this long, within a text without its blanks, is no coincidence. */
const textLengthMin = 8;
/** Check digits behind the account number of an IBAN: two in France and Portugal. */
const behindNationalMax = 3;

export function knowOwnAccounts(own: readonly OwnAccount[]): OwnAccounts {
  const paths = new Set(own.map(({ path }) => path));
  const numbers = own.flatMap(({ path, numbers }) => numbers.map((it) => ({ path, number: it })));
  const full = numbers.filter(({ number }) => isFull(number));
  const fullPaths = new Set(full.map(({ path }) => path));
  const holders = own.flatMap(({ holder }) => readHolders(holder));
  const byNumber = new Map<string, ReadonlyMap<string, Likeness>>();

  const likenesses = (number: string): ReadonlyMap<string, Likeness> => {
    const known = byNumber.get(number);
    if (known) return known;
    const found = new Map<string, Likeness>();
    for (const { path, number: other } of numbers) {
      const likeness = compareNumbers(number, other);
      if (likeness === 'same' || (likeness === 'tail' && !found.has(path))) {
        found.set(path, likeness);
      }
    }
    byNumber.set(number, found);
    return found;
  };

  const pathsInText = (description: string): readonly string[] => {
    const text = compact(description);
    const whole = full.filter(
      ({ number }) => compact(number).length >= textLengthMin && text.includes(compact(number)),
    );
    const shown = [...description.matchAll(shownTail)].flatMap(([, digits = '']) =>
      numbers.filter(({ number }) => tailOf(number).endsWith(digits)),
    );
    return [...whole, ...shown].map(({ path }) => path);
  };

  return {
    has: (path) => paths.has(path),
    hasFullNumber: (path) => fullPaths.has(path),
    readTold({ account, counterpartyAccount = '', description }) {
      const alike = likenesses(counterpartyAccount);
      const others = [...alike].filter(([path]) => path !== account);
      const isStranger = alike.size === 0 && isFull(counterpartyAccount);
      const padded = padWords(description);
      const words = readTransferWords(padded);
      const hasName = holders.some((names) => names.every((name) => padded.includes(` ${name} `)));
      const tails = [
        ...others.filter(([, likeness]) => likeness === 'tail').map(([path]) => path),
        ...pathsInText(description),
      ];
      return {
        numbers: new Set(others.filter(([, it]) => it === 'same').map(([path]) => path)),
        tails: new Set(tails.filter((path) => path !== account)),
        isStranger,
        hasName,
        namesOther: !hasName && description.trim().indexOf(descriptionSeparator) > 0,
        // To a stranger, the word transfer says how it was paid, not to whom.
        words: isStranger && words === 'any' ? 'none' : words,
      };
    },
  };
}

const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const masked = /[*•…]|x{3}|\.{2}/i;
/** Last digits as texts show them: x1234, ...1234, **** 1234. */
const shownTail = /(?:[x*•…]|\.{2})\s?(\d{4,6})(?!\d)/gi;

function compareNumbers(a: string, b: string): Likeness {
  const [one, other] = [compact(a), compact(b)];
  if (isFull(a) && isFull(b)) {
    if (one === other) return 'same';
    if (iban.test(one) && iban.test(other)) return 'other';
    if (iban.test(one) ? isNationalOf(other, one) : isNationalOf(one, other)) return 'same';
  }
  const [tail, otherTail] = [tailOf(a), tailOf(b)];
  if (tail === '' || otherTail === '') return 'other';
  return tail.endsWith(otherTail) || otherTail.endsWith(tail) ? 'tail' : 'other';
}

/** Whether a national number is the one of an IBAN, or the same as another one, whatever zeros stand before them. */
function isNationalOf(national: string, other: string): boolean {
  const number = withoutZeros(national);
  if (number.length < fullLengthMin) return false;
  if (!iban.test(other)) return number === withoutZeros(other);
  const bban = other.slice(4);
  const at = bban.lastIndexOf(number);
  return at >= 0 && bban.length - at - number.length <= behindNationalMax;
}

const withoutZeros = (number: string) => number.replace(/^0+/, '');

const compact = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

function isFull(number: string): boolean {
  return !masked.test(number) && (number.match(/\d/g)?.length ?? 0) >= fullLengthMin;
}

/** The digits at the end of a number, four at least, else none. */
const tailOf = (number: string) => /\d{4,}$/.exec(number.replace(/[\s-]/g, ''))?.[0] ?? '';
