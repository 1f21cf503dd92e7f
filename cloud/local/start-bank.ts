import { join } from 'node:path';
import { dayOf, daysBetween, type Instant } from '../../shared/calendar-date.ts';
import { openSqliteStore } from '../adapters/sqlite-store.ts';
import { randomIds } from '../adapters/system-clock.ts';
import type { Clock } from '../ports/clock.ts';
import { dayOfEntry } from './bank/accounts.ts';
import type { BankCustomer } from './bank/bank-customer.ts';
import { sampleCustomers } from './bank/sample-customers.ts';
import { createSandboxBank, type SandboxBank } from './bank/sandbox-bank.ts';
import { defaultTraits } from './bank/traits.ts';
import { listen } from './listen.ts';
import type { Closing, StartOptions } from './start.ts';

/** The Sandbox Bank on its own address, and the settings by which its two ways in are connected. */
export async function startBank(options: StartOptions, clock: Clock, closing: Closing) {
  const { folder, port, statementCustomers } = options;
  const bank = createSandboxBank({
    store: closing(openSqliteStore(join(folder, 'bank.sqlite'))),
    clock,
    ids: randomIds,
    customers: [...(statementCustomers ?? []), ...sampleCustomers],
    // Of this process, in which bank and connector both are.
    notificationSecret: `whsec_${Buffer.from(randomIds.next('')).toString('base64')}`,
    traits: {
      ...(statementCustomers && { historyDays: historyDaysOf(statementCustomers, clock.now()) }),
      ...options.bankTraits,
    },
  });
  const bankAt = await listen(bank.app.fetch, port && port + 1);
  let isOpen = true;
  const closeBank = async () => {
    if (isOpen) await bankAt.close();
    isOpen = false;
  };
  closing({ close: closeBank });
  const { url } = bankAt;
  return { bank, bankUrl: url, closeBank, settings: settingsOf(bank, url) };
}

/** What an operator would set for a bank like this. */
function settingsOf(bank: SandboxBank, url: string) {
  const { institution, ...access } = bank.at(url);
  const byLogin = bank.loginAt(url);
  return {
    BOOKFEED_BERLIN_GROUP_BANKS: [{ ...institution, ...access }],
    BOOKFEED_DIRECT_ACCESS_BANKS: [
      { ...byLogin.institution, baseUrl: byLogin.baseUrl, login: 'sandbox-bank' },
    ],
  };
}

/** Statement files may be of any year: as far back as the oldest entry, and at least what the bank gives otherwise. */
function historyDaysOf(customers: readonly BankCustomer[], now: Instant): number {
  const days = customers
    .flatMap(({ accounts }) => accounts)
    .flatMap(({ statement }) => statement(now).entries)
    .map(dayOfEntry)
    .filter((day) => day !== '')
    .map((day) => daysBetween(day, dayOf(now)));
  return days.reduce((oldest, age) => Math.max(oldest, age), defaultTraits.historyDays);
}

/** Nothing of it is loaded or unpacked before the first login. */
export async function launch() {
  const { launchChromium } = await import('../adapters/launch-chromium.ts');
  return launchChromium();
}

export async function launchPuppeteer() {
  const adapter = await import('../adapters/launch-puppeteer.ts');
  return adapter.launchPuppeteer();
}
