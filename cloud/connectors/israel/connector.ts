import type { Browser, Page } from 'puppeteer-core';
import { type BankConnector, BankError, ConfirmationNeeded } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { createBankSession } from './bank-session.ts';
import { createClient } from './client.ts';
import {
  type Company,
  companies,
  connectorId,
  slugOf,
  toInstitution,
  toLogin,
} from './companies.ts';
import { readGrant, writeGrant } from './grant.ts';
import { askCode, isTokenOld, takeCode } from './one-zero.ts';
import { shekel } from './to-entries.ts';

export interface IsraelOptions {
  readonly clock: Clock;
  /** For what is read without a browser. */
  readonly fetch: typeof fetch;
  /** A Chromium for one scrape, closed after it. */
  readonly launch: () => Promise<Browser>;
  /** By the ids of their institutions without `israel:`; absent: all. */
  readonly offers?: readonly string[];
  /** Of a whole scrape. */
  readonly scrapeMs?: number;
  /** Of one page. */
  readonly stepMs?: number;
  /** Of all accounts, for the package tells none: ILS. */
  readonly currency?: string;
  /** For a test, which answers in the companies' place. */
  readonly preparePage?: (page: Page) => Promise<void>;
}

/** Shorter than for how long one question to a bank keeps its user from asking again (three minutes). */
const longestMs = 170_000;

/** Israeli banks and card companies, read by israeli-bank-scrapers-core with their users' own logins. */
export function createIsrael(options: IsraelOptions): BankConnector {
  const { clock, fetch, launch, offers, preparePage } = options;
  const { scrapeMs = longestMs, stepMs = 30_000, currency = shekel } = options;
  const client = createClient({
    fetch,
    launch,
    scrapeMs,
    stepMs,
    ...(preparePage && { preparePage }),
  });
  const offered = companies.filter((it) => !offers || offers.includes(slugOf(it)));

  return {
    id: connectorId,

    async institutions() {
      return offered.map(toInstitution);
    },

    /** Whether the login is right is seen when its accounts are read, right after this: each login counts. */
    async startAccess({ institution, credentials }) {
      const company = offered.find((it) => toInstitution(it).id === institution.id);
      if (!company) throw new BankError('provider-not-configured', 'this company is not offered');
      const login = toLogin(company, credentials);
      if (!Object.values(login).every(Boolean)) {
        throw new BankError('login-rejected', 'a field of the login is empty');
      }
      const grant = { company, login };
      if (!asksCodes(company)) return { kind: 'granted', grant: writeGrant(grant) };
      return { kind: 'asked', ...(await askCode(client, grant, clock.now())) };
    },

    async answerConfirmation(kept, answer) {
      const grant = readGrant(kept);
      if (answer.kind !== 'code') {
        throw new BankError('confirmation-expired', 'nothing waits for such an answer');
      }
      return takeCode(client, grant, answer.text, clock.now());
    },

    async open(kept, user) {
      const grant = readGrant(kept);
      const { company, token } = grant;
      const login = token ? { ...grant.login, otpLongTermToken: token } : grant.login;

      return createBankSession({
        company,
        clock,
        currency,
        async scrape(from, ended) {
          try {
            const isOld = isTokenOld(grant, clock.now());
            return await client.scrape({ company, login, from, isTokenOld: isOld, ended });
          } catch (error) {
            const isCode = error instanceof BankError && error.code === 'needs-confirmation';
            // Nobody is sent a code who has not asked for anything.
            if (!isCode || !user || !asksCodes(company)) throw error;
            throw new ConfirmationNeeded(await askCode(client, grant, clock.now()));
          }
        },
      });
    },

    /** The company gave nothing that could be given back: without the login nobody gets in. */
    async revokeAccess() {},
  };
}

function asksCodes({ loginFields }: Company): boolean {
  return loginFields.includes('phoneNumber');
}
