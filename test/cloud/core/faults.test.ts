import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { type AccountDoc, outbox } from '../../../cloud/core/documents.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { BankConnector } from '../../../cloud/ports/bank-connector.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { type FaultEffect, faultEffects, faultyWorld } from './faulty-world.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const card = (key: string, path: string): AccountDoc => ({
  ...giro,
  externalId: key,
  key,
  feed: { bookAccount: { path, type: 'asset' }, from: '2026-01-01' },
});

/** What the bank shows of both accounts, before and after its day. */
const before: Record<string, readonly ObservedEntry[]> = {
  one: [
    entry('-1.00', { reference: 'A1', text: 'ONE KEPT' }),
    entry('-2.00', { reference: 'A2', status: 'pending', text: 'ONE PENDING' }),
    entry('-3.00', { reference: 'A3', status: 'pending', text: 'ONE VANISHES' }),
    entry('-4.00', { reference: 'A4', status: 'pending', text: 'ONE POSTED' }),
  ],
  two: [
    entry('-5.00', { text: 'TWO TWIN' }),
    entry('-6.00', { text: 'TWO WORDED', bookingDate: '2026-02-27' }),
  ],
};
const after: Record<string, readonly ObservedEntry[]> = {
  one: [
    entry('-1.00', { reference: 'A1', text: 'ONE KEPT' }),
    entry('-2.50', { reference: 'A2', text: 'ONE BOOKED', bookingDate: '2026-03-02' }),
    entry('-4.00', { reference: 'A4', text: 'ONE POSTED, BOOKED', bookingDate: '2026-03-02' }),
    entry('-7.00', { reference: 'A5', text: 'ONE NEW', bookingDate: '2026-03-02' }),
  ],
  two: [
    entry('-5.00', { text: 'TWO TWIN' }),
    entry('-5.00', { text: 'TWO TWIN' }),
    entry('-6.00', { text: 'TWO WORDED', bookingDate: '2026-02-27' }),
    entry('-8.00', { text: 'TWO NEW', bookingDate: '2026-03-02' }),
  ],
};

/** Two accounts synced and delivered, with the user's hand in the rows; then the bank's next day. */
async function nextDay() {
  const it = createTestWorld();
  let shown = before;
  const connector: BankConnector = {
    ...(it.world.connectors.get('fake') as BankConnector),
    open: async () => ({
      accounts: async () => [],
      balance: async () => ({}),
      entries: async function* (externalId) {
        yield { entries: shown[externalId] ?? [] };
      },
      close: async () => {},
    }),
  };
  const world: World = { ...it.world, connectors: new Map([['fake', connector]]) };
  const id = await connectGiro(world, {
    accounts: [card('one', 'Assets:One'), card('two', 'Assets:Two')],
  });
  await syncConnection(world, id, 'manual');
  await deliverBook(world, bookId);
  const row = (text: string) => {
    const found = it.sheet.state.transactions?.find(
      ({ description }) => description?.kind === 'text' && description.text.includes(text),
    );
    if (!found) throw new Error(`no row ${text}`);
    return found;
  };
  row('ONE POSTED').posted = { kind: 'check', checked: true };
  row('ONE PENDING').counterAccount = { kind: 'text', text: 'Expenses:Food' };
  row('TWO WORDED').description = { kind: 'text', text: 'My own words' };
  shown = after;
  it.queue.length = 0;
  return { ...it, world, id };
}

const rowsOf = ({ sheet }: Pick<Awaited<ReturnType<typeof nextDay>>, 'sheet'>) =>
  (sheet.state.transactions ?? [])
    .map(({ description, amount, account, counterAccount, posted }) =>
      [description, amount, account, counterAccount, posted].map((cell) =>
        cell && cell.kind !== 'empty' ? Object.values(cell).at(-1) : '',
      ),
    )
    .map((cells) => cells.join(' | '))
    .sort();

/** Runs what waits, and what it asks for, as a worker does; a task that fails is left to the schedule. */
async function work(world: World, id: string, queue: { kind: string }[]): Promise<void> {
  await syncConnection(world, id, 'manual').catch(() => {});
  for (let left = 10; queue.length > 0 && left > 0; left--) {
    queue.shift();
    await deliverBook(world, bookId).catch(() => {});
  }
}

/** After the fault: a later sync, and the deliveries that the schedule finds. */
async function heal({ world, id, queue, pass }: Awaited<ReturnType<typeof nextDay>>) {
  pass(11 * 60_000);
  queue.length = 0;
  expect(await syncConnection(world, id, 'manual')).toMatchObject({ outcome: 'complete' });
  pass(61_000);
  await scheduleSyncs(world);
  const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
  while ((await world.store.find(outbox, waiting)).length > 0) await deliverBook(world, bookId);
}

async function expectedRows(): Promise<readonly string[]> {
  const calm = await nextDay();
  await work(calm.world, calm.id, calm.queue);
  return rowsOf(calm);
}

describe('a sync of two accounts with new, changed and vanished entries', () => {
  test('without a fault each entry has its row, and what the user wrote stays', async () => {
    expect(await expectedRows()).toEqual([
      'Cafe Rot · ONE BOOKED | -2.5 | Assets:One | Expenses:Food | false',
      'Cafe Rot · ONE KEPT | -1 | Assets:One | Expenses:Restaurants | false',
      'Cafe Rot · ONE NEW | -7 | Assets:One | Expenses:Restaurants | false',
      'Cafe Rot · ONE POSTED | -4 | Assets:One | Expenses:Restaurants | true',
      'Cafe Rot · TWO NEW | -8 | Assets:Two | Expenses:Restaurants | false',
      'Cafe Rot · TWO TWIN | -5 | Assets:Two | Expenses:Restaurants | false',
      'Cafe Rot · TWO TWIN | -5 | Assets:Two | Expenses:Restaurants | false',
      'My own words | -6 | Assets:Two | Expenses:Restaurants | false',
    ]);
  });

  test.each(faultEffects)(
    'ends with the same rows whichever call is struck: %s',
    async (effect) => {
      const expected = await expectedRows();
      const points = await strikeEach(effect, expected);
      process.stderr.write(
        `faults: ${points} calls struck, each ${effect}; none left a wrong row\n`,
      );
      expect(points).toBeGreaterThan(8);
    },
  );
});

/** Strikes the first call, then in a new world the second, and so on until a sync has no more calls. */
async function strikeEach(effect: FaultEffect, expected: readonly string[]): Promise<number> {
  for (let at = 1; ; at++) {
    const it = await nextDay();
    const { world, told } = faultyWorld(it.world, at, effect);
    await work(world, it.id, it.queue);
    if (told.name === '') return at - 1;
    await heal(it);
    expect({ struck: `${at} ${told.name}`, rows: rowsOf(it) }).toEqual({
      struck: `${at} ${told.name}`,
      rows: expected,
    });
  }
}
