import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import { addDays } from '../../shared/calendar-date.ts';
import { benchBank, benchEntries, benchWorld, connectBench, perDay, today } from './bench-world.ts';

// A process of its own: syncs 20,000 entries into an empty account on disk, and prints the most memory it ever had.
const count = 20_000;
const folder = await mkdtemp(join(tmpdir(), 'bookfeed-bench-'));
const store = openSqliteStore(join(folder, 'bookfeed.sqlite'));
try {
  await connectBench(store, addDays(today, -Math.ceil(count / perDay)));
  const world = benchWorld(store, benchBank(benchEntries(count, perDay)));
  const { newRows } = await syncConnection(world, 'bench', 'manual');
  if (newRows !== count) throw new Error(`${newRows} rows for ${count} entries`);
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${process.resourceUsage().maxRSS / 1024}\n`);
