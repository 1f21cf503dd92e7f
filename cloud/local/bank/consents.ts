import {
  addDays,
  addMs,
  type CalendarDate,
  dayOf,
  earliestOf,
  type Instant,
} from '../../../shared/calendar-date.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import { type Collection, type Doc, type Store, StoreConflict, write } from '../../ports/store.ts';
import { type AccountIds, accountIdOf } from './account-ids.ts';
import type { BankTraits } from './traits.ts';

/** What somebody asked of the bank, and what the customer made of it. */
export interface ConsentDoc {
  readonly createdAt: Instant;
  /** As it was last decided; that time is up does not stand in it. */
  readonly status: 'received' | 'valid' | 'rejected' | 'revokedByPsu' | 'terminatedByTpp';
  /** Of the page on which the customer decides: who knows it may decide after a login. */
  readonly authorisationId: string;
  readonly validUntil: CalendarDate;
  readonly recurring: boolean;
  /** Empty: the customer chooses. */
  readonly askedAccounts: readonly string[];
  readonly withOwnerName: boolean;
  readonly redirectUrl: string;
  readonly nokRedirectUrl: string;
  /** The name by which the asker goes, where it gives one. */
  readonly brand?: string;
  /** Where the asker wants to be told of news; only an address to which this bank sends any. */
  readonly notificationUrl?: string;
  readonly customer?: string;
  readonly confirmedAt?: Instant;
  /** Keys of the accounts, by the id under which this consent shows each. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Set where the customer chose all accounts: those that are opened later join, under ids made with it. */
  readonly idSalt?: string;
  /** When calls without the user were made in the last 24 hours, by account and kind of call. */
  readonly unattended: Readonly<Record<string, readonly Instant[]>>;
}

export interface AskedConsent
  extends Pick<
    ConsentDoc,
    | 'validUntil'
    | 'recurring'
    | 'askedAccounts'
    | 'withOwnerName'
    | 'redirectUrl'
    | 'nokRedirectUrl'
  > {
  readonly brand?: string;
  readonly notificationUrl?: string;
}

/** `partiallyAuthorised`: the bank wants its customer to confirm once more. */
export type ConsentStatus = ConsentDoc['status'] | 'expired' | 'partiallyAuthorised';

const consents: Collection<ConsentDoc> = {
  name: 'sandboxConsents',
  indexed: ['authorisationId', 'customer'],
};

/** How long the customer may take to decide. */
const decisionMs = 30 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** How many consents of a customer are looked at. */
const listMax = 500;
/** Two calls at once may meet in one consent; each try meets fewer. */
const commitTries = 10;

export type Consents = ReturnType<typeof createConsents>;

export function createConsents({
  store,
  clock,
  ids,
  traits,
  accountIds,
  onConfirmed = () => {},
}: {
  store: Store;
  clock: Clock;
  ids: Ids;
  traits: BankTraits;
  accountIds: AccountIds;
  onConfirmed?: () => void;
}) {
  async function change<T>(
    id: string,
    decide: (consent: ConsentDoc) => { readonly next?: ConsentDoc; readonly answer: T },
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      const doc = await store.get(consents, id);
      if (!doc) throw new RangeError('no such consent');
      const { next, answer } = decide(doc.value);
      if (!next) return answer;
      try {
        await store.commit([write(consents, id, next, { version: doc.version })]);
        return answer;
      } catch (error) {
        if (!(error instanceof StoreConflict) || tries >= commitTries) throw error;
      }
    }
  }

  function statusOf(consent: ConsentDoc): ConsentStatus {
    const now = clock.now();
    if (consent.status === 'received') {
      return now < addMs(consent.createdAt, decisionMs) ? 'received' : 'expired';
    }
    const isOver = consent.status === 'valid' && dayOf(now) > consent.validUntil;
    return isOver ? 'expired' : consent.status;
  }

  return {
    statusOf,

    async create(asked: AskedConsent): Promise<{ id: string; consent: ConsentDoc }> {
      const now = clock.now();
      const latest = addDays(dayOf(now), traits.consentDays);
      const consent: ConsentDoc = {
        ...asked,
        validUntil: earliestOf(asked.validUntil, latest),
        createdAt: now,
        status: 'received',
        authorisationId: ids.next('auth'),
        accounts: {},
        unattended: {},
      };
      const id = ids.next('consent');
      await store.commit([write(consents, id, consent, 'absent')]);
      return { id, consent };
    },

    async read(id: string): Promise<ConsentDoc | undefined> {
      return (await store.get(consents, id))?.value;
    },

    async byAuthorisation(authorisationId: string): Promise<Doc<ConsentDoc> | undefined> {
      const query = {
        field: 'authorisationId',
        op: '==',
        value: authorisationId,
        limit: 1,
      } as const;
      return (await store.find(consents, query))[0];
    },

    /** Those that hold now, oldest first. */
    async heldBy(customer: string): Promise<readonly Doc<ConsentDoc>[]> {
      const query = { field: 'customer', op: '==', value: customer, limit: listMax } as const;
      const found = await store.find(consents, query);
      return found
        .filter(({ value }) => statusOf(value) === 'valid')
        .sort((a, b) => a.value.createdAt.localeCompare(b.value.createdAt));
    },

    /** The customer says yes to these accounts (their keys), or no; false when it is decided already. */
    async decide(
      id: string,
      customer: string | undefined,
      keys: readonly string[],
      isAll = false,
    ): Promise<boolean> {
      const idSalt = customer ? accountIds.nextSalt(id) : '';
      const accounts = Object.fromEntries(keys.map((key) => [accountIdOf(key, idSalt), key]));
      const isDecided = await change(id, (consent) => {
        if (statusOf(consent) !== 'received') return { answer: false };
        if (!customer) return { next: { ...consent, status: 'rejected' }, answer: true };
        const next = {
          ...consent,
          status: 'valid',
          customer,
          confirmedAt: clock.now(),
          accounts,
          ...(isAll && { idSalt }),
        } as const;
        return { next, answer: true };
      });
      if (isDecided && customer) {
        accountIds.setNewest(() => accounts);
        onConfirmed();
      }
      return isDecided;
    },

    /** From now on the customer's browser goes there once the consent is decided. */
    lead(id: string, to: Pick<ConsentDoc, 'redirectUrl' | 'nokRedirectUrl'>): Promise<void> {
      return change(id, (consent) => ({ next: { ...consent, ...to }, answer: undefined }));
    },

    /** Keys of the accounts that a consent shows, by their ids; `own` are those that its customer holds now. */
    accountsOf(consent: ConsentDoc, own: readonly string[]): Readonly<Record<string, string>> {
      const { accounts, idSalt } = consent;
      if (idSalt === undefined) return accounts;
      return {
        ...accounts,
        ...Object.fromEntries(own.map((key) => [accountIdOf(key, idSalt), key])),
      };
    },

    end(id: string, status: 'revokedByPsu' | 'terminatedByTpp'): Promise<void> {
      return change(id, (consent) => ({ next: { ...consent, status }, answer: undefined }));
    },

    /** Counts a call without the user; undefined when it is one too many, else seconds until one is free. */
    countUnattended(id: string, call: string): Promise<number | undefined> {
      return change(id, (consent) => {
        const now = clock.now();
        const before = (consent.unattended[call] ?? []).filter((at) => addMs(at, dayMs) > now);
        const [oldest = now] = before;
        if (before.length >= traits.unattendedPerDay) {
          const waitMs = Date.parse(addMs(oldest, dayMs)) - Date.parse(now);
          return { answer: Math.ceil(waitMs / 1_000) };
        }
        const unattended = { ...consent.unattended, [call]: [...before, now] };
        return { next: { ...consent, unattended }, answer: undefined };
      });
    },
  };
}
