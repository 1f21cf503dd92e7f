import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { outbox, progresses, runs, statementPages } from '../../../cloud/core/documents.ts';
import { type FileDoc, files } from '../../../cloud/core/file-documents.ts';
import { importFile, requestImport } from '../../../cloud/core/import-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import type { World } from '../../../cloud/core/world.ts';
import { write } from '../../../cloud/ports/store.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { readKept } from './book-invariants.ts';
import { faultyWorld } from './faulty-world.ts';
import { february, file, iban, march, openBook, type Told, toPocket } from './made-up-files.ts';
import { choose, erika, nothingChosen, placeOf, send, workOnFiles } from './taking-files.ts';
import { bookId } from './world.ts';

describe('an import', () => {
  const fileDoc = async ({ store }: World) =>
    (await store.get(files, placeOf(0)))?.value as FileDoc;

  /** A file of more pages than one commit takes, about to be taken in. */
  async function beginLarge() {
    const it = await openBook();
    const entries = Array.from({ length: 205 }, (_, at) => {
      const month = String((at % 12) + 1).padStart(2, '0');
      return [`${2000 + Math.floor(at / 12)}-${month}-15`, '-1.00'] as const;
    });
    const large = file({ currency: 'EUR', closing: ['795.00', '2017-01-31'], entries });
    const fileId = await send(it.world, large);
    const { choices } = await choose(it.world, fileId, toPocket);
    await requestImport(it.world, erika, { fileId, choices });
    return { ...it, fileId };
  }

  const deaths = ['death-before', 'death-after'] as const;
  test.each(deaths)(
    'brings each entry once, wherever its worker dies: %s',
    async (effect) => {
      for (let at = 1; ; at++) {
        const { world, pass, overview, queue, fileId } = await beginLarge();
        const { world: dying, told } = faultyWorld(world, at, effect);
        await importFile(dying, placeOf(0)).catch(() => {});
        if (told.name === '') {
          expect(at).toBeGreaterThan(11);
          break;
        }
        queue.length = 0;
        pass(leaseMs + 60_000);
        await scheduleSyncs(world);
        for (const task of queue) if (task.kind === 'import') await importFile(world, task.fileKey);
        const { imports, fileAccounts } = await overview();
        expect(imports).toMatchObject([{ fileId, state: 'done', newRows: 205 }]);
        const [account] = fileAccounts;
        expect({ at, account }).toMatchObject({
          at,
          account: { proof: { kind: 'ties' }, balance: '795.00' },
        });
        const { entries, ledger } = await readKept(world, account?.key ?? '');
        expect({ at, kept: entries.length }).toEqual({ at, kept: 205 });
        expect(ledger).toMatchObject({ bookedMinor: -20_500, opening: { minor: 100_000 } });
      }
    },
    60_000,
  );

  test('tells how far it is, and does not come again once it was taken back half way', async () => {
    const { world, pass, overview, fileId } = await beginLarge();
    const seen: unknown[] = [];
    const leases: unknown[] = [];
    const { store } = world;
    const commit: typeof store.commit = async (writes) => {
      const versions = await store.commit(writes);
      seen.push((await overview()).imports[0]?.progress);
      leases.push((await fileDoc(world)).dueAt);
      if (seen.length === 3) throw new Error('killed');
      return versions;
    };
    const watched = { ...world, store: { ...bound(store), commit } };
    await expect(importFile(watched, placeOf(0))).rejects.toThrow('killed');
    expect(seen).toContainEqual({ done: 200, total: 205 });
    expect(leases).toContain(addMs(world.clock.now(), leaseMs));
    const [run] = (await overview()).runs;
    expect(await undoRun(world, bookId, { runId: run?.id ?? '', preview: false })).toMatchObject({
      removed: 200,
    });
    pass(leaseMs);
    await importFile(world, placeOf(0));
    expect((await overview()).imports).toEqual([
      { fileId, name: 'umsatz.csv', state: 'done', newRows: 0 },
    ]);
    expect(await store.get(progresses, placeOf(0))).toBeNull();
  });

  test("is one worker's at a time, and given up where it is the end of each", async () => {
    const { world, pass, overview, lines } = await beginLarge();
    const { store } = world;
    const broken = {
      ...world,
      readStatementFile: () => {
        throw new TypeError('of a name');
      },
    };
    for (let tries = 1; tries <= 2; tries++) {
      await expect(importFile(broken, placeOf(0))).rejects.toThrow(TypeError);
      expect(await fileDoc(world)).toMatchObject({
        state: 'importing',
        order: { tries },
        dueAt: addMs(world.clock.now(), 60_000),
      });
    }
    const held = await fileDoc(world);
    const lease = { holder: 'another', until: '2026-03-02T09:00:00.000Z' };
    await store.commit([write(files, placeOf(0), { ...held, lease }, 'any')]);
    await importFile(broken, placeOf(0));
    expect(await fileDoc(world)).toMatchObject({ order: { tries: 2 } });
    pass(2 * 3_600_000);
    await importFile(broken, placeOf(0));
    const { expiresAt: _, ...told } = await fileDoc(world);
    expect(told).toMatchObject({ state: 'failed', failure: { code: 'internal' } });
    expect(told).not.toHaveProperty('lease');
    expect((await overview()).imports).toMatchObject([{ failure: { code: 'internal' } }]);
    expect(JSON.stringify(lines)).not.toMatch(/umsatz|of a name|Cafe/);
  });

  test('undone, takes its rows, its opening and its balance along; again, it brings them back', async () => {
    const { world, take, rows, ofFiles } = await openBook();
    const content = file({
      iban,
      currency: 'EUR',
      closing: ['93.60', '2026-02-28'],
      entries: february,
    });
    const { runId = '' } = await take(content, toPocket);
    expect((await world.store.get(runs, runId))?.value.accounts).toHaveLength(1);
    await undoRun(world, bookId, { runId, preview: false });
    await deliverBook(world, bookId);
    expect(rows()).toEqual([]);
    const [account] = await ofFiles();
    expect(account).not.toHaveProperty('balance');
    expect(account).not.toHaveProperty('proof');
    expect(await take(content)).toMatchObject({ newRows: 3 });
    expect(await ofFiles()).toMatchObject([{ balance: '93.60', proof: { kind: 'ties' } }]);
    const page = await world.store.get(statementPages, `${bookId}~${account?.key}~2026-02`);
    expect(await take(content)).toMatchObject({ newRows: 0, known: 3 });
    expect(await world.store.get(statementPages, page?.key ?? '')).toEqual(page);
    expect(rows()).toHaveLength(3);
  });

  test('undone, leaves what an older file of the same day or before said that the account holds', async () => {
    const { world, take, ofFiles } = await openBook();
    const of = (entries: Told['entries'], ...closing: [string, string]) =>
      file({ iban, currency: 'EUR', closing, entries });
    const ids = [];
    for (const content of [
      of(february, '93.60', '2026-02-28'),
      of(february.slice(1), '93.60', '2026-02-28'),
      of(march, '86.60', '2026-03-01'),
    ]) {
      const { runId } = await take(content, toPocket);
      if (runId) ids.push(runId);
    }
    const [first = '', newest = ''] = [ids[0], ids.at(-1)];
    await undoRun(world, bookId, { runId: newest, preview: false });
    expect(await ofFiles()).toMatchObject([{ balance: '93.60', proof: { kind: 'ties' } }]);
    await deliverBook(world, bookId);
    await undoRun(world, bookId, { runId: first, preview: false });
    expect((await ofFiles())[0]).not.toHaveProperty('proof');
  });

  test('that is done tells how many of its rows stand in the sheet', async () => {
    const { world } = await openBook();
    const entries = Array.from({ length: 1200 }, (_, at) => {
      return ['2026-02-01', `-${at + 1}.00`] as const;
    });
    const fileId = await send(world, file({ iban, currency: 'EUR', entries }));
    const { choices } = await choose(world, fileId, toPocket);
    await requestImport(world, erika, { fileId, choices });
    await workOnFiles(world);
    const told = async () => {
      const { imports, waitingRows } = await overviewOf(world, bookId, 'erika');
      return { rows: imports[0]?.rows, waitingRows };
    };
    expect(await told()).toEqual({ rows: { done: 0, total: 1200 }, waitingRows: 1200 });
    const query = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
    const [first] = await world.store.find(outbox, query);
    await world.store.commit([write(outbox, first?.key ?? '', null, 'any')]);
    expect(await told()).toEqual({ rows: { done: 1000, total: 1200 }, waitingRows: 200 });
    await deliverBook(world, bookId);
    expect(await told()).toEqual({ waitingRows: 0 });
  });

  test('that failed is tried again by what was chosen then', async () => {
    const { world, rows } = await openBook();
    const content = file({ iban, currency: 'EUR', entries: february });
    const fileId = await send(world, content);
    await expect(requestImport(world, erika, { fileId })).rejects.toThrow('bad-request');
    const { choices } = await choose(world, fileId, toPocket);
    await requestImport(world, erika, { fileId, choices });
    const readStatementFile = () => {
      throw new TypeError('no');
    };
    for (let tries = 0; tries < 3; tries++) {
      await workOnFiles({ ...world, readStatementFile }).catch(() => {});
    }
    const view = async () => (await overviewOf(world, bookId, 'erika')).imports[0];
    expect(await view()).toMatchObject({ state: 'failed', failure: { code: 'internal' } });
    await requestImport(world, erika, { fileId });
    await workOnFiles(world);
    expect(await view()).toMatchObject({ state: 'done', newRows: 3 });
    await deliverBook(world, bookId);
    expect(rows()).toHaveLength(3);
  });

  test('of half a surrogate pair in what the user chose is one of what can be stored', async () => {
    const { world, take, ofFiles } = await openBook();
    const odd = { bookAccount: { path: 'Assets:\ud800', type: 'asset' } } as const;
    await take(file({ currency: 'EUR', entries: march }), odd);
    expect((await ofFiles())[0]?.feed?.bookAccount.path).toBe('Assets:\ufffd');
    expect(
      await previewFile(world, erika, {
        fileId: await send(world, file({ entries: [] })),
        choices: nothingChosen,
      }),
    ).toMatchObject({ accounts: [{ entries: 0, period: null }] });
  });
});

/** A store whose methods may be taken apart. */
function bound({ get, getMany, find, close, commit }: World['store']): World['store'] {
  return { get, getMany, find, close, commit };
}
