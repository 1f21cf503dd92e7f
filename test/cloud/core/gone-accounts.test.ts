import { expect, test } from '@jest/globals';
import { findAccounts } from '../../../cloud/core/bank-accounts.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const savings = {
  ...giro,
  externalId: 'x2',
  iban: 'DE02120300000000202051',
  name: 'Sparkonto',
};

/** A giro that fills the book, which the bank has just left out of its list for another account. */
async function withoutGiro() {
  const it = createTestWorld();
  const id = await connectGiro(it.world);
  it.bank.accounts = [savings];
  await findAccounts(it.world, bookId, id, undefined);
  const giroShown = async () => {
    const [connection] = (await overviewOf(it.world, bookId, 'erika')).connections;
    return {
      state: connection?.state,
      account: connection?.accounts.find(({ key }) => key === 'k-giro'),
    };
  };
  return { ...it, sync: () => syncConnection(it.world, id, 'manual'), giroShown };
}

test('an account that the bank leaves out of its list stays with its feed, and fails no sync', async () => {
  const { bank, sync, giroShown } = await withoutGiro();
  bank.failing = { entries: new BankError('account-gone') };
  expect(await sync()).toMatchObject({ outcome: 'complete' });
  expect(await giroShown()).toMatchObject({
    state: 'connected',
    account: { isGone: true, feed: { from: '2026-01-01' } },
  });
});

test('an account that the bank shows again goes on by itself', async () => {
  const { bank, sync, giroShown } = await withoutGiro();
  bank.pages = [[entry('-4.50')]];
  expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
  expect((await giroShown()).account).not.toHaveProperty('isGone');
});

test('an account that is listed and cannot be read is a failure', async () => {
  const it = createTestWorld();
  const id = await connectGiro(it.world);
  it.bank.failing = { entries: new BankError('account-gone') };
  const result = await syncConnection(it.world, id, 'manual');
  expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'account-gone' } });
});
