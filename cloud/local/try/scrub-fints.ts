import { readBinary, splitAt } from '../../connectors/fints/message.ts';
import type { Scrubber } from './scrub.ts';

/** Segments in which a bank tells of itself: its parameters, and what it calls itself. */
const ofBank = /^([HD]I[A-Z]{3,4}S|HIBPA|HNHBS)$/;
/** In which days stand. */
const withDays = /^(HISAL|DIKKU)$/;
/** Numbers that count or name a kind, orders, marks and currencies. */
const constants =
  /^(\d{0,3}|[A-Z]|(HK|DK)[A-Z]{3,5}|noref|nochallenge|EUR|USD|CHF|GBP|PLN|CZK|SEK|NOK|DKK|HUF|JPY)$/;
const marks =
  /(^\d{3}(?=\?)|\?\d\d|(?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)[+:])/;
const amount = /^\d+,\d*$/;
const day = /^20[1-3]\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/;

/**
 * A bank's answer by FinTS, as it is decoded. Of what is not known here every word is replaced, so a bank that says
 * something new loses its sense and never its customer.
 * @param codes of the bank itself: its BLZ and BIC
 */
export function scrubFinTs(
  message: string,
  { text }: Scrubber,
  codes: ReadonlySet<string>,
): string {
  const messages = splitAt(message, "'").map((segment) => {
    const [, content = ''] = segment.startsWith('HNVSD:') ? splitAt(segment, '+') : [];
    if (content === '') return scrubSegment(segment);
    const inner = splitAt(readBinary(content), "'").map(scrubSegment).join("'");
    return `HNVSD:999:1+${toBinary(inner)}`;
  });
  return messages.join("'");

  function scrubSegment(segment: string): string {
    const [head = '', ...elements] = splitAt(segment, '+');
    const id = head.trim().split(':')[0] ?? '';
    if (ofBank.test(id)) return segment;
    const scrubbed = elements.map((element, at) => {
      if (id === 'HNHBK' && at < 2) return element;
      if (/^HIRM[GS]$/.test(id)) return scrubWord(element);
      return splitAt(element, ':')
        .map((part) => scrubPart(part, id))
        .join(':');
    });
    const isHead = /^\s*[A-Z]{5,6}:\d+:\d+(:\d+)?$/.test(head);
    return [isHead ? head : text(head), ...scrubbed].join('+');
  }

  /** What a bank says of an order: a code, and words, which may address its customer. */
  function scrubWord(element: string): string {
    const [code = '', about = '', ...said] = splitAt(element, ':');
    // These name the ways to confirm.
    const scrubbed = said.map((one, at) => (code === '3920' && at > 0 ? one : text(one)));
    return [code, about, ...scrubbed].join(':');
  }

  function scrubPart(part: string, id: string): string {
    if (part.startsWith('@')) return toBinary(scrubDocument(readBinary(part)));
    if (constants.test(part) || codes.has(part)) return part;
    if (amount.test(part)) return multiplied(part);
    return withDays.test(id) && day.test(part) ? movedDay(part) : text(part);
  }

  function scrubDocument(document: string): string {
    if (/^\s*</.test(document)) return scrubCamt(document);
    const fields = document.split(/^(?=:\d{2}[A-Z]?:)/m);
    return fields
      .map((field) => scrubAs(field, /^(:\d{2}[A-Z]?:)/, ([tag = '']) => tag, scrubField))
      .join('');
  }

  /** What stands at its beginning by its own rule, and the rest by another; all of it as text where it has none. */
  function scrubAs(
    whole: string,
    beginning: RegExp,
    scrub: (groups: readonly string[]) => string,
    scrubRest: (rest: string, begun: string) => string = (rest) => text(rest),
  ): string {
    const [begun, ...groups] = beginning.exec(whole) ?? [];
    if (begun === undefined) return text(whole);
    return scrub(groups.map((group = '') => group)) + scrubRest(whole.slice(begun.length), begun);
  }

  /** Of MT940: https://www.ebics.de, DFÜ-Abkommen, Anlage 3, chapter 8. */
  function scrubField(field: string, tag: string): string {
    if (/^:(28C?|34F):$/.test(tag) && /^[\d/,A-Z\s-]{0,24}$/.test(field)) return field;
    if (/^:6[0245][FM]?:$/.test(tag)) {
      const balance = /^([CD])(\d{6})([A-Z]{3})(\d+,\d*)/;
      return scrubAs(
        field,
        balance,
        ([side, on, currency, sum]) => `${side}${movedShort(on)}${currency}${multiplied(sum)}`,
      );
    }
    if (tag === ':86:') return scrubInformation(field);
    if (tag !== ':61:') {
      return field.replace(/\d+|\D+/g, (one) => (codes.has(one) ? one : text(one)));
    }
    const line = /^(\d{6})(\d{4})?(R?[CD][A-Z]?)(\d+,\d*)([A-Z]\w{3})/;
    const scrubLine = ([on = '', booked, side, sum, kind]: readonly string[]) => {
      const bookedOn = booked && movedShort(`${on.slice(0, 2)}${booked}`).slice(2);
      return `${movedShort(on)}${bookedOn}${side}${multiplied(sum)}${kind}`;
    };
    return scrubAs(field, line, scrubLine, scrubRest);
  }

  function scrubRest(rest: string): string {
    return rest.replace(
      /(NONREF|\/\/)|\/(OCMT|CHGS)\/([A-Z]{3})(\d+,\d*)|[^/]+|\//g,
      (all, mark, name, currency, sum) => {
        if (name) return `/${name}/${currency}${multiplied(sum)}`;
        return mark || all === '/' ? all : text(all);
      },
    );
  }

  /** Its marks (?20, SVWZ+) stay, with the code of the kind of payment at its beginning. */
  function scrubInformation(field: string): string {
    return (
      field
        .split(marks)
        // What a pattern with a group has split by stands at the odd places.
        .map((one, at) => (at % 2 === 1 ? one : text(one)))
        .join('')
    );
  }

  function scrubCamt(document: string): string {
    return document.replace(/<([^<>]*)>([^<>]*)/g, (_, tag: string, content: string) => {
      if (/^(\w+:)?NbOf/.test(tag) && /^\d+$/.test(content)) return `<${tag}>${content}`;
      const scrubbed = content
        .split(/(&#?\w+;)/)
        .map((one) => (/^&.*;$/.test(one) ? one : text(one, fieldOf(tag))))
        .join('');
      return `<${scrubTag(tag)}>${scrubbed}`;
    });
  }

  function scrubTag(tag: string): string {
    // A comment, or letters that are to be taken as they are.
    if (tag.startsWith('!')) return text(tag);
    return tag.replace(/([\w.:-]+)="([^"]*)"/g, (all, name: string, value: string) =>
      /^(Ccy|version|encoding|xmlns(:.*)?|.*schemaLocation)$/.test(name)
        ? all
        : `${name}="${text(value)}"`,
    );
  }

  function multiplied(sum = ''): string {
    const point = sum.endsWith(',') ? `${sum}0` : sum;
    const more = text(point.replace(',', '.'), 'amount').replace('.', ',');
    return sum.endsWith(',') ? more.slice(0, -1) : more;
  }

  function movedDay(compact: string): string {
    const written = compact.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    return text(written).replaceAll('-', '');
  }

  function movedShort(compact = ''): string {
    return movedDay(`20${compact}`).slice(2);
  }
}

function fieldOf(tag: string): string {
  const [, name = ''] = /^(?:\w+:)?(\w+)/.exec(tag) ?? [];
  if (/^(Cd|CdtDbtInd|Ccy|Sts)$/.test(name)) return 'code';
  return /Amt$|^Sum$/.test(name) ? 'amount' : name;
}

function toBinary(content: string): string {
  return `@${content.length}@${content}`;
}
