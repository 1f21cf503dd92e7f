import {
  type AccessStep,
  type BankConnector,
  BankError,
  type BankSession,
  type UserPresence,
} from '../../../cloud/ports/bank-connector.ts';
import type { CallKind } from '../../../shared/access.ts';
import type { Institution, ObservedAccount, WayIn } from '../../../shared/bank.ts';
import { addDays, addMs, dayOf, type Instant } from '../../../shared/calendar-date.ts';
import { entry, giro, institution } from './world.ts';

const dayMs = 24 * 3_600_000;

/** What is asked of the bank, and by whom. */
export interface BankCall {
  readonly kind: 'start' | 'answer' | 'open' | CallKind;
  readonly consent: string;
  readonly externalId?: string;
  readonly isUserPresent: boolean;
}

/** A call as the bank has counted it. */
export type CountedCall = BankCall & { readonly at: Instant; readonly kind: CallKind };

interface ConsentRecord {
  readonly perDay: number;
  /** Calls without the user of the last day, by kind and account. */
  readonly made: Map<string, readonly Instant[]>;
  isRejected?: true | undefined;
  /** Until then it answers no call of a kind about an account, by its last word to one. */
  readonly closedUntil: Map<string, Instant>;
}

/**
 * A bank in this process that counts by itself: for each consent, account and kind of call what was asked without the
 * user in rolling 24 hours. What nobody may do to a bank stands in `breaches`.
 */
export function createCountingBank(now: () => Instant, wayIn: WayIn, accountCount: number) {
  const consents = new Map<string, ConsentRecord>();
  let granted = 0;
  const own: Institution = {
    ...institution,
    id: `counting-${wayIn}:bank`,
    connector: `counting-${wayIn}`,
    wayIn,
  };
  const bank = {
    /** Told with the next consents; where it is not told, the law's number counts. */
    perDay: undefined as number | undefined,
    consentDays: 180 as number | undefined,
    /** Thrown at this call. */
    trouble: (_call: BankCall): Error | undefined => undefined,
    /** Awaited in the middle of each call. */
    onCall: async (_call: BankCall): Promise<void> => {},
    /** Whether it shows an entry of each day. */
    hasNews: true,
    /** Told of each call as it is counted. */
    onCounted: (_call: CountedCall): void => {},
    /** Whether what asks now was started by nobody. */
    isByItself: false,
    breaches: [] as string[],
    opened: 0,
    closed: 0,
  };
  const accounts = Array.from(
    { length: accountCount },
    (_, at): ObservedAccount => ({
      ...giro,
      externalId: `x${at}`,
      iban: at === 0 ? 'DE89370400440532013000' : 'DE02120300000000202051',
      name: at === 0 ? 'Girokonto' : 'Sparkonto',
    }),
  );

  function recordOf(consent: string): ConsentRecord {
    const record = consents.get(consent);
    if (!record) throw new BankError('consent-revoked');
    return record;
  }

  /** Counts before it answers: also a call that fails was one. */
  async function ask(call: BankCall & { readonly kind: CallKind }): Promise<void> {
    const at = now();
    const record = recordOf(call.consent);
    bank.onCounted({ ...call, at });
    if (!call.isUserPresent) {
      const key = placeOf(call);
      const recent = (record.made.get(key) ?? []).filter((it) => addMs(it, dayMs) > at);
      recent.push(at);
      record.made.set(key, recent);
      if (recent.length > record.perDay) {
        bank.breaches.push(`${key}: ${recent.length} of ${record.perDay}, at ${recent.join(' ')}`);
      }
      const closed = record.closedUntil.get(key);
      if (bank.isByItself && closed && closed > at) {
        bank.breaches.push(`${key} at ${at}, before ${closed}`);
      }
    }
    await fail(call);
  }

  /** As the test wants it; what the bank said by it, it remembers. */
  async function fail(call: BankCall): Promise<void> {
    await bank.onCall(call);
    const error = bank.trouble(call);
    const record = consents.get(call.consent);
    if (record) {
      const seconds = error instanceof BankError ? error.retryAfterSeconds : undefined;
      const place = placeOf(call);
      // What it says to somebody who looks is for them.
      if (seconds && bank.isByItself) record.closedUntil.set(place, addMs(now(), seconds * 1000));
      else record.closedUntil.delete(place);
      if (error instanceof BankError && error.code === 'login-rejected') record.isRejected = true;
    }
    if (error) throw error;
  }

  function open(consent: string, user: UserPresence | undefined): BankSession {
    const isUserPresent = user !== undefined;
    const call = (kind: CallKind, externalId?: string) =>
      ask({ kind, consent, isUserPresent, ...(externalId !== undefined && { externalId }) });
    return {
      accounts: async () => {
        await call('accounts');
        return accounts;
      },
      balance: async (externalId) => {
        await call('balances', externalId);
        return { booked: { minor: 5_000, currency: 'EUR' } };
      },
      entries: async function* (externalId, { from }) {
        await call('entries', externalId);
        const bookingDate = addDays(dayOf(now()), -1);
        const shown = entry('-1.00', { reference: `${externalId}-${bookingDate}`, bookingDate });
        yield { entries: bank.hasNews && bookingDate >= from ? [shown] : [] };
      },
      close: async () => {
        bank.closed += 1;
      },
    };
  }

  /** A new consent: with it the count begins anew. */
  function grant(): AccessStep {
    const { perDay, consentDays } = bank;
    const consent = `k${++granted}`;
    consents.set(consent, { perDay: perDay ?? 4, made: new Map(), closedUntil: new Map() });
    return {
      kind: 'granted',
      grant: { consent },
      noticeKey: consent,
      ...(perDay !== undefined && { unattendedPerDay: perDay }),
      ...(consentDays !== undefined && { validUntil: addDays(dayOf(now()), consentDays) }),
    };
  }

  const connector: BankConnector = {
    id: own.connector,
    institutions: async () => [own],
    startAccess: async ({ redirectUrl }) => {
      await fail({ kind: 'start', consent: '', isUserPresent: true });
      const url = `https://bank.example/login?back=${redirectUrl}`;
      const asked = {
        grant: { asked: 'access' },
        confirmation: { kind: 'redirect', url },
      } as const;
      return wayIn === 'psd2' ? { kind: 'asked', ...asked } : grant();
    },
    answerConfirmation: async ({ consent, until }, answer, user) => {
      const isUserPresent = user !== undefined;
      await fail({ kind: 'answer', consent: consent ?? '', isUserPresent });
      if (until && until <= now()) throw new BankError('confirmation-expired');
      if (answer.kind === 'code' && answer.text !== 'right') throw new BankError('code-rejected');
      const record = consents.get(consent ?? '');
      if (record) record.isRejected = undefined;
      // In the middle of a sync the consent stays what it is.
      return consent ? { kind: 'granted', grant: { consent } } : grant();
    },
    open: async ({ consent = '' }, user) => {
      const record = recordOf(consent);
      if (bank.isByItself && record.isRejected) {
        bank.breaches.push(`a rejected login was tried again by itself at ${now()}`);
      }
      await fail({ kind: 'open', consent, isUserPresent: user !== undefined });
      bank.opened += 1;
      return open(consent, user);
    },
    revokeAccess: async ({ consent = '' }) => {
      consents.delete(consent);
    },
    readNotice: async ({ body }) => JSON.parse(body) as { id: string; noticeKey: string },
  };
  /** What the bank said to a process that then died is known to nobody. */
  function forget(): void {
    for (const record of consents.values()) {
      record.isRejected = undefined;
      record.closedUntil.clear();
    }
  }

  return { bank, connector, institution: own, accounts, forget };
}

/** By what the bank counts and refuses. */
function placeOf({ kind, externalId = '' }: BankCall): string {
  return `${kind} ${externalId}`;
}

export type CountingBank = ReturnType<typeof createCountingBank>['bank'];
