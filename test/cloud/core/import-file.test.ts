import { describe, expect, test } from '@jest/globals';
import { unsync } from '../../../cloud/core/bank-accounts.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, connections, outbox, runs } from '../../../cloud/core/documents.ts';
import { type FileDoc, files } from '../../../cloud/core/file-documents.ts';
import { importFile, requestImport } from '../../../cloud/core/import-file.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { Cell } from '../../../cloud/ports/sheet.ts';
import type { ReadStatementFile } from '../../../cloud/ports/statement-files.ts';
import { write } from '../../../cloud/ports/store.ts';
import { fromSerial } from '../../../shared/calendar-date.ts';
import { parseMoney } from '../../../shared/money.ts';
import type { FileTarget } from '../../../shared/statement-files.ts';
import { readKept } from './book-invariants.ts';
import { connectAs } from './connecting.ts';
import { faultyWorld } from './faulty-world.ts';
import {
  choose,
  erika,
  nothingChosen,
  placeOf,
  send,
  takeFile,
  workOnFiles,
} from './taking-files.ts';
import { bookId, bookOfErika, connectGiro, createTestWorld, entry, giro } from './world.ts';

const { iban = '' } = giro;
const pocket = { path: 'Assets:Pocket', type: 'asset' } as const;
const toPocket: FileTarget = { bookAccount: pocket };
const toGiro: FileTarget = { accountKey: 'k-giro' };

/** An account in a made-up file: entries by day and amount. */
interface Told {
  readonly iban?: string;
  readonly number?: string;
  readonly currency?: string;
  readonly closing?: readonly [amount: string, day: string];
  readonly entries: readonly (readonly [day: string, amount: string])[];
}

const file = (...told: readonly Told[]) => JSON.stringify(told);

const readMadeUp: ReadStatementFile = (bytes, known) => {
  const told = JSON.parse(Buffer.from(bytes).toString()) as readonly Told[];
  return {
    kind: 'statements',
    statements: told.map(({ currency, closing, entries, ...account }) => {
      const money = (amount: string) => parseMoney(amount, currency ?? known.currency ?? 'XXX');
      const [sum, date] = closing ?? [];
      return {
        format: 'csv',
        layout: 'l1',
        account: { ...account, type: 'current' },
        ...(currency && { currency }),
        ...(sum && date && { closing: { amount: money(sum), date } }),
        entries: entries.map(([bookingDate, amount]) => ({
          ...entry('-1.00', { bookingDate }),
          amount: money(amount),
        })),
        problems: [],
      };
    }),
  };
};

/** Erika's book, in which no bank fills anything yet. */
async function openBook() {
  const it = createTestWorld();
  const world: World = { ...it.world, readStatementFile: readMadeUp };
  await world.store.commit([write(books, bookId, bookOfErika(world.clock.now()), 'absent')]);
  const overview = () => overviewOf(world, bookId, 'erika');
  const deliver = async () => {
    const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
    while ((await world.store.find(outbox, waiting)).length > 0) await deliverBook(world, bookId);
  };
  const sync = async (id: string) => {
    const result = await syncConnection(world, id, 'manual');
    await deliver();
    return result;
  };
  return {
    ...it,
    world,
    overview,
    deliver,
    sync,
    ofFiles: async () => (await overview()).fileAccounts,
    take: async (content: string, ...choice: readonly [FileTarget?, object?]) => {
      const done = await takeFile(world, content, ...choice);
      await deliver();
      return done;
    },
    look: async (content: string, target?: FileTarget) =>
      (await choose(world, await send(world, content), target)).preview.accounts,
    link: async (id: string, path: string, from = '2026-01-01') => {
      const account = (await world.store.get(connections, id))?.value.accounts[0];
      const bookAccount = { path, type: 'asset' } as const;
      const args = { connectionId: id, accountKey: account?.key ?? '', bookAccount, from };
      await linkAccount(world, bookId, args);
    },
    rows: () =>
      (it.sheet.state.transactions ?? [])
        .map(({ date, amount }) => `${fromSerial(numberIn(date))} ${numberIn(amount)}`)
        .sort(),
    /** Of Assets:Pocket in the Accounts tab: by the bank, by the book, and what lies between. */
    balances: () => {
      const all = it.sheet.state.accounts ?? [];
      const row = all.find(({ path }) => path?.kind === 'text' && path.text === pocket.path);
      return [row?.bankBalance, row?.bookBalance, row?.difference].map(numberIn);
    },
  };
}

const numberIn = (cell: Cell | undefined) => (cell?.kind === 'number' ? cell.number : Number.NaN);

const february: Told['entries'] = [
  ['2026-02-01', '-3.20'],
  ['2026-02-01', '-3.20'],
  ['2026-02-20', '100.00'],
];
const march: Told['entries'] = [
  ['2026-02-20', '100.00'],
  ['2026-03-01', '-7.00'],
];
const both = ['2026-02-01 -3.2', '2026-02-01 -3.2', '2026-02-20 100', '2026-03-01 -7'];

describe('an account that files alone fill', () => {
  test('has its balance proven, in the sidebar and the Accounts tab', async () => {
    const { take, ofFiles, rows, balances } = await openBook();
    const first = file({
      iban,
      currency: 'EUR',
      closing: ['93.60', '2026-02-28'],
      entries: february,
    });
    expect(await take(first, toPocket)).toMatchObject({ newRows: 3, known: 0 });
    expect(await ofFiles()).toMatchObject([
      { iban, name: 'Pocket', currency: 'EUR', balance: '93.60', proof: { kind: 'ties' } },
    ]);
    expect(balances()).toEqual([93.6, 93.6, 0]);
    const next = file({ iban, currency: 'EUR', closing: ['85.00', '2026-03-01'], entries: march });
    expect(await take(next)).toMatchObject({ newRows: 1, known: 1 });
    expect(await ofFiles()).toMatchObject([
      { balance: '85.00', proof: { kind: 'off', offBy: '-1.60' } },
    ]);
    expect(balances()).toEqual([85, 86.6, -1.6]);
    expect(rows()).toEqual(both);
  });

  test('keeps its newest balance when an older file comes later, and has none once it is old', async () => {
    const { take, ofFiles } = await openBook();
    const of = (entries: Told['entries'], closing?: Told['closing']) =>
      file({ iban, currency: 'EUR', entries, ...(closing && { closing }) });
    await take(of(march, ['86.60', '2026-03-01']), toPocket);
    await take(of(february, ['93.60', '2026-02-28']));
    expect(await ofFiles()).toMatchObject([
      { balance: '86.60', proof: { kind: 'ties' }, feed: { from: '2026-02-01' } },
    ]);
    await take(of([['2026-03-02', '-1.00']]));
    const [account] = await ofFiles();
    expect(account).not.toHaveProperty('balance');
    expect(account).toMatchObject({ proof: { kind: 'unknown' } });
  });

  test.each([
    ['with the number', { iban }],
    ['without a number', {}],
  ])(
    '%s goes on with the bank that is linked to it later, and back after it',
    async (_, number) => {
      const { world, bank, take, link, sync, ofFiles, rows, overview, look } = await openBook();
      await take(file({ ...number, currency: 'EUR', entries: march }), toPocket);
      await take(file({ ...number, currency: 'EUR', entries: february }), toPocket);
      expect(rows()).toEqual(both);
      bank.pages = [
        [...february, ...march.slice(1)].map(([bookingDate, amount]) =>
          entry(amount, { bookingDate }),
        ),
      ];
      const { key } = await connectAs(world);
      await link(key, pocket.path);
      expect(await ofFiles()).toEqual([]);
      expect(await sync(key)).toMatchObject({ outcome: 'complete', newRows: 0 });
      const [account] = (await overview()).connections[0]?.accounts ?? [];
      const again = file({
        ...number,
        currency: 'EUR',
        entries: [...march, ['2026-03-02', '-9.00']],
      });
      expect(await look(again, toPocket)).toMatchObject([{ change: { newRows: 1, known: 2 } }]);
      await unsync(world, bookId, key);
      expect(await take(again, toPocket)).toMatchObject({ newRows: 1, known: 2 });
      expect(await ofFiles()).toMatchObject([{ key: account?.key, feed: { bookAccount: pocket } }]);
      const later = await connectAs(world);
      await link(later.key, pocket.path);
      expect(await sync(later.key)).toMatchObject({ outcome: 'complete', newRows: 0 });
      expect(await ofFiles()).toEqual([]);
      expect(rows()).toEqual([...both, '2026-03-02 -9']);
    },
  );

  test('is given up to no bank account of another number or currency, or that has entries of its own', async () => {
    const { world, bank, take, link, sync, ofFiles } = await openBook();
    await take(file({ iban: 'DE02120300000000202051', currency: 'EUR', entries: march }), toPocket);
    const bar = { bookAccount: { path: 'Assets:Bar', type: 'asset' } } as const;
    await take(file({ currency: 'USD', entries: march }), bar);
    const box = { bookAccount: { path: 'Assets:Box', type: 'asset' } } as const;
    await take(file({ currency: 'EUR', entries: march }), box);
    const { key } = await connectAs(world);
    await expect(link(key, pocket.path)).rejects.toThrow('Files of another account');
    await expect(link(key, 'Assets:Bar')).rejects.toThrow('in USD, this account is in EUR');
    bank.pages = [[entry('-1.00')]];
    await link(key, 'Assets:Checking');
    await sync(key);
    await expect(link(key, 'Assets:Box')).rejects.toThrow('other entries of this account');
    expect(await ofFiles()).toHaveLength(3);
  });

  test('takes the currency of the file, of the book account, of the other accounts, or of the country', async () => {
    const currencyIn = async (prepare: (it: Awaited<ReturnType<typeof openBook>>) => unknown) => {
      const it = await openBook();
      await prepare(it);
      const [account] = await it.look(file({ entries: march }), toPocket);
      return account?.currency ?? account?.failure?.detail;
    };
    expect(await currencyIn(({ sheet }) => Object.assign(sheet.state, { locale: 'de_CH' }))).toBe(
      'CHF',
    );
    expect(await currencyIn(({ world }) => connectGiro(world).catch(() => {}))).toBe('USD');
    expect(
      await currencyIn(({ take }) =>
        take(file({ currency: 'SEK', entries: march }), {
          bookAccount: { path: 'Assets:X', type: 'asset' },
        }),
      ),
    ).toBe('SEK');
    expect(
      await currencyIn(({ sheet }) => Object.assign(sheet.state, { access: 'none' })),
    ).toContain('names no currency');
    const { look } = await openBook();
    const inYen = { bookAccount: { ...pocket, currency: 'JPY' } };
    expect(await look(file({ entries: [['2026-03-01', '-700']] }), inYen)).toMatchObject([
      { currency: 'JPY', change: { rows: [{ amount: '-700', currency: 'JPY' }] } },
    ]);
    expect(await look(file({ currency: 'EUR', entries: march }), inYen)).toMatchObject([
      {
        target: null,
        change: null,
        failure: { detail: 'Assets:Pocket is kept in JPY, the file in EUR.' },
      },
    ]);
  });
});

describe('where the entries of a file go', () => {
  async function bookWithGiro() {
    const it = await openBook();
    const found = await it.world.store.get(books, bookId);
    await it.world.store.commit([write(books, bookId, null, { version: found?.version ?? '' })]);
    await connectGiro(it.world);
    return it;
  }

  test('is told by the number of an account, with or without zeros and check digits', async () => {
    const { look } = await bookWithGiro();
    const numbers: readonly Pick<Told, 'iban' | 'number'>[] = [
      { iban: 'DE89 3704 0044 0532 0130 00' },
      { number: '532013000' },
      { number: '0532013000' },
      { number: '37040044/0532013000' },
    ];
    for (const number of numbers) {
      expect(await look(file({ ...number, entries: march }))).toMatchObject([
        { target: toGiro, targetBy: 'number', currency: 'EUR', change: { newRows: 2 } },
      ]);
    }
    for (const number of [{}, { number: '13000' }, { number: '99532013001' }]) {
      expect(await look(file({ ...number, entries: march }))).toMatchObject([
        { target: null, targetBy: null, currency: null, change: null },
      ]);
    }
  });

  test('is asked once where no number tells, and remembered once a file was taken in', async () => {
    const { look, take } = await bookWithGiro();
    const nameless = file({ entries: february });
    await look(nameless, toGiro);
    expect(await look(nameless)).toMatchObject([{ target: null, targetBy: null }]);
    await take(nameless, toGiro);
    const last = { target: toGiro, targetBy: 'last-time', currency: 'EUR' };
    expect(await look(file({ entries: march }))).toMatchObject([last]);
    expect(await look(file({ entries: march, currency: 'USD' }))).toMatchObject([{ target: null }]);
    expect(await look(file({ entries: march }), toPocket)).toMatchObject([{ targetBy: 'user' }]);
  });

  test('an account of the file may be left out; two cannot be one', async () => {
    const { world, look, take, rows } = await bookWithGiro();
    const two = file(
      { number: 'A1', currency: 'EUR', entries: march },
      { number: 'B2', currency: 'USD', entries: february },
    );
    const [one, other] = await look(two);
    const out = {
      targets: {
        [one?.key ?? '']: toPocket.bookAccount ? toPocket : null,
        [other?.key ?? '']: null,
      },
    };
    expect(await take(two, undefined, out)).toMatchObject({ newRows: 2 });
    expect(rows()).toHaveLength(2);
    expect(await look(two, toPocket)).toMatchObject([
      { change: { newRows: 0, known: 2 } },
      { target: null, failure: { detail: 'It is the statement of another account or currency.' } },
    ]);
    const fileId = await send(world, two);
    await requestImport(world, erika, { fileId, choices: nothingChosen });
    await workOnFiles(world);
    expect((await overviewOf(world, bookId, 'erika')).imports[0]).toMatchObject({
      state: 'failed',
      failure: { code: 'bad-request', detail: 'Choose where the entries of each account go.' },
    });
    await requestImport(world, erika, { fileId, choices: { ...nothingChosen, ...out } });
    await workOnFiles(world);
    expect((await overviewOf(world, bookId, 'erika')).imports[0]).toMatchObject({
      state: 'done',
      newRows: 0,
    });
  });

  test('before the start of a bank account only where the user wants it: the start moves back then', async () => {
    const { world, look, take, rows } = await bookWithGiro();
    const old = file({
      iban,
      entries: [
        ['2025-12-30', '-1.00'],
        ['2026-01-01', '-2.00'],
      ],
    });
    expect(await look(old)).toMatchObject([{ change: { newRows: 1, beforeStart: 1 } }]);
    await take(old);
    expect(rows()).toEqual(['2026-01-01 -2']);
    expect(await take(old, undefined, { isFromStart: true })).toMatchObject({
      newRows: 1,
      known: 1,
    });
    expect(rows()).toEqual(['2025-12-30 -1', '2026-01-01 -2']);
    const connection = await world.store.get(connections, 'c1');
    expect(connection?.value.accounts).toMatchObject([{ feed: { from: '2025-12-30' } }]);
  });

  test('of a bank account of the same number only to where that goes', async () => {
    const { look } = await bookWithGiro();
    const same = file({ iban, currency: 'EUR', entries: march });
    expect(await look(same, toPocket)).toMatchObject([
      { target: null, failure: { detail: 'This account fills Assets:Checking: choose that one.' } },
    ]);
    const checking = { bookAccount: { path: 'Assets:Checking', type: 'asset' } } as const;
    expect(await look(same, checking)).toMatchObject([{ change: { newRows: 2 } }]);
  });
});

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
    const { store } = world;
    const commit: typeof store.commit = async (writes) => {
      const versions = await store.commit(writes);
      seen.push((await overview()).imports[0]?.progress);
      if (seen.length === 3) throw new Error('killed');
      return versions;
    };
    const watched = { ...world, store: { ...bound(store), commit } };
    await expect(importFile(watched, placeOf(0))).rejects.toThrow('killed');
    expect(seen).toContainEqual({ done: 200, total: 205 });
    const [run] = (await overview()).runs;
    expect(await undoRun(world, bookId, { runId: run?.id ?? '', preview: false })).toMatchObject({
      removed: 200,
    });
    pass(leaseMs);
    await importFile(world, placeOf(0));
    expect((await overview()).imports).toEqual([
      { fileId, name: 'umsatz.csv', state: 'done', newRows: 0 },
    ]);
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
      expect(await fileDoc(world)).toMatchObject({ state: 'importing', order: { tries } });
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
    expect(await take(content)).toMatchObject({ newRows: 0, known: 3 });
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
