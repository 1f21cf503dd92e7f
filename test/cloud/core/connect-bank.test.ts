import { describe, expect, test } from '@jest/globals';
import {
  chooseInstitution,
  finishConnect,
  goToBank,
  openConnectLink,
  startConnect,
} from '../../../cloud/core/connect-bank.ts';
import { connections } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { bookId, createTestWorld, institution } from './world.ts';

const user = { ipAddress: '127.0.0.1' };

async function atTheBank() {
  const it = createTestWorld();
  const link = async () =>
    new URL(await startConnect(it.world, bookId, 'erika')).searchParams.get('link') ?? '';
  const session = await openConnectLink(it.world, await link());
  await chooseInstitution(it.world, session, institution.id);
  const toBank = new URL(await goToBank(it.world, session, user));
  const back = new URL(toBank.searchParams.get('back') ?? '');
  return { ...it, link, session, state: back.searchParams.get('state') ?? '' };
}

describe('connecting a bank', () => {
  test('ends with the accounts and balances that the bank shows', async () => {
    const { world, bank, session, state } = await atTheBank();
    bank.balance = { booked: { minor: 1200, currency: 'EUR' } };
    const { value } = await finishConnect(world, session, state, user);
    expect(value).toMatchObject({
      bookId,
      ownerId: 'erika',
      state: 'connected',
      name: 'Fake Bank',
    });
    expect(value.accounts).toMatchObject([{ name: 'Girokonto', balance: bank.balance }]);
    expect(value.dueAt).toBeUndefined();
  });

  test('a link works once and not after a quarter of an hour', async () => {
    const { world, link, pass } = await atTheBank();
    const spent = await link();
    await openConnectLink(world, spent);
    await expect(openConnectLink(world, spent)).rejects.toMatchObject({ code: 'link-expired' });
    const old = await link();
    pass(16 * 60_000);
    await expect(openConnectLink(world, old)).rejects.toMatchObject({ code: 'link-expired' });
  });

  test("the bank's answer counts only in the browser and with the state that asked", async () => {
    const { world, link, session, state } = await atTheBank();
    const other = await openConnectLink(world, await link());
    await expect(finishConnect(world, other, state, user)).rejects.toMatchObject({
      code: 'link-expired',
    });
    await expect(finishConnect(world, session, `${state}x`, user)).rejects.toMatchObject({
      code: 'link-expired',
    });
  });

  test('coming back twice makes one connection', async () => {
    const { world, session, state } = await atTheBank();
    const first = await finishConnect(world, session, state, user);
    const second = await finishConnect(world, session, state, user);
    expect(second.key).toBe(first.key);
  });

  test('a user who declines at the bank has no connection', async () => {
    const { world, bank, session, state } = await atTheBank();
    bank.failing.finish = new BankError('confirmation-declined');
    await expect(finishConnect(world, session, state, user)).rejects.toMatchObject({
      code: 'confirmation-declined',
    });
    const query = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    expect(await world.store.find(connections, query)).toEqual([]);
  });

  test('connecting the same bank again renews the connection and keeps its feeds, with new ids too', async () => {
    const { world, bank, link, session, state } = await atTheBank();
    const { key, value } = await finishConnect(world, session, state, user);
    const account = value.accounts[0];
    if (!account) throw new Error('account');
    await linkAccount(world, bookId, {
      connectionId: key,
      accountKey: account.key,
      bookAccount: { path: 'Assets:Checking', type: 'asset' },
      from: '2026-01-01',
    });
    bank.accounts = bank.accounts.map((it) => ({ ...it, externalId: 'another' }));
    const again = await openConnectLink(world, await link());
    await chooseInstitution(world, again, institution.id);
    const back = new URL(
      new URL(await goToBank(world, again, user)).searchParams.get('back') ?? '',
    );
    const renewed = await finishConnect(world, again, back.searchParams.get('state') ?? '', user);
    expect(renewed.key).toBe(key);
    expect(renewed.value.accounts).toMatchObject([
      { externalId: 'another', feed: { bookAccount: { path: 'Assets:Checking' } } },
    ]);
    expect(renewed.value.dueAt).toBeDefined();
  });
});

describe('linking an account', () => {
  test('refuses a start to come, an expense account, and a book account that another fills', async () => {
    const { world, bank, session, state } = await atTheBank();
    bank.accounts = [
      ...bank.accounts,
      { ...bank.accounts[0], externalId: 'x2', currency: 'USD' } as (typeof bank.accounts)[0],
    ];
    const { key, value } = await finishConnect(world, session, state, user);
    const [euro, dollar] = value.accounts.map((account) => account.key);
    const link = (
      accountKey = '',
      path = 'Assets:A',
      type: 'asset' | 'expense' = 'asset',
      from = '2026-03-01',
    ) =>
      linkAccount(world, bookId, {
        connectionId: key,
        accountKey,
        bookAccount: { path, type },
        from,
      });
    await expect(link(euro, 'Assets:A', 'asset', '2026-03-04')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(link(euro, 'Expenses:A', 'expense')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(link('unknown')).rejects.toMatchObject({ code: 'not-found' });
    await link(euro);
    await expect(link(dollar)).rejects.toMatchObject({ code: 'bad-request' });
    await link(dollar, 'Assets:B');
  });
});
