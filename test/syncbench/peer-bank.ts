import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../cloud/adapters/system-clock.ts';
import { createBerlinGroup } from '../../cloud/connectors/berlin-group/connector.ts';
import { listen } from '../../cloud/local/listen.ts';
import { BankError, type Grant } from '../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../cloud/ports/clock.ts';
import type { Balance, ObservedAccount, ObservedEntry } from '../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf } from '../../shared/calendar-date.ts';
import { createFormBrowser } from '../form-browser.ts';
import type { Scenario, ScenarioAccount } from './format.ts';
import { createScenarioBank, customer } from './scenario-bank.ts';

/** A bank that is to be silent is not waited for as long as a real one. */
const timeoutMs = 1_500;

const user = { ipAddress: '192.0.2.7', userAgent: 'SyncBench' };

export interface PeerBank {
  readonly bank: ReturnType<typeof createScenarioBank>;
  connect(accountIds: 'same' | 'new'): Promise<void>;
  /** Asks which accounts there are. */
  list(): Promise<void>;
  /** Always with the user at hand, so that no quota holds. @throws BankError */
  fetch(key: string, from: CalendarDate): Promise<PeerFetch>;
  close(): Promise<void>;
}

export interface PeerFetch {
  readonly balance: Balance;
  readonly entries: readonly ObservedEntry[];
}

/** The bank of a scenario, and our own connector to it: whoever is judged beside Bookfeed sees the same bank. */
export async function openPeerBank(scenario: Scenario, clock: Clock): Promise<PeerBank> {
  const store = openSqliteStore(':memory:');
  const bank = createScenarioBank(scenario, { store, clock, ids: randomIds });
  const server = await listen(bank.app.fetch, 0);
  const back = await listen(() => new Response('Connected.'), 0);
  const at = bank.at(server.url);
  const connector = createBerlinGroup({ fetch, clock, banks: [at], timeoutMs });
  const { institution } = at;
  const externalIds = new Map<string, string>();
  const known = accountsOf(scenario);
  let grant: Grant = {};
  const open = () => connector.open(grant, user);

  async function list(): Promise<void> {
    for (const account of await (await open()).accounts()) {
      const { externalId } = account;
      const key = bank.keyOfId(externalId) ?? known.find((one) => looksLike(one, account))?.key;
      if (key !== undefined) externalIds.set(key, externalId);
    }
  }

  async function entries(externalId: string, from: CalendarDate) {
    const all: ObservedEntry[] = [];
    for await (const page of (await open()).entries(externalId, { from })) {
      all.push(...page.entries);
    }
    return all;
  }

  return {
    bank,
    list,

    async connect(accountIds) {
      bank.issueAccountIds(accountIds);
      const asked = await connector.startAccess({
        institution,
        redirectUrl: `${back.url}/back`,
        notificationUrl: `${back.url}/news`,
        validUntil: addDays(dayOf(clock.now()), institution.consentDays ?? 0),
        credentials: {},
        user,
      });
      if (asked.kind !== 'asked' || asked.confirmation.kind !== 'redirect') {
        throw new Error('the bank asks nothing');
      }
      const browser = createFormBrowser();
      await browser.open(asked.confirmation.url);
      await browser.submit(/Log in/, customer);
      await browser.submit(/Allow/);
      grant = (await connector.answerConfirmation(asked.grant, { kind: 'returned' }, user)).grant;
      await list();
    },

    async fetch(key, from) {
      const externalId = externalIds.get(key);
      if (externalId === undefined) throw new BankError('account-gone');
      const balance = await (await open()).balance(externalId);
      try {
        return { balance, entries: await entries(externalId, from) };
      } catch (error) {
        if (!(error instanceof BankError) || error.code !== 'period-not-available') throw error;
        // To its benefit: who asks for more days than the bank gives would ask again for fewer.
        const given = addDays(dayOf(clock.now()), -institution.historyDays);
        const earliest = [given, ...earliestTold(scenario, key)].toSorted().at(-1) ?? given;
        if (from >= earliest) throw error;
        return { balance, entries: await entries(externalId, earliest) };
      }
    },

    async close() {
      await server.close();
      await back.close();
      await store.close();
    },
  };
}

/** All that the scenario ever names. */
function accountsOf({ accounts, steps }: Scenario): readonly ScenarioAccount[] {
  const later = steps.flatMap(({ kind, is }) => (kind === 'bank' ? (is.newAccounts ?? []) : []));
  return [...accounts, ...later];
}

function looksLike({ iban, mask, currency }: ScenarioAccount, shown: ObservedAccount): boolean {
  if (currency !== shown.currency) return false;
  return iban === undefined ? mask?.slice(-4) === shown.mask : iban === shown.iban;
}

/** Days from which on a bank that refuses others answers. */
function earliestTold({ steps }: Scenario, key: string): readonly CalendarDate[] {
  return steps.flatMap(({ kind, is }) => {
    if (kind !== 'bankFails') return [];
    const { account = key, earliest } = is.bankFails;
    return account === key && earliest !== undefined ? [earliest] : [];
  });
}
