import type { CountryCode, Products } from 'plaid';
import type { Institution } from '../../../shared/bank.ts';
import { BankError } from '../../ports/bank-connector.ts';
import type { PlaidClient } from './client.ts';
import { institutionsRead, type PlaidInstitution } from './schema.ts';

/** The most that Plaid gives at a time. */
const pageSize = 500;
/** Plaid has some 12,000 in the US and Canada. */
const pageMax = 100;

/** The most history that Plaid gives, in days. */
export const historyDays = 730;

/** Every institution in these countries that tells entries, in each country where it is. */
export async function listInstitutions(
  call: PlaidClient,
  countries: readonly string[],
): Promise<readonly Institution[]> {
  const found = new Map<string, Institution>();
  for (let page = 0; page < pageMax; page++) {
    const request = {
      count: pageSize,
      offset: page * pageSize,
      country_codes: countries as CountryCode[],
      // Without pictures, which would be many megabytes.
      options: { products: ['transactions' as Products], include_optional_metadata: false },
    };
    const { institutions, total } = await call(
      'institutions',
      (api, options) => api.institutionsGet(request, options),
      (body) => institutionsRead.parse(body),
    );
    for (const one of institutions.flatMap((it) => toInstitutions(it, countries))) {
      found.set(one.id, one);
    }
    if (institutions.length === 0 || (page + 1) * pageSize >= total) return [...found.values()];
  }
  throw new BankError('reply-unreadable', 'institutions: pages without end');
}

function toInstitutions(
  { institution_id, name, country_codes, routing_numbers }: PlaidInstitution,
  countries: readonly string[],
): Institution[] {
  const slug = institution_id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const numbers = routing_numbers.filter((it) => /^\d{1,20}$/.test(it));
  return country_codes
    .filter((country) => countries.includes(country))
    .map((country, at) => ({
      id: `plaid:${slug}${at === 0 ? '' : `-${country.toLowerCase()}`}`,
      connector: 'plaid',
      name,
      country,
      ...(numbers.length > 0 && { routingNumbers: numbers }),
      wayIn: 'psd2',
      historyDays,
      unattendedPerDay,
    }));
}

/** Plaid counts 50 syncs a minute of an item; it looks for news itself one to four times a day, and tells of it. */
const unattendedPerDay = 24;
