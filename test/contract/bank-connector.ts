import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type BankConnector,
  BankError,
  type BankErrorCode,
  type BankSession,
  type EntryWindow,
  type Grant,
} from '../../cloud/ports/bank-connector.ts';
import type { Balance, Institution, ObservedEntry } from '../../shared/bank.ts';

/** A bank behind a connector, and what a test can arrange there. Its today is 2026-03-10. */
export interface ConnectorWorld {
  readonly connector: BankConnector;
  readonly institution: Institution;
  /** Entries a page of this bank; absent: it gives all at once. */
  readonly pageSize?: number;
  /** A session asks the bank once, and answers all from that. */
  readonly asksOnce?: true;
  /** Of the failures below, those that this provider can tell; absent: all. */
  readonly tells?: readonly BankErrorCode[];
  /** What the provider has no field for; absent: it shows all that an entry, an account and a balance hold. */
  readonly hides?: {
    /** An entry as it is shown. */
    entry?(entry: ObservedEntry): ObservedEntry;
    balance?(balance: Balance): Balance;
    readonly pending?: true;
    readonly holder?: true;
    /** Neither an IBAN nor a mask. */
    readonly number?: true;
    /** It refuses no day, and tells when it answers again in no case. */
    readonly period?: true;
    readonly retryAfter?: true;
  };
  /** All that a user does until there is access; may give one that was given before. */
  connect(): Promise<Grant>;
  /** From now on the bank's first account holds this. */
  show(entries: readonly ObservedEntry[], balance?: Balance): void;
  failNext(failure: {
    call: 'accounts' | 'balances' | 'entries';
    with: BankErrorCode;
    afterPage?: number;
    retryAfterSeconds?: number;
  }): void;
  stop(): Promise<void>;
}

const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };
const all: EntryWindow = { from: '2026-01-01' };

/** Failures that every connector tells apart, each provoked at each kind of call. */
const failureCodes: readonly BankErrorCode[] = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'consent-expired',
  'consent-revoked',
  'login-rejected',
  'account-locked',
];

/** What every connector promises, over the provider's real interface. */
export function bankConnectorContract(name: string, start: () => Promise<ConnectorWorld>): void {
  describe(`${name} as a bank connector`, () => {
    let world: ConnectorWorld;
    const opened: BankSession[] = [];
    const shownEntries = (entries: readonly ObservedEntry[]) =>
      entries
        .filter(({ status }) => status === 'booked' || !world.hides?.pending)
        .map((it) => world.hides?.entry?.(it) ?? it);
    const shownBalance = (balance: Balance) => world.hides?.balance?.(balance) ?? balance;
    beforeAll(async () => {
      world = await start();
    });
    afterEach(async () => {
      for (const session of opened.splice(0)) await session.close();
    });
    afterAll(() => world.stop());
    beforeEach(() => world.show([entry()], { booked: euros(100_000), available: euros(95_000) }));

    async function open(grant: Grant): Promise<BankSession> {
      const session = await world.connector.open(grant, user);
      opened.push(session);
      return session;
    }

    async function connect() {
      const grant = await world.connect();
      const session = await open(grant);
      const [account] = await session.accounts();
      return { grant, session, account: account?.externalId ?? '' };
    }

    test('lists its institutions under its own id', async () => {
      const institutions = await world.connector.institutions();
      expect(institutions).toContainEqual(world.institution);
      for (const { id, connector } of institutions) {
        expect(connector).toBe(world.connector.id);
        expect(id.startsWith(`${connector}:`)).toBe(true);
      }
    });

    test('keeps of a grant plain text alone, which survives being stored', async () => {
      const { grant } = await connect();
      const stored = JSON.parse(JSON.stringify(grant)) as Grant;
      expect(stored).toEqual(grant);
      expect(await (await open(stored)).accounts()).not.toHaveLength(0);
    });

    test('shows accounts with a number, a holder and a currency', async () => {
      const { session } = await connect();
      for (const account of await session.accounts()) {
        if (!world.hides?.number) expect(account.iban ?? account.mask).toBeTruthy();
        if (!world.hides?.holder) expect(account.holder).not.toBe('');
        expect(account.currency).toMatch(/^[A-Z]{3}$/);
      }
    });

    test('shows the balances that the bank tells, and none that it does not', async () => {
      const { grant, session, account } = await connect();
      const shown = await session.balance(account);
      expect(shown).toEqual(shownBalance({ booked: euros(100_000), available: euros(95_000) }));
      world.show([], { booked: euros(-1) });
      expect(await (await open(grant)).balance(account)).toEqual(
        shownBalance({ booked: euros(-1) }),
      );
      world.show([]);
      expect(await (await open(grant)).balance(account)).toEqual(shownBalance({}));
    });

    test('shows entries as the bank has them, booked and pending', async () => {
      const entries = [
        entry({
          amount: euros(250_000),
          counterparty: 'Brightwater Design',
          text: 'SALARY\nMARCH',
        }),
        entry({ amount: euros(0), counterparty: 'Sandbox Bank', text: 'CARD CHECK' }),
        entry({ original: { minor: -500, currency: 'USD' }, text: '=SUM(1;2) <b>"Ö"</b>' }),
        entry({ counterparty: '', text: '', reference: 'E9' }),
        pending({ amount: euros(-990), counterparty: 'Cafe Rot', text: 'COFFEE' }),
      ];
      world.show(entries);
      const { session, account } = await connect();
      const shown = await collect(session.entries(account, all));
      expect(shown.map(bare)).toEqual(shownEntries(entries));
    });

    test('shows the entries of a window, its first and last day included', async () => {
      const days = ['2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'];
      world.show(days.map((bookingDate) => entry({ bookingDate, reference: bookingDate })));
      const { session, account } = await connect();
      const window = { from: '2026-02-02', to: '2026-02-03' };
      const shown = await collect(session.entries(account, window));
      expect(shown.map(({ bookingDate }) => bookingDate)).toEqual(['2026-02-02', '2026-02-03']);
    });

    test('shows every entry once over many pages, equal ones too', async () => {
      const count = (world.pageSize ?? 20) * 3 + 1;
      const entries = Array.from({ length: count }, (_, n) =>
        entry({ reference: `R${Math.floor(n / 2)}`, amount: euros(-1 - Math.floor(n / 2)) }),
      );
      world.show(entries);
      const { session, account } = await connect();
      const shown = await collect(session.entries(account, all));
      expect(shown.map(bare)).toEqual(shownEntries(entries));
    });

    test('shows an account without entries as empty', async () => {
      world.show([]);
      const { session, account } = await connect();
      expect(await collect(session.entries(account, all))).toEqual([]);
    });

    test('fails in the middle of a fetch when a later page fails', async () => {
      const { pageSize } = world;
      if (pageSize === undefined) return;
      world.show(Array.from({ length: pageSize + 1 }, (_, n) => entry({ reference: `P${n}` })));
      const { session, account } = await connect();
      world.failNext({ call: 'entries', with: 'bank-unavailable', afterPage: 1 });
      const pages = session.entries(account, all)[Symbol.asyncIterator]();
      expect((await pages.next()).value.entries).toHaveLength(pageSize);
      await expect(pages.next()).rejects.toMatchObject({ code: 'bank-unavailable' });
    });

    test.each(failureCodes)('tells of %s at every kind of call', async (code) => {
      if (world.tells?.includes(code) === false) return;
      const { grant, account } = await connect();
      const calls = {
        accounts: (session: BankSession) => session.accounts(),
        balances: (session: BankSession) => session.balance(account),
        entries: (session: BankSession) => collect(session.entries(account, all)),
      };
      for (const call of ['accounts', 'balances', 'entries'] as const) {
        world.failNext({ call, with: code });
        await expect(calls[call](await open(grant))).rejects.toMatchObject({ code });
      }
      expect(await calls.entries(await open(grant))).toHaveLength(1);
    });

    test('tells of an account that is gone, and of a period that the bank does not give', async () => {
      const { session, account } = await connect();
      await expect(session.balance('another')).rejects.toMatchObject({
        code: 'account-gone',
      });
      if (world.hides?.period) return;
      const tooOld = session.entries(account, { from: '1999-01-01' });
      await expect(collect(tooOld)).rejects.toMatchObject({ code: 'period-not-available' });
    });

    test('tells when the bank answers again', async () => {
      if (world.hides?.retryAfter) return;
      const { grant, session } = await connect();
      world.failNext({ call: 'accounts', with: 'rate-limited', retryAfterSeconds: 7_200 });
      const asking = world.asksOnce ? await open(grant) : session;
      await expect(asking.accounts()).rejects.toMatchObject({
        code: 'rate-limited',
        retryAfterSeconds: 7_200,
      });
    });

    test('throws errors that hold nothing of the grant, the account or the entries', async () => {
      const { grant, session, account } = await connect();
      for (const code of world.tells ?? failureCodes) {
        world.failNext({ call: 'entries', with: code });
        const asking = world.asksOnce ? await open(grant) : session;
        const error = await collect(asking.entries(account, all)).catch(
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(BankError);
        const told = JSON.stringify([error, String(error), (error as Error).cause]);
        for (const secret of [...Object.values(grant), account, 'Cafe Rot']) {
          if (secret !== world.institution.id) expect(told).not.toContain(secret);
        }
      }
    });
  });
}

/** A bank may show the balance after an entry or not. */
function bare({ balanceAfter: _, ...entry }: ObservedEntry): ObservedEntry {
  return entry;
}

export function entry(more: Partial<ObservedEntry> = {}): ObservedEntry {
  return {
    reference: 'E1',
    status: 'booked',
    bookingDate: '2026-03-01',
    valueDate: '2026-03-01',
    amount: euros(-450),
    counterparty: 'Cafe Rot',
    text: 'COFFEE',
    ...more,
  };
}

function pending(more: Partial<ObservedEntry>): ObservedEntry {
  const { bookingDate: _, ...rest } = entry({ status: 'pending', ...more });
  return rest;
}

export function euros(minor: number) {
  return { minor, currency: 'EUR' };
}

export async function collect(
  pages: AsyncIterable<{ readonly entries: readonly ObservedEntry[] }>,
): Promise<ObservedEntry[]> {
  const entries: ObservedEntry[] = [];
  for await (const page of pages) entries.push(...page.entries);
  return entries;
}
