type Numbers = Float32Array | Float64Array | Int16Array | Uint16Array;

/** Writes one value after the other, small ones in few bytes. */
export interface ByteWriter {
  byte(value: number): void;
  /** A whole number from 0, seven bits a byte. */
  whole(value: number): void;
  text(value: string): void;
  float(value: number): void;
  /** All of them as they are, little end first. */
  numbers(values: Numbers): void;
  bytes(): Uint8Array;
}

export interface ByteReader {
  byte(): number;
  whole(): number;
  text(): string;
  float(): number;
  /** Fills them as they were written. */
  numbers(into: Numbers): void;
  isAtEnd(): boolean;
}

export function createByteWriter(): ByteWriter {
  let bytes = new Uint8Array(65_536);
  let length = 0;
  const makeRoom = (more: number) => {
    if (length + more <= bytes.length) return;
    const next = new Uint8Array(Math.max(bytes.length * 2, length + more));
    next.set(bytes);
    bytes = next;
  };
  const byte = (value: number) => {
    makeRoom(1);
    bytes[length++] = value;
  };
  const whole = (value: number) => {
    let left = value;
    while (left >= 128) {
      byte((left % 128) + 128);
      left = Math.floor(left / 128);
    }
    byte(left);
  };
  const raw = (more: Uint8Array) => {
    makeRoom(more.length);
    bytes.set(more, length);
    length += more.length;
  };
  const numbers = (values: Numbers) =>
    raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return {
    byte,
    whole,
    numbers,
    text(value) {
      const encoded = new TextEncoder().encode(value);
      whole(encoded.length);
      raw(encoded);
    },
    float: (value) => numbers(Float64Array.of(value)),
    bytes: () => bytes.slice(0, length),
  };
}

/** Every method throws RangeError where the bytes end too early. */
export function createByteReader(bytes: Uint8Array): ByteReader {
  let at = 0;
  const raw = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('the bytes end too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const byte = () => {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError('the bytes end too early');
    return value;
  };
  const whole = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next % 128) * scale;
      if (next < 128) return value;
    }
  };
  const numbers = (into: Numbers) => {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(raw(into.byteLength));
  };
  return {
    byte,
    whole,
    numbers,
    text: () => new TextDecoder().decode(raw(whole())),
    float() {
      const value = new Float64Array(1);
      numbers(value);
      return value[0] ?? 0;
    },
    isAtEnd: () => at === bytes.length,
  };
}

/** FNV-1a, 32 bits. */
export function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
