import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, connections, outbox } from '../../../cloud/core/documents.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { applySync, previewSync } from '../../../cloud/core/preview-sync.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { choose, csvOf, send, takeFile } from './taking-files.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

async function bookAtWork() {
  const it = createTestWorld();
  const { world, sheet } = it;
  const id = await connectGiro(world);
  const deliver = () => deliverBook(world, bookId);
  const rows = () => sheet.state.transactions ?? [];
  const target = { accountKey: 'k-giro' };
  return {
    ...it,
    id,
    rows,
    deliver,
    sync: async () => {
      const result = await syncConnection(world, id, 'manual');
      await deliver();
      return result;
    },
    importCsv: async (lines: string) => {
      const done = await takeFile(world, csvOf(lines), target);
      await deliver();
      return done;
    },
    newestRun: async () => (await overviewOf(world, bookId, 'erika')).runs[0]?.id ?? '',
    undo: async (runId: string, preview = false) => {
      const done = await undoRun(world, bookId, { runId, preview });
      await deliver();
      return done;
    },
    amounts: () => rows().map(({ amount }) => (amount?.kind === 'number' ? amount.number : 0)),
    ledgerSum: async () => (await world.store.get(connections, id))?.value.accounts[0]?.proof,
  };
}

const tick = { kind: 'check', checked: true } as const;

describe('undoing a sync', () => {
  test('takes its drafts away and names the posted rows that stay', async () => {
    const { bank, sync, rows, undo, newestRun, amounts } = await bookAtWork();
    bank.pages = [[entry('-1.00', { text: 'FIRST' })]];
    await sync();
    bank.pages = [[entry('-1.00', { text: 'FIRST' }), entry('-2.00'), entry('-3.00')]];
    await sync();
    const [, second] = rows();
    if (second) second.posted = tick;
    const runId = await newestRun();
    const preview = await undo(runId, true);
    expect(preview).toEqual({
      removed: 1,
      stays: [
        {
          date: '2026-03-01',
          description: 'Cafe Rot · COFFEE',
          amount: '-2.00',
          currency: 'EUR',
          account: 'Assets:Checking',
        },
      ],
    });
    expect(amounts()).toEqual([-1, -2, -3]);
    expect(await undo(runId)).toEqual(preview);
    expect(amounts()).toEqual([-1, -2]);
    await expect(undo(runId)).rejects.toThrow('not-found');
  });

  test('the next sync brings the same rows again, once, and the balance ties again', async () => {
    const { world, bank, sync, rows, undo, newestRun, amounts, id } = await bookAtWork();
    bank.balance = { booked: { minor: 10_000, currency: 'EUR' } };
    bank.pages = [[entry('-1.00'), entry('-2.00', { text: 'TWO' })]];
    await sync();
    const ids = rows().map((row) => row.id);
    await undo(await newestRun());
    expect(amounts()).toEqual([]);
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 2 });
    expect(rows().map((row) => row.id)).toEqual(ids);
    const connection = await world.store.get(connections, id);
    expect(connection?.value.accounts[0]?.proof).toEqual({ kind: 'ties' });
    expect(await sync()).toMatchObject({ newRows: 0 });
    expect(amounts()).toEqual([-1, -2]);
  });

  test('also brings again what was older than the overlap', async () => {
    const { bank, sync, undo, newestRun, amounts, pass } = await bookAtWork();
    bank.pages = [[entry('-1.00', { bookingDate: '2026-01-05' })]];
    await sync();
    pass(20 * 24 * 3_600_000);
    await sync();
    await undo(await newestRun());
    await sync();
    expect(amounts()).toEqual([-1]);
  });

  test('a row that the user deleted before stays deleted', async () => {
    const { bank, sync, undo, newestRun, amounts, sheet, rows } = await bookAtWork();
    bank.pages = [[entry('-1.00'), entry('-2.00', { text: 'DELETED' })]];
    await sync();
    sheet.state.transactions = rows().slice(0, 1);
    expect(await undo(await newestRun())).toMatchObject({ removed: 1 });
    await sync();
    expect(amounts()).toEqual([-1]);
  });

  test('a posting in the very moment of the undo keeps the row, and no second one comes', async () => {
    const { world, bank, sync, newestRun, amounts, rows, deliver } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    await sync();
    await undoRun(world, bookId, { runId: await newestRun(), preview: false });
    const [row] = rows();
    if (row) row.posted = tick;
    await deliver();
    await sync();
    expect(amounts()).toEqual([-1]);
  });

  test('rows that were not written yet are not written', async () => {
    const { world, bank, id, deliver, amounts } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    await syncConnection(world, id, 'manual');
    const query = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    const [batch] = await world.store.find(outbox, query);
    await undoRun(world, bookId, { runId: batch?.value.runId ?? '', preview: false });
    await deliver();
    expect(amounts()).toEqual([]);
  });

  test('another book cannot undo it', async () => {
    const { world, bank, sync, newestRun } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    await sync();
    const asked = undoRun(world, 'another-book', { runId: await newestRun(), preview: true });
    await expect(asked).rejects.toThrow('not-found');
  });
});

describe('importing a file', () => {
  test('what it shares with a sync has one row, in either order, twins two', async () => {
    const { bank, sync, importCsv, amounts } = await bookAtWork();
    const twins = '2026-03-01,Cafe Rot,COFFEE BAR,-4.50\n2026-03-01,Cafe Rot,COFFEE BAR,-4.50';
    expect(await importCsv(twins)).toMatchObject({ newRows: 2, known: 0, problems: [] });
    bank.pages = [[entry('-4.50'), entry('-4.50'), entry('-7.00', { text: 'LUNCH' })]];
    expect(await sync()).toMatchObject({ newRows: 1 });
    const again = `${twins}\n2026-03-01,Imbiss,Mittag,-7.00`;
    expect(await importCsv(again)).toMatchObject({ newRows: 0, known: 3 });
    expect(amounts()).toEqual([-4.5, -4.5, -7]);
  });

  test('a preview tells the rows and writes nothing', async () => {
    const { world, amounts, operations } = await bookAtWork();
    const target = { accountKey: 'k-giro' };
    const fileId = await send(world, csvOf('2026-02-01,Kiosk,ZEITUNG,-3.20'));
    operations.length = 0;
    const { preview } = await choose(world, fileId, target);
    expect(preview.accounts[0]?.change).toMatchObject({
      newRows: 1,
      rows: [
        { date: '2026-02-01', description: 'Kiosk · ZEITUNG', amount: '-3.20', currency: 'EUR' },
      ],
    });
    expect(operations.filter((it) => it.startsWith('write'))).toEqual([]);
    expect(amounts()).toEqual([]);
  });

  test('undone, it takes its rows and leaves those that the bank shows as well', async () => {
    const { bank, sync, importCsv, amounts, undo, newestRun } = await bookAtWork();
    await importCsv('2026-03-01,Cafe Rot,COFFEE,-4.50\n2026-03-01,Fremd,WRONG,-9.99');
    const runId = await newestRun();
    bank.pages = [[entry('-4.50')]];
    await sync();
    expect(await undo(runId)).toEqual({ removed: 1, stays: [] });
    expect(amounts()).toEqual([-4.5]);
    expect(await importCsv('2026-03-01,Fremd,WRONG,-9.99')).toMatchObject({ newRows: 1 });
  });

  test('entries before the feed begins make no rows', async () => {
    const { importCsv } = await bookAtWork();
    expect(await importCsv('2025-12-31,Kiosk,OLD,-1.00\n2026-01-01,Kiosk,NEW,-1.00')).toMatchObject(
      {
        newRows: 1,
      },
    );
  });

  test('a file of another account, or none at all, is refused with what to do', async () => {
    const { world } = await bookAtWork();
    const take = (text: string, accountKey = 'k-giro') => takeFile(world, text, { accountKey });
    await expect(take('')).rejects.toMatchObject({ code: 'file-unreadable' });
    const other = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-03T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S</Id><CreDtTm>2026-03-03T20:00:00</CreDtTm><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct></Stmt></BkToCstmrStmt></Document>`;
    await expect(take(other)).rejects.toMatchObject({ code: 'file-unreadable' });
    const fine = csvOf('2026-02-01,Kiosk,ZEITUNG,-3.20');
    await expect(take(fine, 'k-none')).rejects.toThrow('not-found');
  });
});

describe('previewing a sync', () => {
  test('tells what would come and changes nothing; applied, the bank is not asked again', async () => {
    const { world, bank, id, rows, deliver, amounts } = await bookAtWork();
    bank.pages = [[entry('-1.00'), entry('-2.00', { status: 'pending', text: 'PENDING' })]];
    const { previewId, ...preview } = await previewSync(world, bookId, id, undefined);
    expect(preview).toMatchObject({ newRows: 2, changed: 0, settled: 0, removed: 0 });
    expect(preview.rows.map(({ amount }) => amount)).toEqual(['-1.00', '-2.00']);
    await deliver();
    expect(rows()).toEqual([]);
    bank.calls.length = 0;
    bank.pages = [[]];
    await applySync(world, bookId, previewId);
    await deliver();
    expect(bank.calls).toEqual([]);
    expect(amounts()).toEqual([-1, -2]);
    await expect(applySync(world, bookId, previewId)).rejects.toThrow('not-found');
  });

  test('is old after half an hour, and another book cannot apply it', async () => {
    const { world, bank, id, pass } = await bookAtWork();
    bank.pages = [[entry('-1.00')]];
    const { previewId } = await previewSync(world, bookId, id, undefined);
    await expect(applySync(world, 'another-book', previewId)).rejects.toThrow('not-found');
    pass(31 * 60_000);
    await expect(applySync(world, bookId, previewId)).rejects.toThrow('not-found');
  });

  test('a bank that gives nothing is told as its failure', async () => {
    const { world, bank, id } = await bookAtWork();
    bank.failing.entries = new BankError('bank-unavailable');
    await expect(previewSync(world, bookId, id, undefined)).rejects.toMatchObject({
      code: 'bank-unavailable',
    });
  });
});

describe('the runs of a book', () => {
  test('the newest twenty can be undone, older ones are let go', async () => {
    const { world, bank, sync, pass } = await bookAtWork();
    for (let at = 1; at <= 22; at++) {
      bank.pages = [Array.from({ length: at }, (_, n) => entry(`-${n + 1}.00`))];
      await sync();
      pass(60_000);
    }
    const book = await world.store.get(books, bookId);
    expect(book?.value.runs).toHaveLength(20);
    expect((await overviewOf(world, bookId, 'erika')).runs).toHaveLength(10);
  });
});
