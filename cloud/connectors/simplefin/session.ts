import type { ObservedEntry } from '../../../shared/bank.ts';
import {
  addDays,
  type CalendarDate,
  dayOf,
  earliestOf,
  latestOf,
} from '../../../shared/calendar-date.ts';
import { BankError, type BankSession, type EntryPage } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Access, balancesUrl, entriesUrl } from './addresses.ts';
import type { SimplefinClient } from './client.ts';
import type { Account, AccountSet, Transaction } from './schema.ts';
import { problemOf, toBankError } from './to-bank-error.ts';
import {
  dayOfSeconds,
  externalIdOf,
  isPending,
  toAccounts,
  toBalance,
  toEntry,
} from './to-entries.ts';

/** The longest period of one answer, its end not included: of a longer one the Bridge gives the last 90 days. */
const windowDays = 90;
/**
 * How far back a fetch goes: five answers. Of 24 requests a day, which the Bridge asks its users to keep to, four syncs
 * without the user then leave some, even where each begins anew.
 */
export const historyDays = 5 * windowDays - 1;
/** What the first answer holds at the least, so that one serves accounts whose syncs begin on different days. */
const firstDays = 30;

/** An answer, for the days that it was asked about. */
interface Piece {
  readonly from: CalendarDate;
  /** The first day after it. */
  readonly to: CalendarDate;
  readonly set: AccountSet;
}

/** An access for one sync: every answer is about all accounts, and is asked for once. */
export function createSession(client: SimplefinClient, access: Access, clock: Clock): BankSession {
  /** Without a gap between them, the oldest first. */
  let pieces: readonly Piece[] = [];
  let newest: AccountSet | undefined;

  async function piecesFrom(from: CalendarDate): Promise<readonly Piece[]> {
    const today = dayOf(clock.now());
    const earliest = addDays(today, -historyDays);
    if (from < earliest) {
      throw new BankError('period-not-available', 'entries: too far back', { earliest });
    }
    const known = pieces[0]?.from;
    const end = known ?? addDays(today, 1);
    const start = known ? from : earliestOf(from, addDays(today, 1 - firstDays));
    const fetched: Piece[] = [];
    for (let at = start; at < end; at = addDays(at, windowDays)) {
      const to = earliestOf(addDays(at, windowDays), end);
      const url = entriesUrl(access.url, secondsOf(at), secondsOf(to));
      fetched.push({ from: at, to, set: await client.accounts('entries', url, access) });
    }
    pieces = [...fetched, ...pieces];
    newest = pieces.at(-1)?.set;
    return pieces.filter((piece) => piece.to > from);
  }

  return {
    async accounts() {
      newest = await client.accounts('accounts', balancesUrl(access.url), access);
      const refused = problemOf(newest);
      // Of the rest, each account tells by itself.
      if (refused?.code === 'consent-revoked') throw refused;
      return toAccounts(newest);
    },

    async balance(externalId) {
      newest ??= await client.accounts('balances', balancesUrl(access.url), access);
      const account = accountIn(newest, externalId);
      return reading(() => toBalance(account, account.transactions));
    },

    async *entries(externalId, { from, to }): AsyncGenerator<EntryPage> {
      const asked = await piecesFrom(from);
      const seen = new Set<string>();
      for (const piece of asked) {
        const account = accountIn(piece.set, externalId);
        const problem = problemOf(piece.set, account);
        if (problem) throw problem;
        const days = { from: latestOf(piece.from, from), to: to ? addDays(to, 1) : piece.to };
        const wanted = account.transactions.filter((it) => isWanted(it, piece, days, seen));
        const entries: ObservedEntry[] = reading(() =>
          wanted.map((it) => toEntry(it, account.currency)),
        );
        yield { entries };
      }
    },

    async close() {},
  };
}

/** @throws BankError where it is not in the answer, by what the answer says of it */
function accountIn(set: AccountSet, externalId: string): Account {
  const account = set.accounts.find((it) => externalIdOf(it, set.accounts) === externalId);
  if (account) return account;
  throw problemOf(set, { id: externalId, conn_id: undefined }) ?? new BankError('account-gone');
}

/**
 * A booked one belongs to the answer about its day, and a pending one, which may stand in several, to the first of them:
 * so each comes once, whatever a server counts to a period's last second.
 */
function isWanted(
  transaction: Transaction,
  piece: Piece,
  days: { readonly from: CalendarDate; readonly to: CalendarDate },
  seen: Set<string>,
): boolean {
  if (isPending(transaction)) {
    const isNew = !seen.has(transaction.id);
    seen.add(transaction.id);
    return isNew;
  }
  const day = dayOfSeconds(transaction.posted) ?? '';
  return day >= days.from && day < days.to && day < piece.to;
}

function secondsOf(day: CalendarDate): number {
  return Date.parse(day) / 1000;
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toBankError(error);
  }
}
