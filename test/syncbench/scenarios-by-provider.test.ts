import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ProviderName, providers } from './providers.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { openStorePlace } from './store-place.ts';

/** What every provider can tell: bookings, references, balances, accounts that go and come back. */
const forAll = [
  'imported-removed-connected-anew-undone-and-back',
  'references-change-places-among-equal-amounts',
];
/** With pages, holds and rows of which bank and user change this and that. */
const withHolds = [
  'a-fuel-hold-settles-for-less',
  'columns-move-between-one-booking-and-the-next',
  'equal-fares-over-a-page-border',
  'the-user-empties-the-sheet',
];
/** With a consent that is told of: its end, its failures, its accounts one by one. */
const withConsent = [
  'five-days-are-one-reminder-and-an-end',
  'an-account-gone-does-not-hide-a-long-outage',
];

/** What each can express of it; One Zero, the one of Israel that needs no browser, shows no holds. */
const wanted: Readonly<Record<ProviderName, readonly string[]>> = {
  'enable-banking': [...forAll, ...withHolds, ...withConsent],
  gocardless: [...forAll, ...withHolds, ...withConsent],
  simplefin: [...forAll, ...withHolds],
  plaid: [...forAll, ...withHolds],
  fints: [...forAll, ...withHolds, 'the-bank-refuses-days-that-far-back'],
  israel: forAll,
};

const sqlite = await openStorePlace('sqlite');
if (!sqlite) throw new Error('SQLite is everywhere');
const all = await readScenarios(join(import.meta.dirname, 'scenarios'));

describe.each(Object.keys(providers) as ProviderName[])('through %s', (provider) => {
  test.each(wanted[provider])('%s', async (name) => {
    const scenario = all.find((it) => it.name === name);
    if (!scenario) throw new Error('no scenario is called so');
    const { notes, passed } = await runScenario(scenario, sqlite, provider);
    expect({ passed, notes }).toEqual({ passed: true, notes: [] });
  });
});
