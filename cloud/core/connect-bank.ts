import type { ApiArgs } from '../../shared/api.ts';
import { addDays, addMs, dayOf, earliestOf } from '../../shared/calendar-date.ts';
import type { ConfirmationAnswer } from '../../shared/confirmation.ts';
import { type FailureCode, FailureError, failures, toFailure } from '../../shared/failures.ts';
import {
  type AccessStep,
  type AskedStep,
  BankError,
  type Grant,
  type UserPresence,
} from '../ports/bank-connector.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { withAccess } from './access-log.ts';
import { connectorOf, isSandbox } from './banks.ts';
import { commitConnection } from './commit-connection.ts';
import { beginRenewal, isAsking, loadConnect, stepOf } from './connect-session.ts';
import { changeConnection } from './connections-of-book.ts';
import { type ConnectDoc, connections, connects, type PendingConfirmation } from './documents.ts';
import { openGrant, sealGrant } from './grants.ts';
import { listInstitutions } from './institution-lists.ts';
import { termsVersion } from './terms.ts';
import type { World } from './world.ts';

const linkMs = 15 * 60_000;
/** The longest that a bank may be asked for one answer; after that the user may ask again. */
const askingMs = 3 * 60_000;
/** Where a bank does not say how long its consent may last: the law's 180 days. */
const consentDaysMax = 180;

/**
 * A link to the connect page that works once, for a quarter of an hour. With `connectionId` it renews that connection
 * and leads to the bank at once, by another way in where `wayIn` says so.
 * @throws FailureError `not-found` for a connection, or a way in that this bank has not; `not-yours`
 */
export async function startConnect(
  world: World,
  bookId: string,
  userId: string,
  { connectionId, wayIn, isSandbox: isTrying }: ApiArgs<'startConnect'> = {},
): Promise<string> {
  const { store, clock, ids, publicUrl } = world;
  const link = ids.next('l');
  const begun: ConnectDoc = { bookId, userId, expiresAt: addMs(clock.now(), linkMs) };
  const fresh = isTrying ? { ...begun, ...(await sandboxOf(world)) } : begun;
  const value = connectionId ? await beginRenewal(world, begun, connectionId, wayIn) : fresh;
  await store.commit([write(connects, link, value, 'absent')]);
  return `${publicUrl}/connect?link=${link}`;
}

/** The bank as if it had been chosen. @throws FailureError `not-found` where there is none */
async function sandboxOf(world: World): Promise<Pick<ConnectDoc, 'country' | 'institution'>> {
  const institution = (await listInstitutions(world)).find(isSandbox);
  if (!institution) throw new FailureError('not-found', 'bank');
  return { country: institution.country, institution };
}

/** What the user gives to ask for access. */
export interface AccessRequest {
  /** Of the connection; ignored where one is renewed. */
  readonly name: string;
  /** By the names of the institution's fields; kept nowhere but sealed, in what the connector makes of them. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Asks the bank for access, once for each version of the session: a form that is sent twice asks once. What becomes of it
 * stands in the session: a confirmation, a connection, or a failure. @throws FailureError `link-expired`, `bad-request`
 */
export async function askBank(
  world: World,
  session: string,
  version: string,
  { name, credentials }: AccessRequest,
  user: UserPresence,
): Promise<void> {
  const { clock, ids, publicUrl } = world;
  const found = await loadConnect(world, session);
  const { institution } = found.value;
  if (!institution || found.value.terms?.version !== termsVersion) {
    throw new FailureError('bad-request', 'choose a bank first');
  }
  if (found.version !== version || stepOf(found.value, clock.now()) === 'accounts') return;
  const state = ids.next('t');
  const chosenName = found.value.connectionId ? found.value.name : name;
  const { confirmation: _, granted: __, ...rest } = found.value;
  const claimed = await claim(world, found, {
    ...rest,
    state,
    name: chosenName ?? institution.name,
  });
  if (!claimed) return;
  const today = dayOf(clock.now());
  await settle(world, claimed, user, async () => {
    const renews = await grantToRenew(world, claimed.value);
    return connectorOf(world, institution).startAccess({
      institution,
      redirectUrl: `${publicUrl}/connect/callback?state=${state}`,
      notificationUrl: `${publicUrl}/hooks/${institution.connector}`,
      validUntil: addDays(today, institution.consentDays ?? consentDaysMax),
      credentials,
      user,
      ...(renews && { renews }),
    });
  });
}

/** Of the connection that is renewed, where the way in stays the same. */
async function grantToRenew(
  world: World,
  { connectionId, institution }: ConnectDoc,
): Promise<Grant | undefined> {
  const found = connectionId ? await world.store.get(connections, connectionId) : null;
  if (!found || found.value.institution.id !== institution?.id) return undefined;
  try {
    return await openGrant(world, found.key, found.value.grant);
  } catch (error) {
    // Then the user gives a new access.
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

/**
 * The user's answer to what the bank asks, or a look whether it was approved meanwhile. A code that the bank does not
 * accept leaves the question open.
 * @param version of the session for which it is meant; an answer that is sent twice is told once
 * @throws FailureError `link-expired`; `bad-request` for an answer to another question
 */
export async function answerBank(
  world: World,
  session: string,
  answer: ConfirmationAnswer,
  user: UserPresence,
  version?: string,
): Promise<void> {
  const found = await loadConnect(world, session);
  const { confirmation: asked, institution } = found.value;
  if (!asked || !institution || found.value.isDone) return;
  if (version !== undefined && version !== found.version) return;
  if (!isAnswer(asked, answer)) throw new FailureError('bad-request', 'answer');
  const claimed = await claim(world, found, found.value);
  if (!claimed) return;
  await settle(world, claimed, user, async () => {
    if (asked.expiresAt <= world.clock.now()) throw new FailureError('confirmation-expired');
    const grant = await openGrant(world, session, asked.state);
    return connectorOf(world, institution).answerConfirmation(grant, answer, user);
  });
}

/**
 * The user is back from the bank's own page, with what the bank has added to our address. A second return ends with the
 * same connection.
 * @throws FailureError `link-expired` for another browser or an unknown state
 */
export async function returnFromBank(
  world: World,
  session: string,
  { state, ...query }: Readonly<Record<string, string>>,
  user: UserPresence,
): Promise<void> {
  const { value } = await loadConnect(world, session);
  if (!value.state || value.state !== state) throw new FailureError('link-expired');
  if (value.confirmation?.confirmation.kind === 'redirect') {
    await answerBank(world, session, { kind: 'returned', query }, user);
  }
}

/** Reads the accounts again of what the bank has granted. @throws FailureError `link-expired` */
export async function finishConnect(
  world: World,
  session: string,
  user: UserPresence,
): Promise<void> {
  const found = await loadConnect(world, session);
  if (stepOf(found.value, world.clock.now()) !== 'finish') return;
  const claimed = await claim(world, found, found.value);
  if (claimed) await readAndCommit(world, claimed, user);
}

/** Nobody else asks the bank until it has answered. Null where another click was faster. */
async function claim(
  { store, clock }: World,
  { key, version, value }: Doc<ConnectDoc>,
  begun: ConnectDoc,
): Promise<Doc<ConnectDoc> | null> {
  const now = clock.now();
  if (isAsking(value, now)) return null;
  const { failure: _, ...rest } = begun;
  return keep({ store }, { key, version, value: { ...rest, askingUntil: addMs(now, askingMs) } });
}

/** Null where the user has gone another way meanwhile: what the bank answered is then of no use to anybody. */
async function keep(
  { store }: Pick<World, 'store'>,
  { key, version: before, value }: Doc<ConnectDoc>,
): Promise<Doc<ConnectDoc> | null> {
  try {
    const [version = ''] = await store.commit([write(connects, key, value, { version: before })]);
    return { key, version, value };
  } catch (error) {
    if (error instanceof StoreConflict) return null;
    throw error;
  }
}

/** Asks the bank and keeps in the session what becomes of it. */
async function settle(
  world: World,
  claimed: Doc<ConnectDoc>,
  user: UserPresence,
  ask: () => Promise<AccessStep>,
): Promise<void> {
  let step: AccessStep;
  try {
    step = await ask();
  } catch (error) {
    await keepFailure(world, claimed, error);
    return;
  }
  if (step.kind === 'asked') {
    await keepQuestion(world, claimed, step);
    return;
  }
  const { kind: _, grant, ...facts } = step;
  const { confirmation: __, ...rest } = claimed.value;
  const state = await sealGrant(world, claimed.key, grant);
  const granted = { ...claimed.value.granted, ...facts, state };
  const kept = await keep(world, { ...claimed, value: { ...rest, granted } });
  if (kept) await readAndCommit(world, kept, user);
}

async function readAndCommit(
  world: World,
  claimed: Doc<ConnectDoc>,
  user: UserPresence,
): Promise<void> {
  try {
    const asked = await commitConnection(world, claimed, user);
    if (asked) await keepQuestion(world, claimed, asked);
  } catch (error) {
    await keepFailure(world, claimed, error);
  }
}

async function keepQuestion(
  world: World,
  claimed: Doc<ConnectDoc>,
  { grant, confirmation, expiresAt }: AskedStep,
): Promise<void> {
  const now = world.clock.now();
  const { askingUntil: _, ...rest } = claimed.value;
  const before = rest.confirmation;
  const isSame = JSON.stringify(before?.confirmation) === JSON.stringify(confirmation);
  const ends = expiresAt ?? (isSame && before ? before.expiresAt : rest.expiresAt);
  const asked: PendingConfirmation = {
    confirmation,
    state: await sealGrant(world, claimed.key, grant),
    cause: 'consent',
    askedAt: isSame && before ? before.askedAt : now,
    expiresAt: earliestOf(ends, rest.expiresAt),
  };
  await keep(world, { ...claimed, value: { ...rest, confirmation: asked } });
}

/** What may go well a moment later leaves question and grant as they are; the rest begins again at the login. */
async function keepFailure(world: World, claimed: Doc<ConnectDoc>, error: unknown): Promise<void> {
  if (!(error instanceof FailureError)) world.log.defect('connect bank', error);
  const failure = toFailure(error);
  if (error instanceof BankError) await recordRefusal(world, claimed.value, error.code);
  const { askingUntil: _, confirmation, granted, ...rest } = claimed.value;
  const isOpen = staysOpen.includes(failure.code) || failures[failure.code].retries;
  const value = {
    ...rest,
    ...(isOpen && confirmation && { confirmation }),
    ...(isOpen && granted && { granted }),
    failure,
  };
  await keep(world, { ...claimed, value });
}

/** An access that came to nothing stands in the log of the connection that it was to renew. */
async function recordRefusal(
  { store, clock }: World,
  { bookId, connectionId }: ConnectDoc,
  result: FailureCode,
): Promise<void> {
  if (!connectionId) return;
  const access = {
    at: clock.now(),
    cause: 'consent',
    isUserPresent: true,
    calls: [],
    result,
  } as const;
  try {
    await changeConnection(store, bookId, connectionId, (value) => withAccess(value, access));
  } catch (error) {
    // Removed meanwhile, with its log.
    if (!(error instanceof FailureError)) throw error;
  }
}

const staysOpen: readonly string[] = ['code-rejected', 'needs-confirmation'];

const answerTo = {
  redirect: 'returned',
  method: 'method',
  code: 'code',
  approval: 'poll',
} as const;

function isAnswer({ confirmation }: PendingConfirmation, answer: ConfirmationAnswer): boolean {
  if (answerTo[confirmation.kind] !== answer.kind) return false;
  if (confirmation.kind !== 'method' || answer.kind !== 'method') return true;
  return confirmation.methods.some(({ id }) => id === answer.id);
}
