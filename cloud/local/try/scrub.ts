import { createHmac, randomBytes } from 'node:crypto';

/**
 * Replaces all that could be of a person, each word always by the same one: who stands in two places stands in both
 * afterwards, and what was part of a text still is.
 */
export interface Scrubber {
  /** Of parsed JSON: the same shape, names of fields and constants. `isPublic`: nobody has logged in yet. */
  json(value: unknown, isPublic?: boolean): unknown;
  /** An address stays one, and so does a day. @param name of the field in which it stands */
  text(value: string, name?: string): string;
}

/** By what a recording is made unlike what was recorded; not kept. */
export interface Disguise {
  readonly key: Uint8Array;
  /** By which every day is moved. */
  readonly weeks: number;
  /** By which every amount is multiplied: sums and balances still add up. */
  readonly factor: number;
}

export function randomDisguise(): Disguise {
  const key = randomBytes(32);
  const [first = 0, second = 0] = randomBytes(2);
  return { key, weeks: -20 - (first % 100), factor: 2 + (second % 8) };
}

/** Last words of names of fields whose values are constants of the interface. */
const constants =
  /^(currency|status|types?|code|error|reason|indicator|scheme|country|language|kind|category|approach|format)$/;
/** These may have several words. */
const sentences = /^(subtype|summary)$/;
const amounts = /^(amount|balance|available|current|limit|value)$/;
const instants = /^(date|posted|at|time|timestamp)$/;
/** Numbers of these are no person's. */
const lengths = /^(expires|validity|seconds|days|in|total|count)$/;
/** Words that tell of what kind an account is, where an interface tells it in the name alone. */
const kinds =
  /^(credit|card|visa|mastercard|loan|mortgage|savings?|checking|money|market|brokerage|investment)$/i;
const numeric = /^([+-]?)(\d*)(?:\.(\d+))?$/;
const timeOfDay = /^([T ][\d:.,]+(Z|[+-]\d\d:?\d\d)?)?$/;
const weekMs = 7 * 24 * 60 * 60_000;
const latin = 'abcdefghijklmnopqrstuvwxyz';
const alphabets = [latin, 'äöüàéèêñçøåæ', 'אבגדהוזחטיכלמנסעפצקרשת'];
const hexAlphabet = 'abcdef';
/** So often another word is looked for: of ten digits the last one is found by then. */
const saltMax = 200;

/** What is no person's in what is scrubbed. */
export interface Public {
  /** Of addresses that were called: these stay, and of no other one anything. */
  readonly origins: ReadonlySet<string>;
  /** Of these addresses, as they are set up. */
  readonly pathParts?: ReadonlySet<string>;
  /**
   * Of things that are told before anybody has logged in: the bank itself, which stays as it is. A list in which it
   * stands is cut down to it.
   */
  readonly isBank?: (value: object) => boolean;
}

/** One for a recording, for it knows by what it has replaced. */
export function createScrubber({ key, weeks, factor }: Disguise, known: Public): Scrubber {
  const { origins, pathParts = new Set(), isBank = () => false } = known;
  const others = new Map<string, string>();
  const taken = new Set<string>();
  let isBeforeLogin = false;

  /** Letters by letters, digits by digits; the rest, and so the shape, stays. */
  function words(text: string, field = ''): string {
    const isHex = /^(?=.*\d)[0-9a-f-]{16,}$/i.test(text);
    const keepsKinds = field === 'name';
    return text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) =>
      keepsKinds && kinds.test(word) ? word : otherWord(word, isHex),
    );
  }

  /** Two words never become the same one, as long as there are others of their shape: references end in -1 and -2. */
  function otherWord(word: string, isHex: boolean): string {
    const lower = word.toLowerCase();
    // Banks fill in zeros where they have nothing.
    if (/^0+$/.test(lower)) return word;
    const known = `${lower}${isHex}`;
    let other = others.get(known);
    for (let salt = 0; other === undefined; salt++) {
      const stream = createHmac('sha256', key).update(`${salt} ${lower}`).digest();
      const one = likeWord(lower, stream, isHex);
      const isFree = !taken.has(one) && !/^0+$/.test(one);
      if (isFree || salt >= saltMax) other = one;
    }
    others.set(known, other);
    taken.add(other);
    const cased = [...word].map((char, at) => (isUpper(char) ? upper(other[at]) : other[at]));
    const scrubbed = cased.join('');
    const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(word);
    return isIban ? asIban(word.slice(0, 2), scrubbed) : scrubbed;
  }

  function text(value: string, name = ''): string {
    const field = lastWord(name);
    // Also what banks send where they have nothing.
    if (/^(true|false|not ?provided)?$/i.test(value)) return value;
    if (/^https?:\/\/\S+$/.test(value)) return address(value);
    const decoded = /^[\w+/-]{12,}={0,2}$/.test(value) ? fromBase64(value) : '';
    if (/^https?:\/\/[\x21-\x7e]+$/.test(decoded)) return toBase64(address(decoded));
    const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
    if (day && Number.isFinite(Date.parse(day))) {
      const rest = value.slice(day.length);
      return moved(day) + (timeOfDay.test(rest) ? rest : words(rest));
    }
    if (constants.test(field) && /^[A-Za-z][\w.-]{0,39}$/.test(value)) return value;
    if (sentences.test(field) && /^(?!.*\d)[A-Z][\w .,'-]{0,60}$/i.test(value)) return value;
    return amounts.test(field) && numeric.test(value) ? multiplied(value) : words(value, field);
  }

  function moved(day: string): string {
    // By 9999-12-31 banks mean no end.
    if (day.startsWith('9999')) return day;
    return new Date(Date.parse(day) + weeks * weekMs).toISOString().slice(0, 10);
  }

  function multiplied(value: string): string {
    const [, sign = '', whole = '', fraction = ''] = numeric.exec(value) ?? [];
    const digits = String(BigInt(whole + fraction) * BigInt(factor));
    const all = digits.padStart(whole.length + fraction.length, '0');
    const cut = all.length - fraction.length;
    return `${sign}${all.slice(0, cut)}${fraction && `.${all.slice(cut)}`}`;
  }

  /** Of an address that was called, parts that are plain words stay: they are the interface's. */
  function address(value: string): string {
    const url = URL.parse(value);
    if (!url) return words(value);
    const isKnown = origins.has(url.origin);
    const [protocol, host] = isKnown ? [url.protocol, url.host] : ['https:', 'elsewhere.example'];
    const [user, password] = [url.username, url.password].map(part);
    const login = user && `${user}:${password}@`;
    return `${protocol}//${login}${host}${path(url, isKnown)}`;
  }

  function path({ pathname, searchParams }: URL, isKnown: boolean): string {
    const isPlain = (one: string) =>
      isKnown && (/^([a-z][a-z-]*|v\d)?$/.test(one) || pathParts.has(one));
    const parts = pathname.split('/').map((one) => (isPlain(one) ? one : part(one)));
    const query = [...searchParams].map(([name, one]) => {
      const value = /^code$/i.test(name) ? words(one) : text(one, name);
      return `${isKnown && !/\d/.test(name) ? name : words(name)}=${encodeURIComponent(value)}`;
    });
    return parts.join('/') + (query.length > 0 ? `?${query.join('&')}` : '');
  }

  function part(written: string): string {
    return encodeURIComponent(text(decoded(written)));
  }

  function link(value: string): string {
    if (/^https?:/.test(value)) return address(value);
    const scrubbed = path(new URL(value, 'http://localhost'), true);
    return value.startsWith('/') ? scrubbed : scrubbed.slice(1);
  }

  function json(value: unknown, name = '', isLink = false): unknown {
    if (typeof value === 'string') return isLink ? link(value) : text(value, name);
    if (typeof value === 'number') return number(value, lastWord(name));
    if (Array.isArray(value)) return banksIn(value).map((one) => json(one, name));
    if (typeof value !== 'object' || value === null || isOurs(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => {
        // A map by account numbers or names: its names are data.
        const isData = /\d{4}|[^\w$:.-]/.test(field);
        const isLink = field === 'href' || name === '_links';
        return [isData ? words(field) : field, json(one, field, isLink)];
      }),
    );
  }

  function isOurs(value: unknown): boolean {
    return isBeforeLogin && typeof value === 'object' && value !== null && isBank(value);
  }

  function banksIn(list: readonly unknown[]): readonly unknown[] {
    return list.some(isOurs) ? list.filter(isOurs) : list;
  }

  function number(value: number, field: string): number {
    const isSmall = Number.isInteger(value) && Math.abs(value) < 100;
    if (instants.test(field) && value > 1e9 && value < 4e9) return value + (weeks * weekMs) / 1e3;
    const written = String(value);
    if (amounts.test(field) && numeric.test(written)) return Number(multiplied(written));
    if (isSmall || constants.test(field) || lengths.test(field)) return value;
    // Never a leading zero, which would be lost.
    const scrubbed = Number(words(written).replace(/^(-?)0/, '$11'));
    return Number.isNaN(scrubbed) ? 0 : scrubbed;
  }

  return {
    json(value, isPublic = false) {
      isBeforeLogin = isPublic;
      return json(value);
    },
    text,
  };
}

/** Of the shape of a word in lower case: digits by digits, letters by such of the same alphabet. */
function likeWord(word: string, stream: Uint8Array, isHex: boolean): string {
  const chars = [...word].map((char, at) => {
    const one = (stream[at % stream.length] ?? 0) + at;
    if (/\p{N}/u.test(char)) return String(one % 10);
    const its = alphabets.find((letters) => letters.includes(char)) ?? latin;
    const alphabet = isHex ? hexAlphabet : its;
    return /\p{L}/u.test(char) ? (alphabet[one % alphabet.length] ?? '') : char;
  });
  return chars.join('');
}

function isUpper(char: string): boolean {
  return char !== char.toLowerCase();
}

function upper(char = ''): string {
  return char.toUpperCase();
}

/** Of `bookingStatus`, `booking_status` and `booking-status`: `status`. */
function lastWord(name: string): string {
  return (
    name
      .split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)
      .findLast(Boolean)
      ?.toLowerCase() ?? ''
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

function toBase64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

/** With check digits that are right, so that it is taken for one. */
function asIban(country: string, scrubbed: string): string {
  const bban = scrubbed.slice(4);
  const digits = `${bban}${country}00`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  const rest = 98n - (BigInt(digits) % 97n);
  return `${country}${String(rest).padStart(2, '0')}${bban}`;
}
