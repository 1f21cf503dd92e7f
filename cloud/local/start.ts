import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { OAuth2Client } from 'google-auth-library';
import type { Context } from 'hono';
import { buildAddon } from '../../addon/build.ts';
import { createGoogleSheets } from '../adapters/google-sheets.ts';
import { openKeyFile } from '../adapters/key-file.ts';
import { createSmtp } from '../adapters/smtp.ts';
import { openSqliteStore } from '../adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../adapters/system-clock.ts';
import { createVault } from '../adapters/vault.ts';
import { createConnectors, ProviderSettingsError } from '../connectors/providers.ts';
import { deliverBook } from '../core/deliver-book.ts';
import { outbox } from '../core/documents.ts';
import { importFile } from '../core/import-file.ts';
import { createLog, type LogLine } from '../core/log.ts';
import { scheduleSyncs } from '../core/schedule-syncs.ts';
import { sendMail } from '../core/send-mail.ts';
import { syncConnection } from '../core/sync-connection.ts';
import type { World } from '../core/world.ts';
import type { Clock } from '../ports/clock.ts';
import { type Collection, type Store, StoreUnavailable, write } from '../ports/store.ts';
import type { Task } from '../ports/tasks.ts';
import { readStatementFile } from '../statements/read-statement-file.ts';
import { createWeb } from '../web/web.ts';
import type { BankCustomer } from './bank/bank-customer.ts';
import type { SandboxBank } from './bank/sandbox-bank.ts';
import type { BankTraits } from './bank/traits.ts';
import { endLeases } from './end-leases.ts';
import { buildPage } from './host/build.ts';
import { createHost } from './host/host.ts';
import { keyFileOf } from './key-file-of.ts';
import { listen } from './listen.ts';
import { createLocalCallers } from './local-callers.ts';
import { createLocalTasks } from './local-tasks.ts';
import { createMailOutbox } from './mail-outbox.ts';
import { createSheetsServer, type SheetsServer } from './sheets/sheets-server.ts';
import { launch, launchPuppeteer, startBank } from './start-bank.ts';

const scheduleEveryMs = 60_000;
/** Without a mail server mails stay on this machine, but each is to somebody. */
const nowhere = 'you@this-machine.invalid';

export interface StartOptions {
  /** Holds everything that is kept; made when it is not there. */
  readonly folder: string;
  /** Of the book's page; 0 takes any free one, then the bank's is any free one too. */
  readonly port: number;
  /** Customers of the Sandbox Bank from statement files; the made-up ones are there besides. */
  readonly statementCustomers?: readonly BankCustomer[];
  /** Where the Sandbox Bank is to be another one than for trying things out. */
  readonly bankTraits?: Partial<BankTraits>;
  /** By whose settings real banks are connected besides; without, there is the Sandbox Bank alone. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where mails go; without, they are kept and shown at /mails. `address` receives, and is the sender, too. */
  readonly mail?: { readonly smtpUrl: string; readonly address: string };
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
 * @throws StoreUnavailable, VaultUnavailable, PortTaken
 */
export async function startLocal(options: StartOptions): Promise<Started> {
  const closers: (() => Promise<unknown>)[] = [];
  const closing: Closing = (it) => {
    closers.unshift(() => it.close());
    return it;
  };
  const close = async () => {
    for (const closeOne of closers.splice(0)) await closeOne();
  };
  try {
    return { ...(await startAll(options, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Remembers what is to be closed, the last one first, and gives it back. */
export type Closing = <T extends { close(): Promise<unknown> }>(it: T) => T;

async function startAll(options: StartOptions, closing: Closing): Promise<Omit<Started, 'close'>> {
  const { folder, port, clock = systemClock, onOperation = () => {} } = options;
  makeFolder(folder);
  const log = createLog(options.writeLog ?? (() => {}));
  const store = closing(
    openSqliteStore(join(folder, 'bookfeed.sqlite'), (kind) => onOperation('store', kind)),
  );
  const vault = createVault(openKeyFile({ path: keyFileOf(folder), clock, ids: randomIds }));
  const { mailer, mails } = openMails(options, store, clock);
  const { bank, bankUrl, closeBank, settings } = await startBank(options, clock, closing);
  const { connectors, unset } = connect(options, settings, clock, closing);
  const sheets = await startSheets(folder, closing);
  const { spreadsheetId, sessionToken } = await openBook(store, sheets);
  await endLeases(store, spreadsheetId, clock.now());
  const tasks = closing(createLocalTasks((task, error) => log.defect(`task ${task.kind}`, error)));
  const doors: { web?: Door; host?: Door } = {};
  const { url: publicUrl } = closing(
    await listen((request, env) => {
      const isWeb = /^\/(api|connect|presence|hooks|privacy|terms)(\/|$)/.test(
        new URL(request.url).pathname,
      );
      const door = isWeb ? doors.web : doors.host;
      return door?.fetch(request, env) ?? new Response(null, { status: 503 });
    }, port),
  );
  const built = options.built ?? (await buildLocal(join(folder, 'build')));
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: sheets.token });
  const world: World = {
    store,
    clock,
    log,
    ids: randomIds,
    tasks: tasks.tasks,
    vault,
    mailer,
    sheet: createGoogleSheets({
      auth,
      rootUrl: sheets.url,
      onRequest: (kind) => onOperation('sheet', kind),
    }),
    callers: createLocalCallers(sessionToken, options.mail?.address ?? nowhere),
    readStatementFile,
    connectors: new Map(connectors.map((connector) => [connector.id, connector])),
    unsetProviders: unset,
    publicUrl,
    bookUrl: () => `${publicUrl}/`,
    serviceAccount: null,
  };
  doors.web = createWeb(world, presenceOf);
  const host = { ...built, sheets, spreadsheetId, mails, cloudUrl: publicUrl, sessionToken };
  doors.host = closing(createHost(host)).app;
  tasks.start((task) => doTask(world, task));
  const ofBook = { field: 'bookId', op: '==', value: spreadsheetId, limit: 1 } as const;
  const [undelivered] = await store.find(outbox, ofBook);
  if (undelivered) await tasks.tasks.enqueue({ kind: 'deliver', bookId: spreadsheetId });
  closing(everyMinute(world));
  return {
    url: `${publicUrl}/#${sessionToken}`,
    bankUrl,
    bank,
    closeBank,
    world,
    bookId: spreadsheetId,
    sessionToken,
    sheets,
    idle: tasks.idle,
  };
}

interface Door {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const message = `${folder} cannot be made: choose another folder with --folder.`;
    throw new StoreUnavailable(message, { cause: error });
  }
}

/** The Sandbox Bank's connectors, and those of the providers that are set up on this machine. @throws ProviderSettingsError */
function connect(
  { environment }: StartOptions,
  sandbox: Readonly<Record<string, readonly object[]>>,
  clock: Clock,
  closing: Closing,
) {
  const all: Record<string, string | undefined> = { ...environment };
  for (const [name, banks] of Object.entries(sandbox)) {
    all[name] = joinBanks(name, all[name], banks);
  }
  const parts = { fetch, clock, launch, launchPuppeteer, readStatementFile };
  const withFree = environment !== undefined;
  const { connectors, unset } = createConnectors(all, parts, { withFree });
  for (const { close } of connectors) if (close) closing({ close });
  return { connectors, unset: withFree ? unset : [] };
}

/** @throws ProviderSettingsError */
function joinBanks(name: string, given: string | undefined, more: readonly object[]): string {
  try {
    return JSON.stringify([...more, ...(JSON.parse(given || '[]') as object[])]);
  } catch {
    throw new ProviderSettingsError(`${name}: is no JSON list of banks (see docs/BANKS.md)`);
  }
}

/** By SMTP where there is a server; else, and from before there was one, on the page of mails. */
function openMails({ mail }: StartOptions, store: Store, clock: Clock) {
  const outbox = createMailOutbox({ store, clock });
  const mailer = mail ? createSmtp({ url: mail.smtpUrl, from: mail.address }) : outbox.mailer;
  return { mailer, mails: { sentTo: mail?.address ?? null, newest: outbox.newest } };
}

async function startSheets(folder: string, closing: Closing): Promise<Started['sheets']> {
  const token = randomIds.next('');
  const store = closing(openSqliteStore(join(folder, 'sheets.sqlite')));
  const server = createSheetsServer({ store, ids: randomIds, token });
  const { url } = closing(await listen(server.app.fetch, 0));
  return { ...server, url, token };
}

function presenceOf(context: Context) {
  return {
    ipAddress: getConnInfo(context).remote.address ?? '127.0.0.1',
    userAgent: context.req.header('User-Agent') ?? '',
  };
}

async function doTask(world: World, task: Task): Promise<void> {
  if (task.kind === 'deliver') return deliverBook(world, task.bookId);
  if (task.kind === 'import') return importFile(world, task.fileKey);
  if (task.kind === 'mail') return sendMail(world, task.mailId);
  const { connectionId, cause, user } = task;
  await syncConnection(world, connectionId, cause, { user });
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
async function openBook(
  store: Store,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<LocalDoc> {
  const found = await store.get(locals, 'book');
  if (found) return found.value;
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch(`${url}/v4/spreadsheets`, {
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
