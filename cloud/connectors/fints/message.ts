import type { BankAnswer, CustomerMessage, Message, Segment } from 'lib-fints';
import { BankError } from '../../ports/bank-connector.ts';

// What lib-fints decodes, and around it what banks send that it would stumble over.

/** The package: LGPL, so it stands beside the bundle, and is loaded at the first call of a bank. */
export type Library = typeof import('lib-fints');

let loading: Promise<Library> | undefined;

export function loadLibrary(): Promise<Library> {
  loading ??= import('lib-fints');
  return loading;
}

/** An answer of the bank, its envelope taken off. */
export interface BankReply {
  readonly message: Message;
  readonly answers: readonly BankAnswer[];
  /** The text of the segments of that name, from the header to the end. */
  raw(segId: string): readonly string[];
}

/** Those without which an answer says something else than it does; of any other one that is not readable is left out. */
const neededSegments =
  /^(HNHBK|HNVSD|HNHBS|HIRMG|HIRMS|HISYN|HIBPA|HIPINS|HIUPA|HIUPD|HITAN|HITAB|HISAL):/;
/** Read from their text, which is long: the package wants booked entries where there may be noted ones alone. */
const rawSegments = /^(HIKAZ|HICAZ|DIKKU):/;

/** @throws BankError `reply-unreadable` for what is no message, or only the beginning of one; never with a word of it */
export function readReply(library: Library, text: string): BankReply {
  if (!text.startsWith('HNHBK:')) throw new BankError('reply-unreadable', 'no FinTS message');
  const outer = splitMessage(text);
  if (!outer.at(-1)?.startsWith('HNHBS:')) {
    throw new BankError('reply-unreadable', 'a message without an end');
  }
  const texts = outer.flatMap((segment) =>
    segment.startsWith('HNVSD:')
      ? splitMessage(readBinary(splitAt(segment, '+')[1] ?? ''))
      : [segment],
  );
  const segments = texts.flatMap((segment) => decode(library, segment) ?? []);
  const message = new library.Message(segments);
  const answers = message.getBankAnswers();
  if (answers.length === 0) throw new BankError('reply-unreadable', 'a message without a word');
  return {
    message,
    answers,
    raw: (segId) => texts.filter((segment) => segment.startsWith(`${segId}:`)),
  };
}

function decode(library: Library, text: string): Segment | undefined {
  if (rawSegments.test(text)) return undefined;
  try {
    // With its end, or an apostrophe that is its last letter is taken for one.
    return library.Message.decodeSegment(`${text}'`);
  } catch {
    if (!neededSegments.test(text)) return undefined;
    throw new BankError('reply-unreadable', `segment ${text.slice(0, 5)}`);
  }
}

/** @throws BankError where the last segment has no end */
function splitMessage(text: string): string[] {
  const segments = splitAt(text, "'");
  const rest = segments.pop() ?? '';
  if (rest.trim() !== '') throw new BankError('reply-unreadable', 'a segment without an end');
  return segments.map((segment) => segment.trimStart());
}

/** Splits where a separator stands that is neither escaped by `?` nor within binary data (`@3@abc`). */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  const binary = /@(\d{1,9})@/y;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '?') at += 1;
    if (letter === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    if (letter !== '@') continue;
    binary.lastIndex = at;
    const head = binary.exec(text);
    if (head) at += head[0].length + Number(head[1]) - 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Binary data without its length; that all of it came is known by then. */
export function readBinary(text: string): string {
  const [head, length] = /^@(\d{1,9})@/.exec(text) ?? [];
  if (head === undefined) return text;
  return text.slice(head.length, head.length + Number(length));
}

/** Elements as they are sent, those of a group with colons between them, without empty ones behind. */
export function writeFields(fields: readonly (string | readonly string[])[]): string {
  const written = fields.map((field) =>
    [field]
      .flat()
      .map((text) => text.replace(/[?:+'@]/g, '?$&'))
      .join(':'),
  );
  return written.slice(0, written.findLastIndex((text) => text !== '') + 1).join('+');
}

/** The message as it is sent; `fields` of a segment are written as they are, and the lengths around it tell of them. */
export function encodeMessage(message: CustomerMessage): string {
  const text = message.encode();
  const own = message.segments.find((it): it is Segment & { fields: string } => 'fields' in it);
  if (!own) return text;
  const { segId, segNr, version } = own.header;
  const head = `${segId}:${segNr}:${version}+`;
  const whole = text
    .replace(`${head}'`, () => `${head}${own.fields}'`)
    .replace(/@(\d+)@(?=HNSHK:)/, (_, length) => `@${Number(length) + own.fields.length}@`);
  return whole.replace(/\d{12}/, String(whole.length).padStart(12, '0'));
}

/** A segment as the package encodes it. */
export function segmentOf(
  segId: string,
  version: number,
  fields: Readonly<Record<string, unknown>>,
): Segment {
  return { ...fields, header: { segId, segNr: 0, version } };
}
