import { Buffer, isUtf8 } from 'node:buffer';

/**
 * Text of a file in whatever encoding it is: byte order mark, then UTF-16 by its zero bytes, then UTF-8 where every
 * byte fits it, then what the file declares, then Hebrew or Cyrillic by the runs of their letters, then windows-1252.
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
  let length = 0;
  let isAfterReturn = false;
  for (let at = isUtf ? markLength(bytes) : 0; at < bytes.length; at += 1) {
    let code = bytes[at] ?? 0;
    if (code === 0 || code === 0x1a) continue;
    const isNewLine = code === 10;
    const isReturn = code === 13;
    if (isReturn) code = 10;
    else if (code >= 0x80) {
      // Bytes C2 and C3 begin the letters up to U+00FF; from 80 to 9F windows-1252 has letters of its own.
      if (isUtf ? code > 0xc3 : code < 0xa0) return undefined;
      if (isUtf) {
        at += 1;
        code = ((code & 3) << 6) | ((bytes[at] ?? 0) & 0x3f);
      }
    }
    if (!(isNewLine && isAfterReturn)) {
      narrow[length] = code;
      length += 1;
    }
    isAfterReturn = isReturn;
  }
  const text = narrow.toString('latin1', 0, length);
  // Freed at once: it would stand beside the text until the next collection, and a file may be large.
  narrow.buffer.transfer(0);
  return text;
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
    (isShiftJis(bytes) ? 'shift_jis' : 'windows-1252')
  );
}

const declarations = [/^\s*<\?xml[^>]*\bencoding=["']([\w-]+)/, /\bCHARSET:\s*([\w-]+)/];
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
