import { type Collection, type Store, type Write, write } from '../../ports/store.ts';
import { decodeChunk, encodeChunk } from './chunk-code.ts';
import { GoogleError, invalid, notFound } from './google-error.ts';
import { type Chunk, cutRows } from './row-list.ts';
import type { Spreadsheet, Tab } from './spreadsheet.ts';

/** A spreadsheet as it is stored now, and the number of the next chunk. */
export interface StoredSpreadsheet {
  readonly spreadsheet: Spreadsheet;
  readonly nextChunk: number;
}

/** All of a spreadsheet but the rows of its tabs, for which it names the chunks; key: its id. */
interface HeadDoc extends Omit<Spreadsheet, 'id' | 'tabs'> {
  readonly tabs: readonly (Omit<Tab, 'rows'> & { readonly chunks: readonly number[] })[];
  readonly nextChunk: number;
}

/** Rows of a tab as chunk-code.ts writes them; key: `${spreadsheet's id}~${chunk's number}`. */
interface ChunkDoc {
  readonly rows: string;
}

const heads: Collection<HeadDoc> = { name: 'sheetHeads', indexed: [] };
const chunks: Collection<ChunkDoc> = { name: 'sheetChunks', indexed: [] };

const chunkBytesMax = 900_000;
const commitBytesMax = 7_000_000;
const commitWritesMax = 400;
const readMax = 500;

/** @throws GoogleError 404 */
export async function loadSpreadsheet(store: Store, id: string): Promise<StoredSpreadsheet> {
  const head = await store.get(heads, id);
  if (!head) throw notFound();
  const { tabs, nextChunk, ...rest } = head.value;
  const keys = tabs.flatMap((tab) => tab.chunks.map((key) => chunkKey(id, key)));
  const found = new Map<string, ChunkDoc>();
  for (let i = 0; i < keys.length; i += readMax) {
    const docs = await store.getMany(chunks, keys.slice(i, i + readMax));
    for (const { key, value } of docs) found.set(key, value);
  }
  const loaded = tabs.map(({ chunks: numbers, ...tab }): Tab => {
    const rows = numbers.map((key): Chunk => {
      const doc = found.get(chunkKey(id, key));
      if (!doc) throw new GoogleError('INTERNAL', 'Rows of this spreadsheet are missing.');
      return { key, rows: decodeChunk(doc.rows) };
    });
    return { ...tab, rows };
  });
  return { spreadsheet: { ...rest, id, tabs: loaded }, nextChunk };
}

/**
 * Stores what `after` has and `before` has not. A changed chunk is written under a new number, so that what is stored
 * changes in the one commit that writes the head: nearly always that is the only commit. Only what is too large for one
 * writes chunks ahead of it, which nobody sees before.
 */
export async function storeSpreadsheet(
  store: Store,
  before: StoredSpreadsheet | null,
  after: Spreadsheet,
): Promise<StoredSpreadsheet> {
  const { stored, added } = numberChunks(before?.nextChunk ?? 0, after);
  const isLeft = new Set(chunkNumbers(stored.spreadsheet));
  const gone = before ? chunkNumbers(before.spreadsheet).filter((key) => !isLeft.has(key)) : [];
  const writes: Write[] = [];
  let bytes = 0;
  for (const { key, text } of added) {
    const size = Buffer.byteLength(text);
    if (bytes + size > commitBytesMax || writes.length >= commitWritesMax) {
      await store.commit(writes.splice(0));
      bytes = 0;
    }
    writes.push(write(chunks, chunkKey(after.id, key), { rows: text }, 'any'));
    bytes += size;
  }
  const room = Math.max(0, commitWritesMax - writes.length);
  const deletions = gone.map((key) => write(chunks, chunkKey(after.id, key), null, 'any'));
  const head = write(heads, after.id, headOf(stored), 'any');
  await store.commit([...writes, ...deletions.splice(0, room), head]);
  await commitAll(store, deletions);
  return stored;
}

export async function deleteSpreadsheet(store: Store, spreadsheet: Spreadsheet): Promise<void> {
  const { id } = spreadsheet;
  await store.commit([write(heads, id, null, 'any')]);
  const numbers = chunkNumbers(spreadsheet);
  await commitAll(
    store,
    numbers.map((key) => write(chunks, chunkKey(id, key), null, 'any')),
  );
}

/** The spreadsheet with a number for every chunk, and the text of those that had none. */
function numberChunks(
  first: number,
  after: Spreadsheet,
): {
  readonly stored: StoredSpreadsheet;
  readonly added: readonly { key: number; text: string }[];
} {
  let nextChunk = first;
  const added: { key: number; text: string }[] = [];
  const number = (chunk: Chunk): Chunk[] => {
    if (chunk.key !== null || chunk.rows.length === 0) return chunk.rows.length > 0 ? [chunk] : [];
    const text = encodeChunk(chunk.rows);
    if (Buffer.byteLength(text) > chunkBytesMax) {
      if (chunk.rows.length === 1) throw invalid('A row of this server holds at most 900 kB.');
      return cutRows(chunk.rows, Math.ceil(chunk.rows.length / 2)).flatMap(number);
    }
    const key = nextChunk;
    nextChunk += 1;
    added.push({ key, text });
    return [{ key, rows: chunk.rows }];
  };
  const tabs = after.tabs.map((tab): Tab => ({ ...tab, rows: tab.rows.flatMap(number) }));
  const spreadsheet = { ...after, tabs };
  return { stored: { spreadsheet, nextChunk }, added };
}

async function commitAll(store: Store, writes: Write[]): Promise<void> {
  while (writes.length > 0) await store.commit(writes.splice(0, commitWritesMax));
}

function headOf({ spreadsheet, nextChunk }: StoredSpreadsheet): HeadDoc {
  const { id: _id, tabs, ...rest } = spreadsheet;
  const withChunks = tabs.map(({ rows, ...tab }) => ({ ...tab, chunks: numbersOf(rows) }));
  return { ...rest, tabs: withChunks, nextChunk };
}

function chunkNumbers({ tabs }: Spreadsheet): number[] {
  return tabs.flatMap((tab) => numbersOf(tab.rows));
}

function numbersOf(rows: readonly Chunk[]): number[] {
  return rows.flatMap(({ key }) => (key === null ? [] : [key]));
}

function chunkKey(id: string, number: number): string {
  return `${id}~${number}`;
}
