import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, property, string } from 'fast-check';
import {
  addressOf,
  externalIdOf,
  safeUrl,
  sameBankUrl,
} from '../../../../cloud/connectors/berlin-group/addresses.ts';

const institution = {
  id: 'berlin-group:dkb',
  connector: 'berlin-group',
  name: 'DKB',
  country: 'DE',
  wayIn: 'psd2',
  historyDays: 90,
} as const;
const bank = { institution, baseUrl: 'https://bank.example:8443/psd2' };
const url = new URL('https://bank.example:8443/psd2/v1/accounts');

describe('an address that a bank gives', () => {
  test.each([
    ['?page=2', '/psd2/v1/accounts?page=2'],
    ['/v1/accounts?page=2', '/psd2/v1/accounts?page=2'],
    ['/psd2/v1/accounts?page=2', '/psd2/v1/accounts?page=2'],
    // A bank behind a gateway that ends TLS.
    ['http://bank.example/psd2/v1/accounts?page=2', '/psd2/v1/accounts?page=2'],
  ])('is followed on its own host: %s', (href, path) => {
    const found = sameBankUrl(href, url, bank, 'entries').href;
    expect(found).toBe(`https://bank.example:8443${path}`);
  });

  test.each([
    'https://bank.example/x',
    'https://evil.example:8443/',
    '//evil.example/',
    'http://[',
  ])('is not followed elsewhere: %s', (href) => {
    expect(() => sameBankUrl(href, url, bank, 'entries')).toThrow('another host');
  });

  test('leads a browser to no page that is less safe than the bank', () => {
    expect(safeUrl('https://login.example/', url, 'consent').href).toBe('https://login.example/');
    expect(() => safeUrl('http://login.example/', url, 'consent')).toThrow('no address');
  });
});

test('an account is found again by its external id, whatever the bank calls it', () => {
  const kinds = constantFrom('accounts' as const, 'card-accounts' as const);
  const currencies = constantFrom(undefined, 'EUR', 'USD');
  const ids = string({ minLength: 1 }).filter((id) => !/^card-accounts\/|#[A-Z]{3}$/.test(id));
  assert(
    property(kinds, ids, currencies, (kind, id, currency) => {
      const address = { kind, id, ...(currency && { currency }) };
      expect(addressOf(externalIdOf(address))).toEqual(address);
    }),
  );
});
