import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { readStatementCustomer } from '../../../../cloud/local/bank/statement-customer.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import { startBank, user } from './bank-server.ts';
import { decideAtBank } from './visit-bank.ts';

const folder = fileURLToPath(new URL('../../../fixtures/statements/', import.meta.url));

/** What no bank's interface may change of an entry. */
function countEntries(entries: readonly ObservedEntry[]): string[] {
  return entries
    .map(({ status, bookingDate, valueDate, amount }) =>
      [status, bookingDate, valueDate, amount.minor, amount.currency].join(' '),
    )
    .sort();
}

test('every entry of the statement files comes through the bank and its connector, once', async () => {
  const paths = readdirSync(folder)
    .filter((name) => /\.(ofx|qfx|xml)$/.test(name))
    .map((name) => `${folder}${name}`);
  const { customer } = await readStatementCustomer(paths);
  const bank = await startBank({ customers: [customer], traits: { historyDays: 36_500 } });
  try {
    const { grant, confirmation } = await bank.startConsent();
    const keys = customer.accounts.map(({ key }) => key);
    await decideAtBank(confirmation.url, 'allow', keys, customer);
    await bank.finishConsent(grant);
    const seen: ObservedEntry[] = [];
    const accounts = await bank.read.accounts(grant, user);
    for (const { externalId } of accounts) {
      const pages = bank.read.entries(grant, externalId, { from: '1990-01-01' }, user);
      for await (const { entries } of pages) seen.push(...entries);
    }
    const known = customer.accounts.flatMap(
      (account) => account.statement(bank.clock.now()).entries,
    );
    expect(known.length).toBeGreaterThan(20);
    expect(accounts).toHaveLength(customer.accounts.length);
    expect(countEntries(seen)).toEqual(countEntries(known));
  } finally {
    await bank.stop();
  }
});
