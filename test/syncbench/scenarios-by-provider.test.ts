import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ProviderName, providers } from './providers.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { openStorePlace } from './store-place.ts';

/** What every provider can tell: bookings, holds, pages, references, balances, accounts that go, users that edit. */
const scenariosForAll = [
  'a-fuel-hold-settles-for-less',
  'columns-move-between-one-booking-and-the-next',
  'equal-fares-over-a-page-border',
  'imported-removed-connected-anew-undone-and-back',
  'references-change-places-among-equal-amounts',
  'two-accounts-gone-in-open-banking-are-two-mails',
];

const sqlite = await openStorePlace('sqlite');
if (!sqlite) throw new Error('SQLite is everywhere');
const all = await readScenarios(join(import.meta.dirname, 'scenarios'));
const wanted = all.filter(({ name }) => scenariosForAll.includes(name));

describe.each(Object.keys(providers) as ProviderName[])('through %s', (provider) => {
  test.each(wanted.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (_name, scenario) => {
      const { notes, passed } = await runScenario(scenario, sqlite, provider);
      expect({ passed, notes }).toEqual({ passed: true, notes: [] });
    },
  );
});

test('every scenario that is to run is there', () => {
  expect(wanted).toHaveLength(scenariosForAll.length);
});
