import { type QifHeader, type QifList, readHeader, trackAccounts } from './qif-lists.ts';

/** Where a record stands in the text, and its first line from 1. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/**
 * A record of a list, by the letters with which its lines begin; of a letter that comes again, the first one counts. The
 * next one is read into the same object.
 */
export interface QifRecord extends Extent {
  readonly D: string | undefined;
  readonly T: string | undefined;
  /** The same amount in programs with more digits; some write it alone. */
  readonly U: string | undefined;
  readonly P: string | undefined;
  /** All lines of it. */
  readonly M: string | undefined;
  readonly N: string | undefined;
  readonly L: string | undefined;
  /** Amounts of the parts that it is split into; undefined where it is not. */
  readonly splits: readonly string[] | undefined;
  /** Several entries without an end between them, which cannot be told apart. */
  readonly isRunTogether: boolean;
}

type OpenRecord = { -readonly [key in keyof QifRecord]: QifRecord[key] } & {
  splits: string[] | undefined;
  /** Lines of each letter. */
  dates: number;
  amounts: number;
  otherAmounts: number;
};

export interface QifVisitor {
  /** A list of entries or of investment transactions begins. */
  list?(list: QifList): void;
  /** False where no more of the file is wanted. */
  record(record: QifRecord, list: QifList): boolean;
  /** The day of a security's price: written by the same program as the other dates. */
  priceDay?(text: string): void;
  /** A header tells the order of dates. */
  order?(order: string): void;
}

const code = (character: string): number => character.charCodeAt(0);
const [caret, bang, blank] = [code('^'), code('!'), code(' ')];
const [letterD, letterT, letterU, letterP] = [code('D'), code('T'), code('U'), code('P')];
const [letterM, letterN, letterL, dollar] = [code('M'), code('N'), code('L'), code('$')];

/** Goes over the records of a file in their order; returns where it ended. */
export function visitQif(text: string, visitor: QifVisitor): number {
  const accounts = trackAccounts();
  const record = emptyRecord();
  let list: QifList = { kind: 'unnamed', name: '', type: 'current', account: undefined, line: 1 };
  let isOpen = false;
  const beginList = (header: QifHeader, line: number): void => {
    if (header.order) visitor.order?.(header.order);
    const next = accounts.header(header, line);
    if (!next) return;
    list = next;
    if (list.kind === 'entries' || list.kind === 'investment') visitor.list?.(list);
  };
  const endRecord = (to: number): boolean => {
    if (!isOpen) return true;
    isOpen = false;
    record.to = to;
    if (list.kind === 'accounts') accounts.take(record);
    else if (list.kind === 'prices') visitPrices(text.slice(record.from, to), visitor);
    else return visitRecord(text, record, list, visitor);
    return true;
  };
  for (let at = 0, line = 1; at < text.length; line += 1) {
    const end = endOfLine(text, at);
    const place = firstPlace(text, at, end);
    const letter = text.charCodeAt(place);
    const header = letter === bang ? readHeader(text.slice(at, end)) : undefined;
    if ((letter === caret || header) && !endRecord(at)) return at;
    if (header) beginList(header, line);
    else if (letter !== caret && place < end && list.kind !== 'other') {
      if (!isOpen) beginRecord(record, at, line);
      isOpen = true;
      takeLine(record, letter, text, place + 1, end);
    }
    at = end + 1;
  }
  endRecord(text.length);
  return text.length;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Of the first character that is no blank; the end of an empty line. */
function firstPlace(text: string, at: number, end: number): number {
  let place = at;
  while (place < end && text.charCodeAt(place) <= blank) place += 1;
  return place;
}

function visitRecord(
  text: string,
  record: OpenRecord,
  list: QifList,
  visitor: QifVisitor,
): boolean {
  const isOne = record.dates < 2 || Math.max(record.amounts, record.otherAmounts) < 2;
  if (isOne || list.kind === 'investment') return visitor.record(record, list);
  const pieces = takeApart(text, record);
  if (pieces) return pieces.every((piece) => visitor.record(readRecord(text, piece), list));
  record.isRunTogether = true;
  return visitor.record(record, list);
}

/**
 * Some programs end records by an empty line, some by nothing: then each begins with the letter of the first. Undefined
 * where the pieces are no entries either way.
 */
function takeApart(text: string, extent: Extent): Extent[] | undefined {
  const first = text.charCodeAt(firstPlace(text, extent.from, extent.to));
  const isWhole = (piece: Extent): boolean => {
    const { dates, amounts, otherAmounts } = readRecord(text, piece);
    return dates > 0 && Math.max(amounts, otherAmounts) === 1;
  };
  for (const isBlankBetween of [true, false]) {
    const pieces: Extent[] = [];
    let [start, startLine, wasBlank] = [extent.from, extent.line, false];
    for (let at = extent.from, line = extent.line; at < extent.to; line += 1) {
      const end = endOfLine(text, at);
      const place = firstPlace(text, at, end);
      const isBlank = place === end;
      const isStart = isBlankBetween
        ? wasBlank && !isBlank
        : !isBlank && text.charCodeAt(place) === first;
      if (isStart && at > start) {
        pieces.push({ from: start, to: at, line: startLine });
        [start, startLine] = [at, line];
      }
      wasBlank = isBlank;
      at = end + 1;
    }
    pieces.push({ from: start, to: extent.to, line: startLine });
    if (pieces.length > 1 && pieces.every(isWhole)) return pieces;
  }
  return undefined;
}

function readRecord(text: string, { from, to, line }: Extent): OpenRecord {
  const record = emptyRecord();
  beginRecord(record, from, line);
  record.to = to;
  for (let at = from; at < to; ) {
    const end = endOfLine(text, at);
    const place = firstPlace(text, at, end);
    if (place < end) takeLine(record, text.charCodeAt(place), text, place + 1, end);
    at = end + 1;
  }
  return record;
}

function emptyRecord(): OpenRecord {
  const values = { D: undefined, T: undefined, U: undefined, P: undefined, M: undefined };
  const others = { N: undefined, L: undefined, splits: undefined, isRunTogether: false };
  return { from: 0, to: 0, line: 0, ...values, ...others, dates: 0, amounts: 0, otherAmounts: 0 };
}

function beginRecord(record: OpenRecord, from: number, line: number): void {
  record.from = from;
  record.line = line;
  record.D = record.T = record.U = record.P = undefined;
  record.M = record.N = record.L = record.splits = undefined;
  record.isRunTogether = false;
  record.dates = record.amounts = record.otherAmounts = 0;
}

function takeLine(
  record: OpenRecord,
  letter: number,
  text: string,
  from: number,
  end: number,
): void {
  if (letter === letterD) {
    record.dates += 1;
    record.D ??= valueBetween(text, from, end);
  } else if (letter === letterT) {
    record.amounts += 1;
    record.T ??= valueBetween(text, from, end);
  } else if (letter === letterU) {
    record.otherAmounts += 1;
    record.U ??= valueBetween(text, from, end);
  } else if (letter === letterP) record.P ??= valueBetween(text, from, end);
  else if (letter === letterN) record.N ??= valueBetween(text, from, end);
  else if (letter === letterL) record.L ??= valueBetween(text, from, end);
  else if (letter === letterM || letter === dollar) {
    const value = valueBetween(text, from, end);
    if (value === undefined) return;
    if (letter === letterM) record.M = record.M === undefined ? value : `${record.M}\n${value}`;
    else if (record.splits) record.splits.push(value);
    else record.splits = [value];
  }
}

/** Without the blanks around it; undefined where there is nothing else. */
function valueBetween(text: string, from: number, to: number): string | undefined {
  const start = firstPlace(text, from, to);
  let end = to;
  while (end > start && text.charCodeAt(end - 1) <= blank) end -= 1;
  return end > start ? text.slice(start, end) : undefined;
}

/** Prices have no letters: `"SYMBOL",12.5,"1/31/26"`. */
function visitPrices(text: string, visitor: QifVisitor): void {
  for (const line of text.split('\n')) {
    const day = /,\s*"([^"]{6,20})"[^"]*$/.exec(line)?.[1];
    if (day !== undefined) visitor.priceDay?.(day);
  }
}
