import { join } from 'node:path';
import { dayOf, daysBetween, type Instant } from '../../shared/calendar-date.ts';
import { openSqliteStore } from '../adapters/sqlite-store.ts';
import { randomIds } from '../adapters/system-clock.ts';
import { createBerlinGroup } from '../connectors/berlin-group/connector.ts';
import { createDirectAccess } from '../connectors/direct-access/connector.ts';
import type { BankConnector } from '../ports/bank-connector.ts';
import type { Clock } from '../ports/clock.ts';
import { dayOfEntry } from './bank/accounts.ts';
import type { BankCustomer } from './bank/bank-customer.ts';
import { sampleCustomers } from './bank/sample-customers.ts';
import { createSandboxBank } from './bank/sandbox-bank.ts';
import { defaultTraits } from './bank/traits.ts';
import { listen } from './listen.ts';
import type { Closing, StartOptions } from './start.ts';

/** Between the steps of a login a browser waits for its user. */
const warmBrowserMs = 60_000;

/** The Sandbox Bank on its own address, and the two ways in to it. */
export async function startBank(options: StartOptions, clock: Clock, closing: Closing) {
  const { folder, port, statementCustomers } = options;
  const bank = createSandboxBank({
    store: closing(openSqliteStore(join(folder, 'bank.sqlite'))),
    clock,
    ids: randomIds,
    customers: [...(statementCustomers ?? []), ...sampleCustomers],
    // Of this process, in which bank and connector both are.
    notificationSecret: randomIds.next('s'),
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
  const directAccess = closing(
    createDirectAccess({ banks: [bank.loginAt(url)], clock, launch, warmMs: warmBrowserMs }),
  );
  const connectors: readonly BankConnector[] = [
    createBerlinGroup({ fetch, clock, banks: [bank.at(url)] }),
    directAccess,
  ];
  return { bank, bankUrl: url, closeBank, connectors };
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
async function launch() {
  const { launchChromium } = await import('../adapters/launch-chromium.ts');
  return launchChromium();
}
