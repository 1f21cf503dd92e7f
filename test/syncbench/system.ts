import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../cloud/adapters/google-sheets.ts';
import { launchChromium } from '../../cloud/adapters/launch-chromium.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../cloud/adapters/system-clock.ts';
import { createBerlinGroup } from '../../cloud/connectors/berlin-group/connector.ts';
import { createDirectAccess } from '../../cloud/connectors/direct-access/connector.ts';
import { outbox } from '../../cloud/core/documents.ts';
import { createLog } from '../../cloud/core/log.ts';
import type { World } from '../../cloud/core/world.ts';
import { endLeases } from '../../cloud/local/end-leases.ts';
import { listen } from '../../cloud/local/listen.ts';
import { createLocalCallers } from '../../cloud/local/local-callers.ts';
import { createSheetsServer, type SheetsServer } from '../../cloud/local/sheets/sheets-server.ts';
import type { BankConnector } from '../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../cloud/ports/clock.ts';
import type { Store } from '../../cloud/ports/store.ts';
import { readStatementFile } from '../../cloud/statements/read-statement-file.ts';
import { createWeb } from '../../cloud/web/web.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import { createMemoryMailer } from '../memory-mailer.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { type CallCloud, createCaller, proofLeaver } from '../walk.ts';
import {
  Crashed,
  createFaults,
  createLife,
  faultySheets,
  faultyStore,
  type Life,
} from './faults.ts';
import type { Scenario } from './format.ts';
import { type ProviderName, providers, type ServedProvider } from './providers.ts';
import { createScenarioBank, type ScenarioBank } from './scenario-bank.ts';
import type { SheetPlace } from './sheet-view.ts';
import type { StorePlace } from './store-place.ts';
import { createTaskQueue } from './task-queue.ts';

/** A bank that is to be silent is not waited for as long as a real one; others have all the time they need. */
const silentBankMs = 3_000;
const bankMs = 30_000;
/** Longer than what lies between two syncs of a scenario. */
const warmBrowserMs = 60_000;

/** The whole system under a clock that a scenario sets; all parties speak over loopback as they do in the world. */
export interface System {
  readonly clock: { now(): Instant; set(instant: Instant): void };
  readonly bank: ScenarioBank;
  readonly queue: ReturnType<typeof createTaskQueue>;
  readonly faults: ReturnType<typeof createFaults>;
  /** How the bank is reached. */
  readonly served: Omit<ServedProvider, 'connector' | 'close'>;
  /** Where the user's mails arrive. */
  readonly mailer: ReturnType<typeof createMemoryMailer>;
  /** The user's way to the spreadsheet, past the faults. */
  readonly sheet: SheetPlace;
  /** The process that runs now. */
  current(): Process;
  /** Starts the system anew on the same store and sheet. */
  restart(): Promise<void>;
  /** Defects that the system has logged. */
  readonly defects: readonly string[];
  close(): Promise<void>;
}

/** A running system, until it crashes. */
export interface Process {
  readonly life: Life;
  readonly world: World;
  /** The add-on's calls. */
  readonly call: CallCloud;
}

type Closing = <T extends { close(): Promise<unknown> }>(it: T) => T;

export async function startSystem(
  scenario: Scenario,
  place: StorePlace,
  provider?: ProviderName,
): Promise<System> {
  const closers: (() => Promise<unknown>)[] = [];
  const closing: Closing = (it) => {
    closers.unshift(() => it.close());
    return it;
  };
  const close = async () => {
    for (const closeOne of closers.splice(0)) await closeOne();
  };
  try {
    return { ...(await startAll(scenario, place, provider, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(
  scenario: Scenario,
  place: StorePlace,
  provider: ProviderName | undefined,
  closing: Closing,
): Promise<Omit<System, 'close'>> {
  const clock = createScenarioClock(scenario.steps[0]?.is.at ?? '');
  // The bank's and the spreadsheets' own, which are never the store under test.
  const others = closing(openSqliteStore(':memory:'));
  const bank = createScenarioBank(scenario, { store: others, clock, ids: randomIds });
  const timeoutMs = hasSilence(scenario) ? silentBankMs : bankMs;
  const served: Omit<ServedProvider, 'close'> = provider
    ? closing(await providers[provider](bank.sandbox, clock, timeoutMs))
    : await serveSandboxBank(scenario, bank, clock, timeoutMs, closing);
  const token = randomIds.next('');
  const sheets = createSheetsServer({ store: others, ids: randomIds, token });
  const sheetsAt = closing(await listen(sheets.app.fetch, 0));
  const spreadsheetId = await createSpreadsheet(sheetsAt.url, token);
  const parts: Parts = {
    clock,
    connector: served.connector,
    store: closing(place.open()),
    sheets,
    sheet: { url: sheetsAt.url, token, spreadsheetId },
    queue: createTaskQueue(),
    faults: createFaults(),
    mailer: createMemoryMailer(),
    defects: [],
  };
  let process = await startProcess(parts, closing);
  const { queue, faults, mailer, sheet, defects } = parts;
  return {
    clock,
    bank,
    queue,
    faults,
    mailer,
    sheet,
    defects,
    served,
    current: () => process,
    restart: async () => {
      // On Firebase a dead worker's leases end by themselves, after ten minutes.
      if (place.kind === 'sqlite') await endLeases(parts.store, spreadsheetId, clock.now());
      process = await startProcess(parts, closing);
      const ofBook = { field: 'bookId', op: '==', value: spreadsheetId, limit: 1 } as const;
      const [undelivered] = await parts.store.find(outbox, ofBook);
      if (undelivered) queue.add({ kind: 'deliver', bookId: spreadsheetId });
    },
  };
}

/** What outlives a process. */
interface Parts extends Pick<System, 'clock' | 'queue' | 'faults' | 'mailer' | 'sheet'> {
  readonly connector: BankConnector;
  readonly store: Store;
  readonly sheets: SheetsServer;
  readonly defects: string[];
}

async function startProcess(parts: Parts, closing: Closing): Promise<Process> {
  const { clock, connector, store, sheets, sheet, queue, faults, mailer, defects } = parts;
  const life = createLife();
  const faulty = faultySheets((request) => sheets.app.fetch(request), faults, life);
  const { url: rootUrl } = closing(await listen(faulty, 0));
  const doors: { web?: ReturnType<typeof createWeb> } = {};
  const { url: publicUrl } = closing(
    await listen(
      (request, env) => doors.web?.fetch(request, env) ?? new Response(null, { status: 503 }),
      0,
    ),
  );
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: sheet.token });
  const sessionToken = randomIds.next('');
  const log = createLog(({ severity, where, error, stack }) => {
    if (severity === 'ERROR' && !life.isOver) defects.push(`${where}: ${error} ${stack}`);
  });
  const world: World = {
    store: faultyStore(store, faults, life),
    clock,
    log,
    ids: randomIds,
    tasks: queue.tasks(life),
    vault: createMemoryVault(),
    mailer,
    sheet: createGoogleSheets({ auth, rootUrl, clock }),
    callers: createLocalCallers(sessionToken, 'erika@example.org'),
    readStatementFile,
    connectors: new Map([[connector.id, whileAlive(connector, life)]]),
    publicUrl,
    bookUrl: () => `${publicUrl}/`,
    unsetProviders: [],
    serviceAccount: null,
  };
  doors.web = createWeb(world, () => ({ ipAddress: '192.0.2.7', userAgent: 'SyncBench' }));
  const { spreadsheetId, url, token } = sheet;
  const leaveProof = proofLeaver(url, token, spreadsheetId);
  const call = createCaller({
    cloudUrl: publicUrl,
    token: sessionToken,
    spreadsheetId,
    leaveProof,
  });
  return { life, world, call };
}

/** The connector until the process that holds it is gone. */
function whileAlive(connector: Parts['connector'], life: Life): Parts['connector'] {
  const alive = <T>(work: () => T): T => {
    if (life.isOver) throw new Crashed();
    return work();
  };
  return {
    id: connector.id,
    institutions: async () => alive(() => connector.institutions()),
    startAccess: async (...args) => alive(() => connector.startAccess(...args)),
    answerConfirmation: async (...args) => alive(() => connector.answerConfirmation(...args)),
    open: async (...args) => {
      const session = await alive(() => connector.open(...args));
      return {
        accounts: async () => alive(() => session.accounts()),
        balance: async (id) => alive(() => session.balance(id)),
        entries: (id, window) => alive(() => session.entries(id, window)),
        close: () => session.close(),
      };
    },
    revokeAccess: async (...args) => alive(() => connector.revokeAccess(...args)),
  };
}

/** The scenario's way in: the bank's open banking, or its website in Chromium. */
async function serveSandboxBank(
  { wayIn }: Scenario,
  bank: ScenarioBank,
  clock: Clock,
  timeoutMs: number,
  closing: Closing,
): Promise<Omit<ServedProvider, 'close'>> {
  const { url } = closing(await listen(bank.app.fetch, 0));
  if (wayIn === 'psd2') {
    const at = bank.at(url);
    const connector = createBerlinGroup({ fetch, clock, banks: [at], timeoutMs });
    return { connector, institution: at.institution };
  }
  const at = bank.loginAt(url);
  const browser = { launch: launchChromium, warmMs: warmBrowserMs, stepMs: timeoutMs };
  return {
    connector: closing(createDirectAccess({ banks: [at], clock, ...browser })),
    institution: at.institution,
    credentialsOf: async ({ login, password }) => ({ login, password }),
  };
}

function createScenarioClock(start: Instant): System['clock'] {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
  };
}

function hasSilence({ steps }: Scenario): boolean {
  return steps.some(({ kind, is }) => kind === 'bankFails' && is.bankFails.with === 'timeout');
}

/** A new spreadsheet with one empty tab, as Google makes them. */
export async function createSpreadsheet(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/v4/spreadsheets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { title: 'Book', locale: 'en_US', timeZone: 'UTC' } }),
  });
  if (!response.ok) throw new Error(`no spreadsheet was made: ${response.status}`);
  return ((await response.json()) as { spreadsheetId: string }).spreadsheetId;
}
