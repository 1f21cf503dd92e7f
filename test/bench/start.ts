import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildAddon } from '../../addon/build.ts';
import { linkAccount } from '../../cloud/core/link-account.ts';
import { buildFunctions } from '../../cloud/functions/build.ts';
import { fixedStatement } from '../../cloud/local/bank/bank-customer.ts';
import { startLocal } from '../../cloud/local/start.ts';
import { addDays } from '../../shared/calendar-date.ts';
import { launchChromium } from '../browser/chromium.ts';
import { callerOf, rowsOf } from '../cloud/local/local-walk.ts';
import { connectSandboxBank } from '../walk.ts';
import { median } from './bench-world.ts';

const root = resolve(import.meta.dirname, '../..');
const entryCount = 1000;
const runs = 5;

/** What the issue of the main job asks for: start, first sync, sync without news, sizes and cold load; medians of five. */
export async function measureStart(): Promise<Readonly<Record<string, unknown>>> {
  const folder = await mkdtemp(join(tmpdir(), 'bookfeed-bench-'));
  try {
    const startMs = { first: await timeToAddress(join(folder, 'start')), again: [] as number[] };
    for (let run = 0; run < runs; run++)
      startMs.again.push(await timeToAddress(join(folder, 'start')));
    const syncs = [];
    for (let run = 0; run < runs; run++) syncs.push(await measureSync(join(folder, `sync-${run}`)));
    return {
      firstStartMs: startMs.first,
      startMs: median(startMs.again),
      ...(await measureClick(join(folder, 'click'))),
      linkToRowsMs: median(syncs.map(({ linkToRowsMs }) => linkToRowsMs)),
      firstSync: syncs[0]?.first,
      syncWithoutNews: syncs[0]?.withoutNews,
      ...(await measureBundles(folder)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the start of the program to the printed address. The first one in a folder builds the page. */
async function timeToAddress(folder: string): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, [
    join(root, 'cloud/local/main.ts'),
    '--port',
    '0',
    '--folder',
    folder,
  ]);
  const ended = new Promise((done) => child.on('close', done));
  const ms = await new Promise<number>((done, fail) => {
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('http://')) done(Math.round(performance.now() - from));
    });
    child.on('error', fail);
    child.on('close', () => fail(new Error('ended without an address')));
  });
  child.kill('SIGTERM');
  await ended;
  return ms;
}

/** A bank with 1,000 entries: from the link's call to its rows in the sheet, with what was asked of sheet and store. */
async function measureSync(folder: string) {
  const customer = benchCustomer();
  let asked: string[] = [];
  const built = { addonDir: folder, pageDir: folder };
  const started = await startLocal({
    folder,
    port: 0,
    built,
    statementCustomers: [customer],
    onOperation: (what, kind) => asked.push(`${what} ${kind}`),
  });
  try {
    const call = callerOf(started);
    await connectSandboxBank(call, customer);
    const [connection] = (await call('overview', {})).connections;
    const { world, bookId, idle } = started;
    const connectionId = connection?.id ?? '';
    const sync = async (cause: 'connected' | 'manual') => {
      asked = [];
      await world.tasks.enqueue({ kind: 'sync', connectionId, cause });
      await idle();
      return count(asked);
    };
    const from = performance.now();
    await linkAccount(world, bookId, {
      connectionId,
      accountKey: connection?.accounts[0]?.key ?? '',
      bookAccount: { path: 'Assets:Checking', type: 'asset' },
      from: addDays(today(), -90),
    });
    const first = await sync('connected');
    const linkToRowsMs = Math.round(performance.now() - from);
    const rows = (await rowsOf(started)).length;
    if (rows !== entryCount) throw new Error(`${rows} rows for ${entryCount} entries`);
    return { linkToRowsMs, first, withoutNews: await sync('manual') };
  } finally {
    await started.close();
  }
}

/** In a real browser: from the click on Link to the frame in which the grid has been given all rows. */
async function measureClick(folder: string): Promise<{ readonly clickToRowsMs?: number }> {
  const browser = await launchChromium();
  if (!browser) return {};
  const customer = benchCustomer();
  const started = await startLocal({ folder, port: 0, statementCustomers: [customer] });
  try {
    await connectSandboxBank(callerOf(started), customer);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(started.url);
    const sidebar = page.frameLocator('#sidebar-body iframe');
    await sidebar.getByRole('button', { name: /^Link .* to an account$/ }).click();
    await sidebar.getByLabel('As far as the bank gives').check();
    const allRows = page.waitForResponse(async (response) => {
      if (!response.url().endsWith('/book/state')) return false;
      return (await response.text()).includes(`CARD PAYMENT ${entryCount - 1}`);
    });
    const from = performance.now();
    await sidebar.getByRole('button', { name: 'Link and sync' }).click();
    await allRows;
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const clickToRowsMs = Math.round(performance.now() - from);
    await sidebar.getByText('1,000 new').waitFor();
    return { clickToRowsMs };
  } finally {
    await browser.close();
    await started.close();
  }
}

const today = () => new Date().toISOString().slice(0, 10);

/** A customer whose one account has 1,000 entries of the last 85 days. */
function benchCustomer() {
  const entries = Array.from({ length: entryCount }, (_, at) => ({
    status: 'booked' as const,
    reference: `R${at}`,
    bookingDate: addDays(today(), -Math.floor(((entryCount - at) * 85) / entryCount)),
    amount: { minor: -100 - at, currency: 'EUR' },
    counterparty: `Shop ${at % 40}`,
    text: `CARD PAYMENT ${at}`,
  }));
  const booked = { minor: 1_000_000, currency: 'EUR' };
  return {
    login: 'bench',
    password: 'bench',
    name: 'Bea Bench',
    accounts: [
      {
        key: 'bench',
        iban: 'DE89370400440532013000',
        name: 'Current Account',
        holder: 'Bea Bench',
        currency: 'EUR',
        type: 'current' as const,
        statement: fixedStatement({ entries, balance: { booked } }),
      },
    ],
  };
}

function count(asked: readonly string[]) {
  const of = (what: string) => asked.filter((it) => it === what).length;
  return {
    sheetReads: of('sheet read'),
    sheetWrites: of('sheet write'),
    storeReads: of('store read'),
    storeWrites: of('store write'),
  };
}

async function measureBundles(folder: string) {
  await buildAddon(join(folder, 'addon'));
  const outDir = join(root, 'dist/bench');
  const functionsBytes = await buildFunctions(outDir);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const script = `const t = performance.now(); await import(${JSON.stringify(join(outDir, 'index.js'))}); console.log(performance.now() - t); process.exit(0);`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      script,
    ]);
    times.push(Math.round(Number(stdout)));
  }
  await rm(outDir, { recursive: true, force: true });
  return {
    sidebarBytes: (await stat(join(folder, 'addon/sidebar.html'))).size,
    codeBytes: (await readFile(join(folder, 'addon/code.js'))).length,
    functionsBytes,
    functionsColdLoadMs: median(times),
  };
}
