import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { OAuth2Client } from 'google-auth-library';
import { buildAddon } from '../../addon/build.ts';
import { createGoogleSheets } from '../adapters/google-sheets.ts';
import { openSqliteStore } from '../adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../adapters/system-clock.ts';
import { createBerlinGroup } from '../connectors/berlin-group/connector.ts';
import { deliverBook } from '../core/deliver-book.ts';
import { createLog, type LogLine } from '../core/log.ts';
import { scheduleSyncs } from '../core/schedule-syncs.ts';
import { syncConnection } from '../core/sync-connection.ts';
import type { World } from '../core/world.ts';
import type { Clock } from '../ports/clock.ts';
import { type Collection, type Store, write } from '../ports/store.ts';
import type { Task } from '../ports/tasks.ts';
import { createWeb } from '../web/web.ts';
import type { BankCustomer } from './bank/bank-customer.ts';
import { sampleCustomers } from './bank/sample-customers.ts';
import { createSandboxBank, type SandboxBank } from './bank/sandbox-bank.ts';
import { buildPage } from './host/build.ts';
import { createHost } from './host/host.ts';
import { listen } from './listen.ts';
import { createLocalCallers } from './local-callers.ts';
import { createLocalTasks } from './local-tasks.ts';
import { createSheetsServer, type SheetsServer } from './sheets/sheets-server.ts';

const scheduleEveryMs = 60_000;
/** Statement files may be of any year. */
const wholeHistoryDays = 36_500;

export interface StartOptions {
  /** Holds everything that is kept; made when it is not there. */
  readonly folder: string;
  /** Of the book's page; 0 takes any free one, then the bank's is any free one too. */
  readonly port: number;
  /** Customers of the Sandbox Bank from statement files; the made-up ones are there besides. */
  readonly statementCustomers?: readonly BankCustomer[];
  readonly clock?: Clock;
  /** Folders of a page and an add-on that are built already; else they are built below `folder`. */
  readonly built?: Built;
  readonly writeLog?: (line: LogLine) => void;
  /** Counts requests to the sheet and operations of the store. */
  readonly onOperation?: (what: 'sheet' | 'store', kind: 'read' | 'write') => void;
}

export interface Built {
  readonly addonDir: string;
  readonly pageDir: string;
}

/** What the book's page is served from. */
export async function buildLocal(folder: string): Promise<Built> {
  const built = { addonDir: join(folder, 'addon'), pageDir: join(folder, 'page') };
  await Promise.all([buildAddon(built.addonDir), buildPage(built.pageDir)]);
  return built;
}

export interface Started {
  /** The one address to open in a browser. */
  readonly url: string;
  readonly bankUrl: string;
  readonly bank: SandboxBank;
  /** Takes the bank from the network, as an outage does. */
  closeBank(): Promise<void>;
  readonly world: World;
  readonly bookId: string;
  readonly sessionToken: string;
  readonly sheets: SheetsServer & { readonly url: string; readonly token: string };
  /** Resolves once no task runs or waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** What of this machine is kept beside the core's documents. */
interface LocalDoc {
  readonly spreadsheetId: string;
  readonly sessionToken: string;
}
const locals: Collection<LocalDoc> = { name: 'locals', indexed: [] };

/**
 * Bookfeed's world on one machine: Sandbox Bank, Sheets-compatible server, the book's page and the cloud's own code, each
 * behind an address of its own on loopback. All wiring is here.
 * @throws StoreUnavailable, PortTaken
 */
export async function startLocal(options: StartOptions): Promise<Started> {
  const { folder, port, clock = systemClock, onOperation = () => {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const closers: (() => Promise<unknown>)[] = [];
  const closing = <T extends { close(): Promise<unknown> }>(it: T): T => {
    closers.unshift(() => it.close());
    return it;
  };
  const close = async () => {
    for (const closeOne of closers.splice(0)) await closeOne();
  };
  try {
    const open = (name: string, count = (_kind: 'read' | 'write') => {}) =>
      closing(openSqliteStore(join(folder, `${name}.sqlite`), count));
    const store = open('bookfeed', (kind) => onOperation('store', kind));
    const bank = createSandboxBank({
      store: open('bank'),
      clock,
      ids: randomIds,
      customers: [...(options.statementCustomers ?? []), ...sampleCustomers],
      traits: {
        ...(options.statementCustomers && { historyDays: wholeHistoryDays }),
        // Who tries things out syncs by hand more often than the law lets a bank be asked without its user.
        unattendedPerDay: 100,
      },
    });
    const bankAt = await listen(bank.app.fetch, port && port + 1);
    let isBankOpen = true;
    const closeBank = async () => {
      if (isBankOpen) await bankAt.close();
      isBankOpen = false;
    };
    closing({ close: closeBank });
    const sheetsToken = randomIds.next('');
    const sheets = createSheetsServer({
      store: open('sheets'),
      ids: randomIds,
      token: sheetsToken,
    });
    const sheetsAt = closing(await listen(sheets.app.fetch, 0));
    const log = createLog(options.writeLog ?? (() => {}));
    const local = await openBook(store, sheetsAt.url, sheetsToken);
    const built = options.built ?? (await buildLocal(join(folder, 'build')));

    const tasks = closing(
      createLocalTasks((task, error) => log.defect(`task ${task.kind}`, error)),
    );
    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: sheetsToken });
    const berlinGroup = createBerlinGroup({ fetch, clock, banks: [bank.at(bankAt.url)] });
    const doors: { web?: ReturnType<typeof createWeb>; host?: ReturnType<typeof createHost> } = {};
    const pageAt = closing(
      await listen((request, env) => {
        const isWeb = /^\/(api|connect)(\/|$)/.test(new URL(request.url).pathname);
        const door = isWeb ? doors.web : doors.host?.app;
        return door?.fetch(request, env) ?? new Response(null, { status: 503 });
      }, port),
    );
    const world: World = {
      store,
      clock,
      log,
      ids: randomIds,
      tasks: tasks.tasks,
      sheet: createGoogleSheets({
        auth,
        rootUrl: sheetsAt.url,
        onRequest: (kind) => onOperation('sheet', kind),
      }),
      callers: createLocalCallers(local.sessionToken),
      connectors: new Map([[berlinGroup.id, berlinGroup]]),
      publicUrl: pageAt.url,
      bookUrl: () => `${pageAt.url}/`,
      serviceAccount: null,
    };
    doors.web = createWeb(world, (context) => ({
      ipAddress: getConnInfo(context).remote.address ?? '127.0.0.1',
      userAgent: context.req.header('User-Agent') ?? '',
    }));
    doors.host = closing(
      createHost({
        ...built,
        sheets: { ...sheets, url: sheetsAt.url, token: sheetsToken },
        spreadsheetId: local.spreadsheetId,
        cloudUrl: pageAt.url,
        sessionToken: local.sessionToken,
      }),
    );
    tasks.start((task) => doTask(world, task));
    closing(everyMinute(world));
    return {
      url: `${pageAt.url}/#${local.sessionToken}`,
      bankUrl: bankAt.url,
      bank,
      closeBank,
      world,
      bookId: local.spreadsheetId,
      sessionToken: local.sessionToken,
      sheets: { ...sheets, url: sheetsAt.url, token: sheetsToken },
      idle: tasks.idle,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function doTask(world: World, task: Task): Promise<void> {
  if (task.kind === 'deliver') await deliverBook(world, task.bookId);
  else await syncConnection(world, task.connectionId, task.cause);
}

/** The same due query as in the cloud, once a minute and at the start. */
function everyMinute(world: World) {
  const tick = () =>
    scheduleSyncs(world).catch((error: unknown) => world.log.defect('scheduleSyncs', error));
  const timer = setInterval(tick, scheduleEveryMs);
  const first = tick();
  return {
    close: async () => {
      clearInterval(timer);
      await first;
    },
  };
}

/** The book of this machine, made at the first start. */
async function openBook(store: Store, sheetsUrl: string, token: string): Promise<LocalDoc> {
  const found = await store.get(locals, 'book');
  if (found) return found.value;
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch(`${sheetsUrl}/v4/spreadsheets`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      properties: { title: 'My book', locale: locale.replace('-', '_'), timeZone },
    }),
  });
  if (!response.ok) throw new Error(`the Sheets-compatible server answered ${response.status}`);
  const { spreadsheetId } = (await response.json()) as { spreadsheetId: string };
  const local = { spreadsheetId, sessionToken: randomIds.next('') };
  await store.commit([write(locals, 'book', local, 'absent')]);
  return local;
}
