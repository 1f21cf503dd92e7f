import { describe, expect, test } from '@jest/globals';
import { identifyAccount, unsync } from '../../../cloud/core/bank-accounts.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { type AccountDoc, books, connections } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import { write } from '../../../cloud/ports/store.ts';
import { connectAs } from './connecting.ts';
import { bookId, bookOfErika, connectGiro, createTestWorld, entry, giro } from './world.ts';

function linkTo(world: World, connectionId: string, accountKey: string, path: string) {
  const bookAccount = { path, type: 'asset' } as const;
  return linkAccount(world, bookId, { connectionId, accountKey, bookAccount, from: '2026-01-01' });
}

async function accountsOf(world: World, id: string): Promise<readonly AccountDoc[]> {
  return (await world.store.get(connections, id))?.value.accounts ?? [];
}

describe('a second member who connects the same bank', () => {
  test('gets a connection of their own, without the feeds and keys of the first', async () => {
    const { world } = createTestWorld();
    const first = await connectGiro(world);
    const before = await world.store.get(connections, first);
    const { key, value } = await connectAs(world, 'jonas');
    expect(key).not.toBe(first);
    expect(value).toMatchObject({ ownerId: 'jonas' });
    expect(value.accounts).toMatchObject([{ iban: giro.iban }]);
    expect(value.accounts[0]).not.toHaveProperty('feed');
    expect(value.accounts.map((account) => account.key)).not.toContain('k-giro');
    expect(value.dueAt).toBeUndefined();
    expect(await world.store.get(connections, first)).toEqual(before);
  });

  test('goes on with an account of the same number that the first took out, and no row doubles', async () => {
    const { world, bank, sheet } = createTestWorld();
    const book = bookOfErika(world.clock.now());
    await world.store.commit([write(books, bookId, book, 'absent')]);
    bank.pages = [[entry('-1.00'), entry('-2.00')]];
    const one = await connectAs(world, 'erika');
    const key = one.value.accounts[0]?.key ?? '';
    await linkTo(world, one.key, key, 'Assets:Checking');
    await syncConnection(world, one.key, 'manual');
    await unsync(world, bookId, one.key);
    const other = await connectAs(world, 'jonas');
    expect(other.value.accounts).toMatchObject([{ key }]);
    expect(other.value.accounts[0]).not.toHaveProperty('feed');
    await linkTo(world, other.key, key, 'Assets:Checking');
    const result = await syncConnection(world, other.key, 'manual');
    expect(result).toMatchObject({ outcome: 'complete', newRows: 0 });
    await deliverBook(world, bookId);
    expect(sheet.state.transactions).toHaveLength(2);
  });

  test.each([false, true])(
    'has an account of their own where only its name is the same (%s)',
    async (isGone) => {
      const { world, bank } = createTestWorld();
      const { iban: _, ...nameless } = giro;
      bank.accounts = [nameless];
      const one = await connectAs(world, 'erika');
      if (isGone) await unsync(world, bookId, one.key);
      const other = await connectAs(world, 'jonas');
      expect(other.value.accounts[0]?.key).not.toBe(one.value.accounts[0]?.key);
      await linkTo(world, other.key, other.value.accounts[0]?.key ?? '', 'Assets:Jonas');
    },
  );

  test('cannot fill the book from the same account, wherever to', async () => {
    const { world } = createTestWorld();
    const one = await connectAs(world, 'erika');
    const other = await connectAs(world, 'jonas');
    const accountKey = one.value.accounts[0]?.key ?? '';
    expect(other.value.accounts[0]?.key).toBe(accountKey);
    await linkTo(world, one.key, accountKey, 'Assets:Checking');
    for (const path of ['Assets:Checking', 'Assets:Shared']) {
      const asked = linkTo(world, other.key, accountKey, path);
      await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
    }
    expect((await accountsOf(world, other.key))[0]).not.toHaveProperty('feed');
    await linkTo(world, one.key, accountKey, 'Assets:Shared');
    await unsync(world, bookId, one.key);
    await linkTo(world, other.key, accountKey, 'Assets:Shared');
  });
});

describe('an account that a reconnect left unclear', () => {
  const card = { ...giro, iban: undefined, mask: '4471', name: 'Visa Card', type: 'card' } as const;
  const { iban: _, ...visa } = card;
  const feed = {
    bookAccount: { path: 'Liabilities:Visa', type: 'liability' },
    from: '2026-01-01',
  } as const;
  const waiting: AccountDoc = {
    ...visa,
    externalId: 'v1',
    key: 'k-old',
    feed,
    candidates: ['n1', 'n2'],
  };
  const first: AccountDoc = { ...visa, externalId: 'n1', key: 'k-n1' };
  const second: AccountDoc = { ...visa, externalId: 'n2', key: 'k-n2' };

  async function unclear(accounts: readonly AccountDoc[] = [waiting, first, second]) {
    const it = createTestWorld();
    const id = await connectGiro(it.world, { accounts });
    const identify = (externalId: string) =>
      identifyAccount(it.world, bookId, { connectionId: id, accountKey: 'k-old', externalId });
    return { ...it, id, identify, accounts: () => accountsOf(it.world, id) };
  }

  test('is none that the user has linked meanwhile', async () => {
    const { world, id, identify, accounts } = await unclear();
    await linkTo(world, id, 'k-n1', 'Assets:Card');
    expect(await accounts()).toMatchObject([{ key: 'k-old', candidates: ['n2'] }, {}, {}]);
    await expect(identify('n1')).rejects.toMatchObject({ code: 'not-found' });
    await identify('n2');
    const after = await accounts();
    expect(after.map(({ key, externalId }) => `${key} ${externalId}`)).toEqual([
      'k-old n2',
      'k-n1 n1',
    ]);
    expect(after[0]).toMatchObject({ feed });
    expect(after[0]).not.toHaveProperty('candidates');
  });

  test('is none that fills something, though it stands among the candidates', async () => {
    const bookAccount = { path: 'Assets:Card', type: 'asset' } as const;
    const filling = { ...first, feed: { bookAccount, from: '2026-01-01' } };
    const { identify, accounts } = await unclear([waiting, filling, second]);
    await expect(identify('n1')).rejects.toMatchObject({ code: 'not-found' });
    expect(await accounts()).toEqual([waiting, filling, second]);
  });

  test('once known is a candidate of no other', async () => {
    const twin = { ...waiting, key: 'k-twin', externalId: 'v2' };
    const { identify, accounts } = await unclear([waiting, twin, first, second]);
    await identify('n1');
    const found = (await accounts()).find(({ key }) => key === 'k-twin');
    expect(found?.candidates).toEqual(['n2']);
  });

  test('is not asked for at the bank; a connection of such accounts alone is skipped', async () => {
    const { world, bank, id } = await unclear();
    const before = await world.store.get(connections, id);
    for (const cause of ['manual', 'scheduled', 'connected'] as const) {
      expect(await syncConnection(world, id, cause)).toMatchObject({ outcome: 'skipped' });
    }
    expect(bank.calls).toEqual([]);
    expect(await world.store.get(connections, id)).toEqual(before);
  });
});

test('an account of a bank that was taken out of the book cannot be linked', async () => {
  const { world } = createTestWorld();
  const id = await connectGiro(world);
  await unsync(world, bookId, id);
  const asked = linkTo(world, id, 'k-giro', 'Assets:Checking');
  await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  expect((await accountsOf(world, id))[0]).not.toHaveProperty('feed');
});
