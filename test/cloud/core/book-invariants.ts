import {
  type Draft,
  type LedgerDoc,
  ledgerKey,
  ledgers,
  outbox,
  pageKey,
  statementPages,
} from '../../../cloud/core/documents.ts';
import { draftRows } from '../../../cloud/core/draft-rows.ts';
import { entryDay } from '../../../cloud/core/entry-day.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { Write } from '../../../cloud/ports/store.ts';
import type { Entry } from '../../../shared/bank.ts';
import { bookId } from './world.ts';

/** Pages are split above so many bytes of entries. */
export const pageBytesMax = 200_000;

/** A world that remembers the key of every statement page that was ever written. */
export function watchPages(world: World): {
  readonly world: World;
  readonly pageKeys: Set<string>;
} {
  const pageKeys = new Set<string>();
  const { store } = world;
  const commit = (writes: readonly Write[]) => {
    for (const { collection, key } of writes) {
      if (collection.name === statementPages.name) pageKeys.add(key);
    }
    return store.commit(writes);
  };
  const watched = {
    get: store.get.bind(store),
    getMany: store.getMany.bind(store),
    find: store.find.bind(store),
    commit,
    close: store.close.bind(store),
  };
  return { world: { ...world, store: watched }, pageKeys };
}

/** What is kept of one account, as it stands in the store. */
export interface KeptAccount {
  readonly ledger: LedgerDoc;
  readonly pages: readonly { readonly name: string; readonly entries: readonly Entry[] }[];
  readonly entries: readonly Entry[];
}

export async function readKept(
  { store }: Pick<World, 'store'>,
  accountKey: string,
): Promise<KeptAccount> {
  const found = await store.get(ledgers, ledgerKey(bookId, accountKey));
  const ledger = found?.value ?? { pages: [], bookedMinor: 0 };
  const pages = [];
  for (const name of ledger.pages) {
    const page = await store.get(statementPages, pageKey(bookId, accountKey, name));
    if (!page) throw new Error(`the ledger names ${name}, which is not there`);
    pages.push({ name, entries: page.value.entries });
  }
  return { ledger, pages, entries: pages.flatMap(({ entries }) => entries) };
}

/** Everything in which the store of one account disagrees with itself; nothing where it agrees. */
export async function findBrokenPages(
  { store }: Pick<World, 'store'>,
  accountKey: string,
  currency: string,
  pageKeys: ReadonlySet<string> = new Set(),
): Promise<readonly string[]> {
  const broken: string[] = [];
  const { ledger, pages, entries } = await readKept({ store }, accountKey);
  const named = new Set(ledger.pages.map((name) => pageKey(bookId, accountKey, name)));
  const prefix = pageKey(bookId, accountKey, '');
  const unnamed = [...pageKeys].filter((key) => key.startsWith(prefix) && !named.has(key));
  for (const key of unnamed) {
    if (await store.get(statementPages, key)) broken.push(`no ledger names ${key}`);
  }
  if (new Set(ledger.pages).size < ledger.pages.length) broken.push('a page is named twice');
  if ([...ledger.pages].sort().join() !== ledger.pages.join()) broken.push('names out of order');
  for (const [at, { name, entries: some }] of pages.entries()) {
    if (some.length === 0) broken.push(`${name} is empty`);
    const bytes = some.reduce((sum, it) => sum + Buffer.byteLength(JSON.stringify(it)), 0);
    if (bytes > pageBytesMax && some.length > 1) broken.push(`${name} has ${bytes} bytes`);
    const outside = some.filter((entry) => !holds(name, ledger.pages[at + 1], entryDay(entry)));
    for (const entry of outside) broken.push(`${entryDay(entry)} stands in ${name}`);
  }
  if (new Set(entries.map(({ id }) => id)).size < entries.length) broken.push('an entry twice');
  const counted = entries.filter(
    ({ status, undone, amount }) => status === 'booked' && !undone && amount.currency === currency,
  );
  const sum = counted.reduce((total, { amount }) => total + amount.minor, 0);
  if (sum !== ledger.bookedMinor) broken.push(`the sum is ${sum}, told ${ledger.bookedMinor}`);
  return broken;
}

/** A day belongs to the page that begins with it or before, in the same month; of a day in parts, to any of these. */
function holds(name: string, next: string | undefined, day: string): boolean {
  const firstOf = (page: string) => (page.length === 7 ? `${page}-01` : page.slice(0, 10));
  const isOfPart = !name.includes('.') || firstOf(name) === day;
  const endsAfter = next === undefined || firstOf(next) >= day;
  return name.slice(0, 7) === day.slice(0, 7) && firstOf(name) <= day && endsAfter && isOfPart;
}

/** What waits for the sheet: the last draft of each row, and whether a draft before it makes the row. */
export async function readWaiting({ store }: Pick<World, 'store'>) {
  const query = { field: 'bookId', op: '==', value: bookId, limit: 500 } as const;
  const waiting = new Map<string, { readonly last: Draft; readonly isNew: boolean }>();
  for (const { value } of await store.find(outbox, query)) {
    for (const draft of value.drafts) {
      const isNew = waiting.get(draft.id)?.isNew || !draft.was;
      waiting.set(draft.id, { last: draft, isNew });
    }
  }
  return waiting;
}

/**
 * Everything in which what is kept, what waits and what stands in the sheet disagree. Each entry that is not undone has a
 * row, or one that waits, or is in `mayLack`; each row is of such an entry, or is taken away by what waits, or is in
 * `mayStay`; and what waits tells what is kept.
 */
export async function findBrokenRows(
  world: Pick<World, 'store'>,
  kept: readonly Entry[],
  rowIds: ReadonlySet<string>,
  mayLack: ReadonlySet<string>,
  mayStay: ReadonlySet<string>,
): Promise<readonly string[]> {
  const broken: string[] = [];
  const waiting = await readWaiting(world);
  const shown = new Map(kept.filter(({ undone }) => !undone).map((entry) => [entry.id, entry]));
  for (const { id } of shown.values()) {
    const isComing = waiting.get(id)?.isNew && waiting.get(id)?.last.now;
    if (!rowIds.has(id) && !isComing && !mayLack.has(id)) broken.push(`${id} has no row`);
  }
  for (const id of rowIds) {
    const draft = waiting.get(id)?.last;
    const isGoing = draft && !draft.now;
    if (id && !shown.has(id) && !isGoing && !mayStay.has(id)) broken.push(`${id} still has a row`);
  }
  for (const [id, { last }] of waiting) {
    const entry = shown.get(id);
    if (!entry && last.now) broken.push(`a draft waits for ${id}, which is not kept`);
    if (entry && !last.now) broken.push(`what waits takes the row of ${id}, which is kept`);
    if (!entry || !last.now) continue;
    const [now] = draftRows({ added: [entry], changed: [] }, last.account);
    if (JSON.stringify(now?.now) !== JSON.stringify(last.now)) broken.push(`${id} waits as it was`);
  }
  return broken;
}
