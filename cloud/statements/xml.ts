import { lineNumbers } from './line-numbers.ts';
import { resolveEntities } from './markup-text.ts';
import { StatementUnreadable } from './statement.ts';

const depthMax = 100;
const attributeMax = 100;

const noAttributes: readonly never[] = [];
const code = (character: string): number => character.charCodeAt(0);
const [lessThan, greaterThan, slash] = [code('<'), code('>'), code('/')];
const [bang, question, equals] = [code('!'), code('?'), code('=')];
const [quote, apostrophe, colon] = [code('"'), code("'"), code(':')];

/** By code below 128: 1 for what may begin a name, 2 for what may only follow. Letters beyond may do both. */
const nameKinds = Uint8Array.from({ length: 128 }, (_, each) => {
  const character = String.fromCharCode(each);
  if (/[A-Za-z_:]/.test(character)) return 1;
  return /[\d.-]/.test(character) ? 2 : 0;
});

const isBlank = (each: number): boolean => each === 32 || (each >= 9 && each <= 13);

/**
 * Goes over well-formed XML from tag to tag, once; nothing behind is kept. Several documents may follow one another, as
 * programs join them. A document type is refused: no statement has one, and with it goes every entity that a file could
 * define. An ampersand that begins no entity stands for itself: banks forget to escape it.
 * Every method that goes on throws StatementUnreadable.
 */
export class XmlReader {
  /** Of the element that begins or ends here, without its namespace. */
  name = '';
  #xml: string;
  readonly #more: () => string | undefined;
  /** Names with their prefixes. */
  readonly #open: string[] = [];
  /** Four places for each attribute: of its name without prefix and its end, of its value and its end. */
  readonly #places = new Int32Array(attributeMax * 4);
  /** How many of the places are of this tag. */
  #placeCount = 0;
  #at = 0;
  #tag = 0;
  #textStart = 0;
  #textEnd = 0;
  /** Text before a comment or out of CDATA, while what follows it is still to come. */
  #pieces = '';
  #isEmptyElement = false;
  #hasElement = false;
  #line = 1;
  #nextBreak: number;

  /** `more` gives what follows, piece by piece, each to the end of a tag; lines are then counted from each one's first. */
  constructor(xml: string, more: () => string | undefined = () => undefined) {
    this.#xml = xml;
    this.#more = more;
    this.#nextBreak = xml.indexOf('\n');
  }

  /** Goes on to the next tag: an element begins or ends there; `<a/>` does both. 'done' after the last one. */
  next(): 'begin' | 'end' | 'done' {
    this.#pieces = '';
    this.#placeCount = 0;
    if (this.#isEmptyElement) {
      this.#isEmptyElement = false;
      this.#open.pop();
      this.#textStart = this.#textEnd;
      return 'end';
    }
    this.#textStart = this.#at;
    for (;;) {
      const found = this.#xml.indexOf('<', this.#at);
      if (found === -1 && this.#goOn()) continue;
      this.#tag = this.#textEnd = found === -1 ? this.#xml.length : found;
      if (this.#open.length === 0) this.#refuseTextOutside();
      if (found === -1) {
        if (this.#open.length > 0 || !this.#hasElement) throw cutShort(this.#xml);
        return 'done';
      }
      const after = this.#xml.charCodeAt(found + 1);
      if (after === slash) return this.#endElement();
      if (after !== bang && after !== question) return this.#beginElement();
      this.#pieces = this.text() + this.#skipMarkup();
      this.#textStart = this.#at;
    }
  }

  /** How many elements are open after this tag. */
  get depth(): number {
    return this.#open.length;
  }

  /** What stands between the tag before and this one, blanks and all; entities resolved. */
  text(): string {
    return this.#pieces + resolveEntities(this.#xml.slice(this.#textStart, this.#textEnd));
  }

  /** Of the element that begins here; its name without namespace. */
  attribute(name: string): string | undefined {
    for (let each = 0; each < this.#placeCount; each += 4) {
      const from = this.#place(each);
      const isIt = this.#place(each + 1) - from === name.length && this.#xml.startsWith(name, from);
      if (isIt) return this.#valueAt(each);
    }
    return undefined;
  }

  /** Names and values of all. */
  attributes(): readonly (readonly [string, string])[] {
    if (this.#placeCount === 0) return noAttributes;
    const found: [string, string][] = [];
    for (let each = 0; each < this.#placeCount; each += 4) {
      const name = this.#xml.slice(this.#place(each), this.#place(each + 1));
      found.push([name, this.#valueAt(each)]);
    }
    return found;
  }

  #place(index: number): number {
    return this.#places[index] ?? 0;
  }

  #valueAt(index: number): string {
    return resolveEntities(this.#xml.slice(this.#place(index + 2), this.#place(index + 3)));
  }

  /** Of this tag, from 1. Tags are asked for in their order, so line breaks are counted once. */
  line(): number {
    while (this.#nextBreak !== -1 && this.#nextBreak < this.#tag) {
      this.#line++;
      this.#nextBreak = this.#xml.indexOf('\n', this.#nextBreak + 1);
    }
    return this.#line;
  }

  /** Goes on to the end of the element that begins here. */
  skip(): void {
    const outside = this.#open.length - 1;
    while (this.#open.length > outside) this.next();
  }

  /** To the next piece, which begins with the text that is left of this one. */
  #goOn(): boolean {
    const piece = this.#more();
    if (piece === undefined) return false;
    this.#xml = this.#xml.slice(this.#textStart) + piece;
    [this.#at, this.#textStart] = [0, 0];
    [this.#line, this.#nextBreak] = [1, this.#xml.indexOf('\n')];
    return true;
  }

  #beginElement(): 'begin' {
    if (this.#open.length === depthMax) throw oddXml();
    const nameEnd = this.#endOfName(this.#tag + 1);
    const full = this.#xml.slice(this.#tag + 1, nameEnd);
    const isBare = this.#xml.charCodeAt(nameEnd) === greaterThan;
    this.#at = isBare ? nameEnd + 1 : this.#readAttributes(nameEnd);
    this.#open.push(full);
    this.#hasElement = true;
    this.name = localName(full);
    return 'begin';
  }

  #endElement(): 'end' {
    const full = this.#open.pop();
    if (full === undefined || !this.#xml.startsWith(full, this.#tag + 2)) {
      throw this.#brokenAt(this.#tag);
    }
    const after = this.#skipBlanks(this.#tag + 2 + full.length);
    if (this.#xml.charCodeAt(after) !== greaterThan) throw this.#brokenAt(after);
    this.#at = after + 1;
    this.name = localName(full);
    return 'end';
  }

  /** Goes behind a comment, a processing instruction or CDATA, and gives the text that the last one holds. */
  #skipMarkup(): string {
    const [xml, tag] = [this.#xml, this.#tag];
    const behind = (mark: string, from: number): number => {
      const found = xml.indexOf(mark, from);
      if (found === -1) throw cutShort(xml);
      return found + mark.length;
    };
    if (xml.startsWith('<?', tag)) this.#at = behind('?>', tag + 2);
    else if (xml.startsWith('<!--', tag)) this.#at = behind('-->', tag + 4);
    else if (xml.startsWith('<![CDATA[', tag) && this.#open.length > 0) {
      this.#at = behind(']]>', tag + 9);
      return xml.slice(tag + 9, this.#at - 3);
    } else if (xml.startsWith('<!DOCTYPE', tag)) throw documentType(this.line());
    else throw this.#brokenAt(tag);
    return '';
  }

  #refuseTextOutside(): void {
    for (let each = this.#textStart; each < this.#textEnd; each++) {
      if (!isBlank(this.#xml.charCodeAt(each))) throw notWellFormed(lineNumbers(this.#xml)(each));
    }
  }

  #endOfName(from: number): number {
    let to = from;
    for (;;) {
      const each = this.#xml.charCodeAt(to);
      const kind = each < 128 ? nameKinds[each] : Number(each >= 128);
      if (kind === 0 || (to === from && kind === 2)) break;
      to++;
    }
    if (to === from) throw this.#brokenAt(from);
    return to;
  }

  #skipBlanks(from: number): number {
    let to = from;
    while (isBlank(this.#xml.charCodeAt(to))) to++;
    return to;
  }

  /** Gives the place behind the tag. */
  #readAttributes(from: number): number {
    for (let here = from; ; ) {
      const start = this.#skipBlanks(here);
      const each = this.#xml.charCodeAt(start);
      if (each === greaterThan) return start + 1;
      if (each === slash) {
        if (this.#xml.charCodeAt(start + 1) !== greaterThan) throw this.#brokenAt(start + 1);
        this.#isEmptyElement = true;
        return start + 2;
      }
      if (start === here) throw this.#brokenAt(here);
      here = this.#readAttribute(start);
    }
  }

  #readAttribute(start: number): number {
    const nameEnd = this.#endOfName(start);
    const sign = this.#skipBlanks(nameEnd);
    const opening = this.#skipBlanks(sign + 1);
    const mark = this.#xml.charCodeAt(opening);
    if (this.#xml.charCodeAt(sign) !== equals || (mark !== quote && mark !== apostrophe)) {
      throw this.#brokenAt(sign);
    }
    let close = opening + 1;
    for (;;) {
      const each = this.#xml.charCodeAt(close);
      if (each === mark) break;
      if (each === lessThan || Number.isNaN(each)) throw this.#brokenAt(close);
      close++;
    }
    // The declaration of a namespace is no attribute.
    if (!this.#xml.startsWith('xmlns', start)) this.#keepAttribute(start, nameEnd, opening, close);
    return close + 1;
  }

  #keepAttribute(start: number, nameEnd: number, opening: number, close: number): void {
    if (this.#placeCount === this.#places.length) throw oddXml();
    let local = start;
    for (let each = start; each < nameEnd; each++) {
      if (this.#xml.charCodeAt(each) === colon) local = each + 1;
    }
    this.#places[this.#placeCount++] = local;
    this.#places[this.#placeCount++] = nameEnd;
    this.#places[this.#placeCount++] = opening + 1;
    this.#places[this.#placeCount++] = close;
  }

  /** Where no tag ends any more, the file is cut off there. */
  #brokenAt(index: number): StatementUnreadable {
    const isCut = this.#xml.indexOf('>', index) === -1;
    return isCut ? cutShort(this.#xml) : notWellFormed(lineNumbers(this.#xml)(index));
  }
}

function localName(full: string): string {
  return full.slice(full.indexOf(':') + 1);
}

const again = 'Download it again from the bank.';

function notWellFormed(line: number): StatementUnreadable {
  const message = `The file is not well-formed XML here. ${again}`;
  return new StatementUnreadable('damaged', message, line);
}

function documentType(line: number): StatementUnreadable {
  const message = `The file defines a document type, which no CAMT statement does. ${again}`;
  return new StatementUnreadable('damaged', message, line);
}

function oddXml(): StatementUnreadable {
  return new StatementUnreadable(
    'damaged',
    `The file is XML that no bank writes: nested too deep, or with too many attributes. ${again}`,
  );
}

function cutShort(xml: string): StatementUnreadable {
  const message = `The file ends before its last element is closed. ${again}`;
  return new StatementUnreadable('truncated', message, lineNumbers(xml)(xml.trimEnd().length));
}
