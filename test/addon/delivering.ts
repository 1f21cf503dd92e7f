import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { OAuth2Client } from 'google-auth-library';
import { buildAddon } from '../../addon/build.ts';
import { createGoogleSheets } from '../../cloud/adapters/google-sheets.ts';
import {
  type BookDoc,
  books,
  type OutboxDoc,
  outbox,
  type RunDoc,
  runs,
} from '../../cloud/core/documents.ts';
import type { World } from '../../cloud/core/world.ts';
import {
  createScriptCalls,
  createScriptWorkers,
  type ScriptWorkers,
} from '../../cloud/local/host/apps-script/script-calls.ts';
import type { ScriptAnswer } from '../../cloud/local/host/apps-script/script-messages.ts';
import { listen } from '../../cloud/local/listen.ts';
import type { Cell, SheetRow } from '../../cloud/ports/sheet.ts';
import { write } from '../../cloud/ports/store.ts';
import { createWeb } from '../../cloud/web/web.ts';
import type { ApiResult } from '../../shared/api.ts';
import type { TransactionColumn } from '../../shared/book.ts';
import type { BookReading } from '../../shared/delivery.ts';
import { createTestWorld } from '../cloud/core/world.ts';
import { type SheetsAtWork, startSheets } from '../cloud/local/sheets/sheets-at-work.ts';

/** What becomes of one request of a script: refused, carried out without an answer, or the script's last one. */
export type Mishap = 'refused' | 'answer-lost' | 'death-before' | 'death-after';

export interface Mischief {
  /** Of the script's requests, from 1. */
  readonly at: number;
  readonly what: Mishap;
}

/** A spreadsheet with its book, whose batches cloud and add-on deliver. */
export interface DeliveringBook {
  readonly id: string;
  /** Puts batches into the outbox; each has a run of its own. */
  put(...batches: readonly Batch[]): Promise<void>;
  waiting(): Promise<readonly string[]>;
  doc(): Promise<BookDoc | undefined>;
  /** Rows of the Transactions tab, as the cloud reads them. */
  rows(): Promise<readonly SheetRow<TransactionColumn>[]>;
  /** Ids of the rows that have one, sorted. */
  ids(): Promise<readonly string[]>;
  /** A call of deliverRows; its requests are listed. Undefined after a death. */
  deliverByAddon(mischief?: Mischief): Promise<AddonDelivery>;
  /** A call of another function of the add-on's. */
  run(functionName: string, args?: readonly unknown[], mischief?: Mischief): Promise<AddonRun>;
  /** As the sheet's server holds it. */
  read(): Promise<sheets_v4.Schema$Spreadsheet>;
  edit(...requests: sheets_v4.Schema$Request[]): Promise<void>;
}

export type Batch = Pick<OutboxDoc, 'drafts' | 'accounts'>;

export interface AddonDelivery {
  /** Undefined where the script died or threw. */
  readonly result: ApiResult<'overview'> | null | undefined;
  readonly message: string;
  /** As `POST /api/takeDelivery`. */
  readonly requests: readonly string[];
}

export interface AddonRun {
  readonly answer: ScriptAnswer;
  /** As `POST /api/takeDelivery`. */
  readonly requests: readonly string[];
}

/** Answers a call of the add-on's in place of the cloud. */
export type Plan = (call: string, args: { readonly snapshot: BookReading }) => Promise<unknown>;

export interface Delivering {
  readonly world: World;
  readonly works: SheetsAtWork;
  /** Whether the cloud may not touch any spreadsheet. */
  shutOut(isOut: boolean): void;
  /** Called with its path before each request of a script is carried out. */
  onRequest(listener: (path: string) => Promise<void>): void;
  /** Who answers the add-on's calls; null: the cloud. */
  planBy(plan: Plan | null): void;
  pass(ms: number): void;
  openBook(spreadsheet?: sheets_v4.Schema$Spreadsheet): Promise<DeliveringBook>;
  close(): Promise<void>;
}

/** Cloud and spreadsheets, behind one door for the cloud and one for the add-on. */
export async function startDelivering(): Promise<Delivering> {
  // Of its own: another run of the tests builds the common one anew.
  const addonDir = await mkdtemp(join(tmpdir(), 'bookfeed-delivering-'));
  await buildAddon(addonDir);
  const works = await startSheets(null);
  const { world: plain, pass } = createTestWorld();
  let isOut = false;
  let listener = async (_path: string): Promise<void> => {};
  let plan: Plan | null = null;
  const cloudDoor = await listen(
    (request) => (isOut ? forbidden() : works.server.app.fetch(request)),
    0,
  );
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: works.token });
  const sheet = createGoogleSheets({ auth, rootUrl: cloudDoor.url, clock: plain.clock });
  const world: World = { ...plain, sheet };
  const web = createWeb(world, () => ({ ipAddress: '127.0.0.1', userAgent: '' }));
  const addonDoor = await openAddonDoor(addonDir, async (request) => {
    const { pathname } = new URL(request.url);
    await listener(pathname);
    if (!pathname.startsWith('/api/')) return works.server.app.fetch(request);
    if (!plan) return web.fetch(request);
    const { args } = JSON.parse(await request.text());
    return Response.json(await plan(pathname.replace('/api/', ''), args));
  });
  return {
    world,
    works,
    pass,
    shutOut: (out) => {
      isOut = out;
    },
    onRequest: (next) => {
      listener = next;
    },
    planBy: (next) => {
      plan = next;
    },
    openBook: async (spreadsheet) =>
      openBook(world, works, addonDoor, await works.create(spreadsheet)),
    close: async () => {
      await cloudDoor.close();
      await addonDoor.close();
      await works.close();
      await world.store.close();
      await rm(addonDir, { recursive: true });
    },
  };
}

/** Answers a request of a script, as a rule by carrying it out. */
type Guard = (request: Request, carryOut: () => Promise<Response>) => Promise<Response>;

interface AddonDoor {
  readonly addonDir: string;
  /** Shared by all books: a thread takes long to start. */
  readonly workers: ScriptWorkers;
  /** An address of one script's own. */
  open(guard: Guard): string;
  close(): Promise<void>;
}

async function openAddonDoor(
  addonDir: string,
  carryOut: (request: Request) => Promise<Response>,
): Promise<AddonDoor> {
  const guards: Guard[] = [];
  const door = await listen(async (asked) => {
    const url = new URL(asked.url);
    const [, at = ''] = url.pathname.split('/');
    url.pathname = url.pathname.slice(at.length + 1);
    const { method, headers } = asked;
    const body = method === 'GET' ? null : await asked.text();
    const request = new Request(url, { method, headers, body });
    const guard = guards[Number(at)];
    return guard ? guard(request, () => carryOut(request)) : new Response(null, { status: 503 });
  }, 0);
  const workers = createScriptWorkers(addonDir);
  return {
    addonDir,
    workers,
    open: (guard) => `${door.url}/${guards.push(guard) - 1}`,
    close: async () => {
      await workers.close();
      await door.close();
    },
  };
}

async function openBook(
  world: World,
  works: SheetsAtWork,
  door: AddonDoor,
  id: string,
): Promise<DeliveringBook> {
  const { store, clock, sheet } = world;
  const now = clock.now();
  // For as long as the tests let pass.
  const editors = { ada: { provenAt: '2099-01-01T00:00:00.000Z' } };
  const members = { ada: { role: 'owner', since: now } } as const;
  await store.commit([
    write(books, id, { createdAt: now, editors, proofs: {}, members }, 'absent'),
  ]);
  let made = 0;
  const rows = async () => (await sheet.readBook(id)).transactions?.rows ?? [];
  return {
    id,
    put: async (...batches) => {
      for (const batch of batches) {
        made += 1;
        const runId = `run-${id}-${made}`;
        const run: RunDoc = { bookId: id, kind: 'sync', at: now, accounts: [], newRows: 1 };
        const value = { ...batch, bookId: id, createdAt: now, runId };
        const key = `${String(made).padStart(4, '0')}-${id}`;
        await store.commit([
          write(runs, runId, run, 'absent'),
          write(outbox, key, value, 'absent'),
        ]);
      }
    },
    waiting: async () => {
      const query = { field: 'bookId', op: '==', value: id, limit: 500 } as const;
      return (await store.find(outbox, query)).map(({ key }) => key);
    },
    doc: async () => (await store.get(books, id))?.value,
    rows,
    ids: async () => (await rows()).flatMap(({ cells }) => textOf(cells.id) || []).toSorted(),
    deliverByAddon: async (mischief) => {
      const { answer, requests } = await runAddon(works, door, id, 'deliverRows', [], mischief);
      return answer.ok
        ? { result: answer.value as ApiResult<'overview'> | null, message: '', requests }
        : { result: undefined, message: answer.message, requests };
    },
    run: (functionName, args = [], mischief) =>
      runAddon(works, door, id, functionName, args, mischief),
    read: async () => (await works.call('GET', `/${id}?includeGridData=true`)).body,
    edit: async (...requests) => void (await works.batchUpdate(id, ...requests)),
  };
}

/** One call of the built add-on, in a worker that the mischief may kill. */
async function runAddon(
  works: SheetsAtWork,
  door: AddonDoor,
  spreadsheetId: string,
  functionName: string,
  args: readonly unknown[],
  mischief: Mischief | undefined,
): Promise<AddonRun> {
  const requests: string[] = [];
  const url = door.open(async (request, carryOut) => {
    const { pathname } = new URL(request.url);
    const place = decodeURIComponent(pathname).replace(`/v4/spreadsheets/${spreadsheetId}`, '');
    requests.push(`${request.method} ${place}`);
    const what = requests.length === mischief?.at ? mischief.what : undefined;
    if (what === undefined) return carryOut();
    if (what === 'answer-lost' || what === 'death-after') await carryOut();
    if (what === 'death-before' || what === 'death-after') await scripts.close();
    return new Response('', { status: 500 });
  });
  const settings = {
    addonDir: door.addonDir,
    sheetsUrl: url,
    sheetsToken: works.token,
    spreadsheetId,
    identityToken: 'ada',
    scriptProperties: { cloudUrl: url },
  };
  const scripts = createScriptCalls(settings, door.workers);
  const answer = await scripts.run({ from: 'sidebar', functionName, args });
  return { answer, requests };
}

export const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');

/** As Google answers for a spreadsheet that is not shared. */
function forbidden(): Response {
  const error = {
    code: 403,
    message: 'The caller does not have permission',
    status: 'PERMISSION_DENIED',
  };
  return Response.json({ error }, { status: 403 });
}
