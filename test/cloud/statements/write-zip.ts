import { crc32, deflateRawSync } from 'node:zlib';

export interface FileToPack {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Packed as it is, without deflate. */
  readonly isStored?: boolean;
  /** What the archive says of it against the truth. */
  readonly said?: { crc?: number; size?: number; flags?: number; method?: number };
}

/** A ZIP archive of these files, in this order. */
export function writeZip(files: readonly FileToPack[]): Buffer {
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
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(said?.size ?? whole.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([20, 0]);
    listed.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(listed).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...listed, end]);
}
