import { createContextCounts, placeContext, ways } from './context-counts.ts';
import { createLearner, memoryOf } from './create-learner.ts';
import type { Learner } from './learner.ts';
import { createLearnerMemory, type LearnerMemory, numberOf } from './learner-memory.ts';

/** Thrown for bytes that hold no learner of this version: the caller builds it anew from the book. */
export class LearnerBytesError extends Error {
  override readonly name = 'LearnerBytesError';
}

const version = 1;

/** All that was learned, compactly; the same rows in the same order always give the same bytes. */
export function saveLearner(learner: Learner): Uint8Array {
  const memory = memoryOf(learner);
  const writer = createWriter();
  writer.byte(version);
  writer.whole(memory.rowCount);
  writer.whole(memory.accounts.length);
  for (const account of memory.accounts) writer.text(account);
  for (let at = 0; at < memory.accounts.length; at++) {
    writer.floats(memory.slowCounts.subarray(at, at + 1));
    writer.floats(memory.fastCounts.subarray(at, at + 1));
  }
  writer.floats(memory.mixture.weights);
  writer.floats(memory.mixture.speeds);
  writer.floats(memory.certainty.weights);
  writer.floats(memory.certainty.all);
  writer.floats(memory.certainty.right);
  writer.floats(Float64Array.of(memory.certainty.newRate));
  writeSparse(writer, memory.regression.weights);
  writeSparse(writer, memory.regression.speeds);
  writeContexts(writer, memory);
  const bytes = writer.bytes();
  const sealed = new Uint8Array(bytes.length + 4);
  sealed.set(bytes);
  new DataView(sealed.buffer).setUint32(bytes.length, checksum(bytes));
  return sealed;
}

/** The learner as it was saved: it goes on exactly as if it had never been. @throws LearnerBytesError */
export function loadLearner(bytes: Uint8Array): Learner {
  if (bytes[0] !== version) throw new LearnerBytesError('the bytes are of another version');
  const body = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 5 || view.getUint32(body.length) !== checksum(body)) {
    throw new LearnerBytesError('the bytes are damaged');
  }
  const memory = createLearnerMemory();
  const reader = createReader(body);
  reader.byte();
  memory.rowCount = reader.whole();
  for (let left = reader.whole(); left > 0; left--) numberOf(memory, reader.text());
  for (let at = 0; at < memory.accounts.length; at++) {
    reader.floats(memory.slowCounts.subarray(at, at + 1));
    reader.floats(memory.fastCounts.subarray(at, at + 1));
  }
  reader.floats(memory.mixture.weights);
  reader.floats(memory.mixture.speeds);
  reader.floats(memory.certainty.weights);
  reader.floats(memory.certainty.all);
  reader.floats(memory.certainty.right);
  const newRate = new Float64Array(1);
  reader.floats(newRate);
  memory.certainty.newRate = newRate[0] ?? 0;
  readSparse(reader, memory.regression.weights);
  readSparse(reader, memory.regression.speeds);
  readContexts(reader, memory);
  return createLearner(memory);
}

/** Contexts by key, so that their bytes do not depend on their places in the table. */
function writeContexts(writer: Writer, { contexts }: LearnerMemory): void {
  const places: number[] = [];
  for (let at = 0; at < contexts.capacity; at++) if (contexts.keys[at] !== 0) places.push(at);
  places.sort((a, b) => (contexts.keys[a] ?? 0) - (contexts.keys[b] ?? 0));
  writer.whole(contexts.capacity);
  writer.whole(places.length);
  let before = 0;
  for (const at of places) {
    const key = contexts.keys[at] ?? 0;
    writer.whole(key - before);
    before = key;
    writer.whole(contexts.stamps[at] ?? 0);
    writer.whole(contexts.last[at] ?? 0);
    writer.byte(contexts.seen[at] ?? 0);
    writer.byte(contexts.run[at] ?? 0);
    writer.byte(contexts.runBefore[at] ?? 0);
    let used = 0;
    for (let way = at * ways; way < at * ways + ways; way++) if (contexts.counts[way]) used++;
    writer.byte(used);
    for (let way = at * ways; way < at * ways + ways; way++) {
      if (!contexts.counts[way]) continue;
      writer.whole(contexts.accounts[way] ?? 0);
      writer.whole(contexts.counts[way] ?? 0);
    }
  }
}

function readContexts(reader: Reader, memory: LearnerMemory): void {
  const contexts = createContextCounts(reader.whole());
  contexts.size = reader.whole();
  let key = 0;
  for (let left = contexts.size; left > 0; left--) {
    key += reader.whole();
    const at = placeContext(contexts, key);
    contexts.stamps[at] = reader.whole();
    contexts.last[at] = reader.whole();
    contexts.seen[at] = reader.byte();
    contexts.run[at] = reader.byte();
    contexts.runBefore[at] = reader.byte();
    const used = reader.byte();
    for (let way = at * ways; way < at * ways + used; way++) {
      contexts.accounts[way] = reader.whole();
      contexts.counts[way] = reader.whole();
    }
  }
  Object.assign(memory.contexts, contexts);
}

/** Those that are not 0, with the distance from the one before. */
function writeSparse(writer: Writer, values: Float32Array): void {
  let before = 0;
  let count = 0;
  for (const value of values) if (value !== 0) count++;
  writer.whole(count);
  for (let at = 0; at < values.length; at++) {
    if (values[at] === 0) continue;
    writer.whole(at - before);
    before = at;
    writer.floats(values.subarray(at, at + 1));
  }
}

function readSparse(reader: Reader, values: Float32Array): void {
  let at = 0;
  for (let left = reader.whole(); left > 0; left--) {
    at += reader.whole();
    reader.floats(values.subarray(at, at + 1));
  }
}

type Writer = ReturnType<typeof createWriter>;
type Reader = ReturnType<typeof createReader>;

function createWriter() {
  let bytes = new Uint8Array(65_536);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= bytes.length) return;
    const next = new Uint8Array(Math.max(bytes.length * 2, length + more));
    next.set(bytes);
    bytes = next;
  };
  const byte = (value: number) => {
    room(1);
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
    room(more.length);
    bytes.set(more, length);
    length += more.length;
  };
  return {
    byte,
    /** A whole number from 0, seven bits a byte. */
    whole,
    text(value: string) {
      const encoded = new TextEncoder().encode(value);
      whole(encoded.length);
      raw(encoded);
    },
    floats(values: Float32Array | Float64Array) {
      raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    },
    bytes: () => bytes.subarray(0, length),
  };
}

function createReader(bytes: Uint8Array) {
  let at = 0;
  const byte = () => bytes[at++] ?? 0;
  const whole = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const next = byte();
      value += (next % 128) * scale;
      if (next < 128) return value;
      scale *= 128;
    }
  };
  const raw = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    byte,
    whole,
    text: () => new TextDecoder().decode(raw(whole())),
    floats(into: Float32Array | Float64Array) {
      new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(raw(into.byteLength));
    },
  };
}

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
