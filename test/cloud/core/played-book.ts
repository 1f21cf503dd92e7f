import { unsync } from '../../../cloud/core/bank-accounts.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, outbox } from '../../../cloud/core/documents.ts';
import { BookBusy } from '../../../cloud/core/hold-book.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { applySync, previewSync } from '../../../cloud/core/preview-sync.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import { undoRun } from '../../../cloud/core/undo-run.ts';
import type { World } from '../../../cloud/core/world.ts';
import { StoreUnavailable, write } from '../../../cloud/ports/store.ts';
import type { SyncCause } from '../../../shared/access.ts';
import { addDays, addMs, dayOf, type Instant } from '../../../shared/calendar-date.ts';
import { FailureError } from '../../../shared/failures.ts';
import { formatAmount } from '../../../shared/money.ts';
import { createHistoryBank, type Line, type References } from './bank-history.ts';
import { findBrokenPages, findBrokenRows, readKept, watchPages } from './book-invariants.ts';
import { connectAs } from './connecting.ts';
import { Dead, type FaultEffect, faultyWorld } from './faulty-world.ts';
import { csvOf, takeFile } from './taking-files.ts';
import { createUserHand } from './user-hand.ts';
import { bookId, bookOfErika, createTestWorld } from './world.ts';

export interface Fault {
  /** Which call to store, sheet or tasks is struck, from 1. */
  readonly at: number;
  readonly effect: FaultEffect;
}

export type Step =
  | { readonly do: 'sync'; readonly cause: SyncCause; readonly how: 'calm' | 'slow' | 'breaks off' }
  | { readonly do: 'deliver' | 'preview' | 'apply' | 'undo' | 'reconnect' }
  | { readonly do: 'import'; readonly account: number; readonly day: number; readonly days: number }
  | { readonly do: 'note' | 'counter-account' | 'describe'; readonly row: number }
  | { readonly do: 'post' | 'delete' | 'copy' | 'sort' | 'own row'; readonly row: number }
  | { readonly do: 'wait'; readonly hours: number };

const paths = ['Assets:Checking', 'Assets:Savings'];
/** The bank's history is final by then. */
export const calmAt: Instant = '2026-04-20T08:00:00.000Z';

/** A book of two accounts that a bank and a user play with. */
export async function playBook(
  lines: readonly Line[],
  references: References,
  startAt: Instant = '2026-03-02T08:00:00.000Z',
) {
  const it = createTestWorld(startAt);
  const { world: watched, pageKeys } = watchPages(it.world);
  const today = () => dayOf(it.world.clock.now());
  const { bank, connector, shown } = createHistoryBank(lines, references, today);
  const world: World = { ...watched, connectors: new Map([[connector.id, connector]]) };
  const hand = createUserHand(it.sheet.state);
  const now = world.clock.now();
  await world.store.commit([write(books, bookId, bookOfErika(now), 'absent')]);
  let connectionId = '';
  let accountKeys: readonly string[] = [];
  let previewId = '';

  async function connect(): Promise<void> {
    const { key, value } = await connectAs(world);
    connectionId = key;
    accountKeys = value.accounts.map((account) => account.key);
    for (const [at, accountKey] of accountKeys.entries()) {
      const bookAccount = { path: paths[at] ?? '', type: 'asset' } as const;
      const link = { connectionId, accountKey, bookAccount, from: '2026-01-01' };
      await linkAccount(world, bookId, link);
    }
  }

  async function importFile(struck: World, account: number, day: number, days: number) {
    const from = addDays('2026-03-01', day);
    const to = addDays(from, days);
    const rows = shown(account).filter(
      ({ status, bookingDate = '' }) =>
        status === 'booked' && bookingDate >= from && bookingDate <= to,
    );
    if (rows.length === 0) return;
    const told = rows.map(
      (row) => `${row.bookingDate},${row.counterparty},${row.text},${formatAmount(row.amount)}`,
    );
    await takeFile(struck, csvOf(told.join('\n')), { accountKey: accountKeys[account] ?? '' });
  }

  async function sync(struck: World, cause: SyncCause, how: 'calm' | 'slow' | 'breaks off') {
    bank.breaksOff = how === 'breaks off';
    bank.onPage = how === 'slow' ? () => it.pass(1_500) : () => {};
    await syncConnection(struck, connectionId, cause);
  }

  /** What one step does in the cloud; `struck` is its world, which may be about to fail. */
  async function work(step: Step, struck: World): Promise<void> {
    switch (step.do) {
      case 'sync':
        return sync(struck, step.cause, step.how);
      case 'deliver':
        return deliverBook(struck, bookId);
      case 'import':
        return importFile(struck, step.account, step.day, step.days);
      case 'preview':
        previewId = (await previewSync(struck, bookId, connectionId, undefined)).previewId;
        return;
      case 'apply':
        if (previewId) await applySync(struck, bookId, previewId);
        return;
      case 'undo': {
        const [newest] = (await overviewOf(struck, bookId, 'erika')).runs;
        if (newest) await undoRun(struck, bookId, { runId: newest.id, preview: false });
        return;
      }
      case 'reconnect':
        await unsync(world, bookId, connectionId);
        return connect();
      case 'wait':
        return it.pass(step.hours * 3_600_000);
      default:
        hand.act(step.do, step.row, await kept());
    }
  }

  const kept = async () => {
    const all = await Promise.all(accountKeys.map((key) => readKept(world, key)));
    return all.flatMap(({ entries }, at) =>
      entries.map((entry) => ({ ...entry, path: paths[at] ?? '' })),
    );
  };

  await connect();
  return {
    ...it,
    world,
    bank,
    hand,
    kept,
    connectionId: () => connectionId,
    play: async (step: Step, fault?: Fault) => {
      // Batches of one millisecond have no order.
      it.pass(1);
      const struck = fault ? faultyWorld(world, fault.at, fault.effect).world : world;
      try {
        await work(step, struck);
      } catch (error) {
        if (!isExpected(error, fault)) throw error;
      } finally {
        bank.breaksOff = false;
        bank.onPage = () => {};
      }
      hand.notice(await kept());
    },
    findBroken: async () => {
      const pages = accountKeys.map((key) => findBrokenPages(world, key, 'EUR', pageKeys));
      const rows = findBrokenRows(
        world,
        await kept(),
        new Set(hand.rowIds()),
        hand.deleted,
        hand.mayStay,
      );
      return [...(await Promise.all(pages)).flat(), ...(await rows)];
    },
    /** Days without faults until nothing changes at the bank, and all that waits is delivered. */
    calmDown: async () => {
      // Never back in time: leases that a crash left behind have to end.
      const free = addMs(world.clock.now(), leaseMs + 60_000);
      it.setNow(free > calmAt ? free : calmAt);
      const results = [await syncConnection(world, connectionId, 'manual')];
      hand.notice(await kept());
      await deliverAll(world);
      it.pass(7 * 3_600_000);
      results.push(await syncConnection(world, connectionId, 'scheduled'));
      await deliverAll(world);
      return results;
    },
  };
}

export type PlayedBook = Awaited<ReturnType<typeof playBook>>;

async function deliverAll(world: World): Promise<void> {
  const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
  do await deliverBook(world, bookId);
  while ((await world.store.find(outbox, waiting)).length > 0);
}

/** What a step may end with: what it was struck with, what the user is told, a delivery that is under way. */
function isExpected(error: unknown, fault: Fault | undefined): boolean {
  if (error instanceof FailureError || error instanceof BookBusy) return true;
  const isStrike = error instanceof Dead || error instanceof StoreUnavailable;
  return (
    fault !== undefined && (isStrike || (error instanceof Error && error.message === 'no answer'))
  );
}
