import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as scrapers from 'israeli-bank-scrapers-core';
import {
  askedLater,
  companies,
  slugOf,
  toInstitution,
  toLogin,
} from '../../../../cloud/connectors/israel/companies.ts';
import { isPublic, isWithin } from '../../../../cloud/connectors/israel/hosts.ts';
import { israel } from '../../../../cloud/connectors/israel/provider.ts';
import type { ProviderParts } from '../../../../cloud/connectors/provider.ts';

const { SCRAPERS } = scrapers;
const library = join(
  import.meta.dirname,
  '../../../../node_modules/israeli-bank-scrapers-core/lib',
);

test('knows every company of the package, and every field of its login', () => {
  const ofPackage = Object.entries(SCRAPERS).map(([id, { loginFields }]) => {
    return [id, loginFields.filter((field) => !askedLater.includes(field)).sort()];
  });
  const ours = companies.map(({ id, loginFields }) => [id, [...loginFields].sort()]);
  expect(ours.sort()).toEqual(ofPackage.sort());
});

test('knows every host that the package asks', () => {
  const domains = companies.flatMap((company) => company.domains);
  const folder = join(library, 'scrapers');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^\/\/.*|^\s*\*.*/gm, ''));
  const hosts = texts.flatMap((text) =>
    [...text.matchAll(/https:(?:\\?\/){2}([a-z0-9\\.-]+)/g)].map(([, host = '']) =>
      host.replaceAll('\\', ''),
    ),
  );
  expect(hosts.length).toBeGreaterThan(20);
  const strange = hosts.filter((host) => !isWithin(host, domains));
  expect(strange.filter((host) => host !== 'github.com')).toEqual([]);
});

test('lists each as an institution in Israel that asks for its own fields', () => {
  const institutions = companies.map(toInstitution);
  expect(new Set(institutions.map(({ id }) => id)).size).toBe(18);
  for (const { id, credentials = [], historyDays, country } of institutions) {
    expect(id).toMatch(/^israel:[a-z-]+$/);
    expect(country).toBe('IL');
    expect(historyDays).toBeGreaterThan(80);
    const names = credentials.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, label, kind } of credentials) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(label).toMatch(/[א-ת]/);
      expect(kind).toBe(name === 'password' ? 'password' : 'text');
    }
  }
  expect(institutions.find(({ id }) => id === 'israel:yahav')).toMatchObject({
    routingNumbers: ['04'],
    historyDays: 87,
  });
});

test('hands what the user fills in to the package under the names that it has', () => {
  const isracard = companies.find((it) => slugOf(it) === 'isracard');
  if (!isracard) throw new Error('no such company');
  const filled = { id: '18', 'card-6-digits': '123456', password: 'word', other: 'x' };
  expect(toLogin(isracard, filled)).toEqual({ id: '18', card6Digits: '123456', password: 'word' });
  expect(toLogin(isracard, {})).toEqual({ id: '', card6Digits: '', password: '' });
});

test('offers all companies without a setting, or those that are chosen', async () => {
  const parts = {
    fetch,
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    launch: () => Promise.reject(new Error('no browser is needed')),
    launchPuppeteer: () => Promise.reject(new Error('no browser is needed')),
  } as unknown as ProviderParts;
  const offered = async (environment: object) =>
    (await israel.create(israel.settings.parse(environment), parts).institutions()).map(
      ({ id }) => id,
    );
  expect(await offered({})).toHaveLength(18);
  const chosen = { BOOKFEED_ISRAEL_COMPANIES: 'visa-cal, max' };
  expect(await offered(chosen)).toEqual(['israel:max', 'israel:visa-cal']);
  const wrong = israel.settings.safeParse({ BOOKFEED_ISRAEL_COMPANIES: 'max, hidden-word' });
  expect(wrong.success).toBe(false);
  expect(String(wrong.error)).toContain('isracard');
  expect(String(wrong.error)).not.toContain('hidden-word');
});

test.each([
  ['https://www.bank.example/a', true],
  ['wss://www.bank.example/a', true],
  ['data:text/plain,a', true],
  ['http://www.bank.example/', false],
  ['https://127.0.0.1/', false],
  ['https://2130706433/', false],
  ['https://[::1]/', false],
  ['https://169.254.169.254/latest', false],
  ['https://localhost./', false],
  ['https://router/', false],
  ['https://metadata.google.internal/', false],
  ['https://nas.home.arpa/', false],
  ['file:///etc/passwd', false],
])('a page may ask for what is on the web, and for nothing of this network: %s', (url, may) => {
  expect(isPublic(new URL(url))).toBe(may);
});

test('a domain holds what is below it, and nothing that only ends alike', () => {
  expect(isWithin('max.co.il', ['max.co.il'])).toBe(true);
  expect(isWithin('api.max.co.il', ['max.co.il'])).toBe(true);
  expect(isWithin('notmax.co.il', ['max.co.il'])).toBe(false);
  expect(isWithin('max.co.il.example.net', ['max.co.il'])).toBe(false);
});
