import type { CalendarDate, Instant } from '../../../shared/calendar-date.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentStatus } from './consents.ts';
import { TppError } from './tpp-message.ts';

/** Kinds of call that are counted and can be made to fail. */
export type DataCall = 'accounts' | 'balances' | 'entries';

export type BankFailureCode =
  | 'rate-limited'
  | 'bank-unavailable'
  | 'timeout'
  | 'consent-expired'
  | 'consent-revoked'
  | 'login-rejected'
  | 'account-locked'
  | 'needs-confirmation'
  | 'account-gone'
  | 'period-not-available'
  | 'reply-unreadable';

/**
 * Calls that are to fail: the next `times` (1 when neither is given), or all before `until`. `needs-confirmation` is
 * over once the customer has confirmed, and lasts until then when neither is given.
 */
export interface BankFailure {
  readonly call: DataCall | 'any';
  /** Key of an account; absent: whichever. */
  readonly account?: string;
  readonly with: BankFailureCode;
  readonly times?: number;
  readonly until?: Instant;
  /** Of entries: this many pages come first. */
  readonly afterPage?: number;
  readonly retryAfterSeconds?: number;
  /** Of `period-not-available`: only calls for days before it fail. */
  readonly earliest?: CalendarDate;
}

/** A call as it is when it reaches the bank. */
export interface ArrivedCall {
  readonly call: DataCall;
  /** Key of the account; absent for the list of accounts. */
  readonly account?: string;
  /** From 1. */
  readonly page: number;
  readonly from?: CalendarDate;
  /** Absent on the bank's own pages. */
  readonly consentId?: string;
}

/** How many calls there were of a kind, the pages of one fetch being one. */
export interface CallCount {
  readonly call: DataCall;
  readonly account?: string;
  readonly count: number;
}

/** The longest that the bank leaves a call without an answer. */
const silenceMs = 120_000;

export type Failures = ReturnType<typeof createFailures>;

/** What goes wrong at the bank when somebody arranged it, and the calls that came. */
export function createFailures(clock: Clock) {
  let arranged: { failure: BankFailure; left: number }[] = [];
  const counts = new Map<string, { call: DataCall; account?: string; count: number }>();
  /** Consents whose status tells what their last call was told. */
  const told = new Map<string, ConsentStatus>();

  /** The failure that this call meets; `codes`: only one of these is looked for. */
  function take(call: ArrivedCall, codes?: readonly BankFailureCode[]): BankFailure | undefined {
    const now = clock.now();
    arranged = arranged.filter(
      ({ failure, left }) => left > 0 && (!failure.until || now < failure.until),
    );
    const hit = arranged.find(
      ({ failure }) => isMeant(failure, call) && (!codes || codes.includes(failure.with)),
    );
    if (hit) hit.left -= 1;
    return hit?.failure;
  }

  return {
    take,

    failNext(failure: BankFailure): void {
      const lasts = failure.until !== undefined || failure.with === 'needs-confirmation';
      const left = failure.times ?? (lasts ? Number.POSITIVE_INFINITY : 1);
      arranged.push({ failure, left });
    },

    count({ call, account, page }: ArrivedCall): void {
      if (page > 1) return;
      const key = `${call} ${account ?? ''}`;
      const count = (counts.get(key)?.count ?? 0) + 1;
      counts.set(key, { call, ...(account !== undefined && { account }), count });
    },

    calls(): readonly CallCount[] {
      return [...counts.values()];
    },

    /** What the call is answered in the place of the truth; undefined where nothing is arranged. */
    async answer(
      call: ArrivedCall & { readonly consentId: string },
      gone: AbortSignal,
    ): Promise<Response | undefined> {
      const failure = take(call);
      told.delete(call.consentId);
      if (!failure) return undefined;
      if (failure.with === 'timeout') return keepSilent(gone);
      if (failure.with === 'reply-unreadable') return unreadableReply();
      const consentStatus = statusBehind[failure.with];
      if (consentStatus) told.set(call.consentId, consentStatus);
      const [status, code] = refusals[failure.with];
      throw new TppError(status, code, 'Arranged for a test.', failure.retryAfterSeconds);
    },

    /** What the consent's status says in the place of the truth. */
    statusTold(consentId: string): ConsentStatus | undefined {
      return told.get(consentId);
    },

    /** The customer has confirmed. */
    endConfirmations(): void {
      arranged = arranged.filter(({ failure }) => failure.with !== 'needs-confirmation');
    },
  };
}

function isMeant(failure: BankFailure, { call, account, page, from }: ArrivedCall): boolean {
  return (
    (failure.call === 'any' || failure.call === call) &&
    (failure.account === undefined || failure.account === account) &&
    page > (call === 'entries' ? (failure.afterPage ?? 0) : 0) &&
    (failure.earliest === undefined || (from !== undefined && from < failure.earliest))
  );
}

/** An answer of the bank's that is none: something else than was asked for, with status 200. */
export function unreadableReply(): Response {
  return new Response('<h1>We are working on our systems</h1>', {
    headers: { 'Content-Type': 'text/html' },
  });
}

/** Leaves a call without an answer until who called has gone, or for two minutes. */
export async function keepSilent(gone: AbortSignal): Promise<Response> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, silenceMs);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return new Response(null, { status: 503 });
}

/** What the consent's own status says after a refusal with CONSENT_INVALID. */
const statusBehind: Partial<Readonly<Record<BankFailureCode, ConsentStatus>>> = {
  'consent-revoked': 'revokedByPsu',
  'needs-confirmation': 'partiallyAuthorised',
};

const refusals: Readonly<
  Record<
    Exclude<BankFailureCode, 'timeout' | 'reply-unreadable'>,
    readonly [TppError['status'], string]
  >
> = {
  'rate-limited': [429, 'ACCESS_EXCEEDED'],
  'bank-unavailable': [503, 'SERVICE_UNAVAILABLE'],
  'consent-expired': [401, 'CONSENT_EXPIRED'],
  'consent-revoked': [401, 'CONSENT_INVALID'],
  'login-rejected': [401, 'PSU_CREDENTIALS_INVALID'],
  'account-locked': [403, 'SERVICE_BLOCKED'],
  'needs-confirmation': [401, 'CONSENT_INVALID'],
  'account-gone': [404, 'RESOURCE_UNKNOWN'],
  'period-not-available': [400, 'PERIOD_INVALID'],
};
