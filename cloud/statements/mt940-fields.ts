/** Takes a field that has ended: `value` may have several lines, `line` is its first one's number. */
export type TakeField = (tag: string, value: string, line: number) => void;

/** Whether what looks like a tag is one here; `at` is where its value begins. */
export type IsTag = (tag: string, at: number) => boolean;

/** A text, and where its lines end. */
export interface Lines {
  readonly text: string;
  /** Index of the next line's end, the text's length where there is none. */
  endAfter(at: number): number;
}

/** How much of a file is looked at to tell what it is: letters and headers may stand before the first message. */
export const headLength = 20_000;

const [newline, blank, tab, dash, colon, openBrace, closeBrace] = [10, 32, 9, 45, 58, 123, 125];

/** Lines may also end in `@@` (as the German DK has it), or not at all where a field begins. */
export function openLines(text: string): Lines {
  const head = text.slice(0, headLength);
  const broken = /@@ *:\d\d[A-Z]?:/.test(head)
    ? text.replaceAll('@@', '\r')
    : isOneLine(head) && text.replace(anyTag, '\r');
  if (!broken) {
    return { text, endAfter: (at) => orLength(text.indexOf('\n', at), text) };
  }
  // Decoded text has no \r of its own.
  const breaks = /[\r\n]/g;
  const endAfter = (at: number): number => {
    breaks.lastIndex = at;
    return breaks.exec(broken)?.index ?? broken.length;
  };
  return { text: broken, endAfter };
}

/** From :20: at a line's start to a balance there is no line end. */
function isOneLine(head: string): boolean {
  const start = head.search(/(?:^|\n|\{4:) *:20:/);
  const account = head.indexOf(':25', start + 1);
  const balance = head.slice(account).search(/:(?:60[FM]|62[FM]|34F):/);
  if (start === -1 || account === -1 || balance === -1) return false;
  return !head
    .slice(start, account + balance)
    .trimStart()
    .includes('\n');
}

const anyTag = /(?=:(?:20|21|25P?|28C?|60[FM]|61|62[FM]|64|65|86|90[CD]|34F|13D?):)/g;
const orLength = (index: number, text: string): number => (index === -1 ? text.length : index);

/**
 * Goes through the fields of SWIFT messages once, in order. A tag stands at a line's start, or behind the block header
 * {4:. What follows a line of `-` alone (the end of a message) belongs to no field, unless the message goes on after it.
 */
export function eachField(lines: Lines, isTag: IsTag, take: TakeField): void {
  const { text } = lines;
  let field: { tag: string; at: number; line: number } | undefined;
  let endMark: number | undefined;
  const finish = (end: number): void => {
    if (field) take(field.tag, text.slice(field.at, end), field.line);
    field = undefined;
    endMark = undefined;
  };
  for (let [at, line] = [0, 1]; at < text.length; ) {
    const end = lines.endAfter(at);
    const first = firstLetter(text, at, end);
    const code = text.charCodeAt(first);
    let tagAt = code === colon ? first : end;
    if (code === openBrace && isBlockHeader(text, first)) {
      finish(endMark ?? at);
      tagAt = afterHeaders(text, first, end);
    }
    const tag = tagAt < end ? tagStartingAt(text, tagAt) : '';
    const valueAt = tagAt + tag.length + 2;
    if (tag !== '' && isTag(tag, valueAt)) {
      const isNextMessage = tag === '20' || tag === '25' || tag === '25P';
      finish(isNextMessage ? (endMark ?? at) : at);
      field = { tag, at: valueAt, line };
    } else if (code === dash && isEndMark(text, first, end)) {
      endMark ??= at;
    }
    if (text.charCodeAt(end) === newline) line += 1;
    at = end + 1;
  }
  finish(endMark ?? text.length);
}

/** The first tag within the next few lines, and where its value begins. */
export function fieldAfter(
  { text, endAfter }: Lines,
  from: number,
): { readonly tag: string; readonly at: number } | undefined {
  let at = from;
  for (let lines = 0; lines < 4; lines += 1) {
    at = endAfter(at) + 1;
    const tagAt = firstLetter(text, at, text.length);
    const tag = text.charCodeAt(tagAt) === colon ? tagStartingAt(text, tagAt) : '';
    if (tag !== '') return { tag, at: tagAt + tag.length + 2 };
  }
  return undefined;
}

function firstLetter(text: string, at: number, end: number): number {
  let first = at;
  while (first < end && (text.charCodeAt(first) === blank || text.charCodeAt(first) === tab)) {
    first += 1;
  }
  return first;
}

/** What stands between two colons: digits and perhaps a letter, or a bank's own word. */
function tagStartingAt(text: string, at: number): string {
  const end = text.slice(at + 1, at + 6).indexOf(':');
  const tag = text.slice(at + 1, at + 1 + end);
  return /^[A-Za-z0-9]{2,4}$/.test(tag) ? tag.toUpperCase() : '';
}

/** {1: to {5:, the blocks of a SWIFT message. */
function isBlockHeader(text: string, at: number): boolean {
  return /^\{[1-5]:/.test(text.slice(at, at + 3));
}

/** Where the text of a message begins in the line of its headers. */
function afterHeaders(text: string, at: number, end: number): number {
  const header = text.slice(at, end).lastIndexOf('{4:');
  if (header === -1) return end;
  const textAt = firstLetter(text, at + header + 3, end);
  return text.charCodeAt(textAt) === colon ? textAt : end;
}

/** `-`, `-}` with what follows it, and `-XXX`. */
function isEndMark(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at + 1) === closeBrace) return true;
  return end - at < 80 && /^-(?:XXX)?\s*$/.test(text.slice(at, end));
}
