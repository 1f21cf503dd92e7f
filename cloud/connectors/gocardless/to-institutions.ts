import type { Institution } from '../../../shared/bank.ts';
import { givesHistoryOnce, safeHistoryDays } from './quirks/history-once.ts';
import type { ProviderInstitution } from './schema.ts';

/** GoCardless's own defaults and limits. */
const defaultDays = 90;
const historyMax = 730;

/** What GoCardless lists as one bank, in one country. */
export interface ListedBank {
  readonly institution: Institution;
  readonly bank: ProviderInstitution;
}

/** The banks as institutions, one for each country in which a bank is listed. */
export function toInstitutions(banks: readonly ProviderInstitution[]): readonly ListedBank[] {
  return banks.flatMap((bank) => {
    const slug = bank.id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const countries = bank.countries.filter((one) => /^[A-Za-z]{2}$/.test(one));
    return countries.map((given) => {
      const country = given.toUpperCase();
      const id = countries.length > 1 ? `${slug}-${country.toLowerCase()}` : slug;
      return { bank, institution: toInstitution(bank, `gocardless:${id}`, country) };
    });
  });
}

function toInstitution(bank: ProviderInstitution, id: string, country: string): Institution {
  return {
    id,
    connector: 'gocardless',
    name: bank.name,
    country,
    ...(bank.bic && { bic: bank.bic }),
    wayIn: 'psd2',
    historyDays: historyDaysOf(bank),
    consentDays: consentDaysOf(bank),
    ...(bank.logo?.startsWith('https://') && { logo: bank.logo }),
  };
}

/** How far back to ask for. */
export function historyDaysOf(bank: ProviderInstitution): number {
  const { id, transaction_total_days: days = defaultDays, supported_features: features } = bank;
  const most = givesHistoryOnce(id, features) ? safeHistoryDays : historyMax;
  return Math.max(1, Math.min(days, most));
}

/** The longest access that the bank grants. */
export function consentDaysOf({ max_access_valid_for_days: days }: ProviderInstitution): number {
  return Math.max(1, days ?? defaultDays);
}
