import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, connections, ledgerKey, ledgers } from '../../../cloud/core/documents.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { requestHistory } from '../../../cloud/core/request-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import type { World } from '../../../cloud/core/world.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import { Dead } from './faulty-world.ts';
import { csvOf, takeFile } from './taking-files.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const dayMs = 24 * 3_600_000;

async function bookAtWork(from = '2026-01-01') {
  const it = createTestWorld();
  const { world, bank, sheet } = it;
  const feed = { bookAccount: { path: 'Assets:Checking', type: 'asset' }, from } as const;
  const id = await connectGiro(world, { accounts: [{ ...giro, key: 'k-giro', feed }] });
  const deliver = () => deliverBook(world, bookId);
  const rows = () => sheet.state.transactions ?? [];
  /** Without delivery. */
  const fetch = () => syncConnection(world, id, 'manual');
  const takeCsv = (lines: string) => takeFile(world, csvOf(lines), { accountKey: 'k-giro' });
  return {
    ...it,
    id,
    rows,
    deliver,
    fetch,
    sync: async () => {
      const result = await fetch();
      await deliver();
      return result;
    },
    takeCsv,
    importCsv: async (lines: string) => {
      const done = await takeCsv(lines);
      await deliver();
      return done;
    },
    runs: async () => (await overviewOf(world, bookId, 'erika')).runs,
    undo: async (runId = '') => {
      const done = await undoRun(world, bookId, { runId, preview: false });
      await deliver();
      return done;
    },
    proof: async () => (await world.store.get(connections, id))?.value.accounts[0]?.proof,
    amounts: () => rows().map(({ amount }) => (amount?.kind === 'number' ? amount.number : 0)),
    say: (minor: number) => {
      bank.balance = { booked: { minor, currency: 'EUR' } };
    },
  };
}

const tick = { kind: 'check', checked: true } as const;

describe('undoing a run', () => {
  test('does not bring back a row that the user deleted while an update of it waited', async () => {
    const { bank, sheet, sync, fetch, deliver, runs, undo, amounts } = await bookAtWork();
    const hold = { reference: 'H1', text: 'HOLD' };
    bank.pages = [[entry('-5.00', { ...hold, status: 'pending' })]];
    await sync();
    const [run] = await runs();
    bank.pages = [[entry('-5.50', hold)]];
    expect(await fetch()).toMatchObject({ settled: 1 });
    sheet.state.transactions = [];
    expect(await undo(run?.id)).toMatchObject({ removed: 0 });
    expect(await sync()).toMatchObject({ newRows: 0 });
    await deliver();
    expect(amounts()).toEqual([]);
  });

  test('a file that was imported twice leaves no row when it is undone once', async () => {
    const { importCsv, runs, undo, amounts } = await bookAtWork();
    const lines = '2026-02-01,Kiosk,ZEITUNG,-3.20\n2026-02-02,Kiosk,ZEITUNG,-3.20';
    expect(await importCsv(lines)).toMatchObject({ newRows: 2 });
    expect(await importCsv(lines)).toMatchObject({ newRows: 0, known: 2 });
    expect(await runs()).toHaveLength(1);
    expect(await undo((await runs())[0]?.id)).toEqual({ removed: 2, stays: [] });
    expect(amounts()).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  test('is possible before its rows are delivered, and none of them comes then', async () => {
    const { bank, fetch, deliver, runs, undo, amounts } = await bookAtWork();
    bank.pages = [[entry('-1.00'), entry('-2.00', { text: 'TWO' })]];
    await fetch();
    const waiting = await runs();
    expect(waiting).toMatchObject([{ kind: 'sync', newRows: 2, connectionId: 'c1' }]);
    expect(await undo(waiting[0]?.id)).toEqual({ removed: 2, stays: [] });
    await deliver();
    expect(amounts()).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  test('is possible for each of some files and a sync that wait to be delivered', async () => {
    const { bank, fetch, takeCsv, deliver, runs, undo, pass, amounts } = await bookAtWork();
    for (let day = 1; day <= 4; day++) {
      await takeCsv(`2026-02-0${day},Kiosk,ZEITUNG,-${day}.00`);
      pass(60_000);
    }
    bank.pages = [[entry('-9.00')]];
    await fetch();
    const waiting = await runs();
    const files = ['import', 'import', 'import', 'import'];
    expect(waiting.map(({ kind }) => kind)).toEqual(['sync', ...files]);
    for (const { id } of waiting) expect(await undo(id)).toMatchObject({ removed: 1 });
    await deliver();
    expect(amounts()).toEqual([]);
  });

  test('stays possible while syncs bring other balances, but no rows', async () => {
    const { world, bank, sync, pass, say, runs, undo, amounts } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    say(10_000);
    await sync();
    const [first] = await runs();
    for (let at = 1; at <= 25; at++) {
      pass(60_000);
      say(10_000 + at);
      expect(await sync()).toMatchObject({ newRows: 0 });
    }
    expect((await world.store.get(books, bookId))?.value.runs).toEqual([first?.id]);
    expect(await runs()).toMatchObject([{ id: first?.id }]);
    expect(await undo(first?.id)).toMatchObject({ removed: 1 });
    expect(amounts()).toEqual([]);
  });
  test('stays possible while syncs tell its rows differently', async () => {
    const { bank, sync, pass, runs, undo, amounts } = await bookAtWork();
    const told = (minor: number) => entry(`-${minor}.00`, { reference: 'H1', status: 'pending' });
    bank.pages = [[told(1)]];
    await sync();
    const [first] = await runs();
    for (let at = 2; at <= 26; at++) {
      pass(60_000);
      bank.pages = [[told(at)]];
      expect(await sync()).toMatchObject({ newRows: 0 });
    }
    expect(amounts()).toEqual([-26]);
    expect(await runs()).toMatchObject([{ id: first?.id }]);
    expect(await undo(first?.id)).toMatchObject({ removed: 1 });
    expect(amounts()).toEqual([]);
  });
});

describe('the balance and a file', () => {
  const wrong = '2026-02-20,Fremd,WRONG,-9.99';

  test('that came before the first sync still agree once the file is undone', async () => {
    const { bank, sync, importCsv, say, runs, undo, proof, amounts } = await bookAtWork();
    await importCsv(wrong);
    const [file] = await runs();
    bank.pages = [[entry('-1.00')]];
    say(10_000);
    await sync();
    expect(await proof()).toEqual({ kind: 'ties' });
    expect(await undo(file?.id)).toMatchObject({ removed: 1 });
    expect(await sync()).toMatchObject({ newRows: 0 });
    expect(amounts()).toEqual([-1]);
    expect(await proof()).toEqual({ kind: 'ties' });
    bank.pages = [[entry('-1.00'), entry('-2.00', { text: 'TWO' })]];
    say(9_800);
    await sync();
    expect(await proof()).toEqual({ kind: 'ties' });
  });

  test('that came after it differ until the file is undone', async () => {
    const { bank, sync, importCsv, say, runs, undo, proof, pass } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    say(10_000);
    await sync();
    pass(60_000);
    await importCsv(wrong);
    await sync();
    const offBy = { minor: 999, currency: 'EUR' };
    expect(await proof()).toMatchObject({ kind: 'off', offBy });
    const file = (await runs()).find(({ kind }) => kind === 'import');
    await undo(file?.id);
    await sync();
    expect(await proof()).toEqual({ kind: 'ties' });
  });
});

describe('a sync of history that is too large for one commit', () => {
  const older = Array.from({ length: 2_500 }, (_, at) =>
    entry(`-${(at % 97) + 1}.00`, {
      text: `PURCHASE ${at} ${'x'.repeat(1_000)}`,
      bookingDate: addDays('2026-01-02', at % 45),
    }),
  );
  const newer = [entry('-1.00'), entry('-2.00', { text: 'TWO' })];

  /** A book with a proven balance, of which the user then wants all since January. */
  async function askedForHistory() {
    const it = await bookAtWork('2026-02-20');
    it.bank.pages = [[...older, ...newer]];
    it.say(100_000);
    await it.sync();
    expect(await it.proof()).toEqual({ kind: 'ties' });
    await requestHistory(it.world, bookId, { connectionId: it.id, from: '2026-01-01' }, undefined);
    const ledger = async () =>
      (await it.world.store.get(ledgers, ledgerKey(bookId, 'k-giro')))?.value;
    return {
      ...it,
      ledger,
      outcome: async () => {
        const { opening, bookedMinor } = (await ledger()) ?? {};
        return { opening, bookedMinor, proof: await it.proof() };
      },
    };
  }

  /** The same world, which dies at its `at`-th commit. */
  function dyingAt(world: World, at: number): World {
    const { store } = world;
    let commits = 0;
    const commit: World['store']['commit'] = async (writes) => {
      if (++commits >= at) throw new Dead();
      return store.commit(writes);
    };
    return {
      ...world,
      store: {
        get: store.get.bind(store),
        getMany: store.getMany.bind(store),
        find: store.find.bind(store),
        close: store.close.bind(store),
        commit,
      },
    };
  }

  test('leaves opening and proof right after whichever commit the process dies', async () => {
    const calm = await askedForHistory();
    const whole = await syncConnection(calm.world, calm.id, 'historical');
    expect(whole).toMatchObject({ outcome: 'complete', newRows: older.length });
    const expected = await calm.outcome();
    expect(expected).toMatchObject({ opening: { from: '2026-01-01' }, proof: { kind: 'ties' } });
    let deaths = 0;
    for (let dies = 1; ; dies++) {
      const book = await askedForHistory();
      const dying = dyingAt(book.world, dies);
      const end = await syncConnection(dying, book.id, 'historical').catch((error) => error);
      if (!(end instanceof Dead)) break;
      deaths += 1;
      // Opening and entries lead to what the bank says, however many of these have come.
      const { opening, bookedMinor = 0 } = (await book.ledger()) ?? {};
      expect({ dies, minor: (opening?.minor ?? 0) + bookedMinor }).toEqual({
        dies,
        minor: 100_000,
      });
      book.pass(leaseMs);
      expect(await book.fetch()).toMatchObject({ outcome: 'complete' });
      expect({ dies, ...(await book.outcome()) }).toEqual({ dies, ...expected });
    }
    expect(deaths).toBeGreaterThan(1);
  }, 60_000);
});

describe('a pending row that the user has posted', () => {
  test('stays one row when the bank takes the entry away and books it days later', async () => {
    const { bank, sync, pass, rows, amounts } = await bookAtWork();
    const hold = { text: 'HOTEL BERG', counterparty: 'Hotel Berg' };
    bank.pages = [[entry('-80.00', { ...hold, status: 'pending' })]];
    await sync();
    const [row] = rows();
    if (row) row.posted = tick;
    bank.pages = [[]];
    pass(dayMs);
    expect(await sync()).toMatchObject({ removed: 1 });
    expect(amounts()).toEqual([-80]);
    bank.pages = [[entry('-80.00', { ...hold, bookingDate: '2026-03-05' })]];
    pass(3 * dayMs);
    await sync();
    expect(amounts()).toEqual([-80]);
    expect(rows()[0]?.posted).toMatchObject(tick);
    await sync();
    expect(amounts()).toEqual([-80]);
  });
});
