import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { connections, ledgerKey, ledgers, outbox } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { FailureError } from '../../../shared/failures.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

const hourMs = 3_600_000;

async function syncedWorld(entries = [entry('-4.50', { reference: 'E1' })]) {
  const it = createTestWorld();
  const { world, bank } = it;
  const id = await connectGiro(world);
  bank.pages = [entries];
  bank.balance = { booked: { minor: 99550, currency: 'EUR' } };
  const sync = () => syncConnection(world, id, 'manual');
  const connection = async () => {
    const found = await world.store.get(connections, id);
    if (!found) throw new Error('no connection');
    return found.value;
  };
  return { ...it, id, sync, connection };
}

describe('syncing a connection', () => {
  test('brings the entries of the bank into the sheet, once', async () => {
    const { world, sheet, sync, queue } = await syncedWorld();
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
    expect(queue).toEqual([{ kind: 'deliver', bookId }]);
    await deliverBook(world, bookId);
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 0 });
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toHaveLength(1);
    expect(sheet.state.transactions?.[0]).toMatchObject({
      description: { text: 'Cafe Rot · COFFEE' },
      amount: { number: -4.5 },
      account: { text: 'Assets:Checking' },
      posted: { checked: false },
    });
    expect(sheet.state.accounts?.[0]).toMatchObject({
      path: { text: 'Assets:Checking' },
      bankBalance: { number: 995.5 },
    });
  });

  test('a first sync and one without news keep to their operations', async () => {
    const { world, sync, operations, sheet } = await syncedWorld();
    operations.length = 0;
    await sync();
    await deliverBook(world, bookId);
    expect(operations.length).toBeLessThanOrEqual(12);
    expect(sheet.state.requests).toEqual(['read', 'write']);
    operations.length = 0;
    await sync();
    // The connection is read, written with what is to be counted and, once its ledger is read, with the result.
    expect(operations).toEqual(['read 1', 'write 1', 'read 1', 'write 1']);
    expect(sheet.state.requests).toHaveLength(2);
  });

  test('a text that the bank has cut inside an emoji is stored and shown', async () => {
    const { world, sheet, sync } = await syncedWorld([entry('-1.00', { text: 'PIZZA \ud83c' })]);
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
    await deliverBook(world, bookId);
    expect(sheet.state.transactions?.[0]?.description).toEqual({
      kind: 'text',
      text: 'Cafe Rot · PIZZA \ufffd',
    });
  });

  test('a fetch that breaks off on its last page stores nothing of the account', async () => {
    const { world, bank, sync, connection } = await syncedWorld();
    bank.pages = [[entry('-1.00')], [entry('-2.00')]];
    bank.failing.lastPage = new BankError('timeout');
    expect(await sync()).toMatchObject({ outcome: 'partial', failure: { code: 'timeout' } });
    expect(await connection()).toMatchObject({ state: 'failing' });
    expect((await connection()).accounts[0]).not.toHaveProperty('watermark');
    expect(await world.store.get(ledgers, ledgerKey(bookId, 'k-giro'))).toBeNull();
    bank.failing = {};
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 2 });
    expect((await connection()).state).toBe('connected');
    expect((await connection()).failure).toBeUndefined();
    expect(
      await world.store.find(outbox, { field: 'bookId', op: '==', value: bookId, limit: 9 }),
    ).toHaveLength(1);
  });

  test('a gap of any length is fetched from the watermark less the overlap', async () => {
    const { bank, sync, pass } = await syncedWorld();
    await sync();
    pass(40 * 24 * hourMs);
    await sync();
    expect(bank.calls.filter((call) => call.startsWith('entries'))).toEqual([
      'entries 2026-01-01',
      'entries 2026-02-23',
    ]);
  });

  test('where the bank says from when on it answers, the rest is fetched', async () => {
    const { bank, sync } = await syncedWorld();
    const calls = bank.calls;
    Object.defineProperty(bank.failing, 'entries', {
      get: () =>
        calls.at(-1) === 'entries 2026-02-10'
          ? undefined
          : new BankError('period-not-available', undefined, { earliest: '2026-02-10' }),
    });
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
  });

  test('a limited bank is neither an error nor a success, and is asked when it says', async () => {
    const { bank, sync, connection } = await syncedWorld();
    bank.failing.entries = new BankError('rate-limited', undefined, {
      retryAfterSeconds: 10 * 3600,
    });
    expect(await sync()).toMatchObject({ outcome: 'limited' });
    const { state, dueAt, lastSyncedAt } = await connection();
    expect({ state, dueAt, lastSyncedAt }).toEqual({
      state: 'connected',
      dueAt: '2026-03-02T18:00:00.000Z',
      lastSyncedAt: undefined,
    });
  });

  test('an ended consent stops the schedule until the user reconnects', async () => {
    const { bank, sync, connection } = await syncedWorld();
    bank.failing.entries = new BankError('consent-expired');
    expect(await sync()).toMatchObject({ outcome: 'failed' });
    expect(await connection()).toMatchObject({ state: 'expired' });
    expect((await connection()).dueAt).toBeUndefined();
    expect(await sync()).toMatchObject({ outcome: 'skipped' });
  });

  test('two syncs at once end with one result', async () => {
    const { sync, world } = await syncedWorld();
    const outcomes = (await Promise.all([sync(), sync(), sync()])).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['complete', 'skipped', 'skipped']);
    const batches = await world.store.find(outbox, {
      field: 'bookId',
      op: '==',
      value: bookId,
      limit: 9,
    });
    expect(batches).toHaveLength(1);
  });

  test('a worker that dies leaves a lease that ends, and the schedule takes over', async () => {
    const { world, bank, id, sync, pass, queue, connection } = await syncedWorld();
    bank.pages = [[entry('-1.00')], [entry('-2.00')]];
    let die: (error: Error) => void = () => {};
    let pages = 0;
    bank.beforePage = () => {
      pass(2_000);
      pages += 1;
      return pages === 1
        ? Promise.resolve()
        : new Promise((_, reject) => {
            die = reject;
          });
    };
    const dead = sync();
    while (pages < 2) await new Promise(setImmediate);
    expect((await connection()).lease).toBeDefined();
    expect(await sync()).toMatchObject({ outcome: 'skipped' });
    pass(11 * 60_000);
    bank.beforePage = async () => {};
    await scheduleSyncs(world);
    expect(queue).toContainEqual({ kind: 'sync', connectionId: id, cause: 'scheduled' });
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 2 });
    die(new BankError('timeout'));
    expect(await dead).toMatchObject({ outcome: 'skipped' });
  });

  test('a link that the user changes during a sync stays', async () => {
    const { world, bank, id, sync, connection } = await syncedWorld();
    bank.beforePage = async () => {
      bank.beforePage = async () => {};
      await linkAccount(world, bookId, {
        connectionId: id,
        accountKey: 'k-giro',
        bookAccount: { path: 'Assets:Giro', type: 'asset' },
        from: '2025-12-01',
      });
    };
    expect(await sync()).toMatchObject({ outcome: 'complete' });
    expect((await connection()).accounts[0]?.feed?.from).toBe('2025-12-01');
    bank.calls.length = 0;
    await sync();
    expect(bank.calls).toContain('entries 2025-12-01');
  });

  test('is due again after six hours and not before', async () => {
    const { world, id, sync, pass } = await syncedWorld();
    await sync();
    pass(5.9 * hourMs);
    expect(await syncConnection(world, id, 'scheduled')).toMatchObject({ outcome: 'skipped' });
    pass(0.3 * hourMs);
    expect(await syncConnection(world, id, 'scheduled')).toMatchObject({ outcome: 'complete' });
  });

  test('says how many entries it could not tell apart, and guesses none', async () => {
    const { bank, sync } = await syncedWorld([
      entry('-40.00', { status: 'pending', counterparty: 'Kino', text: 'ROMA' }),
      entry('-40.00', { status: 'pending', counterparty: 'Bad', text: 'ROMA' }),
    ]);
    await sync();
    bank.pages = [[entry('-40.00', { counterparty: '', text: 'ROMA', bookingDate: '2026-03-02' })]];
    expect(await sync()).toMatchObject({ newRows: 1, settled: 0, removed: 2, unclear: 1 });
    expect(await sync()).not.toHaveProperty('unclear');
  });

  test('log lines hold no name, IBAN or text of the bank', async () => {
    const { world, sync, lines } = await syncedWorld();
    await sync();
    await deliverBook(world, bookId);
    expect(lines.length).toBeGreaterThan(1);
    expect(JSON.stringify(lines)).not.toMatch(/Erika|Cafe|COFFEE|DE89|Girokonto/);
  });
});

describe('delivering a book', () => {
  test('a lost answer is settled by looking: no row twice', async () => {
    const { world, sheet, sync } = await syncedWorld();
    await sync();
    sheet.state.failing.lost = new FailureError('sheet-unavailable');
    await deliverBook(world, bookId);
    sheet.state.failing = {};
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toHaveLength(1);
    expect(
      await world.store.find(outbox, { field: 'bookId', op: '==', value: bookId, limit: 9 }),
    ).toEqual([]);
  });

  test('an unwritable sheet loses nothing, and its failure is told until it is written', async () => {
    const { world, sheet, sync, pass, queue } = await syncedWorld();
    await sync();
    sheet.state.failing.write = new FailureError('sheet-not-writable');
    await deliverBook(world, bookId);
    sheet.state.failing = {};
    pass(120_000);
    queue.length = 0;
    await scheduleSyncs(world);
    expect(queue).toEqual([{ kind: 'deliver', bookId }]);
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toHaveLength(1);
  });

  test('one delivery at a time: the second waits its turn', async () => {
    const { world, sheet, sync } = await syncedWorld();
    await sync();
    sheet.state.beforeWrite = async () => {
      sheet.state.beforeWrite = async () => {};
      await expect(deliverBook(world, bookId)).rejects.toThrow('');
    };
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toHaveLength(1);
  });

  test("a settled entry changes its draft, and neither the user's cells nor a posted row", async () => {
    const pending = (amount: string, text: string) =>
      entry(amount, { status: 'pending', text, bookingDate: '2026-03-01' });
    const { world, bank, sheet, sync } = await syncedWorld([
      pending('-1.00', 'ONE TRATTORIA'),
      pending('-2.00', 'TWO TRATTORIA'),
      pending('-3.00', 'GONE TRATTORIA'),
    ]);
    await sync();
    await deliverBook(world, bookId);
    const rows = () => sheet.state.transactions ?? [];
    const [first, second] = rows();
    if (!first || !second) throw new Error('rows');
    first.description = { kind: 'text', text: 'Lunch' };
    first.counterAccount = { kind: 'text', text: 'Expenses:Lunch' };
    second.posted = { kind: 'check', checked: true };
    bank.pages = [
      [
        entry('-1.00', { text: 'ONE TRATTORIA BOOKED', bookingDate: '2026-03-02' }),
        entry('-2.00', { text: 'TWO TRATTORIA BOOKED', bookingDate: '2026-03-02' }),
      ],
    ];
    expect(await sync()).toMatchObject({ newRows: 0, settled: 2, removed: 1 });
    await deliverBook(world, bookId);
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toMatchObject({
      description: { text: 'Lunch' },
      counterAccount: { text: 'Expenses:Lunch' },
      date: { number: 46083 },
      why: { text: expect.not.stringContaining('Pending') },
    });
    expect(rows()[1]).toMatchObject({ description: { text: 'Cafe Rot · TWO TRATTORIA' } });
  });

  test('suggests the counter-account that was posted for the same counterparty, with the reason', async () => {
    const { world, bank, sheet, sync } = await syncedWorld();
    const rent = (reference: string, bookingDate: string) =>
      entry('-900.00', { reference, bookingDate, counterparty: 'Lena Wirt', text: 'MIETE' });
    bank.pages = [[rent('E1', '2026-03-01'), rent('E2', '2026-03-01')]];
    await sync();
    await deliverBook(world, bookId);
    for (const row of sheet.state.transactions ?? []) {
      row.counterAccount = { kind: 'text', text: 'Expenses:Flat' };
      row.posted = { kind: 'check', checked: true };
    }
    bank.pages = [[...(bank.pages[0] ?? []), rent('E3', '2026-03-02')]];
    await sync();
    await deliverBook(world, bookId);
    expect(sheet.state.transactions?.at(-1)).toMatchObject({
      counterAccount: { text: 'Expenses:Flat' },
      why: { text: expect.stringMatching(/^Expenses:Flat: \d\d %, .*Lena Wirt.* ⓘ$/) },
    });
  });

  test('a row that the user deleted does not come back', async () => {
    const { world, bank, sheet, sync } = await syncedWorld();
    await sync();
    await deliverBook(world, bookId);
    sheet.state.transactions = [];
    bank.pages = [[entry('-4.50', { reference: 'E1', text: 'COFFEE CORRECTED' })]];
    await sync();
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toEqual([]);
  });
});
