import { askBank, returnFromBank, startConnect } from '../../../cloud/core/connect-bank.ts';
import {
  acceptTerms,
  chooseInstitution,
  loadConnect,
  openConnectLink,
} from '../../../cloud/core/connect-session.ts';
import { type ConnectDoc, type ConnectionDoc, connections } from '../../../cloud/core/documents.ts';
import { termsVersion } from '../../../cloud/core/terms.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { Doc } from '../../../cloud/ports/store.ts';
import type { ApiArgs } from '../../../shared/api.ts';
import { FailureError } from '../../../shared/failures.ts';
import { bookId, institution } from './world.ts';

export const user = { ipAddress: '127.0.0.1', userAgent: 'Test' };

/** The session of a link that is opened. */
export async function openSession(
  world: World,
  userId = 'erika',
  args: ApiArgs<'startConnect'> = {},
): Promise<string> {
  const url = new URL(await startConnect(world, bookId, userId, args));
  return openConnectLink(world, url.searchParams.get('link') ?? '');
}

/** A session in which the terms are accepted and a bank is chosen. */
export async function chooseBank(
  world: World,
  userId = 'erika',
  institutionId = institution.id,
): Promise<string> {
  const session = await openSession(world, userId);
  await acceptTerms(world, session, termsVersion);
  await chooseInstitution(world, session, institutionId);
  return session;
}

/** What the session holds. */
export async function sessionOf(world: World, session: string): Promise<ConnectDoc> {
  return (await loadConnect(world, session)).value;
}

/** Sends the login form as it stands now. */
export async function ask(
  world: World,
  session: string,
  credentials: Readonly<Record<string, string>> = {},
  name = 'Fake Bank',
): Promise<ConnectDoc> {
  const { version } = await loadConnect(world, session);
  await askBank(world, session, version, { name, credentials }, user);
  return sessionOf(world, session);
}

/** Comes back from the bank's own page. @throws FailureError that the page would show */
export async function comeBack(world: World, session: string): Promise<Doc<ConnectionDoc>> {
  const { state = '' } = await sessionOf(world, session);
  await returnFromBank(world, session, { state }, user);
  return connectionOf(world, session);
}

/** @throws FailureError that the page would show */
export async function connectionOf(world: World, session: string): Promise<Doc<ConnectionDoc>> {
  const { connectionId = '', isDone, failure } = await sessionOf(world, session);
  if (failure) throw new FailureError(failure.code, failure.detail);
  const found = isDone ? await world.store.get(connections, connectionId) : null;
  if (!found) throw new Error('no connection was made');
  return found;
}

/** The whole way of one member of the book through the connect page, at a bank with a page of its own. */
export async function connectAs(world: World, userId = 'erika'): Promise<Doc<ConnectionDoc>> {
  const session = await chooseBank(world, userId);
  await ask(world, session);
  return comeBack(world, session);
}
