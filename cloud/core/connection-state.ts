import type { ConnectionState, Consent } from '../../shared/bank.ts';
import { addDays, type CalendarDate } from '../../shared/calendar-date.ts';
import { type FailureCode, failures } from '../../shared/failures.ts';
import type { ConnectionDoc } from './documents.ts';

/** Days before a consent's last day from which a connection counts as expiring. */
const expiringDays = 14;

/** The state after a sync: of its failure, or, without one, of the days that the consent has left. */
export function stateAfter(
  failure: FailureCode | undefined,
  consent: Consent,
  today: CalendarDate,
): ConnectionState {
  if (failure === 'consent-expired') return 'expired';
  if (failure === 'needs-confirmation') return 'needs-user';
  // The other accounts go on.
  if (failure === 'account-gone') return 'failing';
  const colour = failure ? failures[failure].colour : 'grey';
  if (colour === 'red') return 'broken';
  if (colour === 'orange') return 'failing';
  const { validUntil } = consent;
  if (validUntil && validUntil < addDays(today, expiringDays)) return 'expiring';
  return 'connected';
}

/** Whether the bank may be asked at all in this state, by the schedule or by hand. */
export function canSync(state: ConnectionState): boolean {
  return state === 'connected' || state === 'expiring' || state === 'failing';
}

/** As canSync, or the bank waits for its user, who now is there to be asked anew by a bank that asks as one logs in. */
export function canAskAgain({ state, wayIn }: Pick<ConnectionDoc, 'state' | 'wayIn'>): boolean {
  return canSync(state) || (state === 'needs-user' && wayIn === 'login');
}

/** Whether the last day of the consent has passed. */
export function isOver({ validUntil }: Consent, today: CalendarDate): boolean {
  return validUntil !== undefined && validUntil < today;
}

/** Days before a consent's last day from which the user is asked to renew it. */
const renewDays = 30;

/** The last day on which to renew the consent, where that is near. */
export function renewalOf({ validUntil }: Consent, today: CalendarDate): CalendarDate | undefined {
  return validUntil && validUntil <= addDays(today, renewDays) ? validUntil : undefined;
}
