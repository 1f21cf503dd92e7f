import type { CallsMade } from '../../shared/access.ts';
import type { Institution } from '../../shared/bank.ts';
import { addMs, dayOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import {
  type AskedStep,
  type BankSession,
  ConfirmationNeeded,
  type Grant,
  type UserPresence,
} from '../ports/bank-connector.ts';
import { type Doc, write } from '../ports/store.ts';
import { withAccess } from './access-log.ts';
import { identifyAccounts } from './account-key.ts';
import { readAccounts } from './bank-accounts.ts';
import { connectorOf } from './banks.ts';
import { stateAfter } from './connection-state.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type AccountDoc,
  type ConnectDoc,
  type ConnectionDoc,
  connections,
  connects,
  type GrantedAccess,
} from './documents.ts';
import { openGrant, sealGrant } from './grants.ts';
import { endLease } from './hold-connection.ts';
import { withNotice } from './notices.ts';
import { createBudget, meterSession } from './quota.ts';
import { untilCommitted } from './until-committed.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** How long after the last click a user counts as there: as long as banks give long history after a confirmation. */
const presentMs = 5 * 60_000;

/**
 * Commits the connection to which the bank has said yes, with the accounts that it shows: the one that is renewed, or a
 * new one. The permission before it is given back after that.
 * @param connect the session, with `granted` @returns what the bank asks before it shows the accounts, or null
 * @throws FailureError, BankError
 */
export async function commitConnection(
  world: World,
  connect: Doc<ConnectDoc>,
  user: UserPresence,
): Promise<AskedStep | null> {
  const { institution, granted } = connect.value;
  if (!institution || !granted) throw new FailureError('link-expired');
  let grant = await openGrant(world, connect.key, granted.state);
  const session = await connectorOf(world, institution).open(grant, user, async (next) => {
    grant = next;
  });
  const reading = rememberAnswers(world, session);
  try {
    const { before, made } = await untilCommitted(async () => {
      const place = await findPlace(world, connect.value, institution, reading.session);
      const accounts = await readAccounts(
        reading.session,
        place.accounts,
        place.others,
        user,
        world.clock.now(),
      );
      const access = { institution, granted, grant, calls: reading.made() };
      return commitAt(world, connect, place.known, access, accounts);
    });
    world.log.connected(made.key, made.value.accounts.length);
    if (before) await giveBack(world, before, grant);
    await syncAtOnce(world, made, user);
    return null;
  } catch (error) {
    if (error instanceof ConfirmationNeeded) return error.asked;
    throw error;
  } finally {
    await session.close();
  }
}

/** Each answer once, however often the commit is tried, and counted. */
function rememberAnswers({ clock }: World, session: BankSession) {
  const now = clock.now();
  const consent = { grantedAt: now, confirmedAt: now };
  const budget = createBudget({ consent, accesses: [], accounts: [] }, now, true);
  const metered = meterSession(session, budget, []);
  let accounts: ReturnType<BankSession['accounts']> | undefined;
  const balances = new Map<string, ReturnType<BankSession['balance']>>();
  const remembering: BankSession = {
    ...metered,
    accounts() {
      accounts ??= metered.accounts();
      return accounts;
    },
    balance(externalId) {
      const balance = balances.get(externalId) ?? metered.balance(externalId);
      balances.set(externalId, balance);
      return balance;
    },
  };
  return { session: remembering, made: () => budget.made() };
}

/** Where what the bank shows belongs. */
interface Place {
  /** The connection to renew; absent for a new one. */
  readonly known?: Doc<ConnectionDoc>;
  /** By which accounts are known again. */
  readonly accounts: readonly AccountDoc[];
  /** Keys of the accounts of all other connections of the book. */
  readonly others: ReadonlySet<string>;
}

/**
 * The connection that the user has named. Else the user's own to that institution that has any of the accounts shown: a
 * login that shows none of them is another one. A new one knows again what this user took out of the book.
 * @throws FailureError `not-found` when the named one was removed meanwhile
 */
async function findPlace(
  { store }: World,
  { bookId, userId, connectionId }: ConnectDoc,
  institution: Institution,
  session: BankSession,
): Promise<Place> {
  const found = await connectionsOfBook(store, bookId);
  const isMine = ({ value }: Doc<ConnectionDoc>) =>
    value.institution.id === institution.id && value.ownerId === userId;
  const live = found.filter(({ value }) => value.state !== 'removed');
  const named = live.find(({ key, value }) => key === connectionId && value.ownerId === userId);
  if (connectionId && !named) throw new FailureError('not-found', 'connection');
  const shown = connectionId ? [] : wellFormed(await session.accounts());
  const known = named ?? live.filter(isMine).find(({ value }) => hasSome(value.accounts, shown));
  const removed = found.filter((it) => isMine(it) && !live.includes(it));
  const remembered = known ? [known] : removed;
  const accounts = remembered.flatMap(({ value }) => value.accounts);
  const rest = found.filter((it) => !remembered.includes(it));
  return {
    ...(known && { known }),
    accounts: [...new Map(accounts.map((it) => [it.key, it])).values()],
    others: new Set(rest.flatMap(({ value }) => value.accounts.map(({ key }) => key))),
  };
}

/** Whether any of the accounts shown is one of those, or may be. A connection without accounts takes what comes. */
function hasSome(
  accounts: readonly AccountDoc[],
  shown: Parameters<typeof identifyAccounts>[0],
): boolean {
  if (accounts.length === 0) return true;
  const { accounts: keyed, unclear } = identifyAccounts(shown, accounts);
  return unclear.length > 0 || keyed.some(({ key }) => accounts.some((it) => it.key === key));
}

interface NewAccess {
  readonly institution: Institution;
  readonly granted: GrantedAccess;
  readonly grant: Grant;
  readonly calls: readonly CallsMade[];
}

async function commitAt(
  world: World,
  connect: Doc<ConnectDoc>,
  known: Doc<ConnectionDoc> | undefined,
  access: NewAccess,
  accounts: readonly AccountDoc[],
): Promise<{ before: Doc<ConnectionDoc> | undefined; made: Doc<ConnectionDoc> }> {
  const { store, ids } = world;
  const key = known?.key ?? ids.next('c');
  const value = await connectionOf(world, key, connect.value, known?.value, access, accounts);
  const { granted: _, confirmation: __, askingUntil: ___, failure: ____, ...rest } = connect.value;
  const done: ConnectDoc = { ...rest, connectionId: key, isDone: true };
  const [version = ''] = await store.commit([
    write(connections, key, value, known ? { version: known.version } : 'absent'),
    write(connects, connect.key, done, { version: connect.version }),
  ]);
  return { before: known, made: { key, version, value } };
}

/** A renewal keeps all that is not of the access itself. */
async function connectionOf(
  world: World,
  key: string,
  connect: ConnectDoc,
  known: ConnectionDoc | undefined,
  { institution, granted, grant, calls }: NewAccess,
  accounts: readonly AccountDoc[],
): Promise<ConnectionDoc> {
  const now = world.clock.now();
  const { validUntil, grantedAt = now, noticeKey } = granted;
  const { unattendedPerDay = institution.unattendedPerDay } = granted;
  const consent = {
    grantedAt,
    confirmedAt: now,
    ...(validUntil && { validUntil }),
    ...(unattendedPerDay !== undefined && { unattendedPerDay }),
  };
  const {
    failure: _,
    failing: __,
    confirmation: ___,
    noticeKey: ____,
    noticeAt: _____,
    dueAt: ______,
    ...kept
  } = known ? endLease(known) : newConnection(connect, institution, now);
  const isFed = accounts.some(({ feed, candidates }) => feed && !candidates);
  const value: ConnectionDoc = {
    ...kept,
    institution,
    wayIn: institution.wayIn,
    state: stateAfter(undefined, consent, dayOf(now)),
    consent,
    grant: await sealGrant(world, key, grant),
    sealedAt: now,
    accounts,
    ...(connect.terms && { terms: connect.terms }),
    ...(noticeKey && { noticeKey }),
    ...(isFed && { dueAt: now }),
  };
  const told = {
    at: now,
    cause: 'consent',
    isUserPresent: true,
    calls,
    result: 'complete',
  } as const;
  return withNotice(withAccess(value, told), now);
}

function newConnection(
  { bookId, userId, name, terms }: ConnectDoc,
  institution: Institution,
  now: string,
): ConnectionDoc {
  if (!terms) throw new FailureError('bad-request', 'the terms were not accepted');
  return {
    bookId,
    ownerId: userId,
    institution,
    wayIn: institution.wayIn,
    name: name ?? institution.name,
    createdAt: now,
    state: 'pending',
    consent: { grantedAt: now, confirmedAt: now },
    terms,
    accesses: [],
    accounts: [],
  };
}

/** The new permission works and is kept: the one before is of no use any more. */
async function giveBack(
  world: World,
  { key, value }: Doc<ConnectionDoc>,
  grant: Grant,
): Promise<void> {
  try {
    const old = await openGrant(world, key, value.grant);
    if (JSON.stringify(old) === JSON.stringify(grant)) return;
    await connectorOf(world, value.institution).revokeAccess(old);
  } catch (error) {
    // It then ends by itself.
    world.log.bankNotTold(key, error);
  }
}

/** Right after a confirmation many banks give more history than later. */
async function syncAtOnce(
  { tasks, clock }: World,
  { key, value }: Doc<ConnectionDoc>,
  user: UserPresence,
): Promise<void> {
  if (!value.dueAt) return;
  const present = { ...user, until: addMs(clock.now(), presentMs) };
  await tasks.enqueue({ kind: 'sync', connectionId: key, cause: 'connected', user: present });
}
