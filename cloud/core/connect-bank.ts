import type { Institution } from '../../shared/bank.ts';
import {
  addDays,
  addMs,
  type CalendarDate,
  dayOf,
  type Instant,
} from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { BankConnector, Grant, UserPresence } from '../ports/bank-connector.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { readAccounts } from './bank-accounts.ts';
import { stateAfter } from './connection-state.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type AccountDoc,
  type ConnectDoc,
  type ConnectionDoc,
  connections,
  connects,
} from './documents.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

const linkMs = 15 * 60_000;
const sessionMs = 60 * 60_000;

/** A link to the connect page that works once, for a quarter of an hour. */
export async function startConnect(world: World, bookId: string, userId: string): Promise<string> {
  const { store, clock, ids, publicUrl } = world;
  const link = ids.next('l');
  const expiresAt = addMs(clock.now(), linkMs);
  await store.commit([write(connects, link, { bookId, userId, expiresAt }, 'absent')]);
  return `${publicUrl}/connect?link=${link}`;
}

/** Spends a link; the returned session is for the browser that opened it. @throws FailureError `link-expired` */
export async function openConnectLink(world: World, link: string): Promise<string> {
  const { store, clock, ids } = world;
  const found = await loadConnect(world, link);
  const session = ids.next('s');
  const { bookId, userId } = found.value;
  const value = { bookId, userId, expiresAt: addMs(clock.now(), sessionMs) };
  try {
    await store.commit([
      write(connects, link, null, { version: found.version }),
      write(connects, session, value, 'absent'),
    ]);
  } catch (error) {
    if (error instanceof StoreConflict) throw new FailureError('link-expired');
    throw error;
  }
  return session;
}

/** A way through the connect page that is still open. @throws FailureError `link-expired` */
export async function loadConnect(world: World, key: string): Promise<Doc<ConnectDoc>> {
  const found = /^[ls][a-z0-9]{20,40}$/.test(key) ? await world.store.get(connects, key) : null;
  if (!found || found.value.expiresAt <= world.clock.now()) throw new FailureError('link-expired');
  return found;
}

/** Every bank that can be connected here, by name. */
export async function listInstitutions(world: World): Promise<readonly Institution[]> {
  const lists = await Promise.all([...world.connectors.values()].map((it) => it.institutions()));
  return lists.flat().sort((a, b) => a.name.localeCompare(b.name));
}

/** Keeps the chosen bank in the session. @throws FailureError `link-expired`, `not-found` */
export async function chooseInstitution(world: World, session: string, id: string): Promise<void> {
  const { key, version, value } = await loadConnect(world, session);
  const institution = (await listInstitutions(world)).find((it) => it.id === id);
  if (!institution) throw new FailureError('not-found', 'bank');
  const { state: _state, grant: _grant, connectionId: _connection, ...rest } = value;
  await world.store.commit([write(connects, key, { ...rest, institution }, { version })]);
}

/**
 * The user has read what Bookfeed does with the data and goes on: asks the bank for consent.
 * @returns the address of the bank's own page.
 */
export async function goToBank(world: World, session: string, user: UserPresence): Promise<string> {
  const { store, clock, ids, publicUrl } = world;
  const { key, version, value } = await loadConnect(world, session);
  const { institution } = value;
  if (!institution) throw new FailureError('bad-request', 'choose a bank first');
  const now = clock.now();
  const state = ids.next('t');
  const { grant, confirmation } = await connectorOf(world, institution).startConsent({
    institution,
    redirectUrl: `${publicUrl}/connect/callback?state=${state}`,
    validUntil: addDays(dayOf(now), institution.consentDays),
    user,
  });
  const { connectionId: _, ...rest } = value;
  const next = { ...rest, state, grant, privacyAcceptedAt: now };
  await store.commit([write(connects, key, next, { version })]);
  return confirmation.url;
}

/**
 * The user is back from the bank: makes the connection with its accounts and balances, or renews the one that this
 * user has to that bank in this book, with its feeds. A second return ends with the same connection.
 * @throws BankError for what the bank says; FailureError `link-expired` for another browser or an unknown state.
 */
export async function finishConnect(
  world: World,
  session: string,
  state: string,
  user: UserPresence,
): Promise<Doc<ConnectionDoc>> {
  const { store, log } = world;
  const connect = await loadConnect(world, session);
  const { institution, grant: asked, connectionId } = connect.value;
  if (!institution || !asked || connect.value.state !== state) {
    throw new FailureError('link-expired');
  }
  const done = connectionId ? await store.get(connections, connectionId) : null;
  if (done) return done;
  const connector = connectorOf(world, institution);
  const { grant, validUntil, grantedAt } = await connector.finishConsent(asked, user);
  const made = await untilCommitted(() =>
    makeConnection(world, connect, institution, {
      grant,
      validUntil,
      grantedAt,
      read: (before, others) => readAccounts(connector, grant, before, others, user),
    }),
  );
  log.connected(made.key, made.value.accounts.length);
  return made;
}

/** Commits the connection that a bank has said yes to: a new one, or the user's own to that bank, renewed. */
async function makeConnection(
  world: World,
  { key: session, version: connectVersion, value: connect }: Doc<ConnectDoc>,
  institution: Institution,
  {
    grant,
    validUntil,
    grantedAt,
    read,
  }: {
    readonly grant: Grant;
    readonly validUntil: CalendarDate | undefined;
    readonly grantedAt: Instant | undefined;
    readonly read: (
      before: readonly AccountDoc[],
      others: ReadonlySet<string>,
    ) => Promise<readonly AccountDoc[]>;
  },
): Promise<Doc<ConnectionDoc>> {
  const { store, clock, ids } = world;
  const { known, accounts: before, others } = await rememberBank(world, connect, institution);
  const accounts = await read(before, others);
  const now = clock.now();
  const key = known?.key ?? ids.next('c');
  const consent = {
    grantedAt: grantedAt ?? now,
    confirmedAt: now,
    ...(validUntil && { validUntil }),
  };
  const {
    name = institution.name,
    createdAt = now,
    lastSyncedAt,
    lastResult,
    lastRunId,
  } = known?.value ?? {};
  const value: ConnectionDoc = {
    bookId: connect.bookId,
    ownerId: connect.userId,
    institution,
    wayIn: 'psd2',
    name,
    createdAt,
    state: stateAfter(undefined, consent, dayOf(now)),
    consent,
    grant,
    accounts,
    ...(lastSyncedAt && { lastSyncedAt }),
    ...(lastResult && { lastResult }),
    ...(lastRunId && { lastRunId }),
    ...(accounts.some(({ feed, candidates }) => feed && !candidates) && { dueAt: now }),
  };
  const [version = ''] = await store.commit([
    write(connections, key, value, known ? { version: known.version } : 'absent'),
    write(connects, session, { ...connect, connectionId: key }, { version: connectVersion }),
  ]);
  return { key, version, value };
}

export function connectorOf(world: World, institution: Institution): BankConnector {
  const connector = world.connectors.get(institution.connector);
  if (!connector) throw new FailureError('provider-not-configured', institution.connector);
  return connector;
}

/** The user's own connection to that bank with its accounts, or those that this user took out of the book; and all others. */
async function rememberBank(
  { store }: World,
  { bookId, userId }: ConnectDoc,
  institution: Institution,
) {
  const found = await connectionsOfBook(store, bookId);
  const own = found.filter(
    ({ value }) => value.institution.id === institution.id && value.ownerId === userId,
  );
  const known = own.find(({ value }) => value.state !== 'removed');
  const remembered = known ? [known] : own;
  const accounts = remembered.flatMap(({ value }) => value.accounts);
  const rest = found.filter((it) => !remembered.includes(it));
  return {
    known,
    accounts: [...new Map(accounts.map((it) => [it.key, it])).values()],
    others: new Set(rest.flatMap(({ value }) => value.accounts.map(({ key }) => key))),
  };
}
