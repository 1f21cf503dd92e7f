import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { connections, outbox, runs } from '../../../cloud/core/documents.ts';
import { importFile, requestImport } from '../../../cloud/core/import-file.ts';
import { dropFile } from '../../../cloud/core/keep-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { applySync, previewSync } from '../../../cloud/core/preview-sync.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import type { World } from '../../../cloud/core/world.ts';
import { write } from '../../../cloud/ports/store.ts';
import type { FileChoices, FileTarget } from '../../../shared/statement-files.ts';
import { findBrokenPages, findBrokenRows, readKept, watchPages } from './book-invariants.ts';
import { type FaultEffect, faultEffects, faultyWorld } from './faulty-world.ts';
import { choose, erika, nothingChosen, send } from './taking-files.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const none: ReadonlySet<string> = new Set();
const dayMs = 24 * 3_600_000;

/** A book, and what is done in it while one call after the other is struck. */
interface Scene {
  readonly prepare?: (it: Book) => Promise<void>;
  readonly act: (it: Book, world: World) => Promise<void>;
  /** What the user does again who was told that it failed; a sync is done again in any case. */
  readonly again?: (it: Book) => Promise<void>;
  /** Calls that one act makes, at least. */
  readonly atLeast: number;
}

type Book = Awaited<ReturnType<typeof createBook>>;

async function createBook() {
  const it = createTestWorld();
  const { world, pageKeys } = watchPages(it.world);
  const feed = { bookAccount: { path: 'Assets:Giro', type: 'asset' }, from: '1990-01-01' } as const;
  const id = await connectGiro(world, { accounts: [{ ...giro, key: 'k-giro', feed }] });
  it.bank.balance = { booked: { minor: 100_000, currency: 'EUR' } };
  return {
    ...it,
    world,
    pageKeys,
    id,
    runId: '',
    posted: none,
    targets: {} as FileChoices['targets'],
  };
}

const first = [entry('-1.00'), entry('-1.00'), entry('-2.00', { text: 'HELD', status: 'pending' })];
const second = [entry('-1.00'), entry('-1.00'), entry('-2.00', { text: 'HELD' }), entry('-3.00')];
const csv = [
  'Date,Payee,Description,Amount',
  '2026-02-27,Kiosk,ZEITUNG,-3.20',
  '2026-03-01,Cafe Rot,COFFEE,-1.00',
  '2026-03-01,Cafe Rot,COFFEE,-1.00',
  '2026-03-01,Cafe Rot,HELD,-2.00',
].join('\n');

async function syncAndDeliver({ world, id }: Pick<Book, 'world' | 'id'>): Promise<void> {
  await syncConnection(world, id, 'manual');
  await deliverBook(world, bookId);
}

async function syncFirst(it: Book): Promise<void> {
  it.bank.pages = [first];
  await syncAndDeliver(it);
}

/** What the sidebar does once its user has looked at the preview. */
async function importCsv({ targets }: Book, world: World): Promise<void> {
  const fileId = await send(world, csv);
  await requestImport(world, erika, { fileId, choices: { ...nothingChosen, targets } });
}

async function chooseTarget(it: Book, target: FileTarget): Promise<void> {
  const fileId = await send(it.world, csv);
  const { choices } = await choose(it.world, fileId, target);
  await dropFile(it.world, erika, fileId);
  it.targets = choices.targets;
}

/** A second sync, of which the user has posted a row, with one more row that is not written yet. */
async function syncTwice(it: Book): Promise<void> {
  await syncFirst(it);
  it.pass(dayMs);
  it.bank.pages = [[...second, entry('-4.00', { text: 'POSTED' })]];
  await syncAndDeliver(it);
  const row = it.sheet.state.transactions?.find(
    ({ amount }) => amount?.kind === 'number' && amount.number === -4,
  );
  if (!row) throw new Error('the second sync has no row');
  row.posted = { kind: 'check', checked: true };
  it.runId = (await overviewOf(it.world, bookId, 'erika')).runs[0]?.id ?? '';
}

const scenes: Readonly<Record<string, Scene>> = {
  'an import': {
    prepare: async (it) => {
      await syncFirst(it);
      await chooseTarget(it, { accountKey: 'k-giro' });
    },
    act: importCsv,
    again: (it) => importCsv(it, it.world),
    atLeast: 18,
  },
  'an undo': {
    prepare: syncTwice,
    act: ({ runId }, world) => undoRun(world, bookId, { runId, preview: false }).then(() => {}),
    again: async ({ world, runId }) => {
      const run = await world.store.get(runs, runId);
      if (!run?.value.undoneAt) await undoRun(world, bookId, { runId, preview: false });
    },
    atLeast: 9,
  },
  'a preview that is applied': {
    prepare: async (it) => {
      await syncFirst(it);
      it.pass(dayMs);
      it.bank.pages = [second];
    },
    act: async ({ id }, world) => {
      const { previewId } = await previewSync(world, bookId, id, undefined);
      await applySync(world, bookId, previewId);
    },
    atLeast: 12,
  },
  'a first sync into an empty book': {
    prepare: async (it) => {
      it.bank.pages = [second];
    },
    act: ({ id }, world) => syncConnection(world, id, 'manual').then(() => {}),
    atLeast: 9,
  },
  'a sync in several slices': {
    // A page for each month: more of them than one commit takes.
    prepare: async (it) => {
      const months = Array.from({ length: 310 }, (_, at) => {
        const month = String((at % 12) + 1).padStart(2, '0');
        return `${2000 + Math.floor(at / 12)}-${month}-15`;
      });
      it.bank.pages = [months.map((bookingDate) => entry('-1.00', { bookingDate }))];
      const found = await it.world.store.get(connections, it.id);
      if (!found) throw new Error('no connection');
      const institution = { ...found.value.institution, historyDays: 10_000 };
      const value = { ...found.value, institution };
      await it.world.store.commit([write(connections, it.id, value, 'any')]);
    },
    act: ({ id }, world) => syncConnection(world, id, 'manual').then(() => {}),
    atLeast: 10,
  },
};

/** The act and the deliveries that it asks for, as a worker does them; what fails is left to the schedule. */
async function work(scene: Scene, it: Book, world: World): Promise<void> {
  it.queue.length = 0;
  await scene.act(it, world).catch(() => {});
  for (let left = 10; it.queue.length > 0 && left > 0; left--) {
    const task = it.queue.shift();
    const done =
      task?.kind === 'import' ? importFile(world, task.fileKey) : deliverBook(world, bookId);
    await done.catch(() => {});
  }
}

async function deliverAll({ world }: Book): Promise<void> {
  const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
  while ((await world.store.find(outbox, waiting)).length > 0) await deliverBook(world, bookId);
}

/** Later the user does again what failed, the schedule delivers what was left behind, and a sync follows. */
async function heal(scene: Scene, it: Book): Promise<readonly string[]> {
  it.pass(11 * 60_000);
  it.queue.length = 0;
  await scheduleSyncs(it.world);
  await scene.again?.(it);
  for (const task of it.queue) {
    if (task.kind === 'import') await importFile(it.world, task.fileKey);
  }
  await deliverAll(it);
  const rows = rowsOf(it);
  it.pass(60_000);
  expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ outcome: 'complete' });
  await deliverAll(it);
  return [...(scene.again ? rows : []), 'after the next sync', ...rowsOf(it)];
}

function rowsOf({ sheet }: Book): readonly string[] {
  const cells = (sheet.state.transactions ?? []).map(
    ({ date, description, amount, account, posted }) =>
      [date, description, amount, account, posted].map((cell) =>
        cell && cell.kind !== 'empty' ? Object.values(cell).at(-1) : '',
      ),
  );
  const paths = (sheet.state.accounts ?? []).map(({ path }) => Object.values(path ?? {}).at(-1));
  return [...cells.map((row) => row.join(' | ')), ...paths.map((path) => `account ${path}`)].sort();
}

async function findBroken({ world, pageKeys, sheet }: Book): Promise<readonly string[]> {
  const { entries } = await readKept(world, 'k-giro');
  const ids = (sheet.state.transactions ?? []).flatMap(({ id }) =>
    id?.kind === 'text' ? [id.text] : [],
  );
  const pages = await findBrokenPages(world, 'k-giro', 'EUR', pageKeys);
  return [...pages, ...(await findBrokenRows(world, entries, new Set(ids), none, none))];
}

async function begin(scene: Scene): Promise<Book> {
  const it = await createBook();
  await scene.prepare?.(it);
  return it;
}

/** Strikes the first call, then in a new book the second, and so on until the act has no more calls. */
async function strikeEach(scene: Scene, effect: FaultEffect, expected: readonly string[]) {
  for (let at = 1; ; at++) {
    const it = await begin(scene);
    const { world, told } = faultyWorld(it.world, at, effect);
    await work(scene, it, world);
    if (told.name === '') return at - 1;
    const struck = `${at} ${told.name}`;
    expect({ struck, broken: await findBroken(it) }).toEqual({ struck, broken: [] });
    expect({ struck, rows: await heal(scene, it) }).toEqual({ struck, rows: expected });
    expect({ struck, broken: await findBroken(it) }).toEqual({ struck, broken: [] });
  }
}

describe.each(Object.entries(scenes))('%s', (name, scene) => {
  test('ends with the same rows whichever call is struck, and however', async () => {
    const calm = await begin(scene);
    await work(scene, calm, calm.world);
    const expected = await heal(scene, calm);
    expect(expected.length).toBeGreaterThan(4);
    let points = 0;
    for (const effect of faultEffects) {
      const struck = await strikeEach(scene, effect, expected);
      expect(struck).toBeGreaterThanOrEqual(scene.atLeast);
      points += struck;
    }
    process.stderr.write(`faults of ${name}: ${points} calls struck; none left a wrong row\n`);
  }, 60_000);
});
