import { crc32, deflateRawSync } from 'node:zlib';

export interface FileToPack {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Packed as it is, without deflate. */
  readonly isStored?: boolean;
  /** What the archive says of it against the truth. */
  readonly said?: { crc?: number; size?: number; flags?: number; method?: number };
}

/** A ZIP archive of these files, in this order; a wide one has its sizes and places in 64 bits. */
export function writeZip(files: readonly FileToPack[], isWide = false): Buffer {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const { name, content, isStored, said } of files) {
    const whole = Buffer.from(content);
    const packed = isStored ? whole : deflateRawSync(whole);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // Names are UTF-8.
    common.writeUInt16LE(said?.flags ?? 0x800, 2);
    common.writeUInt16LE(said?.method ?? (isStored ? 0 : 8), 4);
    common.writeUInt32LE(said?.crc ?? crc32(whole), 10);
    const size = said?.size ?? whole.length;
    common.writeUInt32LE(isWide ? wide : packed.length, 14);
    common.writeUInt32LE(isWide ? wide : size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(isWide ? wide : at, 10);
    const extra = isWide ? [shorts(0xcafe, 2, 0, 1, 24), longs(size, packed.length, at)] : [];
    const extraSize = Buffer.concat(extra).length;
    const head = Buffer.concat([Buffer.from('PK\x01\x02'), shorts(20), common, rest]);
    head.writeUInt16LE(extraSize, 30);
    listed.push(Buffer.concat([head, Buffer.from(name), ...extra]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(isWide ? 0xffff : files.length, 8);
  end.writeUInt16LE(isWide ? 0xffff : files.length, 10);
  end.writeUInt32LE(isWide ? wide : directory.length, 12);
  end.writeUInt32LE(isWide ? wide : at, 16);
  const end64 = [
    ...[Buffer.from('PK\x06\x06'), longs(44), shorts(45, 45, 0, 0, 0, 0)],
    longs(files.length, files.length, directory.length, at),
    ...[Buffer.from('PK\x06\x07'), shorts(0, 0), longs(at + directory.length), shorts(1, 0)],
  ];
  return Buffer.concat([...parts, directory, ...(isWide ? end64 : []), end]);
}

/** Stands where the truth does not fit, and is found elsewhere. */
const wide = 0xffffffff;

const shorts = (...values: readonly number[]): Buffer =>
  Buffer.from(new Uint16Array(values).buffer);
const longs = (...values: readonly number[]): Buffer =>
  Buffer.from(new BigUint64Array(values.map(BigInt)).buffer);
