import { crc32, inflateRawSync } from 'node:zlib';
import { StatementUnreadable } from './statement.ts';

/** A file in a ZIP archive. */
export interface ZipFile {
  /** As the archive has it. To compare with, never a path to read or write. */
  readonly name: string;
  /** @throws StatementUnreadable */
  unpack(): Uint8Array;
}

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  // An archive without files is its last record alone.
  return (
    p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

const fileMax = 5000;
/** Deflate reaches 1000, real sheets and statements 30; below a megabyte it does no harm. */
const ratioMax = 200;
const smallBytes = 1_000_000;

const signature = { file: 0x04034b50, listed: 0x02014b50, end: 0x06054b50, end64: 0x06064b50 };
const locator64 = 0x07064b50;
const full16 = 0xffff;
const full32 = 0xffffffff;

/**
 * The files of a ZIP archive, in the order of its directory; folders are left out. All that is unpacked together is
 * never more than `unpackedMax` bytes, whatever the archive says of its sizes.
 * Source: PKWARE's APPNOTE.TXT 6.3, 4.3 to 4.5.
 * @throws StatementUnreadable
 */
export function readZip(bytes: Uint8Array, unpackedMax: number): readonly ZipFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start } = findDirectory(view);
  if (count > fileMax) throw damaged();
  const files: ZipFile[] = [];
  let left = unpackedMax;
  let at = start;
  for (let each = 0; each < count; each++) {
    const listed = withinArchive(() => readListed(bytes, view, at));
    at = listed.next;
    if (listed.name.endsWith('/')) continue;
    files.push({
      name: listed.name,
      unpack() {
        if (listed.size > left) throw tooLarge(unpackedMax);
        left -= listed.size;
        return withinArchive(() => unpack(bytes, view, listed));
      },
    });
  }
  return files;
}

/** Places beyond the bytes are where a file was cut off, or lies. */
function withinArchive<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged({ cause });
    throw cause;
  }
}

interface Directory {
  readonly count: number;
  readonly start: number;
}

/** The record at the end, behind which a comment of up to 64 kB may stand. */
function findDirectory(view: DataView): Directory {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - full16); at--) {
    if (view.getUint32(at, true) !== signature.end) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    const isShort = count !== full16 && start !== full32;
    return isShort ? { count, start } : withinArchive(() => findDirectory64(view, at - 20));
  }
  throw new StatementUnreadable(
    'truncated',
    'The compressed file ends before its list of files. Download it again from the bank.',
  );
}

function findDirectory64(view: DataView, locator: number): Directory {
  if (view.getUint32(locator, true) !== locator64) throw damaged();
  const at = Number(view.getBigUint64(locator + 8, true));
  if (view.getUint32(at, true) !== signature.end64) throw damaged();
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    start: Number(view.getBigUint64(at + 48, true)),
  };
}

interface Listed {
  readonly name: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of the file's own header. */
  readonly at: number;
  /** Where the next one is listed. */
  readonly next: number;
}

function readListed(bytes: Uint8Array, view: DataView, at: number): Listed {
  if (view.getUint32(at, true) !== signature.listed) throw damaged();
  const flags = view.getUint16(at + 8, true);
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  const isUtf8 = (flags & 0x800) !== 0;
  const name = new TextDecoder(isUtf8 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(at + 46, nameEnd),
  );
  const sizes = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true) };
  const where = view.getUint32(at + 42, true);
  // What does not fit into 32 bits stands in an extra field, in this order.
  let extra = findExtra64(view, nameEnd, extraEnd);
  const wide = (value: number): number => {
    if (value !== full32 || extra === undefined) return value;
    extra += 8;
    return Number(view.getBigUint64(extra - 8, true));
  };
  const size = wide(sizes.size);
  const packedSize = wide(sizes.packed);
  return {
    name,
    isEncrypted: (flags & 1) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    size,
    packedSize,
    at: wide(where),
    next,
  };
}

function findExtra64(view: DataView, from: number, to: number): number | undefined {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return undefined;
}

function unpack(bytes: Uint8Array, view: DataView, listed: Listed): Uint8Array {
  if (listed.isEncrypted) throw encrypted();
  if (view.getUint32(listed.at, true) !== signature.file) throw damaged();
  const nameSize = view.getUint16(listed.at + 26, true);
  const start = listed.at + 30 + nameSize + view.getUint16(listed.at + 28, true);
  const packed = bytes.subarray(start, start + listed.packedSize);
  if (packed.length < listed.packedSize) throw damaged();
  const content = inflate(packed, listed);
  if (content.length !== listed.size || crc32(content) !== listed.crc) throw damaged();
  return content;
}

function inflate(packed: Uint8Array, { method, size }: Listed): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) {
    throw new StatementUnreadable(
      'unknown-format',
      'This file is compressed in an unusual way. Unpack it, and choose the files in it.',
    );
  }
  if (size > smallBytes && size > packed.length * ratioMax) throw tooLarge();
  if (size === 0) return new Uint8Array();
  try {
    // In one piece of its size: many would be joined, which takes the room twice; only a whole one can be let go.
    return inflateRawSync(packed, { maxOutputLength: size, chunkSize: Math.max(size, 64) });
  } catch (cause) {
    throw damaged({ cause });
  }
}

function damaged(options?: ErrorOptions): StatementUnreadable {
  const message = 'The compressed file is damaged. Download it again from the bank.';
  return new StatementUnreadable('damaged', message, undefined, options);
}

function encrypted(): StatementUnreadable {
  const message =
    'The compressed file is locked with a password. Unpack it, and choose the files in it.';
  return new StatementUnreadable('unknown-format', message);
}

function tooLarge(unpackedMax?: number): StatementUnreadable {
  const limit = unpackedMax === undefined ? 'far too large' : `more than ${unpackedMax / 1e6} MB`;
  return new StatementUnreadable(
    'too-large',
    `What the compressed file holds is ${limit}. Download a shorter period from the bank.`,
  );
}
