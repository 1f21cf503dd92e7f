import { createHmac } from 'node:crypto';

/** Replaces all that could be of a person, the same text always by the same one. */
export interface Scrubber {
  /** Of parsed JSON: the same shape, keys and constants. */
  json(value: unknown): unknown;
  /** An address's path and query. */
  path(path: string): string;
}

/** Fields whose values are constants of the interface, or of no person. */
const constants =
  /(^|_)(currency|status|type|code|error|indicator|scheme|scheme_?name|country|language|usage|product|kind|subtype|category|approach|summary)$/i;
const isoDay = /\b(\d{4})-(\d{2})-(\d{2})(?=$|T)/;
const weekMs = 7 * 24 * 60 * 60_000;

/** @param key of this recording alone: what it replaces cannot be looked up @param weeks by which every day is moved */
export function createScrubber(key: Uint8Array, weeks: number): Scrubber {
  /** Letters by letters, digits by digits; the rest, and so the shape, stays. */
  function other(text: string): string {
    const stream = createHmac('sha256', key).update(text).digest();
    let at = 0;
    const next = () => stream[at++ % stream.length] ?? 0;
    const scrubbed = text.replace(/\p{L}|\p{N}/gu, (char) => {
      const one = next() + at;
      if (/\p{N}/u.test(char)) return String(one % 10);
      const letter = String.fromCharCode(97 + (one % 26));
      return char === char.toLowerCase() ? letter : letter.toUpperCase();
    });
    return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)
      ? asIban(text.slice(0, 2), scrubbed)
      : scrubbed;
  }

  function moved(text: string): string {
    return text.replace(isoDay, (day) =>
      new Date(Date.parse(day) + weeks * weekMs).toISOString().slice(0, 10),
    );
  }

  function text(value: string, field: string): string {
    if (isoDay.test(value) && Number.isFinite(Date.parse(value))) return moved(value);
    const isConstant = constants.test(field) && /^[A-Za-z][\w.-]{0,39}$/.test(value);
    if (isConstant || /^(true|false)?$/.test(value)) return value;
    if (/^[+-]?\d+(\.\d+)?$/.test(value)) return amount(value);
    return other(value);
  }

  /** As many digits, the same sign; never a leading zero where there was none. */
  function amount(value: string): string {
    const scrubbed = other(value);
    return /^[+-]?[1-9]/.test(value) ? scrubbed.replace(/^([+-]?)0/, '$11') : scrubbed;
  }

  function json(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return text(value, field);
    if (typeof value === 'number') return number(value, field);
    if (Array.isArray(value)) return value.map((one) => json(one, field));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => {
        // A map by account numbers or the like: its keys are data.
        const isData = /\d{4}/.test(name);
        return [isData ? other(name) : name, json(one, name)];
      }),
    );
  }

  /** Instants in seconds are moved as days are; small whole numbers are counts. */
  function number(value: number, field: string): number {
    if (constants.test(field) || (Number.isInteger(value) && Math.abs(value) < 100)) return value;
    if (Number.isInteger(value) && value > 1e9 && value < 4e9)
      return value + (weeks * weekMs) / 1e3;
    return Number(amount(String(value)));
  }

  return {
    json: (value) => json(value),
    path(path) {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      const parts = pathname
        .split('/')
        .map((part) => (/\d|[^a-z-]/.test(part) ? pathPart(part) : part));
      const query = [...searchParams].map(([name, value]) => `${name}=${text(value, name)}`);
      return parts.join('/') + (query.length > 0 ? `?${query.join('&')}` : '');
    },
  };

  function pathPart(part: string): string {
    // As in a body, so that an address fits the id that an answer told.
    return /^v\d$/.test(part) ? part : text(decodeURIComponent(part), 'id');
  }
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
