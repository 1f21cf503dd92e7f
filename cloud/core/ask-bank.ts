import type { Access, AccessCause, CallKind, CallsMade, SyncCause } from '../../shared/access.ts';
import { type CalendarDate, dayOf } from '../../shared/calendar-date.ts';
import { type Failure, type FailureCode, toFailure } from '../../shared/failures.ts';
import {
  type AskedStep,
  BankError,
  type BankSession,
  ConfirmationNeeded,
} from '../ports/bank-connector.ts';
import { StoreConflict, StoreRefusal, StoreUnavailable } from '../ports/store.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { VaultUnavailable } from '../ports/vault.ts';
import { toPending } from './answer-confirmation.ts';
import { isOver } from './connection-state.ts';
import type { AccountDoc, ConnectionDoc, PendingConfirmation } from './documents.ts';
import { fetchAccount, type Observation, TriesSpent } from './fetch-account.ts';
import { openGrant } from './grants.ts';
import { type Hold, TakenOver } from './hold-connection.ts';
import { type Budget, callsOfOneSync, createBudget, meterSession } from './quota.ts';
import type { World } from './world.ts';

/**
 * Failures of one account that leave the others worth asking; any other ends the sync. Where there are several, the user is
 * told of what ended the sync, else of the first of these.
 */
const ofOneAccount: readonly FailureCode[] = [
  'needs-confirmation',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'period-not-available',
  'rate-limited',
  'account-gone',
];
/** So often an account that is gone is asked for without the user: providers shut out who goes on asking. */
const goneTriesMax = 10;

/** What the bank answered to one sync. */
export interface Fetched {
  readonly observations: readonly Observation[];
  /** What ended it before the last account comes first. */
  readonly failed: readonly AccountFailure[];
  /** Keys of the accounts that the bank does not show any more. */
  readonly gone?: readonly string[];
  /** Whether any entries came, be it of an account whose fetch then failed. */
  readonly hasEntries: boolean;
  /** What the bank wants of its user before it goes on. */
  readonly asked?: PendingConfirmation;
}

interface AccountFailure {
  readonly failure: Failure;
  readonly retryAfterSeconds?: number;
  /** The account that was asked for what; absent where it is not of one account. */
  readonly of?: { readonly accountKey: string; readonly kind: CallKind };
  /** From when on to ask this account next. */
  readonly askFrom?: CalendarDate;
}

/** Counts what one access asks of the bank. */
export interface Meter {
  readonly user: PresentUser | undefined;
  readonly budget: Budget;
  /** What is to stand in the log. */
  access(result: Access['result']): Access;
  /** The same if the worker dies now: what it has asked and, without the user, all that it still was to ask. */
  begun(): Access;
}

export function createMeter(
  clock: World['clock'],
  connection: ConnectionDoc,
  cause: AccessCause,
  user: PresentUser | undefined,
): Meter {
  const isUserPresent = user !== undefined;
  const budget = createBudget(connection, clock.now(), isUserPresent);
  const isSync = !isUserPresent && cause !== 'find-accounts';
  const planned = isSync ? callsOfOneSync(connection) : [];
  const access = (calls: Access['calls'], result: Access['result']) => {
    return { at: clock.now(), cause, isUserPresent, calls, result };
  };
  return {
    user,
    budget,
    access: (result) => access(budget.made(), result),
    begun: () => {
      const made = budget.made();
      const isMade = (call: CallsMade) =>
        made.some((it) => it.kind === call.kind && it.accountKey === call.accountKey);
      return access([...made, ...planned.filter((call) => !isMade(call))], 'internal');
    },
  };
}

function isGivenUp({ gone }: AccountDoc, { user }: Meter): boolean {
  return gone !== undefined && gone.tries >= goneTriesMax && !user;
}

/** Asks the bank for every linked account, one after another. Writes nothing but the lease. */
export async function fetchAccounts(
  world: World,
  hold: Hold,
  meter: Meter,
  cause: SyncCause,
): Promise<Fetched> {
  const { log } = world;
  const { key, value: connection } = hold.current();
  const observations: Observation[] = [];
  const failed: AccountFailure[] = [];
  const gone: string[] = [];
  let hasEntries = false;
  let asked: AskedStep | undefined;
  const report: Hold['report'] = (progress) => {
    hasEntries ||= progress.step === 'entries';
    return hold.report(progress);
  };
  const note = (error: unknown, of?: AccountFailure['of']) => {
    const failure = toFailure(error);
    if (error instanceof ConfirmationNeeded) asked ??= error.asked;
    if (error instanceof BankError) log.bankFailed(key, error.code, error.detail);
    else log.defect('syncConnection', error);
    const retryAfterSeconds = error instanceof BankError ? error.retryAfterSeconds : undefined;
    failed.push({
      failure,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(of && { of }),
      ...(error instanceof TriesSpent && { askFrom: error.askFrom }),
    });
    return !ofOneAccount.includes(failure.code);
  };
  await withSession(world, hold, meter, async (session) => {
    for (const account of connection.accounts) {
      if (!account.feed || account.candidates || isGivenUp(account, meter)) continue;
      const of = { accountKey: account.key, kind: 'entries' as CallKind };
      try {
        const observed = await fetchAccount(world, session, connection, account, cause, report);
        observations.push(observed);
        if (observed.balanceFailure === undefined) continue;
        of.kind = 'balances';
        throw observed.balanceFailure;
      } catch (error) {
        if (isOurs(error)) throw error;
        const isGone = error instanceof BankError && error.code === 'account-gone';
        if (isGone) gone.push(account.key);
        if (isGone && account.gone?.isSeen) continue;
        // One question at a time: to ask for another account would send the user a second code.
        if (note(error, of) || asked) break;
      }
    }
  }).catch((error: unknown) => {
    if (isOurs(error)) throw error;
    note(error);
  });
  const rankOf = ({ failure }: AccountFailure) => ofOneAccount.indexOf(failure.code);
  failed.sort((a, b) => rankOf(a) - rankOf(b));
  const fetched = { observations, failed, gone, hasEntries };
  if (!asked) return fetched;
  try {
    return { ...fetched, asked: await toPending(world, key, asked, cause) };
  } catch (error) {
    if (!(error instanceof BankError)) throw error;
    note(error);
    // It would be waited for, and is not there.
    const failedOtherwise = failed.filter(({ failure }) => failure.code !== 'needs-confirmation');
    return { ...fetched, failed: failedOtherwise };
  }
}

/**
 * An open access of the connection, with every call counted, let go at the end.
 * @throws FailureError `grant-unreadable`; BankError, also for a consent whose last day has passed
 */
export async function withSession<T>(
  world: World,
  { current, reserve, keepGrant }: Hold,
  { user, budget }: Meter,
  work: (session: BankSession) => Promise<T>,
): Promise<T> {
  const { key, value: connection } = current();
  const { institution, consent, grant, accounts } = connection;
  const connector = world.connectors.get(institution.connector);
  if (!connector) throw new BankError('provider-not-configured');
  if (isOver(consent, dayOf(world.clock.now()))) throw new BankError('consent-expired');
  const opened = await openGrant(world, key, grant);
  await reserve();
  const session = await connector.open(opened, user, keepGrant);
  try {
    return await work(meterSession(session, budget, accounts, reserve));
  } finally {
    await session.close();
  }
}

/** What goes wrong between us and our store is none of the bank's failures. */
function isOurs(error: unknown): boolean {
  const ours = [TakenOver, StoreUnavailable, StoreConflict, StoreRefusal, VaultUnavailable];
  return ours.some((kind) => error instanceof kind);
}
