import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { BankCustomer } from './bank-customer.ts';
import type { Device } from './devices.ts';
import { dropOldest } from './drop-oldest.ts';

/** A browser at the bank's pages, before or after a login. */
export interface BankSession {
  readonly id: string;
  /** Stands in every form of this session, so that no other site's form is taken for one. */
  readonly formToken: string;
  /** Login of the customer; absent before the login. */
  readonly customer?: string;
  /** The remembered browser in which it is; absent in any other. */
  readonly device?: Device;
  /** Why the customer is logged out, for the login page to say. */
  readonly ended?: LoginProblem;
  /** The page that was asked for before the login, a path of this bank. */
  readonly goingTo?: string;
  readonly usedAt: Instant;
}

/** Why there is no way in: a wrong password, too many of them, or the bank has ended the access. */
export type LoginProblem = 'login-wrong' | 'login-locked' | 'access-ended' | 'access-revoked';

export type SessionStart = Pick<BankSession, 'customer' | 'device' | 'ended'>;

export type LoginResult = 'ok' | 'login-wrong' | 'login-locked';

const sessionMax = 1_000;
const idleMs = 15 * 60_000;
const wrongMax = 5;
const lockMs = 10 * 60_000;
/** Logins with wrong tries that are remembered, newest last. */
const triedMax = 1_000;

export type Sessions = ReturnType<typeof createSessions>;

/** Who is logged in, and whose login is locked for now; both end with the program. */
export function createSessions({ clock, ids }: { clock: Clock; ids: Ids }) {
  const sessions = new Map<string, BankSession>();
  const wrongTries = new Map<string, { count: number; lockedUntil: Instant }>();

  function open(start: SessionStart = {}): BankSession {
    const session = {
      id: ids.next('session'),
      formToken: ids.next('form'),
      ...start,
      usedAt: clock.now(),
    };
    sessions.set(session.id, session);
    dropOldest(sessions, sessionMax);
    return session;
  }

  function isLocked(login: string): boolean {
    const tried = wrongTries.get(login);
    return tried !== undefined && clock.now() < tried.lockedUntil;
  }

  return {
    open,

    /** Undefined where the browser has none, or left it idle for too long. */
    find(id: string | undefined): BankSession | undefined {
      const session = id === undefined ? undefined : sessions.get(id);
      if (!session) return undefined;
      sessions.delete(session.id);
      const now = clock.now();
      if (now >= addMs(session.usedAt, idleMs)) return undefined;
      const used = { ...session, usedAt: now };
      sessions.set(used.id, used);
      return used;
    },

    /** Where the browser is to go after the login; what it confirms meanwhile stays. */
    leadTo(goingTo: string, { id }: BankSession): void {
      const session = sessions.get(id);
      if (session) sessions.set(id, { ...session, goingTo });
    },

    close(id: string): void {
      sessions.delete(id);
    },

    /** Five wrong tries lock the login for ten minutes, the right password included. */
    check(customer: BankCustomer | undefined, login: string, password: string): LoginResult {
      if (isLocked(login)) return 'login-locked';
      if (customer && customer.password === password) {
        wrongTries.delete(login);
        return 'ok';
      }
      const count = (wrongTries.get(login)?.count ?? 0) + 1;
      const isLast = count >= wrongMax;
      wrongTries.delete(login);
      wrongTries.set(login, {
        count: isLast ? 0 : count,
        lockedUntil: isLast ? addMs(clock.now(), lockMs) : '',
      });
      dropOldest(wrongTries, triedMax);
      return isLast ? 'login-locked' : 'login-wrong';
    },
  };
}
