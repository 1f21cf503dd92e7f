import { createHash } from 'node:crypto';
import type { Institution } from '../../../shared/bank.ts';
import type { Aspsp, PsuType } from './schema.ts';

/** What Enable Banking lists as one bank, as far as one kind of user goes. */
export interface ListedBank {
  readonly institution: Institution;
  readonly aspsp: Aspsp;
  readonly psuType: PsuType;
}

/**
 * Banks give 90 days without a new confirmation; some count today among them (BuddyBank, Santander
 * Totta).
 */
export const historyDays = 89;
const daySeconds = 24 * 60 * 60;

/**
 * The banks as institutions. One is listed twice, for personal and for business users, only where
 * these log in by different ways. The id is made of country and name, by which alone Enable Banking
 * knows a bank.
 */
export function toInstitutions(aspsps: readonly Aspsp[]): readonly ListedBank[] {
  const all = aspsps.flatMap((aspsp) =>
    psuTypesOf(aspsp).map((psuType, index) => ({ aspsp, psuType, isSecond: index > 0 })),
  );
  const slugs = all.map(({ aspsp, isSecond }) => slugOf(aspsp, isSecond));
  const counts = new Map<string, number>();
  for (const slug of slugs) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return all.map(({ aspsp, psuType, isSecond }, index) => {
    const slug = slugs[index] ?? '';
    const isUnique = counts.get(slug) === 1 && slug.length > 3;
    const id = isUnique ? slug : `${slug}-${digestOf(aspsp, psuType)}`;
    return { aspsp, psuType, institution: toInstitution(aspsp, id, isSecond) };
  });
}

function toInstitution(aspsp: Aspsp, slug: string, isSecond: boolean): Institution {
  const { name, country, bic, logo, maximum_consent_validity: seconds } = aspsp;
  return {
    id: `enable-banking:${slug}`,
    connector: 'enable-banking',
    name: isSecond ? `${name} (business)` : name,
    country,
    ...(bic && { bic }),
    wayIn: 'psd2',
    historyDays,
    ...(seconds !== undefined && { consentDays: Math.max(1, Math.floor(seconds / daySeconds)) }),
    ...(logo?.startsWith('https://') && { logo }),
  };
}

/** Those that are listed, personal ones first. */
function psuTypesOf(aspsp: Aspsp): readonly PsuType[] {
  const given = (['personal', 'business'] as const).filter((one) => aspsp.psu_types.includes(one));
  const [personal, business] = given.map((one) => waysOf(aspsp, one));
  return personal === business ? given.slice(0, 1) : given;
}

/** By what a kind of user confirms there, to be compared. */
function waysOf({ auth_methods = [] }: Aspsp, psuType: PsuType): string {
  return auth_methods
    .filter((method) => method.psu_type === psuType && !method.hidden_method)
    .map(({ name, approach }) => `${name ?? ''} ${approach ?? ''}`)
    .sort()
    .join('\n');
}

function slugOf({ country, name }: Aspsp, isSecond: boolean): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  const words = letters.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [country.toLowerCase(), ...words, ...(isSecond ? ['business'] : [])].join('-');
}

function digestOf({ country, name }: Aspsp, psuType: PsuType): string {
  const digest = createHash('sha256').update(`${country}|${name}|${psuType}`).digest('hex');
  return digest.slice(0, 8);
}
