import { type QifHeader, type QifList, readHeader, trackAccounts } from './qif-lists.ts';

/** Where a record stands in the text, and its first line from 1. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** A record of a list, by the letters with which its lines begin; of a letter that comes again, the first one counts. */
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
  /** Amounts of the parts that it is split into. */
  readonly splits: readonly string[];
  /** Several entries without an end between them, which cannot be told apart. */
  readonly isRunTogether: boolean;
}

export interface QifVisitor {
  /**
   * Of each line with a date or an amount, before its record: the letter, and where its value stands. False where no
   * records are wanted any more.
   */
  value?(letter: 'D' | 'T' | 'U', from: number, to: number, list: QifList): boolean;
  /** A list of entries or of investment transactions begins. */
  list?(list: QifList): void;
  record(record: QifRecord, list: QifList): void;
  /** The day of a security's price: written by the same program as the other dates. */
  priceDay?(text: string): void;
  /** A header tells the order of dates. */
  order?(order: string): void;
}

const code = (character: string): number => character.charCodeAt(0);
const [caret, bang, blank, tab, letterS] = [code('^'), code('!'), code(' '), 9, code('S')];
const [letterD, letterT, letterU, letterP] = [code('D'), code('T'), code('U'), code('P')];
const [letterM, letterN, letterL, dollar] = [code('M'), code('N'), code('L'), code('$')];

const valueNames = new Map<number | undefined, 'D' | 'T' | 'U'>([
  [letterD, 'D'],
  [letterT, 'T'],
  [letterU, 'U'],
]);
const hasEntries = ({ kind }: QifList): boolean =>
  kind === 'entries' || kind === 'unnamed' || kind === 'investment';

/** Goes over all records of a file in their order. */
export function visitQif(text: string, visitor: QifVisitor): void {
  const accounts = trackAccounts();
  let list: QifList = { kind: 'unnamed', name: '', type: 'current', account: undefined, line: 1 };
  const beginList = (header: QifHeader, line: number): void => {
    if (header.order) visitor.order?.(header.order);
    list = accounts.header(header, line) ?? list;
    if (list.line !== line) return;
    if (list.kind === 'entries' || list.kind === 'investment') visitor.list?.(list);
  };
  let isAll = true;
  let [start, startLine, dates, first, second] = [-1, 1, 0, 0, 0];
  const endRecord = (to: number): void => {
    const extent = { from: start, to, line: startLine };
    const hasSeveral = dates > 1 && (first > 1 || second > 1);
    [start, dates, first, second] = [-1, 0, 0, 0];
    if (list.kind === 'accounts') accounts.take(readRecord(text, extent));
    else if (list.kind === 'prices') visitPrices(text.slice(extent.from, extent.to), visitor);
    else if (isAll && hasEntries(list)) visitRecord(text, extent, hasSeveral, list, visitor);
  };
  for (let at = 0, line = 1; at < text.length; line += 1) {
    const end = endOfLine(text, at);
    const letter = firstOf(text, at, end);
    const header = letter === bang ? readHeader(text.slice(at, end)) : undefined;
    if (letter === caret || header) {
      if (start !== -1) endRecord(at);
    } else if (start === -1 && letter !== undefined) [start, startLine] = [at, line];
    if (header) beginList(header, line);
    else if (letter === letterD) dates += 1;
    else if (letter === letterT) first += 1;
    else if (letter === letterU) second += 1;
    const name = visitor.value && valueNames.get(letter);
    if (name && hasEntries(list)) isAll = visitor.value?.(name, at + 1, end, list) ?? true;
    at = end + 1;
  }
  if (start !== -1) endRecord(text.length);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The first character of a line that is no blank; undefined in an empty line. */
function firstOf(text: string, at: number, end: number): number | undefined {
  for (let place = at; place < end; place += 1) {
    const first = text.charCodeAt(place);
    if (first !== blank && first !== tab) return first;
  }
  return undefined;
}

function visitRecord(
  text: string,
  extent: Extent,
  hasSeveral: boolean,
  list: QifList,
  visitor: QifVisitor,
): void {
  if (!hasSeveral || list.kind === 'investment') {
    visitor.record(readRecord(text, extent), list);
    return;
  }
  const pieces = takeApart(text, extent);
  for (const piece of pieces ?? []) visitor.record(readRecord(text, piece), list);
  if (!pieces) visitor.record({ ...readRecord(text, extent), isRunTogether: true }, list);
}

/** How many dates, and how many amounts of one kind, a record has. */
function countsOf(text: string, { from, to }: Extent): { dates: number; amounts: number } {
  let [dates, first, second] = [0, 0, 0];
  for (let at = from; at < to; at = endOfLine(text, at) + 1) {
    const letter = text.charCodeAt(at);
    if (letter === letterD) dates += 1;
    else if (letter === letterT) first += 1;
    else if (letter === letterU) second += 1;
  }
  return { dates, amounts: Math.max(first, second) };
}

/**
 * Some programs end records by an empty line, some by nothing: then each begins with the letter of the first. Undefined
 * where the pieces are no entries either way.
 */
function takeApart(text: string, extent: Extent): Extent[] | undefined {
  const first = firstOf(text, extent.from, extent.to);
  const isWhole = (piece: Extent): boolean => {
    const { dates, amounts } = countsOf(text, piece);
    return dates > 0 && amounts === 1;
  };
  for (const isBlankBetween of [true, false]) {
    const pieces: Extent[] = [];
    let [start, startLine, wasBlank] = [extent.from, extent.line, false];
    for (let at = extent.from, line = extent.line; at < extent.to; line += 1) {
      const end = endOfLine(text, at);
      const letter = firstOf(text, at, end);
      const isStart = isBlankBetween ? wasBlank && letter !== undefined : letter === first;
      if (isStart && at > start) {
        pieces.push({ from: start, to: at, line: startLine });
        [start, startLine] = [at, line];
      }
      wasBlank = letter === undefined;
      at = end + 1;
    }
    pieces.push({ from: start, to: extent.to, line: startLine });
    if (pieces.length > 1 && pieces.every(isWhole)) return pieces;
  }
  return undefined;
}

function readRecord(text: string, { from, to, line }: Extent): QifRecord {
  let D: string | undefined;
  let T: string | undefined;
  let U: string | undefined;
  let P: string | undefined;
  let M: string | undefined;
  let N: string | undefined;
  let L: string | undefined;
  let splits: string[] | undefined;
  for (let at = from; at < to; ) {
    const end = endOfLine(text, at);
    while (text.charCodeAt(at) === blank) at += 1;
    const letter = text.charCodeAt(at);
    const value = letter === letterS ? '' : valueBetween(text, at + 1, end);
    at = end + 1;
    if (value === '') continue;
    if (letter === letterD) D ??= value;
    else if (letter === letterT) T ??= value;
    else if (letter === letterU) U ??= value;
    else if (letter === letterP) P ??= value;
    else if (letter === letterM) M = M === undefined ? value : `${M}\n${value}`;
    else if (letter === letterN) N ??= value;
    else if (letter === letterL) L ??= value;
    else if (letter === dollar) {
      splits ??= [];
      splits.push(value);
    }
  }
  return { from, to, line, D, T, U, P, M, N, L, splits: splits ?? none, isRunTogether: false };
}

/** Without the blanks around it. */
export function valueBetween(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && text.charCodeAt(start) <= blank) start += 1;
  while (start < end && text.charCodeAt(end - 1) <= blank) end -= 1;
  return text.slice(start, end);
}

const none: readonly string[] = [];

/** Prices have no letters: `"SYMBOL",12.5,"1/31/26"`. */
function visitPrices(text: string, visitor: QifVisitor): void {
  for (const line of text.split('\n')) {
    const day = /,\s*"([^"]{6,20})"[^"]*$/.exec(line)?.[1];
    if (day !== undefined) visitor.priceDay?.(day);
  }
}
