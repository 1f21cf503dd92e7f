import type { Institution, WayIn } from '../../shared/bank.ts';
import { FailureError } from '../../shared/failures.ts';
import type { BankConnector } from '../ports/bank-connector.ts';
import { listInstitutions } from './institution-lists.ts';
import type { World } from './world.ts';

/** A bank as users know it: one institution for each way in that it has, open banking first. */
export interface Bank {
  readonly name: string;
  readonly country: string;
  readonly bic?: string;
  readonly city?: string;
  readonly routingNumbers: readonly string[];
  readonly institutions: readonly Institution[];
}

/** Whether it is the bank to try things out with, by the way in that asks nothing of its customer's login here. */
export function isSandbox({ name, wayIn }: Institution): boolean {
  return name === 'Sandbox Bank' && wayIn === 'psd2';
}

const grouped = new WeakMap<readonly Institution[], readonly Bank[]>();

/** Every bank that can be connected here, by name; the same array as long as nothing has changed. */
export async function listBanks(world: World): Promise<readonly Bank[]> {
  const institutions = await listInstitutions(world);
  const banks = grouped.get(institutions) ?? groupBanks(institutions);
  grouped.set(institutions, banks);
  return banks;
}

/** @throws FailureError `provider-not-configured` */
export function connectorOf(world: World, institution: Institution): BankConnector {
  const connector = world.connectors.get(institution.connector);
  if (!connector) throw new FailureError('provider-not-configured', institution.connector);
  return connector;
}

/** The bank to which an institution belongs. */
export function bankOf(banks: readonly Bank[], institutionId: string): Bank | undefined {
  return banks.find(({ institutions }) => institutions.some(({ id }) => id === institutionId));
}

/** The bank's institution for a way in. */
export function institutionFor(bank: Bank | undefined, wayIn: WayIn): Institution | undefined {
  return bank?.institutions.find((it) => it.wayIn === wayIn);
}

/**
 * Groups institutions into banks: those of one country with the same BIC without its branch, or, where one has no BIC,
 * the same name. Several of one way in share a BIC where it belongs to a group of banks (the cooperative banks' GENODEF1):
 * there the branch decides, then the name; of what is still the same then, each is a bank of its own, so that it can be
 * chosen.
 */
export function groupBanks(institutions: readonly Institution[]): readonly Bank[] {
  const byName = Map.groupBy(institutions, nameKey);
  const banks: Bank[] = [];
  for (const group of Map.groupBy(institutions, (it) => shortBic(it, byName)).values()) {
    banks.push(...split(group, [longBic, nameKey]));
  }
  return banks.sort((a, b) => compareNames(a.name, b.name));
}

type KeyOf = (institution: Institution) => string;

function split(group: readonly Institution[], by: readonly KeyOf[]): readonly Bank[] {
  const ways = new Set(group.map(({ wayIn }) => wayIn));
  if (ways.size === group.length) return [toBank(group)];
  const [next, ...rest] = by;
  if (!next) return pairUp(group);
  return [...Map.groupBy(group, next).values()].flatMap((it) => split(it, rest));
}

/** The first of each way in is one bank, the second of each another. */
function pairUp(group: readonly Institution[]): readonly Bank[] {
  const byWay = [...Map.groupBy(group, ({ wayIn }) => wayIn).values()];
  const most = Math.max(...byWay.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => toBank(byWay.flatMap((it) => it[at] ?? [])));
}

function toBank(group: readonly Institution[]): Bank {
  const institutions = [...group].sort((a, b) => waysIn.indexOf(a.wayIn) - waysIn.indexOf(b.wayIn));
  const [first] = institutions;
  if (!first) throw new Error('a bank has an institution');
  const bic = institutions.find((it) => it.bic)?.bic;
  const city = institutions.find((it) => it.city)?.city;
  return {
    name: first.name,
    country: first.country,
    ...(bic && { bic }),
    ...(city && { city }),
    routingNumbers: [...new Set(institutions.flatMap((it) => it.routingNumbers ?? []))],
    institutions,
  };
}

const waysIn: readonly WayIn[] = ['psd2', 'login'];
const bankBicLength = 8;

/** One that lists no BIC takes that of its namesake. */
function shortBic(
  institution: Institution,
  byName: ReadonlyMap<string, readonly Institution[]>,
): string {
  const { country, bic = byName.get(nameKey(institution))?.find((it) => it.bic)?.bic } =
    institution;
  return bic ? `${country} ${bic.slice(0, bankBicLength).toUpperCase()}` : nameKey(institution);
}

function longBic({ bic = '' }: Institution): string {
  return bic.toUpperCase().slice(0, 11).padEnd(11, 'X');
}

function nameKey({ country, name }: Institution): string {
  return `${country} ${name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
}

const { compare: compareNames } = new Intl.Collator('en');
