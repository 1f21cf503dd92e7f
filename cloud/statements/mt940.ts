import type { Money } from '../../shared/money.ts';
import { toKnownLetters } from './code-page-850.ts';
import { createMoneyPool } from './money-pool.ts';
import { readAccountField } from './mt940-account.ts';
import { couldBeEntry, createDateReader, type EntryDates, readEntryLine } from './mt940-entry.ts';
import { eachField, fieldAfter, headLength, type Lines, openLines } from './mt940-fields.ts';
import {
  closeMessage,
  isBlank,
  type Message,
  openMessage,
  takeClosing,
  takeEntry,
  takeInterim,
  takeOpening,
  turnPage,
} from './mt940-message.ts';
import { createKeeper } from './own-text.ts';
import { type ReadOptions, type Statement, StatementUnreadable } from './statement.ts';

/** True for text with two fields of a SWIFT statement near its start, where fields begin. */
export function looksLikeMt940(text: string): boolean {
  const { text: head } = openLines(text.slice(0, headLength));
  const tags = head.matchAll(/(?:^|[\r\n]|\{4:) *:(20|25P?|28C?|34F|60[FM]|61|62[FM]|90[CD]):/g);
  return new Set([...tags].map(([, tag]) => tag)).size > 1;
}

interface Reader {
  readonly lines: Lines;
  readonly options: ReadOptions;
  readonly datesOf: (digits: string) => EntryDates;
  readonly keep: (text: string) => string;
  readonly keepMoney: (minor: number, currency: string) => Money;
  readonly statements: Statement[];
  /** Before a message, in its head (to :28C:), in its entries, or behind its closing balance. */
  place: 'none' | 'head' | 'body' | 'end';
  /** The last one that has a body; the next may be its next page. */
  message: Message | undefined;
  head: { readonly accountText: string; readonly line: number };
  /** A :61: and what belongs to it. */
  entry:
    | { value: string; line: number; readonly information: string[]; readonly notes: string[] }
    | undefined;
  /** Of the last field. */
  line: number;
}

/**
 * Reads SWIFT MT940 (statement) and MT942 (interim report) messages as banks write them to files: with or without block
 * headers, end marks, :20:. Pages of a statement are joined.
 * Source: SWIFT Category 9, MT940 and MT942; the German DK's Anlage 3, chapter 8.
 * @throws StatementUnreadable
 */
export function readMt940(text: string, options: ReadOptions = {}): readonly Statement[] {
  const reader: Reader = {
    lines: openLines(toKnownLetters(text)),
    options,
    datesOf: createDateReader(),
    keep: createKeeper(),
    keepMoney: createMoneyPool(),
    statements: [],
    place: 'none',
    message: undefined,
    head: { accountText: '', line: 1 },
    entry: undefined,
    line: 1,
  };
  eachField(
    reader.lines,
    (tag, at) => isTag(reader, tag, at),
    (tag, value, line) => {
      reader.line = line;
      takeField(reader, tag, value, line);
    },
  );
  leaveOutCutEntry(reader);
  closeLast(reader);
  if (reader.statements.length === 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file has fields of MT940 but no statement: no balance and no entries. ' +
        'Choose an account and a period at the bank, and download it again.',
    );
  }
  return reader.statements;
}

const behindAccount = new Set(['21', '28', '28C', '60F', '60M', '13', '13D', '34F', 'NS']);
/** Tags that no time of day begins with, wherever a line of text is broken. */
const bodyTags = new Set('60 60F 60M 62 62F 62M 64 65 86 90C 90D 34F 13D NS'.split(' '));

/** Whether a tag is one where the reader is: text of an entry may hold what looks like one (`:12:30` of a time). */
function isTag({ place, lines }: Reader, tag: string, at: number): boolean {
  if (place !== 'body') return true;
  if (tag === '61') return couldBeEntry(lines.text.slice(at, at + 10));
  return tag === '20' || tag === '25' || tag === '25P'
    ? opensHead(lines, tag, at)
    : bodyTags.has(tag);
}

/** A head goes on with its other fields. */
function opensHead(lines: Lines, tag: string, at: number): boolean {
  const next = fieldAfter(lines, at);
  if (next === undefined) return false;
  if (tag !== '20') return behindAccount.has(next.tag);
  if (next.tag === '25' || next.tag === '25P') return opensHead(lines, next.tag, next.at);
  return behindAccount.has(next.tag);
}

function takeField(reader: Reader, tag: string, value: string, line: number): void {
  const { place, entry } = reader;
  if ((tag === '86' || tag === 'NS') && place === 'body') {
    entry?.[tag === 'NS' ? 'notes' : 'information'].push(value);
    if (reader.message) reader.message.lastLine = line;
    return;
  }
  finishEntry(reader);
  if (tag === '20') openHead(reader, '', line);
  if (tag === '25' || tag === '25P') {
    openHead(reader, value.trim(), line);
  }
  if (tag === '34F' || tag === '90C' || tag === '90D') {
    takeInterim(messageFor(reader, tag), tag, value, line);
  }
  if (tag === '60F' || tag === '60M' || tag === '60') {
    takeOpening(messageFor(reader, tag), value, line);
  }
  if (tag === '61') {
    messageFor(reader, tag).entries += 1;
    reader.entry = { value, line, information: [], notes: [] };
  }
  if (tag === '62F' || tag === '62M' || tag === '62') {
    takeClosing(messageFor(reader, tag), value, line, tag);
    reader.place = 'end';
  }
}

function openHead(reader: Reader, accountText: string, line: number): void {
  reader.head = { accountText, line };
  reader.place = 'head';
}

/** The message in which a field of the body stands; the first one in a message begins it, or goes on with the page before. */
function messageFor(reader: Reader, tag: string): Message {
  const { message, place, options } = reader;
  const isAgain = tag === '60F' && message !== undefined && place !== 'head' && !isBlank(message);
  if (message && (place === 'body' || place === 'end') && !isAgain) {
    reader.place = 'body';
    message.lastLine = reader.line;
    return message;
  }
  if (isAgain) reader.head = { accountText: message.head.accountText, line: reader.line };
  reader.place = 'body';
  const { accountText, line } = reader.head;
  const isPage = tag === '60M' && message?.head.accountText === accountText;
  if (isPage && !message.isComplete) {
    turnPage(message);
    message.lastLine = reader.line;
    return message;
  }
  closeLast(reader);
  reader.message = openMessage({
    accountText,
    ...readAccountField(accountText),
    currencyWhereNone: options.currencyWhereNone ?? 'XXX',
    line,
    keep: reader.keep,
    keepMoney: reader.keepMoney,
  });
  return reader.message;
}

function finishEntry(reader: Reader): void {
  const { message, entry, datesOf } = reader;
  reader.entry = undefined;
  if (!entry || !message) return;
  const { value, line } = entry;
  const read = readEntryLine(value, datesOf);
  if (read) takeEntry(message, read, entry, line);
  else message.section.problem(line, 'This entry is not made like one. It was left out.');
}

function closeLast(reader: Reader): void {
  finishEntry(reader);
  const { message } = reader;
  reader.message = undefined;
  if (message === undefined || isBlank(message)) return;
  reader.statements.push(...closeMessage(message));
}

/** A file whose last line has no end may end before the decimals of an amount, behind which each entry has a type. */
function leaveOutCutEntry(reader: Reader): void {
  const { entry, message, lines, datesOf } = reader;
  if (!entry || !lines.text.endsWith(entry.value)) return;
  if (readEntryLine(entry.value, datesOf)?.type !== undefined) return;
  message?.section.problem(entry.line, 'The file ends within this entry. It was left out.');
  reader.entry = undefined;
}
