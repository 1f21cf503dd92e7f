import type { Institution, WayIn } from '../../shared/bank.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { bankOf, institutionFor, listBanks } from './banks.ts';
import { connectionOfBook } from './connections-of-book.ts';
import { type ConnectDoc, connects } from './documents.ts';
import { listInstitutions } from './institution-lists.ts';
import { termsVersion } from './terms.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

const sessionMs = 60 * 60_000;
/** Documents that one round of the schedule drops. */
const dropMax = 100;

/** Where the user stands on the connect page. */
export type ConnectStep =
  | 'country'
  | 'terms'
  | 'bank'
  | 'login'
  | 'waiting'
  | 'confirm'
  | 'finish'
  | 'accounts';

/** The step that comes next; of a renewal the first ones are there already. */
export function stepOf(connect: ConnectDoc, now: Instant): ConnectStep {
  if (connect.isDone) return 'accounts';
  if (isAsking(connect, now)) return 'waiting';
  if (connect.confirmation) return 'confirm';
  if (connect.granted) return 'finish';
  if (!connect.country) return 'country';
  if (connect.terms?.version !== termsVersion) return 'terms';
  return connect.institution ? 'login' : 'bank';
}

/** Whether the bank is being asked now, by this browser's last click or another's. */
export function isAsking({ askingUntil }: ConnectDoc, now: Instant): boolean {
  return askingUntil !== undefined && askingUntil > now;
}

/** Whether it is about one connection that stands already. */
export function isRenewal({ connectionId, isDone }: ConnectDoc): boolean {
  return connectionId !== undefined && !isDone;
}

/** A way that renews a connection, or changes its way in. @throws FailureError `not-found`, `not-yours` */
export async function beginRenewal(
  world: World,
  begun: ConnectDoc,
  connectionId: string,
  wayIn: WayIn | undefined,
): Promise<ConnectDoc> {
  const { value } = await connectionOfBook(world.store, begun.bookId, connectionId);
  if (value.ownerId !== begun.userId) throw new FailureError('not-yours');
  const bank = bankOf(await listBanks(world), value.institution.id);
  const same = bank?.institutions.find(({ id }) => id === value.institution.id);
  const isChange = wayIn !== undefined && wayIn !== value.wayIn;
  const institution = isChange ? institutionFor(bank, wayIn) : (same ?? value.institution);
  if (!institution) throw new FailureError('not-found', 'way in');
  const { name, terms } = value;
  return { ...begun, connectionId, institution, country: institution.country, name, terms };
}

/** Spends a link; the returned session is for the browser that opened it. @throws FailureError `link-expired` */
export async function openConnectLink(world: World, link: string): Promise<string> {
  const { store, clock, ids } = world;
  const { key, version, value } = await load(world, 'l', link);
  const session = ids.next('s');
  const opened = { ...value, expiresAt: addMs(clock.now(), sessionMs) };
  try {
    await store.commit([
      write(connects, key, null, { version }),
      write(connects, session, opened, 'absent'),
    ]);
  } catch (error) {
    if (error instanceof StoreConflict) throw new FailureError('link-expired');
    throw error;
  }
  return session;
}

/** A way through the connect page that is still open. @throws FailureError `link-expired` */
export function loadConnect(world: World, session: string): Promise<Doc<ConnectDoc>> {
  return load(world, 's', session);
}

/** Keeps the country. @throws FailureError `link-expired`; `not-found` for one without banks; `bad-request` */
export async function chooseCountry(world: World, session: string, country: string): Promise<void> {
  const institutions = await listInstitutions(world);
  if (!institutions.some((it) => it.country === country)) {
    throw new FailureError('not-found', 'banks in that country');
  }
  await choose(world, session, (connect) => ({ ...withoutBank(connect), country }));
}

/**
 * Keeps that the user has accepted the terms, with their version and the time.
 * @param version of the text that was shown @throws FailureError `link-expired`; `bad-request` for an older one
 */
export async function acceptTerms(world: World, session: string, version: string): Promise<void> {
  if (version !== termsVersion) throw new FailureError('bad-request', 'the terms have changed');
  const terms = { version, acceptedAt: world.clock.now() };
  await change(world, session, (connect) => ({ ...connect, terms }));
}

/** Keeps the chosen bank and way in. @throws FailureError `link-expired`, `not-found`, `bad-request` */
export async function chooseInstitution(
  world: World,
  session: string,
  institutionId: string,
): Promise<void> {
  const institution = (await listInstitutions(world)).find(({ id }) => id === institutionId);
  if (!institution) throw new FailureError('not-found', 'bank');
  await choose(world, session, (connect) => withInstitution(connect, institution));
}

/** The banks of each country that has any, the most first. */
export async function countCountries(
  world: World,
): Promise<readonly { readonly country: string; readonly banks: number }[]> {
  const byCountry = Map.groupBy(await listBanks(world), ({ country }) => country);
  return [...byCountry].map(([country, banks]) => ({ country, banks: banks.length }));
}

/** Changes what the session holds, again from what stands there when another click was faster. @throws FailureError */
export async function change(
  world: World,
  session: string,
  changed: (connect: ConnectDoc) => ConnectDoc,
): Promise<void> {
  await untilCommitted(async () => {
    const { key, version, value } = await loadConnect(world, session);
    await world.store.commit([write(connects, key, changed(value), { version })]);
  });
}

/** Drops links and sessions that have ended, some in each round of the schedule. */
export async function dropOldConnects({ store, clock }: World): Promise<void> {
  const ended = { field: 'expiresAt', op: '<=', value: clock.now(), limit: dropMax } as const;
  const old = await store.find(connects, ended);
  if (old.length === 0) return;
  await store.commit(old.map(({ key }) => write(connects, key, null, 'any')));
}

async function load(world: World, kind: 'l' | 's', key: string): Promise<Doc<ConnectDoc>> {
  const isKey = key.startsWith(kind) && /^[ls][a-z0-9]{20,40}$/.test(key);
  const found = isKey ? await world.store.get(connects, key) : null;
  if (!found || found.value.expiresAt <= world.clock.now()) throw new FailureError('link-expired');
  return found;
}

async function choose(
  world: World,
  session: string,
  changed: (connect: ConnectDoc) => ConnectDoc,
): Promise<void> {
  await change(world, session, (connect) => {
    if (isRenewal(connect)) throw new FailureError('bad-request', 'this link is for one bank');
    return changed(connect);
  });
}

function withInstitution(connect: ConnectDoc, institution: Institution): ConnectDoc {
  return { ...withoutBank(connect), country: institution.country, institution };
}

/** What a choice of another bank leaves: nothing that was asked or given at the one before. */
function withoutBank({ bookId, userId, expiresAt, country, terms }: ConnectDoc): ConnectDoc {
  return { bookId, userId, expiresAt, ...(country && { country }), ...(terms && { terms }) };
}
