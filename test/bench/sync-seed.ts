import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import { addDays } from '../../shared/calendar-date.ts';
import { benchBank, benchEntries, benchWorld, connectBench, perDay, today } from './bench-world.ts';

// A process of its own: makes a store in which an account with so many entries is kept.
const [path = '', kept = ''] = process.argv.slice(2);
const count = Number(kept);
const store = openSqliteStore(path);
await connectBench(store, addDays(today, -Math.ceil(count / perDay)));
const world = benchWorld(store, benchBank(benchEntries(count, perDay)));
const { newRows } = await syncConnection(world, 'bench', 'manual');
if (newRows !== count) throw new Error(`${newRows} rows for ${count} entries`);
await store.close();
