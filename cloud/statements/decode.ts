import { Buffer, isUtf8 } from 'node:buffer';

/**
 * Text of a file in whatever encoding it is: byte order mark, then UTF-16 by its zero bytes, then UTF-8 where every
 * byte fits it, then what the file declares, then Hebrew or Cyrillic by the runs of their letters, then Polish or Czech by
 * letters of theirs, then windows-1252.
 * Bytes go before declarations because banks leave `CHARSET:1252` over UTF-8. Lines end in \n alone; padding (NUL, Ctrl-Z) is gone.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const narrow = decodeNarrow(bytes, encoding);
  if (narrow !== undefined) return narrow;
  const text = new TextDecoder(encoding).decode(bytes);
  return padding.reduce((left, each) => left.replaceAll(each, ''), text).replace(/\r\n?/g, '\n');
}

const padding = ['\0', '\u001a', '\ufeff'];
/** The Encoding Standard reads both as the first. */
const isWestern = (encoding: string) => encoding === 'windows-1252' || encoding === 'iso-8859-1';

/**
 * Western letters alone as text of one byte a letter, which takes half the memory of other text; undefined where the file
 * has other letters.
 */
function decodeNarrow(bytes: Uint8Array, encoding: string): string | undefined {
  const isUtf = encoding === 'utf-8';
  if (!isUtf && !isWestern(encoding)) return undefined;
  const narrow = Buffer.allocUnsafeSlow(bytes.length);
  if (!isUtf) narrow.set(bytes);
  const size = isUtf ? narrowUtf8(bytes, narrow) : bytes.length;
  const text = tidyLines(narrow.subarray(0, size ?? 0)).toString('latin1');
  letGo(narrow);
  // From 80 to 9F windows-1252 has letters of its own.
  return size === undefined || (!isUtf && /[\x80-\x9f]/.test(text)) ? undefined : text;
}

/** Frees bytes at once: they would stand beside the text until the next collection, and a file may be large. */
export function letGo({ buffer, length }: Uint8Array): void {
  // Others may have their bytes in the same memory.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}

const pieceBytes = 16_384;

/** Writes each letter as one byte, and gives how many there are; undefined where one is beyond U+00FF. */
function narrowUtf8(bytes: Uint8Array, narrow: Buffer): number | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let size = 0;
  for (let from = markLength(bytes); from < file.length; ) {
    let to = Math.min(from + pieceBytes, file.length);
    // A piece ends where a letter does.
    while (((file[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    const text = file.toString('utf8', from, to);
    if (/[\u0100-\uffff]/.test(text)) return undefined;
    size += narrow.write(text, size, 'latin1');
    from = to;
  }
  return size;
}

/** Drops padding and ends lines in \n alone, in place. */
function tidyLines(bytes: Buffer): Buffer {
  const text = bytes.includes(0) || bytes.includes(0x1a) ? dropPadding(bytes) : bytes;
  let [from, to] = [0, 0];
  for (;;) {
    const found = text.indexOf(13, from);
    const lineEnd = found === -1 ? text.length : found;
    if (to < from) text.copyWithin(to, from, lineEnd);
    to += lineEnd - from;
    if (found === -1) return text.subarray(0, to);
    text[to] = 10;
    to += 1;
    from = text[found + 1] === 10 ? found + 2 : found + 1;
  }
}

function dropPadding(text: Buffer): Buffer {
  let kept = 0;
  for (const code of text) {
    if (code === 0 || code === 0x1a) continue;
    text[kept] = code;
    kept += 1;
  }
  return text.subarray(0, kept);
}

/** Of the byte order mark of UTF-8. */
function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Markup begins with an ASCII character, half of whose two bytes is zero.
  if (first !== 0 && second === 0 && bytes[3] === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && bytes[2] === 0) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  return (
    declaredEncoding(bytes) ??
    scriptEncoding(bytes) ??
    (isShiftJis(bytes) ? 'shift_jis' : latinEncoding(bytes))
  );
}

const declarations = [
  /^\s*<\?xml[^>]*\bencoding=["']([\w-]+)/,
  /<meta[^>]*\bcharset=["']?([\w-]+)/i,
  /\bCHARSET:\s*([\w-]+)/,
];
const knownLabel =
  /^(windows-125[0-8]|iso-8859-([1-9]|1[013456])|koi8-[ru]|ibm866|macintosh|shift_jis|euc-jp|euc-kr|gbk|gb18030|big5)$/;

/** A single-byte or East Asian encoding that the file's first lines name; what is named wrongly counts as not named. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1000));
  for (const declaration of declarations) {
    const named = declaration.exec(head)?.[1]?.toLowerCase();
    if (named === undefined) continue;
    const label = /^\d{4}$/.test(named) ? `windows-${named}` : named.replace(/^8859/, 'iso-8859');
    if (knownLabel.test(label)) return label;
  }
  return undefined;
}

/**
 * Letters of other scripts stand side by side, those with accents alone. Hebrew has no capitals, so nothing below E0;
 * Cyrillic capitals lie below the small letters in windows-1251, and above them in KOI8-R.
 */
function scriptEncoding(bytes: Uint8Array): string | undefined {
  let [lower, upper, last, inRuns, run] = [0, 0, 0, 0, 0];
  for (const byte of bytes.subarray(0, 64_000)) {
    run = byte >= 0xc0 ? run + 1 : 0;
    if (byte < 0xc0) continue;
    if (run > 1) inRuns += 1;
    if (byte < 0xe0) lower += 1;
    else upper += 1;
    if (byte > 0xfa) last += 1;
  }
  // `créée` and `größte` have two side by side as well, words of other scripts mostly more.
  if (inRuns === 0 || inRuns * 3 < (lower + upper) * 2) return undefined;
  if (lower === 0 && last === 0) return 'windows-1255';
  return upper > lower ? 'windows-1251' : 'koi8-r';
}

/**
 * Japanese letters stand side by side; a Western letter with an accent and the one after it may look like one of them,
 * alone among others.
 */
function isShiftJis(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 64_000);
  const lastLine = bytes.subarray(0, end).lastIndexOf(10);
  const head = bytes.subarray(0, end < bytes.length && lastLine > 0 ? lastLine : end);
  let text: string;
  try {
    text = new TextDecoder('shift_jis', { fatal: true }).decode(head);
  } catch {
    return false;
  }
  const others = text.replace(/[\0-\x7f]/g, '').length;
  const runs = text.match(/[\u3040-\u30ff\u4e00-\u9fff\uff00-\uff9f]{2,}/g) ?? [];
  return runs.join('').length * 10 >= others * 8;
}

/**
 * Letters within words, as windows-1252 shows those of other encodings. Czech e and r: no language has both of these.
 * Polish l, a and s: signs that no word has within it. ISO 8859-2 has other places than windows-1250 for some of them.
 */
const lettersWithin = (letters: string) => new RegExp(`[a-z][${letters}](?=[a-z])`, 'i');
const [czechE, czechR] = [lettersWithin('\xec'), lettersWithin('\xf8')];
const czechIso = lettersWithin('\xb9\xbb\xbe');
const [polish, polishIso] = [lettersWithin('\xb3\xb9'), lettersWithin('\xb1\xb6')];

function latinEncoding(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64_000));
  const isCzech = czechE.test(head) && czechR.test(head);
  if ((isCzech ? czechIso : polishIso).test(head)) return 'iso-8859-2';
  return isCzech || polish.test(head) ? 'windows-1250' : 'windows-1252';
}
