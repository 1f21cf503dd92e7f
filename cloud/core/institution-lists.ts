import type { Institution } from '../../shared/bank.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError, toFailure } from '../../shared/failures.ts';
import type { BankConnector } from '../ports/bank-connector.ts';
import { type Collection, type Doc, type Store, StoreConflict, write } from '../ports/store.ts';
import { cutBySize } from './cut-by-size.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** The list of one connector; its key is the connector's id. */
interface InstitutionListDoc {
  /** When the provider last gave it; absent where it never has. */
  readonly listedAt?: Instant;
  readonly triedAt: Instant;
  /** Keys of the parts that hold it, in order. */
  readonly parts: readonly string[];
}
interface InstitutionPartDoc {
  readonly institutions: readonly Institution[];
}
const institutionLists: Collection<InstitutionListDoc> = { name: 'institutionLists', indexed: [] };
const institutionParts: Collection<InstitutionPartDoc> = { name: 'institutionParts', indexed: [] };

const refreshMs = 24 * 60 * 60_000;
/** After a list that did not come. */
const againMs = 60 * 60_000;
/** For so long a process takes the list that it knows for the newest. */
const knownMs = 10 * 60_000;
const part = { items: 2_000, bytes: 700_000 };

interface Known {
  readonly checkedAt: Instant;
  readonly version: string;
  readonly dueAt: Instant;
  readonly institutions: readonly Institution[];
}
const knownOf = new WeakMap<World, Map<string, Known>>();
const asking = new WeakMap<World, Map<string, Promise<Known>>>();
const listed = new WeakMap<World, readonly Institution[]>();

/**
 * All institutions of all connectors, in no order; those of a provider that has never answered are not among them. The
 * same array as long as nothing has changed.
 */
export async function listInstitutions(world: World): Promise<readonly Institution[]> {
  return listAll(world, 'missing');
}

/** The same without those that a provider would have to be asked for first, which may take long. */
export async function knownInstitutions(world: World): Promise<readonly Institution[]> {
  return listAll(world, 'never');
}

/** When a provider is asked for its list: never, where none is kept yet, or also where it is time. */
type Asks = 'never' | 'missing' | 'due';

async function listAll(world: World, asks: Asks): Promise<readonly Institution[]> {
  const lists = await Promise.all(
    [...world.connectors.values()].map(async (connector) =>
      connector.listsOnline
        ? (await keptList(world, connector, asks))?.institutions
        : connector.institutions(),
    ),
  );
  const all = lists.flatMap((list) => list ?? []);
  const before = listed.get(world) ?? [];
  if (all.length === before.length && all.every((it, at) => it === before[at])) return before;
  listed.set(world, all);
  return all;
}

/** Asks each provider for its list once a day; one that does not answer is asked again an hour later. */
export async function refreshInstitutions(world: World): Promise<void> {
  for (const connector of world.connectors.values()) {
    if (connector.listsOnline) await keptList(world, connector, 'due');
  }
}

/** The list as it is kept; undefined where there is none and nobody is asked. */
async function keptList(
  world: World,
  connector: BankConnector,
  asks: Asks,
): Promise<Known | undefined> {
  const kept = mapOf(knownOf, world);
  const underWay = mapOf(asking, world);
  const known = kept.get(connector.id);
  const now = world.clock.now();
  if (known && addMs(known.checkedAt, knownMs) > now && !(asks === 'due' && known.dueAt <= now)) {
    return known;
  }
  if (asks === 'never') {
    const found = await world.store.get(institutionLists, connector.id);
    if (!found) return undefined;
    const read = await toKnown(world, found, known);
    kept.set(connector.id, read);
    return read;
  }
  const work =
    underWay.get(connector.id) ??
    readOrAsk(world, connector, known, asks).finally(() => underWay.delete(connector.id));
  underWay.set(connector.id, work);
  const found = await work;
  kept.set(connector.id, found);
  return found;
}

function mapOf<T>(maps: WeakMap<World, Map<string, T>>, world: World): Map<string, T> {
  const map = maps.get(world) ?? new Map<string, T>();
  maps.set(world, map);
  return map;
}

async function readOrAsk(
  world: World,
  connector: BankConnector,
  known: Known | undefined,
  asks: Asks,
): Promise<Known> {
  const found = await world.store.get(institutionLists, connector.id);
  const isDue = found && asks === 'due' && dueAtOf(found.value) <= world.clock.now();
  if (!found || isDue) return askProvider(world, connector, found);
  return toKnown(world, found, known);
}

async function toKnown(
  { store, clock }: World,
  { version, value }: Doc<InstitutionListDoc>,
  known: Known | undefined,
): Promise<Known> {
  const checkedAt = clock.now();
  const institutions =
    known?.version === version ? known.institutions : await readParts(store, value.parts);
  return { checkedAt, version, dueAt: dueAtOf(value), institutions };
}

function dueAtOf({ listedAt, triedAt }: InstitutionListDoc): Instant {
  return listedAt === triedAt ? addMs(listedAt, refreshMs) : addMs(triedAt, againMs);
}

async function readParts(store: Store, keys: readonly string[]): Promise<readonly Institution[]> {
  const parts = await store.getMany(institutionParts, keys);
  return parts.flatMap(({ value }) => value.institutions);
}

/** A list that does not come leaves the one before as it is. */
async function askProvider(
  { store, clock, ids, log }: World,
  connector: BankConnector,
  before: Doc<InstitutionListDoc> | null,
): Promise<Known> {
  const old: InstitutionListDoc = before?.value ?? { triedAt: '', parts: [] };
  const triedAt = clock.now();
  let list: InstitutionListDoc = { ...old, triedAt };
  let institutions: readonly Institution[] | undefined;
  try {
    const listed = wellFormed(await connector.institutions());
    const pieces = cutBySize(listed, part);
    const parts = pieces.map((_, at) => `${connector.id}~${ids.next('g')}~${at}`);
    for (const [at, key] of parts.entries()) {
      const value = { institutions: pieces[at] ?? [] };
      await store.commit([write(institutionParts, key, value, 'absent')]);
    }
    list = { listedAt: triedAt, triedAt, parts };
    institutions = listed;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    log.banksNotListed(connector.id, toFailure(error).code);
  }
  const expect = before ? { version: before.version } : 'absent';
  try {
    const [version = ''] = await store.commit([
      write(institutionLists, connector.id, list, expect),
      ...unused(old.parts, list.parts).map((key) => write(institutionParts, key, null, 'any')),
    ]);
    institutions ??= await readParts(store, list.parts);
    return { checkedAt: triedAt, version, dueAt: dueAtOf(list), institutions };
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    // Another process has just asked too; ours is of no use to anybody.
    const ours = unused(list.parts, old.parts);
    await store.commit(ours.map((key) => write(institutionParts, key, null, 'any')));
    const theirs = await store.get(institutionLists, connector.id);
    const { parts = [], ...rest } = theirs?.value ?? { triedAt };
    const others = await readParts(store, parts);
    const dueAt = dueAtOf({ ...rest, parts });
    return { checkedAt: triedAt, version: theirs?.version ?? '', dueAt, institutions: others };
  }
}

function unused(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.filter((key) => !after.includes(key));
}
