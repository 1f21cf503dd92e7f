import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type AskedStep,
  BankError,
  type BankErrorCode,
  type BankSession,
  type Grant,
} from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import { describeInChromium } from './in-chromium.ts';
import { type OnlineBank, startOnlineBank } from './online-bank.ts';

const describe = await describeInChromium();
const since = { from: '2026-01-01' };

describe('what a website shows of its accounts', () => {
  let bank: OnlineBank;
  let grant: Grant;
  let paths: string[] = [];
  let sharing: BankSession | undefined;
  beforeAll(async () => {
    bank = await startOnlineBank({
      traits: { pageSize: 7 },
      connector: { stepMs: 2_000 },
      watch: ({ url, method }) => paths.push(`${method} ${new URL(url).pathname}`),
    });
    grant = await bank.connect();
  });
  beforeEach(() => {
    bank.control.show('current', {
      entries: [entry()],
      balance: { booked: euros(100_000), available: euros(95_000) },
    });
    paths = [];
  });
  afterAll(async () => {
    await sharing?.close();
    await bank.stop();
  });

  /** In a session that others use too, with the bank's first account. */
  async function inShared<Result>(
    use: (session: BankSession, account: string) => Promise<Result>,
  ): Promise<Result> {
    sharing ??= await bank.connector.open(grant, undefined);
    const [account] = await sharing.accounts();
    return use(sharing, account?.externalId ?? '');
  }

  async function inSession<Result>(
    use: (session: BankSession, account: string) => Promise<Result>,
  ): Promise<Result> {
    const session = await bank.connector.open(grant, undefined);
    try {
      const [account] = await session.accounts();
      return await use(session, account?.externalId ?? '');
    } finally {
      await session.close();
    }
  }

  const entriesSince = (from: string) =>
    inSession((session, account) => collect(session.entries(account, { from })));

  test('is every account of the customer, cards, loan and depot too', async () => {
    const accounts = await inShared((session) => session.accounts());
    expect(accounts.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['current', 'savings', 'card', 'loan', 'investment']),
    );
    expect(accounts[0]).toMatchObject({
      iban: 'DE89370400440532013000',
      holder: 'Clara Beispiel',
      currency: 'EUR',
    });
    for (const { iban, mask, holder, name } of accounts) {
      expect([iban ?? mask, holder, name]).not.toContain('');
      if (!iban) expect(mask).toMatch(/^\d{4}$/);
    }
  });

  test('is entries as the bank has them, with the balance after each', async () => {
    const { bookingDate: _, ...pending } = entry({ status: 'pending', amount: euros(-990) });
    const entries = [
      entry({ amount: euros(250_000), counterparty: 'Brightwater', text: 'SALARY\nMARCH' }),
      entry({ amount: euros(0), text: '  TWO  SPACES ', reference: 'E2' }),
      entry({ original: { minor: -500, currency: 'USD' }, text: '=SUM(1;2) <b>"Ö"</b>' }),
      entry({ counterparty: '', text: '', counterpartyAccount: 'DE02120300000000202051' }),
      pending,
    ];
    bank.control.show('current', { entries, balance: { booked: euros(100_000) } });
    const after = [100_900, 100_900, 100_450, 100_000];
    const shown = await inShared((session, account) => collect(session.entries(account, since)));
    expect(shown).toEqual(
      entries.map((one, index) => ({
        ...one,
        ...(after[index] && { balanceAfter: euros(after[index]) }),
      })),
    );
  });

  test('is every entry once over many pages, in the bank’s order, and how many there are', async () => {
    const entries = Array.from({ length: 22 }, (_, n) =>
      entry({ reference: `R${Math.floor(n / 2)}`, amount: euros(-1 - Math.floor(n / 2)) }),
    );
    bank.control.show('current', { entries });
    await inShared(async (session, account) => {
      const totals: (number | undefined)[] = [];
      const shown: unknown[] = [];
      for await (const page of session.entries(account, since)) {
        totals.push(page.total);
        shown.push(...page.entries);
      }
      expect(totals).toEqual([22, 22, 22, 22]);
      expect(shown).toEqual(entries);
    });
  });

  test('can be asked for at once, one after the other', async () => {
    await inShared(async (session, account) => {
      const [accounts, balance, entries] = await Promise.all([
        session.accounts(),
        session.balance(account),
        collect(session.entries(account, since)),
      ]);
      expect(accounts.length).toBeGreaterThan(1);
      expect(balance.booked).toEqual(euros(100_000));
      expect(entries).toHaveLength(1);
    });
  });

  test('is left with a log-out after one login, and nothing is asked of the bank before', async () => {
    await inSession((session, account) => session.balance(account));
    expect(paths.filter((path) => path.startsWith('POST'))).toEqual([
      'POST /login',
      'POST /logout',
    ]);
    paths = [];
    const session = await bank.connector.open(grant, undefined);
    await session.close();
    expect(paths).toEqual([]);
  });

  describe('when the bank fails', () => {
    const codes: readonly Extract<
      BankErrorCode,
      'rate-limited' | 'bank-unavailable' | 'timeout' | 'reply-unreadable' | 'account-gone'
    >[] = ['rate-limited', 'bank-unavailable', 'timeout', 'reply-unreadable', 'account-gone'];

    test.each(codes)('with %s, that call fails and the next one does not', async (code) => {
      await inShared(async (session, account) => {
        bank.control.failNext({ call: 'accounts', with: code });
        await expect(session.accounts()).rejects.toMatchObject({ code });
        bank.control.failNext({ call: 'balances', with: code });
        await expect(session.balance(account)).rejects.toMatchObject({ code });
        bank.control.failNext({ call: 'entries', with: code });
        await expect(collect(session.entries(account, since))).rejects.toMatchObject({ code });
        expect(await collect(session.entries(account, since))).toHaveLength(1);
      });
    });

    test.each(['consent-expired', 'consent-revoked', 'login-rejected', 'account-locked'] as const)(
      'with %s, nothing more is asked in this session',
      async (code) => {
        for (const call of ['accounts', 'balances', 'entries'] as const) {
          await inSession(async (session, account) => {
            bank.control.failNext({ call, with: code });
            const calls = {
              accounts: () => session.accounts(),
              balances: () => session.balance(account),
              entries: () => collect(session.entries(account, since)),
            };
            await expect(calls[call]()).rejects.toMatchObject({ code });
            paths = [];
            await expect(calls.balances()).rejects.toMatchObject({ code });
            expect(paths).toEqual([]);
          });
        }
      },
    );

    test('an account that is gone is told from the others', async () => {
      await inShared(async (session) => {
        const gone = { code: 'account-gone' };
        await expect(session.balance('../accounts')).rejects.toMatchObject(gone);
        await expect(collect(session.entries('another', since))).rejects.toMatchObject(gone);
        expect(await session.accounts()).not.toHaveLength(0);
      });
    });

    test('nothing of the login, the account or the entries stands in the errors', async () => {
      const secrets = ['sandbox"', 'clara', 'Cafe Rot', 'COFFEE', 'device', 'confirm'];
      await inShared(async (session, account) => {
        for (const code of codes) {
          bank.control.failNext({ call: 'entries', with: code });
          const error = await collect(session.entries(account, since)).catch((it: unknown) => it);
          expect(error).toBeInstanceOf(BankError);
          const told = JSON.stringify([error, String(error), (error as Error).cause]);
          for (const secret of [...secrets, account]) expect(told).not.toContain(secret);
          expect((error as Error).cause).toBeUndefined();
        }
      });
    });
  });

  describe('far back in time', () => {
    beforeEach(() => bank.clock.passMinutes(11));

    async function askForHistory(from: string): Promise<AskedStep> {
      const needed = await entriesSince(from).catch((error: unknown) => error);
      expect(needed).toMatchObject({ code: 'needs-confirmation', name: 'ConfirmationNeeded' });
      return (needed as { asked: AskedStep }).asked;
    }

    test('needs a confirmation in the middle, after which the next session sees it', async () => {
      const old = entry({ bookingDate: '2025-06-01', reference: 'OLD' });
      bank.control.show('current', { entries: [old, entry()] });
      const asked = await askForHistory('2025-05-01');
      expect(asked.confirmation.kind).toBe('method');
      grant = await bank.confirm(asked.grant);
      const shown = await entriesSince('2025-05-01');
      expect(shown.map(({ reference }) => reference)).toEqual(['OLD', 'E1']);
    });

    test('needs it again when ten minutes have passed, and not for what is near', async () => {
      await askForHistory('2025-05-01');
      expect(await entriesSince('2026-01-01')).toHaveLength(1);
    });

    test('leaves the bank’s session open while the confirmation waits', async () => {
      await askForHistory('2025-05-01');
      expect(paths).not.toContain('POST /logout');
    });

    test('goes on with other calls while a confirmation waits', async () => {
      await inSession(async (session, account) => {
        const needed = { code: 'needs-confirmation' };
        const history = collect(session.entries(account, { from: '2025-05-01' }));
        await expect(history).rejects.toMatchObject(needed);
        expect(await session.balance(account)).toMatchObject({ booked: euros(100_000) });
      });
    });

    test('is told from when on there is something, and is confirmed all the same', async () => {
      const asked = await askForHistory('1999-01-01');
      grant = await bank.confirm(asked.grant);
      await expect(entriesSince('1999-01-01')).rejects.toMatchObject({
        code: 'period-not-available',
        earliest: expect.stringMatching(/^2024-03-/),
      });
    });

    test('is confirmed although the page behind fails', async () => {
      const asked = await askForHistory('2025-05-01');
      bank.control.failNext({ call: 'entries', with: 'bank-unavailable' });
      grant = await bank.confirm(asked.grant);
      expect(await entriesSince('2025-05-01')).toHaveLength(1);
    });
  });

  test('gives access back by forgetting it', async () => {
    await bank.connector.revokeAccess(grant);
    await bank.connector.revokeAccess(grant);
    expect(paths).toEqual([]);
  });
});
