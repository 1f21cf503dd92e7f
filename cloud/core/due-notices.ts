import type { AccessCause } from '../../shared/access.ts';
import type { ConnectionState } from '../../shared/bank.ts';
import { addDays, addMs, type CalendarDate, type Instant } from '../../shared/calendar-date.ts';
import type { Confirmation } from '../../shared/confirmation.ts';
import { type FailureCode, failures } from '../../shared/failures.ts';
import type { ConnectionDoc } from './documents.ts';

/** What a user is told of by mail. Its id names the cause: one mail each, however often the cause is seen. */
export interface UserNotice {
  /** Of [a-z0-9~.-]; begins with the connection's id. */
  readonly id: string;
  readonly about:
    | { readonly kind: 'stopped'; readonly code: FailureCode }
    | { readonly kind: 'renewal'; readonly validUntil: CalendarDate }
    | {
        readonly kind: 'confirmation';
        readonly asked: Confirmation['kind'];
        readonly cause: AccessCause;
        readonly expiresAt: Instant;
      }
    | { readonly kind: 'failing'; readonly code: FailureCode; readonly since: Instant };
}

/** Days before the last day of a consent on which its giver is reminded. */
const renewalStages = [30, 14, 7, 1] as const;
/** Notices that belong to a day come in its European morning. */
const morning = 'T08:00:00.000Z';
/** Who was there when the bank asked has this long to answer before being reminded. */
const answerMs = 60 * 60_000;
const failingMs = 7 * 24 * 60 * 60_000;

const alive: readonly ConnectionState[] = ['connected', 'expiring', 'failing', 'needs-user'];
const stopped: readonly ConnectionState[] = ['broken', 'expired'];
/** Causes by which a bank is asked while its user is elsewhere. */
const unattended: readonly AccessCause[] = ['scheduled', 'notified'];

/** The connection as time alone has made it: its consent over, or a question of its bank no longer open. */
export function settleByTime(connection: ConnectionDoc, now: Instant): ConnectionDoc {
  return endConsent(endQuestion(connection, now), now);
}

/** Days of the bank's own zone, anywhere west of UTC, have ended by that morning, too. */
function expiresAt({ consent }: ConnectionDoc): Instant | undefined {
  return consent.validUntil && `${addDays(consent.validUntil, 1)}${morning}`;
}

function endConsent(connection: ConnectionDoc, now: Instant): ConnectionDoc {
  const end = expiresAt(connection);
  if (!end || end > now || !alive.includes(connection.state)) return connection;
  const { dueAt: _, failing: __, confirmation: ___, ...rest } = connection;
  return { ...rest, state: 'expired', failure: { code: 'consent-expired' } };
}

function endQuestion(connection: ConnectionDoc, now: Instant): ConnectionDoc {
  const { confirmation, ...rest } = connection;
  if (!confirmation || confirmation.expiresAt > now) return connection;
  const { state, failure } = connection;
  const isForIt = state === 'needs-user' || !failure || failure.code === 'needs-confirmation';
  if (!isForIt || stopped.includes(state)) return rest;
  return { ...rest, failure: { code: 'confirmation-expired' } };
}

/** The next instant after `now` at which there is something to tell or to decide. */
export function nextNoticeAt(connection: ConnectionDoc, now: Instant): Instant | undefined {
  const { state, confirmation } = connection;
  if (!alive.includes(state)) return undefined;
  const instants = [
    ...stagesOf(connection).map(({ at }) => at),
    expiresAt(connection),
    failingToldAt(connection),
    confirmationToldAt(connection),
    confirmation?.expiresAt,
  ];
  return instants
    .filter((at) => at !== undefined)
    .filter((at) => at > now)
    .sort()[0];
}

/** What there is to tell now, told already or not. */
export function noticesOf(
  connectionId: string,
  connection: ConnectionDoc,
  now: Instant,
): readonly UserNotice[] {
  const { state, consent, failure, failing } = connection;
  const idOf = (...parts: readonly string[]) => [connectionId, ...parts].join('~');
  const found: UserNotice[] = [];
  for (const since of goneSince(connection)) {
    const about = { kind: 'stopped', code: 'account-gone' } as const;
    found.push({ id: idOf('account-gone', digitsOf(since)), about });
  }
  if (
    failure &&
    stopped.includes(state) &&
    failures[failure.code].acts === 'user' &&
    state !== 'removed'
  ) {
    const { code } = failure;
    found.push({ id: idOf(code, digitsOf(consent.confirmedAt)), about: { kind: 'stopped', code } });
  }
  if (!alive.includes(state)) return found;
  const stage = stagesOf(connection).findLast(({ at }) => at <= now);
  const { validUntil } = consent;
  if (stage && validUntil) {
    const id = idOf(`renew-${stage.days}`, validUntil);
    found.push({ id, about: { kind: 'renewal', validUntil } });
  }
  const failingAt = failingToldAt(connection);
  if (failing && failure && failingAt && failingAt <= now) {
    const { since } = failing;
    const about = { kind: 'failing', code: failure.code, since } as const;
    found.push({ id: idOf('failing', digitsOf(since)), about });
  }
  const confirmAt = confirmationToldAt(connection);
  if (confirmAt && confirmAt <= now) found.push(confirmationNotice(connection, idOf));
  return found;
}

/** When accounts went that the user has not seen go: those that went together are told together. */
function goneSince({ state, accounts }: ConnectionDoc): ReadonlySet<Instant> {
  const unseen = accounts.flatMap(({ feed, gone }) => (feed && gone && !gone.isSeen ? [gone] : []));
  return new Set(state === 'removed' ? [] : unseen.map(({ since }) => since));
}

/** Mornings of reminders after the user's last confirmation, the first one first. */
function stagesOf({ consent }: ConnectionDoc) {
  const { validUntil, confirmedAt } = consent;
  if (!validUntil) return [];
  return renewalStages
    .map((days) => ({ days, at: `${addDays(validUntil, -days)}${morning}` }))
    .filter(({ at }) => at > confirmedAt);
}

function failingToldAt({ state, failing, failure }: ConnectionDoc): Instant | undefined {
  if (state !== 'failing' || !failing || !failure) return undefined;
  // The operator is told by the log; the user could do nothing.
  return failures[failure.code].acts === 'operator' ? undefined : addMs(failing.since, failingMs);
}

/** At once where the user was not there as the bank asked. */
function confirmationToldAt({
  state,
  confirmation,
  failure,
  accesses,
  consent,
}: ConnectionDoc): Instant | undefined {
  if (confirmation) {
    const { askedAt, cause } = confirmation;
    const at = unattended.includes(cause) ? askedAt : addMs(askedAt, answerMs);
    return at < confirmation.expiresAt ? at : undefined;
  }
  if (state !== 'needs-user' || failure?.code !== 'needs-confirmation') return undefined;
  const last = accesses.at(-1);
  return last?.isUserPresent ? addMs(last.at, answerMs) : (last?.at ?? consent.confirmedAt);
}

function confirmationNotice(
  { confirmation, consent }: ConnectionDoc,
  idOf: (...parts: readonly string[]) => string,
): UserNotice {
  if (!confirmation) {
    const code = 'needs-confirmation';
    return { id: idOf(code, digitsOf(consent.confirmedAt)), about: { kind: 'stopped', code } };
  }
  const { askedAt, cause, expiresAt } = confirmation;
  const asked = confirmation.confirmation.kind;
  const about = { kind: 'confirmation', asked, cause, expiresAt } as const;
  return { id: idOf('confirm', digitsOf(askedAt)), about };
}

function digitsOf(instant: Instant): string {
  return instant.replace(/\D/g, '');
}
