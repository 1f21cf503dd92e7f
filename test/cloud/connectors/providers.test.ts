import { expect, test } from '@jest/globals';
import { createConnectors } from '../../../cloud/connectors/providers.ts';

const parts = {
  fetch,
  clock: { now: () => '2026-03-10T12:00:00.000Z' },
  launch: () => Promise.reject(new Error('no browser is needed')),
  readStatementFile: () => {
    throw new Error('no file is read');
  },
  launchPuppeteer: () => Promise.reject(new Error('no browser is needed')),
};

function read(environment: Readonly<Record<string, string>>) {
  return createConnectors(environment, parts);
}

const bank = {
  id: 'berlin-group:dkb',
  name: 'DKB',
  country: 'DE',
  baseUrl: 'https://bank.example',
};

test('offers nothing of a provider that is not set up, and says by what it would be', () => {
  const { connectors, unset } = read({ BOOKFEED_BERLIN_GROUP_BANKS: '' });
  expect(connectors.map(({ id }) => id)).not.toContain('berlin-group');
  expect(unset).toContainEqual({
    id: 'berlin-group',
    name: 'NextGenPSD2',
    covers: expect.stringContaining('EU'),
    settings: ['BOOKFEED_BERLIN_GROUP_BANKS'],
  });
});

test('takes with what key a bank signs its notices, and quotes none that is none', () => {
  const set = (notificationSecret: string) =>
    read({ BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify([{ ...bank, notificationSecret }]) });
  const good = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  expect(set(good).connectors.map(({ id }) => id)).toContain('berlin-group');
  for (const bad of ['hidden-word', 'whsec_hidden-word', 'whsec_', '']) {
    expect(() => set(bad)).toThrow('notificationSecret');
    expect(() => set(bad)).not.toThrow('hidden-word');
  }
});

test('takes banks that are read through their websites, each by a description that is there', async () => {
  const own = { ...bank, id: 'direct-access:own', name: 'Own Bank', login: 'sandbox-bank' };
  const set = (more: object) =>
    read({ BOOKFEED_DIRECT_ACCESS_BANKS: JSON.stringify([{ ...own, ...more }]) });
  const connector = set({}).connectors.find(({ id }) => id === 'direct-access');
  expect(await connector?.institutions()).toMatchObject([
    { id: own.id, name: 'Own Bank', country: 'DE', historyDays: 90, wayIn: 'login' },
  ]);
  expect(() => set({ login: 'another-bank' })).toThrow('BOOKFEED_DIRECT_ACCESS_BANKS.0.login');
  expect(() => set({ id: 'berlin-group:own' })).toThrow('BOOKFEED_DIRECT_ACCESS_BANKS.0.id');
});

test('names every setting that is wrong at once, and what is no JSON', () => {
  const both = { BOOKFEED_BERLIN_GROUP_BANKS: '[{]', BOOKFEED_DIRECT_ACCESS_BANKS: '[{}]' };
  expect(() => read(both)).toThrow(
    /BOOKFEED_BERLIN_GROUP_BANKS: is not JSON.*BOOKFEED_DIRECT_ACCESS_BANKS.0.id/,
  );
});
