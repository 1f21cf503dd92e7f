import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../cloud/adapters/google-sheets.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../../cloud/adapters/system-clock.ts';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { outbox } from '../../cloud/core/documents.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import { listen } from '../../cloud/local/listen.ts';
import { createSheetsServer } from '../../cloud/local/sheets/sheets-server.ts';
import type { OnOperation, Store } from '../../cloud/ports/store.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import { addDays, addMs } from '../../shared/calendar-date.ts';
import {
  benchBank,
  benchEntries,
  benchWorld,
  connectBench,
  median,
  perDay,
  today,
} from './bench-world.ts';
import { openCountedStore } from './counted-store.ts';

const runs = 5;
const shownAtOnce = 1000;
const firstCount = 20_000;

/** What the issue of the merge asks for; medians of five, each on a copy of the same kept account. */
export async function measureSync(): Promise<Readonly<Record<string, unknown>>> {
  const folder = await mkdtemp(join(tmpdir(), 'bookfeed-bench-'));
  try {
    const resyncHalfNewMs: Record<string, number> = {};
    const resyncNoneNewMs: Record<string, number> = {};
    for (const kept of [20_000, 200_000]) {
      const { halfNew, noneNew } = await measureResync(folder, kept);
      resyncHalfNewMs[kept] = halfNew;
      resyncNoneNewMs[kept] = noneNew;
    }
    const firstSyncs: number[] = [];
    for (let run = 0; run < runs; run++)
      firstSyncs.push(await measureFirst(join(folder, `f${run}`)));
    const memory: number[] = [];
    const script = await bundle('sync-memory.ts', folder);
    for (let run = 0; run < runs; run++) memory.push(Number(await runScript(script)));
    return {
      resyncHalfNewMs,
      resyncNoneNewMs,
      firstSyncMs: median(firstSyncs),
      ...(await countRequests()),
      peakMemoryMb: Math.round(median(memory)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of 1,000 entries shown 500 are kept and 500 new; then the same 1,000 again: from the answer to the commit. */
async function measureResync(folder: string, kept: number) {
  const seed = join(folder, `kept-${kept}.sqlite`);
  await runScript(join(import.meta.dirname, 'sync-seed.ts'), seed, String(kept));
  const half = shownAtOnce / 2;
  const old = benchEntries(half, perDay, 'OLD', kept - half);
  const shown = [...old, ...benchEntries(half, perDay, 'NEW')];
  const times = { halfNew: [] as number[], noneNew: [] as number[] };
  for (let run = 0; run < runs; run++) {
    const copy = join(folder, `copy-${kept}-${run}.sqlite`);
    await copyFile(seed, copy);
    await onStore(openSqliteStore(copy), async (store) => {
      times.halfNew.push(await sync(store, shown, half));
      times.noneNew.push(await sync(store, shown, 0));
    });
    await rm(copy);
  }
  return { halfNew: median(times.halfNew), noneNew: median(times.noneNew) };
}

/** Syncs what the bank shows, and tells in how many milliseconds. */
async function sync(
  store: Store,
  entries: readonly ObservedEntry[],
  newRows: number,
): Promise<number> {
  const world = benchWorld(store, benchBank(entries));
  const from = performance.now();
  const result = await syncConnection(world, 'bench', 'manual');
  const ms = performance.now() - from;
  if (result.outcome !== 'complete' || result.newRows !== newRows) {
    throw new Error(`the sync was ${result.outcome} with ${result.newRows} rows, not ${newRows}`);
  }
  return Math.round(ms * 10) / 10;
}

async function onStore(store: Store, work: (store: Store) => Promise<void>): Promise<void> {
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** 20,000 entries of an empty account: from the bank's answer to the last row in the Sheets-compatible server. */
async function measureFirst(folder: string): Promise<number> {
  let ms = Number.NaN;
  const entries = benchEntries(firstCount, perDay);
  await withSheet(folder, async (sheet, bookId) => {
    await onStore(openSqliteStore(join(folder, 'bookfeed.sqlite')), async (store) => {
      await connectBench(store, addDays(today, -Math.ceil(firstCount / perDay)), { bookId });
      const from = performance.now();
      await sync(store, entries, firstCount);
      await deliverAll(benchWorld(store, benchBank([]), sheet.port), bookId);
      ms = Math.round(performance.now() - from);
      const { transactions } = await sheet.port.readBook(bookId);
      if (transactions?.rows.length !== firstCount) throw new Error('rows are missing');
    });
  });
  return ms;
}

async function deliverAll(world: ReturnType<typeof benchWorld>, bookId: string): Promise<void> {
  const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
  while ((await world.store.find(outbox, waiting)).length > 0) await deliverBook(world, bookId);
}

type BenchSheet = {
  readonly port: ReturnType<typeof createGoogleSheets>;
  readonly asked: string[];
};

/** A spreadsheet of the Sheets-compatible server, reached over HTTP by Google's client. */
async function withSheet(
  folder: string,
  work: (sheet: BenchSheet, bookId: string) => Promise<void>,
): Promise<void> {
  const token = randomIds.next('');
  const kept = openSqliteStore(join(folder, 'sheets.sqlite'));
  const server = await listen(
    createSheetsServer({ store: kept, ids: randomIds, token }).app.fetch,
    0,
  );
  try {
    const response = await fetch(`${server.url}/v4/spreadsheets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ properties: { title: 'Bench', locale: 'en_US' } }),
    });
    const { spreadsheetId } = (await response.json()) as { spreadsheetId: string };
    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: token });
    const asked: string[] = [];
    const onRequest = (kind: string) => asked.push(kind);
    const port = createGoogleSheets({ auth, rootUrl: server.url, onRequest });
    await work({ port, asked }, spreadsheetId);
  } finally {
    await server.close();
    await kept.close();
  }
}

/** What syncs ask of store and sheet, with and without news, of one account and of three. */
async function countRequests() {
  const storeOps: Record<string, unknown> = {};
  const sheetRequests: Record<string, unknown> = {};
  const folder = await mkdtemp(join(tmpdir(), 'bookfeed-bench-'));
  try {
    for (const accountCount of [1, 2, 3]) {
      const name = accountCount === 1 ? '1 account' : `${accountCount} accounts`;
      await withSheet(join(folder, String(accountCount)), async (sheet, bookId) => {
        let counted: [string, number][] = [];
        const onOperation: OnOperation = (kind, documents) => counted.push([kind, documents]);
        const { store, kind, close } = await openCountedStore(onOperation);
        await connectBench(store, addDays(today, -30), { accountCount, bookId });
        const steps = { news: {}, noNews: {}, noNewsWithItsUser: { user: presentUser() } };
        for (const [step, options] of Object.entries(steps)) {
          const world = benchWorld(store, benchBank(benchEntries(200, 10)), sheet.port);
          counted = [];
          sheet.asked.length = 0;
          await syncConnection(world, 'bench', 'manual', options);
          const ofSync = sumBy(counted);
          await deliverAll(world, bookId);
          storeOps[`${kind}, ${name}, ${step}`] = ofSync;
          sheetRequests[`${name}, ${step}`] = sumBy(sheet.asked.map((it) => [it, 1]));
        }
        await close();
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { sheetRequests, storeOps };
}

/** Somebody who has just pressed the button. */
function presentUser() {
  return { ipAddress: '203.0.113.7', until: addMs(systemClock.now(), 60_000) };
}

function sumBy(counted: readonly (readonly [string, number])[]) {
  const sum = (kind: string) =>
    counted.reduce((total, [of, count]) => total + (of === kind ? count : 0), 0);
  return { reads: sum('read'), writes: sum('write') };
}

/** The script in one file, as the cloud's code is deployed: without what Node needs to read TypeScript. */
async function bundle(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  const entryPoints = [join(import.meta.dirname, name)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

/** So that what one measurement leaves in memory is not in the next one's way. */
async function runScript(script: string, ...more: readonly string[]): Promise<string> {
  const quiet = '--disable-warning=ExperimentalWarning';
  const { stdout } = await promisify(execFile)(process.execPath, [quiet, script, ...more]);
  return stdout;
}
