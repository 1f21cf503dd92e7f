import { dayOf, type Instant } from '../../shared/calendar-date.ts';
import type { Failure } from '../../shared/failures.ts';
import { canSync, stateAfter } from './connection-state.ts';
import type { ConnectionDoc } from './documents.ts';

/**
 * The connection after an access that was no sync: stopped where the bank refuses it until its user has acted, so that
 * the schedule does not try the same again. The next round of the schedule tells the user.
 */
export function stopConnection(
  connection: ConnectionDoc,
  failure: Failure | undefined,
  at: Instant,
): ConnectionDoc {
  if (!failure || !canSync(connection.state)) return connection;
  const state = stateAfter(failure.code, connection.consent, dayOf(at));
  if (state !== 'broken' && state !== 'expired') return connection;
  const { dueAt: _, failing: __, ...rest } = connection;
  return { ...rest, state, failure, noticeAt: at };
}
