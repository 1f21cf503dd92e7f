import type { Random } from '../../bench/made-up-banks.ts';

/** What a mutation may do to files of a format. */
export interface Mutations {
  /** Characters and tags by which the format is structured. */
  readonly pieces: readonly string[];
  /** False for files that are no text: they have no other encodings and line ends. */
  readonly isText: boolean;
}

/** Makes the file of a case, the same for the same numbers. */
export type Damage = (random: Random) => Buffer;

type Mutate = (bytes: Buffer, random: Random, of: Mutations, others: readonly Buffer[]) => Buffer;

const numbers = [
  '9'.repeat(400),
  '99999999999999999',
  '9007199254740993',
  '1e999',
  '-0',
  '0x1F',
  'NaN',
];
const numbersToo = [
  '1.234.567,89',
  '1,234',
  '00000000',
  '99991231',
  '20260230',
  '٣',
  '½',
  '1'.repeat(16),
];

export function one<T>(list: readonly T[], random: Random): T {
  return list[random(list.length)] as T;
}

/** A range of the file: mostly a few bytes, sometimes lines, sometimes much. */
function rangeOf(bytes: Buffer, random: Random): readonly [number, number] {
  const from = random(bytes.length + 1);
  const most = one([4, 40, 400, bytes.length], random);
  return [from, Math.min(bytes.length, from + random(most + 1))];
}

function replaced(bytes: Buffer, [from, to]: readonly [number, number], piece: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(to)]);
}

const mutations: readonly Mutate[] = [
  function flipBytes(bytes, random) {
    const flipped = Buffer.from(bytes);
    for (let left = 1 + random(8); left > 0 && flipped.length > 0; left--) {
      const at = random(flipped.length);
      flipped[at] = random(2) === 0 ? random(256) : (flipped[at] ?? 0) ^ (1 << random(8));
    }
    return flipped;
  },
  function deleteRange(bytes, random) {
    return replaced(bytes, rangeOf(bytes, random), Buffer.alloc(0));
  },
  function insertPieces(bytes, random, { pieces }) {
    const piece = Array.from({ length: 1 + random(3) }, () => one(pieces, random)).join('');
    const [from, to] = rangeOf(bytes, random);
    return replaced(bytes, [from, random(2) === 0 ? from : to], Buffer.from(piece));
  },
  function nestPieces(bytes, random, { pieces }) {
    const at = random(bytes.length + 1);
    const nested = one(pieces, random).repeat(20 + random(100));
    return replaced(bytes, [at, at], Buffer.from(nested));
  },
  function truncate(bytes, random) {
    const at = random(bytes.length + 1);
    return random(4) === 0 ? bytes.subarray(at) : bytes.subarray(0, at);
  },
  function duplicateBlock(bytes, random) {
    const [from, to] = rangeOf(bytes, random);
    const at = random(2) === 0 ? to : random(bytes.length + 1);
    return replaced(bytes, [at, at], bytes.subarray(from, to));
  },
  function swapBlocks(bytes, random) {
    const cuts = [0, 0, 0].map(() => random(bytes.length + 1)).sort((a, b) => a - b);
    const [a = 0, b = 0, c = 0] = cuts;
    const parts = [bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b)];
    return Buffer.concat([...parts, bytes.subarray(c)]);
  },
  function takeFromAnother(bytes, random, _, others) {
    const other = one(others, random);
    const [from, to] = rangeOf(other, random);
    return replaced(bytes, rangeOf(bytes, random), other.subarray(from, to));
  },
  function changeNumber(bytes, random, { isText }) {
    const at = random(bytes.length + 1);
    if (!isText) {
      const changed = Buffer.from(bytes);
      const value = one([0, 1, 0x7f, 0x80, 0xff, 0xfe], random);
      return changed.fill(value, at, Math.min(changed.length, at + one([1, 2, 4, 8], random)));
    }
    const from = bytes.subarray(at).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
    if (from < 0) return bytes;
    const to = bytes.subarray(at + from).findIndex((byte) => byte < 0x2c || byte > 0x39);
    const end = to < 0 ? bytes.length : at + from + to;
    const number = one(random(2) === 0 ? numbers : numbersToo, random);
    return replaced(bytes, [at + from, end], Buffer.from(number));
  },
];

/** What another program might have saved the text as. */
const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text.replace(/\r?\n/g, '\r')),
  (text) => Buffer.from(text.replace(/\r?\n/g, '\r\n')),
  (text) => Buffer.from(text.replace(/\r?\n/g, '')),
  (text) => Buffer.from(text.replaceAll('a', 'ä').replaceAll('e', 'Ж'), 'utf8'),
  (text) => Buffer.concat([Buffer.from(text), Buffer.alloc(64)]),
  (text) => Buffer.from(`${text}\u001a`),
];

/** One to four things that can go wrong with a file, the same for the same numbers. */
export function mutate(
  bytes: Buffer,
  random: Random,
  of: Mutations,
  others: readonly Buffer[],
): Buffer {
  let mutated = bytes;
  for (let left = 1 + random(4); left > 0; left--) {
    mutated = one(mutations, random)(mutated, random, of, others);
  }
  if (!of.isText || random(8) > 0) return mutated;
  return one(encodings, random)(mutated.toString(random(2) === 0 ? 'utf8' : 'latin1'));
}
