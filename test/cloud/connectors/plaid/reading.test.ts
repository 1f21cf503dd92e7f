import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import { keys } from '../../../providers/plaid/server.ts';
import { startPlaid } from '../../../providers/plaid/start-plaid.ts';

let world: Awaited<ReturnType<typeof startPlaid>>;
let grant: Grant;
beforeAll(async () => {
  world = await startPlaid({ traits: { pageSize: 5 } });
  grant = await world.connect();
});
afterAll(() => world.stop());
beforeEach(() => {
  for (const key of ['savings', 'dollars']) world.control.show(key, { entries: [] });
  world.control.show('current', { entries: lines(12), balance: { booked: euros(1) } });
  world.plaid.calls.length = 0;
  world.plaid.arranged.updateType = 'background';
  Object.assign(world.plaid.syncs.arranged, {
    statuses: ['HISTORICAL_UPDATE_COMPLETE'],
    changes: 0,
    isRestless: false,
    edit: (all: readonly object[]) => all,
  });
});

function lines(count: number) {
  return Array.from({ length: count }, (_, n) =>
    entry({ reference: `L${n}`, amount: euros(-1 - n) }),
  );
}

const open = (present = false) =>
  world.connector.open(grant, present ? { ipAddress: '192.0.2.7' } : undefined);

async function read(present = false) {
  const session = await open(present);
  const [current] = await session.accounts();
  const id = current?.externalId ?? '';
  const entries = (from = '2026-01-01') => collect(session.entries(id, { from }));
  return { session, id, entries };
}

const paths = () => world.plaid.calls.map(({ path }) => path);
const references = (found: readonly { readonly reference?: string }[]) =>
  found.map(({ reference }) => reference);

describe('the entries of an item', () => {
  test('are read once for all accounts, from the beginning to the last page', async () => {
    const { session, entries } = await read();
    world.plaid.calls.length = 0;
    expect(references(await entries())).toEqual(references(lines(12)));
    for (const { externalId } of await session.accounts()) {
      await collect(session.entries(externalId, { from: '2026-01-01' }));
      await session.balance(externalId);
    }
    const syncs = world.plaid.calls.filter(({ path }) => path === '/transactions/sync');
    expect(syncs.map(({ body }) => body['cursor'])).toEqual([
      undefined,
      expect.stringMatching(/\.5$/),
      expect.stringMatching(/\.10$/),
    ]);
    expect(syncs[0]?.body).toMatchObject({
      count: 500,
      options: { include_original_description: true, days_requested: 730 },
    });
    expect(paths().filter((path) => path === '/accounts/get')).toHaveLength(1);
  });

  test('are read again from the beginning where they change between two pages', async () => {
    world.plaid.syncs.arranged.changes = 2;
    const { entries } = await read();
    expect(references(await entries())).toEqual(references(lines(12)));
    const cursors = world.plaid.calls.flatMap(({ path, body }) =>
      path === '/transactions/sync' ? [body['cursor'] === undefined] : [],
    );
    expect(cursors).toEqual([true, false, true, false, true, false, false]);
  });

  test('that never stand still are given up', async () => {
    world.plaid.syncs.arranged.changes = 100;
    const { entries } = await read();
    await expect(entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
    const syncs = paths().filter((path) => path === '/transactions/sync');
    expect(syncs).toHaveLength(10);
  });

  test('are those that stand at the end, whatever was told and taken back before', async () => {
    world.plaid.syncs.arranged.isRestless = true;
    const { entries } = await read();
    const found = await entries();
    expect(references(found).sort()).toEqual(references(lines(12)).sort());
    expect(found.map(({ amount }) => amount.minor).sort((a, b) => b - a)).toEqual(
      lines(12).map(({ amount }) => amount.minor),
    );
  });

  test('that have settled are shown once, by the reference of while they were pending', async () => {
    world.control.show('current', {
      entries: [entry({ reference: 'P1', status: 'pending' }), entry({ reference: 'B1' })],
    });
    world.plaid.syncs.arranged.edit = (all) =>
      all.map((it) =>
        it.transaction_id === 'B1' ? { ...it, pending_transaction_id: 'P1' as never } : it,
      );
    const { entries } = await read();
    expect(await entries()).toMatchObject([{ reference: 'P1', status: 'booked' }]);
  });

  test('of two accounts may have the same id', async () => {
    world.control.show('savings', { entries: lines(2) });
    const { session, entries } = await read();
    expect(await entries()).toHaveLength(12);
    const [, savings] = await session.accounts();
    const ofSavings = session.entries(savings?.externalId ?? '', { from: '2026-01-01' });
    expect(await collect(ofSavings)).toHaveLength(2);
  });

  test('that are pending belong to every window', async () => {
    world.control.show('current', {
      entries: [entry(), entry({ reference: 'P1', status: 'pending' })],
    });
    const { entries } = await read();
    expect(references(await entries('2026-03-02'))).toEqual(['P1']);
  });

  test('of before the two years that Plaid gives are refused, and not asked for', async () => {
    const { entries } = await read();
    world.plaid.calls.length = 0;
    await expect(entries('2024-03-09')).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2024-03-10',
    });
    expect(paths()).toEqual([]);
    await entries('2024-03-10');
  });
});

describe('entries that Plaid is still fetching', () => {
  const waiting = ['NOT_READY', 'INITIAL_UPDATE_COMPLETE'];

  test.each([
    [[...waiting, 'HISTORICAL_UPDATE_COMPLETE']],
    [['TRANSACTIONS_UPDATE_STATUS_UNKNOWN']],
    [[undefined]],
  ])('are waited for a while: %j', async (statuses) => {
    world.control.show('current', { entries: lines(2) });
    Object.assign(world.plaid.syncs.arranged, { statuses });
    const { entries } = await read();
    expect(await entries()).toHaveLength(2);
  });

  test.each(waiting)('are not taken for all there is while it says %s', async (status) => {
    world.plaid.syncs.arranged.statuses = [status];
    const { session, entries } = await read();
    const error = { code: 'bank-unavailable', detail: 'entries: not ready' };
    await expect(entries()).rejects.toMatchObject(error);
    const before = paths().length;
    // The other accounts are not waited for again.
    for (const { externalId } of (await session.accounts()).slice(1)) {
      const other = collect(session.entries(externalId, { from: '2026-01-01' }));
      await expect(other).rejects.toMatchObject(error);
    }
    expect(paths().slice(before)).toEqual(['/accounts/get']);
  });
});

describe('an item that only its user can bring up to date', () => {
  test('shows what there is, and then asks for its user, who is not there', async () => {
    world.plaid.arranged.updateType = 'user_present_required';
    const { id, session, entries } = await read();
    expect(await entries()).toHaveLength(12);
    await expect(session.balance(id)).rejects.toMatchObject({ code: 'needs-confirmation' });
    const present = await read(true);
    expect(await present.session.balance(id)).toEqual({ booked: euros(1) });
  });
});

test('an account without entries is none that is gone, and one that is gone has none', async () => {
  const { session } = await read();
  const [, savings] = await session.accounts();
  const ofSavings = session.entries(savings?.externalId ?? '', { from: '2026-01-01' });
  expect(await collect(ofSavings)).toEqual([]);
  const gone = collect(session.entries('another', { from: '2026-01-01' }));
  await expect(gone).rejects.toMatchObject({ code: 'account-gone' });
});

test('a fetch that failed is made again when it is asked for again', async () => {
  const { entries } = await read();
  world.control.failNext({ call: 'entries', with: 'bank-unavailable' });
  await expect(entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
  expect(await entries()).toHaveLength(12);
});

test('an error holds neither keys nor tokens nor words of Plaid', async () => {
  const { session } = await read();
  world.control.failNext({ call: 'accounts', with: 'login-rejected' });
  const error = await session.accounts().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'login-rejected',
    detail: 'accounts: 400 ITEM_ERROR.INVALID_CREDENTIALS',
    cause: undefined,
  });
  const told = JSON.stringify([error, (error as Error).stack]);
  for (const secret of [...Object.values(keys), ...Object.values(grant), 'Erika']) {
    expect(told).not.toContain(secret);
  }
});
