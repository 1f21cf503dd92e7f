import type { AccessCause, SyncCause } from '../../shared/access.ts';
import type { ApiArgs } from '../../shared/api.ts';
import { addMs, dayOf, earliestOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { type AccessStep, type AskedStep, BankError } from '../ports/bank-connector.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { withAccess } from './access-log.ts';
import { connectorOf } from './banks.ts';
import { stateAfter } from './connection-state.ts';
import { changeConnection, connectionOfBook } from './connections-of-book.ts';
import type { ConnectionDoc, PendingConfirmation } from './documents.ts';
import { openGrant, sealGrant } from './grants.ts';
import { withNotice } from './notices.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** How long a question waits where the bank does not say; the bank's own word is never outlived. */
const openMs = 24 * 60 * 60_000;
/** Largest picture, in characters of Base64: a photo TAN has a few thousand. */
const pictureMax = 300_000;
const causesOfSyncs: readonly AccessCause[] = [
  'scheduled',
  'manual',
  'connected',
  'historical',
  'notified',
];

/** What the bank asks, as it waits in the store. `id`: of the document that keeps it. @throws BankError for what is none */
export async function toPending(
  world: World,
  id: string,
  { grant, confirmation, expiresAt }: AskedStep,
  cause: AccessCause,
): Promise<PendingConfirmation> {
  const { picture } = { picture: undefined, ...confirmation };
  if (picture && picture.content.length > pictureMax) {
    throw new BankError('reply-unreadable', 'the picture of the confirmation is too large');
  }
  const askedAt = world.clock.now();
  const latest = addMs(askedAt, openMs);
  return {
    confirmation: wellFormed(confirmation),
    state: await sealGrant(world, id, grant),
    cause,
    askedAt,
    expiresAt: earliestOf(latest, expiresAt ?? latest),
  };
}

/**
 * The user's answer to what a bank asks in the middle of a sync. Where it lets the user in, the sync goes on.
 * @throws FailureError `not-found`, `not-yours`, `confirmation-expired`; BankError, `code-rejected` leaves the question open
 */
export async function answerConfirmation(
  world: World,
  bookId: string,
  userId: string,
  { connectionId, answer }: ApiArgs<'answerConfirmation'>,
  user: PresentUser | undefined,
): Promise<void> {
  const { store, clock, tasks } = world;
  const { value } = await connectionOfBook(store, bookId, connectionId);
  if (value.ownerId !== userId) throw new FailureError('not-yours');
  const { confirmation: pending, institution } = value;
  if (!pending || pending.expiresAt <= clock.now()) throw new FailureError('confirmation-expired');
  const connector = connectorOf(world, institution);
  const grant = await openGrant(world, connectionId, pending.state);
  let step: AccessStep;
  try {
    step = await connector.answerConfirmation(grant, answer, user);
  } catch (error) {
    if (error instanceof BankError && endsQuestion(error)) {
      await changeConnection(store, bookId, connectionId, (it) => withoutQuestion(it, pending));
    }
    throw error;
  }
  if (step.kind === 'asked') {
    // A poll that finds no answer yet changes nothing that anyone sees.
    if (answer.kind === 'poll' && step.confirmation.kind === 'approval') return;
    const asked = await toPending(world, connectionId, step, pending.cause);
    await changeConnection(store, bookId, connectionId, (it) => ({ ...it, confirmation: asked }));
    return;
  }
  await letIn(world, bookId, connectionId, step, user);
  const cause = isOfSync(pending.cause) ? pending.cause : 'manual';
  await tasks.enqueue({ kind: 'sync', connectionId, cause, ...(user && { user }) });
}

/** The bank has let the user in: its access holds from now on, and what waited for it goes on. */
async function letIn(
  world: World,
  bookId: string,
  connectionId: string,
  step: AccessStep & { readonly kind: 'granted' },
  user: PresentUser | undefined,
): Promise<void> {
  const { store, clock } = world;
  const sealed = await sealGrant(world, connectionId, step.grant);
  await changeConnection(store, bookId, connectionId, (value) => {
    const now = clock.now();
    const { confirmation: _, failure, ...rest } = value;
    const { validUntil } = step;
    const consent = { ...value.consent, confirmedAt: now, ...(validUntil && { validUntil }) };
    const isWaiting = value.state === 'needs-user';
    const admitted: ConnectionDoc = {
      ...rest,
      consent,
      grant: sealed,
      sealedAt: now,
      ...(isWaiting ? { state: stateAfter(undefined, consent, dayOf(now)), dueAt: now } : {}),
      ...(failure && failure.code !== 'needs-confirmation' && { failure }),
    };
    const access = {
      at: now,
      cause: 'consent',
      isUserPresent: user !== undefined,
      calls: [],
      result: 'complete',
    } as const;
    return withNotice(withAccess(admitted, access), now);
  });
}

function endsQuestion({ code }: BankError): boolean {
  return code === 'confirmation-expired' || code === 'confirmation-declined';
}

/** Without that question; another that came meanwhile stays. */
function withoutQuestion(value: ConnectionDoc, pending: PendingConfirmation): ConnectionDoc {
  const { confirmation, ...rest } = value;
  return confirmation?.askedAt === pending.askedAt ? rest : value;
}

function isOfSync(cause: AccessCause): cause is SyncCause {
  return causesOfSyncs.includes(cause);
}
