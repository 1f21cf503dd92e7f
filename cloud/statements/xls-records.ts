import { isUtf8 } from 'node:buffer';
import { cutWorkbook } from './workbook-errors.ts';

/** Of the records that are read. */
export const recordType = {
  formula: 0x06,
  end: 0x0a,
  date1904: 0x22,
  filePass: 0x2f,
  continue: 0x3c,
  codePage: 0x42,
  boundSheet: 0x85,
  mulRk: 0xbd,
  richString: 0xd6,
  style: 0xe0,
  sharedStrings: 0xfc,
  labelOfShared: 0xfd,
  number: 0x203,
  label: 0x204,
  string: 0x207,
  array: 0x221,
  table: 0x236,
  rk: 0x27e,
  format: 0x41e,
  sharedFormula: 0x4bc,
  begin: 0x809,
} as const;

/** A record: two bytes of its type, two of its size, and what it holds. */
export interface XlsRecord {
  readonly type: number;
  /** Of what it holds, in the stream. */
  readonly at: number;
  readonly size: number;
}

export interface XlsStream {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The record that begins there; undefined at the end of the stream. */
  recordAt(at: number): XlsRecord | undefined;
  /** What it holds, and what the records that continue it do. */
  pieces(record: XlsRecord): readonly Uint8Array[];
}

export function openXlsStream(bytes: Uint8Array): XlsStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const recordAt = (at: number): XlsRecord | undefined => {
    if (at + 4 > bytes.length) return undefined;
    const [type, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (at + 4 + size > bytes.length) throw cutWorkbook();
    return { type, at: at + 4, size };
  };
  return {
    bytes,
    view,
    recordAt,
    pieces(record) {
      const pieces: Uint8Array[] = [];
      let each: XlsRecord | undefined = record;
      do {
        pieces.push(bytes.subarray(each.at, each.at + each.size));
        each = recordAt(each.at + each.size);
      } while (each?.type === recordType.continue);
      return pieces;
    },
  };
}

/** From there to the end of the substream, without those that stand within it: charts in a sheet. */
export function* recordsOf(stream: XlsStream, from: number): Generator<XlsRecord> {
  let depth = 1;
  let at = from;
  for (;;) {
    const record = stream.recordAt(at);
    if (!record) throw cutWorkbook();
    if (record.type === recordType.begin) depth += 1;
    if (record.type === recordType.end) depth -= 1;
    if (depth === 0) return;
    if (depth === 1) yield record;
    at = record.at + record.size;
  }
}

/** Reads strings of Excel 97 and later, which may go on in another piece: [MS-XLS] 2.5.293, 2.5.294. */
export interface XlsStrings {
  readonly isAtEnd: boolean;
  skip(bytes: number): void;
  /** A string whose length has two bytes. */
  read(): string;
}

export function openXlsStrings(pieces: readonly Uint8Array[]): XlsStrings {
  let [index, at] = [0, 0];
  const toPiece = (): Buffer => {
    let piece = pieces[index];
    while (piece !== undefined && at >= piece.length) {
      index += 1;
      at = 0;
      piece = pieces[index];
    }
    if (piece === undefined) throw cutWorkbook();
    return Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  };
  const byte = (): number => {
    const piece = toPiece();
    at += 1;
    return piece[at - 1] ?? 0;
  };
  const short = (): number => byte() + byte() * 0x100;
  const skip = (count: number): void => {
    for (let left = count; left > 0; ) {
      const step = Math.min(left, toPiece().length - at);
      at += step;
      left -= step;
    }
  };
  /** Where characters go on in another piece, it begins with how many bytes they have there. */
  const characters = (count: number, isWideAtFirst: boolean): string => {
    let [text, isWide] = ['', isWideAtFirst];
    for (let left = count; left > 0; ) {
      const before = index;
      const piece = toPiece();
      if (index !== before) {
        isWide = (byte() & 1) !== 0;
        continue;
      }
      const width = isWide ? 2 : 1;
      const step = Math.min(left, Math.floor((piece.length - at) / width));
      if (step === 0) throw cutWorkbook();
      text += piece.toString(isWide ? 'utf16le' : 'latin1', at, at + step * width);
      at += step * width;
      left -= step;
    }
    return text;
  };
  return {
    get isAtEnd() {
      return index >= pieces.length - 1 && at >= (pieces.at(-1)?.length ?? 0);
    },
    skip,
    read() {
      const length = short();
      const options = byte();
      // Runs of letters' looks, and the reading beside an East Asian text, stand behind it.
      const runs = (options & 8) === 0 ? 0 : short();
      const beside = (options & 4) === 0 ? 0 : short() + short() * 0x10000;
      const text = characters(length, (options & 1) !== 0);
      skip(runs * 4 + beside);
      return text;
    },
  };
}

/** By Windows' numbers; others are read as 1252. */
const labelOf: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  32768: 'macintosh',
};

/** Text of Excel 5 and 95, and of programs that write their format without saying how. */
export function decodeXlsText(bytes: Uint8Array, codePage: number): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const isWindows = codePage >= 1250 && codePage <= 1258;
  return new TextDecoder(
    isWindows ? `windows-${codePage}` : (labelOf[codePage] ?? 'windows-1252'),
  ).decode(bytes);
}
