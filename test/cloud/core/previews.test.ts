import { describe, expect, test } from '@jest/globals';
import { unsync } from '../../../cloud/core/bank-accounts.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import {
  connections,
  previewPartKey,
  previewParts,
  previews,
} from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { applySync, previewSync } from '../../../cloud/core/preview-sync.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

async function linkedBank() {
  const it = createTestWorld();
  const { world, bank, sheet } = it;
  const id = await connectGiro(world);
  bank.pages = [[entry('-1.00'), entry('-2.00', { text: 'TWO' })]];
  return {
    ...it,
    id,
    preview: () => previewSync(world, bookId, id, undefined),
    sync: async () => {
      const result = await syncConnection(world, id, 'manual');
      await deliverBook(world, bookId);
      return result;
    },
    stored: () => world.store.get(connections, id),
    rows: () => sheet.state.transactions ?? [],
    /** The documents that are kept for a preview. */
    kept: async (previewId: string) => {
      const head = await world.store.get(previews, previewId);
      const part = await world.store.get(previewParts, previewPartKey(previewId, 'k-giro', 0));
      return { head: head !== null, part: part !== null };
    },
  };
}

const all = { head: true, part: true };
const none = { head: false, part: false };

describe('a preview that another sync came before', () => {
  test('is refused, and nothing changes', async () => {
    const { world, bank, preview, sync, stored, rows } = await linkedBank();
    const { previewId } = await preview();
    bank.pages = [[entry('-1.00')]];
    await sync();
    const before = { stored: await stored(), rows: structuredClone(rows()) };
    const asked = applySync(world, bookId, previewId);
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
    await deliverBook(world, bookId);
    expect({ stored: await stored(), rows: rows() }).toEqual(before);
    expect(rows()).toHaveLength(1);
  });

  test('is refused also where that sync brought nothing new', async () => {
    const { world, preview, sync } = await linkedBank();
    await sync();
    const { previewId } = await preview();
    expect(await sync()).toMatchObject({ newRows: 0 });
    const asked = applySync(world, bookId, previewId);
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('is refused while that sync is under way', async () => {
    const { world, bank, pass, preview, sync, rows } = await linkedBank();
    const { previewId } = await preview();
    const codes: unknown[] = [];
    bank.pages = [[entry('-1.00')], [entry('-3.00')]];
    let page = 0;
    bank.beforePage = async () => {
      pass(2_000);
      if (++page !== 2) return;
      codes.push(await applySync(world, bookId, previewId).catch((error) => error.code));
    };
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 2 });
    expect(codes).toEqual(['bad-request']);
    expect(rows()).toHaveLength(2);
  });
});

test('a preview at a bank that says when it answers again puts off the schedule until then', async () => {
  const { world, bank, preview, stored } = await linkedBank();
  bank.failing.entries = new BankError('rate-limited', undefined, { retryAfterSeconds: 3600 });
  const answersAt = addMs(world.clock.now(), 3_600_000);
  await expect(preview()).rejects.toMatchObject({ code: 'rate-limited' });
  expect((await stored())?.value.dueAt).toBe(answersAt);
});

describe('what the bank answered to a preview is gone', () => {
  test('after a new one', async () => {
    const { preview, kept } = await linkedBank();
    const first = await preview();
    expect(await kept(first.previewId)).toEqual(all);
    const second = await preview();
    expect(await kept(first.previewId)).toEqual(none);
    expect(await kept(second.previewId)).toEqual(all);
  });

  test('after half an hour, and not before', async () => {
    const { world, preview, kept, pass } = await linkedBank();
    const { previewId } = await preview();
    pass(29 * 60_000);
    await scheduleSyncs(world);
    expect(await kept(previewId)).toEqual(all);
    pass(60_000);
    await scheduleSyncs(world);
    expect(await kept(previewId)).toEqual(none);
  });

  test('once it is applied', async () => {
    const { world, preview, kept } = await linkedBank();
    const { previewId } = await preview();
    await applySync(world, bookId, previewId);
    expect(await kept(previewId)).toEqual(none);
  });

  test('when the bank is taken out of the book', async () => {
    const { world, id, preview, kept } = await linkedBank();
    const { previewId } = await preview();
    await unsync(world, bookId, id);
    expect(await kept(previewId)).toEqual(none);
    await expect(applySync(world, bookId, previewId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a preview and a lease', () => {
  test('while a sync holds it, the preview is refused and the sync goes on', async () => {
    const { bank, pass, preview, sync, stored, rows } = await linkedBank();
    const codes: unknown[] = [];
    bank.pages = [[entry('-1.00')], [entry('-2.00')], [entry('-3.00')]];
    let page = 0;
    bank.beforePage = async () => {
      pass(2_000);
      if (++page !== 3) return;
      const before = (await stored())?.value.lease;
      codes.push(await preview().catch((error) => error.code));
      expect((await stored())?.value.lease).toEqual(before);
    };
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 3 });
    expect(codes).toEqual(['bad-request']);
    expect(rows()).toHaveLength(3);
  });

  test('that a sync takes up after the time of a slow preview stays with the sync', async () => {
    const { world, bank, id, pass, preview, stored } = await linkedBank();
    const entries = [entry('-1.00')];
    bank.pages = [entries, entries, entries];
    let page = 0;
    bank.beforePage = async () => {
      if (++page !== 2) return pass(2_000);
      pass(leaseMs + 1_000);
      bank.beforePage = async () => {};
      expect(await syncConnection(world, id, 'manual')).toMatchObject({ outcome: 'complete' });
    };
    const { lastRunId } = (await stored())?.value ?? {};
    await expect(preview()).rejects.toMatchObject({ code: 'bad-request' });
    const after = (await stored())?.value;
    expect(after?.lastRunId).not.toBe(lastRunId);
    expect(after).not.toHaveProperty('lease');
  });

  test('its own is given back though the user links an account meanwhile', async () => {
    const { world, bank, id, pass, preview, stored } = await linkedBank();
    bank.pages = [[entry('-1.00')], [entry('-2.00')], [entry('-3.00')]];
    const leases: boolean[] = [];
    let page = 0;
    bank.beforePage = async () => {
      pass(2_000);
      leases.push((await stored())?.value.lease !== undefined);
      if (++page !== 3) return;
      const bookAccount = { path: 'Assets:Daily', type: 'asset' } as const;
      const link = { connectionId: id, accountKey: 'k-giro', bookAccount, from: '2026-01-01' };
      await linkAccount(world, bookId, link);
    };
    expect(await preview()).toMatchObject({ newRows: 3 });
    expect(leases).toEqual([true, true, true]);
    const after = (await stored())?.value;
    expect(after).not.toHaveProperty('lease');
    expect(after?.accounts[0]?.feed).toMatchObject({ bookAccount: { path: 'Assets:Daily' } });
    expect(await syncConnection(world, id, 'manual')).toMatchObject({ newRows: 3 });
  });
});
