import type { Access } from '../../shared/access.ts';
import type { ApiArgs } from '../../shared/api.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import type { BankSession, UserPresence } from '../ports/bank-connector.ts';
import { type Store, write } from '../ports/store.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { foldAccesses, withAccess } from './access-log.ts';
import { identifyAccounts } from './account-key.ts';
import { createMeter, withSession } from './ask-bank.ts';
import { canSync } from './connection-state.ts';
import { changeConnection, connectionOfBook, connectionsOfBook } from './connections-of-book.ts';
import { type AccountDoc, type ConnectionDoc, connections } from './documents.ts';
import { openGrant } from './grants.ts';
import { endLease, holdConnection, TakenOver } from './hold-connection.ts';
import { dropPreviewsOf } from './preview-sync.ts';
import { stopConnection } from './stop-connection.ts';
import { untilCommitted } from './until-committed.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/**
 * The accounts that the bank shows, as those that are known where they can be told to be the same, with their balance
 * where it is not known yet. What fills the book and is no longer shown stays, as gone, and so does what could be
 * several of those shown: it then has candidates.
 */
export async function readAccounts(
  session: BankSession,
  known: readonly AccountDoc[],
  others: ReadonlySet<string>,
  user: UserPresence | undefined,
  now: Instant,
): Promise<readonly AccountDoc[]> {
  const shown = wellFormed(await session.accounts());
  const { accounts, gone, unclear } = identifyAccounts(shown, known, others);
  const byKey = new Map(known.map((account) => [account.key, account]));
  const fresh: AccountDoc[] = [];
  for (const account of accounts) {
    const before = byKey.get(account.key);
    const balance = user || !before ? await session.balance(account.externalId) : before.balance;
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
      if (among) return { ...account, candidates: among };
      const { since = now, tries = 0 } = account.gone ?? {};
      return { ...account, gone: { since, tries, isSeen: true as const } };
    }),
  ];
}

/** Asks the bank for accounts that are new there. @throws FailureError `not-found`; BankError */
export async function findAccounts(
  world: World,
  bookId: string,
  connectionId: string,
  user: PresentUser | undefined,
): Promise<void> {
  const { store, clock } = world;
  const found = await connectionOfBook(store, bookId, connectionId);
  const { value: connection } = found;
  if (!canSync(connection.state))
    throw new FailureError('bad-request', 'Reconnect this bank first.');
  if (connection.lease && connection.lease.until > clock.now()) {
    throw isSyncing();
  }
  const meter = createMeter(clock, connection, 'find-accounts', user);
  const hold = holdConnection(world, found, meter.begun);
  const others = await keysOfOthers(store, bookId, connectionId);
  let accounts: readonly AccountDoc[] = [];
  let failure: Failure | undefined;
  try {
    accounts = await withSession(world, hold, meter, (session) =>
      readAccounts(session, connection.accounts, others, user, clock.now()),
    );
  } catch (error) {
    failure = toFailure(error);
    throw error instanceof TakenOver ? isSyncing() : error;
  } finally {
    const access = meter.access(failure?.code ?? 'complete');
    await hold.release((value) => {
      const told = access.calls.length > 0 ? withAccess(value, access) : value;
      return failure
        ? stopConnection(told, failure, access.at)
        : { ...told, accounts: joinAccounts(accounts, value.accounts) };
    });
  }
}

const isSyncing = () =>
  new FailureError('bad-request', 'A sync of this bank is under way; look after it.');

/** What the bank showed, with what became of each account meanwhile: feeds and progress are those that stand there now. */
function joinAccounts(
  shown: readonly AccountDoc[],
  now: readonly AccountDoc[],
): readonly AccountDoc[] {
  const byKey = new Map(now.map((account) => [account.key, account]));
  return shown.map((account) => ({ ...account, ...progressOf(byKey.get(account.key)) }));
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
  const { store, clock, connectors, log } = world;
  const { value: before } = await connectionOfBook(store, bookId, connectionId);
  const connector = connectors.get(before.institution.connector);
  let result: Access['result'] = 'complete';
  try {
    await connector?.revokeAccess(await openGrant(world, connectionId, before.grant));
  } catch (error) {
    // The user wants to be rid of it, whether the bank can be reached or not; its permission then ends by itself.
    log.bankNotTold(connectionId, error);
    result = toFailure(error).code;
  }
  await untilCommitted(async () => {
    const { value, version } = await connectionOfBook(store, bookId, connectionId);
    const at = clock.now();
    const access = { at, cause: 'unsync', isUserPresent: false, calls: [], result } as const;
    const folded = await foldAccesses(
      store,
      connectionId,
      withAccess(endLease(value), access),
      at,
      'all',
    );
    const removed = write(connections, connectionId, toRemoved(folded.connection), { version });
    await store.commit([removed, ...folded.writes]);
  });
  await dropPreviewsOf(store, connectionId);
}

/** What stays of a connection: by what a new one knows its accounts again. */
function toRemoved(connection: ConnectionDoc): ConnectionDoc {
  const {
    lease: _lease,
    dueAt: _dueAt,
    failure: _failure,
    failing: _failing,
    grant: _grant,
    sealedAt: _sealedAt,
    noticeAt: _noticeAt,
    noticeKey: _noticeKey,
    confirmation: _confirmation,
    ...rest
  } = connection;
  return { ...rest, state: 'removed', accounts: connection.accounts.map(evidenceAlone) };
}

/** Keys of the accounts of all other connections of the book. */
async function keysOfOthers(store: Store, bookId: string, connectionId: string) {
  const found = await connectionsOfBook(store, bookId);
  const others = found.filter(({ key }) => key !== connectionId);
  return new Set(others.flatMap(({ value }) => value.accounts.map(({ key }) => key)));
}

/** How far a known account is fetched, and what it fills; a bank's limit may be another after a confirmation. */
function progressOf(account: AccountDoc | undefined): Partial<AccountDoc> {
  const { feed, keptFrom, watermark, seen, proof, bankKey } = account ?? {};
  return {
    ...(bankKey && { bankKey }),
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

/** By which a new connection, or a file, knows the account again; neither holder nor number nor balance. */
function evidenceAlone(account: AccountDoc): AccountDoc {
  const { key, externalId, name, type, currency, mask, product, identification } = account;
  const { bankKey, fed = account.feed?.bookAccount.path } = account;
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
    ...(bankKey && { bankKey }),
    ...(fed && { fed }),
  };
}
