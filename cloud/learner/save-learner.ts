import {
  type ContextCounts,
  countUnit,
  createContextCounts,
  placeContext,
  ways,
} from './context-counts.ts';
import { createLearner, memoryOf } from './create-learner.ts';
import type { Learner } from './learner.ts';
import {
  type ByteReader,
  type ByteWriter,
  checksumOf,
  createByteReader,
  createByteWriter,
} from './learner-bytes.ts';
import { createLearnerMemory, type LearnerMemory, numberOf } from './learner-memory.ts';

/** Thrown for bytes that hold no learner of this version: the caller builds it anew from the book. */
export class LearnerBytesError extends Error {
  override readonly name = 'LearnerBytesError';
}

/** To be raised with every change of what is learned or how it is weighed: kept learners are then built anew. */
const version = 2;
const checksumBytes = 4;

/** All that the learner has learned, compactly; the same rows in the same order always give the same bytes. */
export function saveLearner(learner: Learner): Uint8Array {
  const memory = memoryOf(learner);
  const writer = createByteWriter();
  writer.byte(version);
  writeAccounts(writer, memory);
  const { mixture, regression, certainty } = memory;
  for (const values of [mixture.weights, mixture.speeds]) writer.numbers(values);
  for (const values of [certainty.weights, certainty.speeds, certainty.refined]) {
    writer.numbers(values);
  }
  for (const values of [certainty.all, certainty.right]) writer.numbers(values);
  writer.float(certainty.bar);
  writer.float(certainty.owed);
  writer.float(certainty.newShare);
  writeWeights(writer, regression.weights);
  writeWeights(writer, new Int16Array(regression.speeds.buffer));
  writeContexts(writer, memory.contexts, memory.rowCount);
  const body = writer.bytes();
  const bytes = new Uint8Array(body.length + checksumBytes);
  bytes.set(body);
  new DataView(bytes.buffer).setUint32(body.length, checksumOf(body));
  return bytes;
}

/** The learner as it was saved: it goes on exactly as if it had never been. @throws LearnerBytesError */
export function loadLearner(bytes: Uint8Array): Learner {
  if (bytes[0] !== version) throw new LearnerBytesError('the bytes are of another version');
  if (bytes.length <= checksumBytes) throw new LearnerBytesError('the bytes end too early');
  const body = bytes.subarray(0, bytes.length - checksumBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(body.length) !== checksumOf(body)) {
    throw new LearnerBytesError('the bytes are damaged');
  }
  try {
    return createLearner(readMemory(createByteReader(body)));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new LearnerBytesError('the bytes are no learner', { cause });
  }
}

function readMemory(reader: ByteReader): LearnerMemory {
  const memory = createLearnerMemory();
  reader.byte();
  readAccounts(reader, memory);
  const { mixture, regression, certainty } = memory;
  for (const values of [mixture.weights, mixture.speeds]) reader.numbers(values);
  for (const values of [certainty.weights, certainty.speeds, certainty.refined]) {
    reader.numbers(values);
  }
  for (const values of [certainty.all, certainty.right]) reader.numbers(values);
  certainty.bar = reader.float();
  certainty.owed = reader.float();
  certainty.newShare = reader.float();
  readWeights(reader, regression.weights);
  readWeights(reader, new Int16Array(regression.speeds.buffer));
  Object.assign(memory.contexts, readContexts(reader, memory.rowCount));
  if (!reader.isAtEnd()) throw new RangeError('more bytes than a learner has');
  return memory;
}

function writeAccounts(writer: ByteWriter, memory: LearnerMemory): void {
  writer.whole(memory.rowCount);
  writer.whole(memory.accounts.length);
  for (const [number, account] of memory.accounts.entries()) {
    writer.text(account);
    writer.float(memory.slowCounts[number] ?? 0);
    writer.float(memory.fastCounts[number] ?? 0);
  }
}

function readAccounts(reader: ByteReader, memory: LearnerMemory): void {
  memory.rowCount = reader.whole();
  for (let left = reader.whole(); left > 0; left--) {
    const number = numberOf(memory, reader.text());
    memory.slowCounts[number] = reader.float();
    memory.fastCounts[number] = reader.float();
  }
}

/** Runs of zeros as their length, and runs of others as they are. */
function writeWeights(writer: ByteWriter, values: Int16Array): void {
  let at = 0;
  while (at < values.length) {
    const zeros = at;
    while (at < values.length && values[at] === 0) at++;
    const others = at;
    // A single zero costs less than the lengths of two runs.
    while (at < values.length && (values[at] !== 0 || values[at + 1] !== 0)) at++;
    writer.whole(others - zeros);
    writer.whole(at - others);
    writer.numbers(values.subarray(others, at));
  }
}

function readWeights(reader: ByteReader, values: Int16Array): void {
  let at = 0;
  while (at < values.length) {
    at += reader.whole();
    const end = at + reader.whole();
    if (end > values.length) throw new RangeError('more weights than there are');
    reader.numbers(values.subarray(at, end));
    at = end;
  }
}

/** Flags in front of a context: seen once, its last way, how many ways. */
const once = 128;
const lastShift = 4;

/** Contexts by key, so that the bytes do not depend on their places in the table. */
function writeContexts(writer: ByteWriter, contexts: ContextCounts, rowCount: number): void {
  const { keys, capacity } = contexts;
  writer.whole(capacity);
  writer.whole(contexts.size);
  let before = 0;
  for (const key of keys.filter((one) => one !== 0).sort()) {
    writer.whole(key - before);
    before = key;
    writeContext(writer, contexts, placeOf(contexts, key), rowCount);
  }
}

function placeOf({ keys, capacity }: ContextCounts, key: number): number {
  let at = key & (capacity - 1);
  while (keys[at] !== key) at = (at + 1) & (capacity - 1);
  return at;
}

function writeContext(
  writer: ByteWriter,
  contexts: ContextCounts,
  at: number,
  rowCount: number,
): void {
  const { accounts, counts, last, seen, run, runBefore, stamps } = contexts;
  const from = at * ways;
  let used = 0;
  while (used < ways && counts[from + used] !== 0) used++;
  const lastWay = accounts.subarray(from, from + used).indexOf(last[at] ?? 0);
  const isOnce = seen[at] === 1;
  writer.byte((isOnce ? once : 0) + (lastWay << lastShift) + used);
  writer.whole((rowCount >> 6) - (stamps[at] ?? 0));
  if (!isOnce) {
    writer.byte(seen[at] ?? 0);
    writer.byte(run[at] ?? 0);
    writer.byte(runBefore[at] ?? 0);
  }
  for (let way = from; way < from + used; way++) {
    writer.whole(accounts[way] ?? 0);
    if (!isOnce) writer.whole(counts[way] ?? 0);
  }
}

function readContexts(reader: ByteReader, rowCount: number): ContextCounts {
  const contexts = createContextCounts(reader.whole());
  contexts.size = reader.whole();
  let key = 0;
  for (let left = contexts.size; left > 0; left--) {
    key += reader.whole();
    readContext(reader, contexts, placeContext(contexts, key), rowCount);
  }
  return contexts;
}

function readContext(
  reader: ByteReader,
  contexts: ContextCounts,
  at: number,
  rowCount: number,
): void {
  const flags = reader.byte();
  const isOnce = flags >= once;
  const from = at * ways;
  contexts.stamps[at] = (rowCount >> 6) - reader.whole();
  contexts.seen[at] = isOnce ? 1 : reader.byte();
  contexts.run[at] = isOnce ? 1 : reader.byte();
  contexts.runBefore[at] = isOnce ? 0 : reader.byte();
  for (let way = from; way < from + (flags & 15); way++) {
    contexts.accounts[way] = reader.whole();
    contexts.counts[way] = isOnce ? countUnit : reader.whole();
  }
  contexts.last[at] = contexts.accounts[from + ((flags >> lastShift) & 7)] ?? 0;
}
