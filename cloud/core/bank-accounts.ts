import type { ApiArgs } from '../../shared/api.ts';
import { FailureError } from '../../shared/failures.ts';
import type { BankConnector, Grant, UserPresence } from '../ports/bank-connector.ts';
import type { Store } from '../ports/store.ts';
import { identifyAccounts } from './account-key.ts';
import { canSync } from './connection-state.ts';
import { changeConnection, connectionOfBook, connectionsOfBook } from './connections-of-book.ts';
import type { AccountDoc } from './documents.ts';
import { dropPreviewsOf } from './preview-sync.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/**
 * The accounts that the bank shows, as those that are known where they can be told to be the same, with their balance
 * where it is not known yet. What fills the book and is no longer shown stays, and so does what could be several of those
 * shown: it then has candidates.
 */
export async function readAccounts(
  connector: BankConnector,
  grant: Grant,
  known: readonly AccountDoc[],
  others: ReadonlySet<string>,
  user?: UserPresence,
): Promise<readonly AccountDoc[]> {
  const shown = wellFormed(await connector.accounts(grant, user));
  const { accounts, gone, unclear } = identifyAccounts(shown, known, others);
  const byKey = new Map(known.map((account) => [account.key, account]));
  const fresh: AccountDoc[] = [];
  for (const account of accounts) {
    const before = byKey.get(account.key);
    const balance =
      user || !before ? await connector.balance(grant, account.externalId, user) : before.balance;
    fresh.push({ ...progressOf(before), ...account, ...(balance && { balance }) });
  }
  const candidates = new Map(unclear.map((it) => [it.account.key, it.candidates]));
  const kept = known.filter(
    ({ key, feed }) => feed && (candidates.has(key) || gone.some((it) => it.key === key)),
  );
  return [
    ...fresh,
    ...kept.map(({ candidates: _, ...account }) => {
      const among = candidates.get(account.key);
      return among ? { ...account, candidates: among } : account;
    }),
  ];
}

/** Asks the bank for accounts that are new there. @throws FailureError `not-found`; BankError */
export async function findAccounts(
  world: World,
  bookId: string,
  connectionId: string,
): Promise<void> {
  await changeConnection(world.store, bookId, connectionId, async (value) => {
    const connector = world.connectors.get(value.institution.connector);
    if (!connector) throw new FailureError('provider-not-configured', value.institution.connector);
    if (!canSync(value.state)) throw new FailureError('bad-request', 'Reconnect this bank first.');
    const others = await keysOfOthers(world.store, bookId, connectionId);
    return {
      ...value,
      accounts: await readAccounts(connector, value.grant, value.accounts, others),
    };
  });
}

/** The user says which of the bank's accounts one is that a reconnect left unclear. @throws FailureError */
export async function identifyAccount(
  world: World,
  bookId: string,
  { connectionId, accountKey, externalId }: ApiArgs<'identifyAccount'>,
): Promise<void> {
  await changeConnection(world.store, bookId, connectionId, async (value) => {
    const account = value.accounts.find(({ key }) => key === accountKey);
    const shown = value.accounts.find((it) => it.externalId === externalId && !it.feed);
    if (!account?.candidates?.includes(externalId) || !shown)
      throw new FailureError('not-found', 'account');
    const { key: _, ...facts } = shown;
    const { candidates: __, ...known } = account;
    const accounts = value.accounts
      .filter((it) => it !== shown)
      .map((it) => (it === account ? { ...known, ...facts } : withoutCandidate(it, externalId)));
    return { ...value, accounts, ...(canSync(value.state) && { dueAt: world.clock.now() }) };
  });
}

/** Takes the bank out of the book and gives its permission back; rows and what is known of entries stay. */
export async function unsync(world: World, bookId: string, connectionId: string): Promise<void> {
  const { value: before } = await connectionOfBook(world.store, bookId, connectionId);
  const connector = world.connectors.get(before.institution.connector);
  try {
    await connector?.revokeConsent(before.grant);
  } catch (error) {
    // The user wants to be rid of it, whether the bank can be reached or not; its permission then ends by itself.
    world.log.bankNotTold(connectionId, error);
  }
  await changeConnection(world.store, bookId, connectionId, async (value) => {
    const { lease: _, dueAt: __, failure: ___, ...rest } = value;
    return { ...rest, state: 'removed', grant: {}, accounts: value.accounts.map(evidenceAlone) };
  });
  await dropPreviewsOf(world.store, connectionId);
}

/** Keys of the accounts of all other connections of the book. */
async function keysOfOthers(store: Store, bookId: string, connectionId: string) {
  const found = await connectionsOfBook(store, bookId);
  const others = found.filter(({ key }) => key !== connectionId);
  return new Set(others.flatMap(({ value }) => value.accounts.map(({ key }) => key)));
}

/** How far a known account is fetched, and what it fills; a bank's limit may be another after a confirmation. */
function progressOf(account: AccountDoc | undefined): Partial<AccountDoc> {
  const { feed, keptFrom, watermark, seen, proof } = account ?? {};
  return {
    ...(feed && { feed }),
    ...(keptFrom && { keptFrom }),
    ...(watermark && { watermark }),
    ...(seen && { seen }),
    ...(proof && { proof }),
  };
}

/** An account that could be that one, once it is known to be none. */
export function withoutCandidate(account: AccountDoc, externalId: string): AccountDoc {
  const { candidates, ...rest } = account;
  return candidates
    ? { ...rest, candidates: candidates.filter((it) => it !== externalId) }
    : account;
}

/** By which a new connection knows the account again; neither holder nor number nor balance. */
function evidenceAlone(account: AccountDoc): AccountDoc {
  const { key, externalId, name, type, currency, mask, product, identification } = account;
  return {
    key,
    externalId,
    name,
    holder: '',
    type,
    currency,
    ...(mask && { mask }),
    ...(product && { product }),
    ...(identification && { identification }),
  };
}
