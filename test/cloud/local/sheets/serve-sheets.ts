import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import { listen } from '../../../../cloud/local/listen.ts';
import { createSheetsServer } from '../../../../cloud/local/sheets/sheets-server.ts';

/** A server of its own process, so that a test can kill it: node serve-sheets.ts <store's file> <token>; prints its address. */
const [path = '', token = ''] = process.argv.slice(2);
const server = createSheetsServer({ store: openSqliteStore(path), ids: randomIds, token });
const { url } = await listen(server.app.fetch, 0);
process.stdout.write(`${url}\n`);
