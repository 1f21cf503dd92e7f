import type { Entry } from '../../shared/bank.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import type { Doc, Write } from '../ports/store.ts';
import { write } from '../ports/store.ts';
import { isCounted, sumOf } from './balance-chain.ts';
import {
  type AccountBalances,
  batchKey,
  type Draft,
  type LedgerDoc,
  ledgerKey,
  ledgers,
  type Opening,
  type OutboxDoc,
  outbox,
} from './documents.ts';
import { cutDrafts } from './draft-rows.ts';
import { openingAfter } from './prove-balance.ts';
import { type ChangedPage, pageWrite } from './statement-pages.ts';
import type { World } from './world.ts';

/** Above this one commit is split: a store takes 8 MB, the Firestore emulator 4 MiB, with what it adds. */
const sliceBytes = 3_000_000;
/** Each page may bring its ledger with it, and a store takes 500 writes. */
const slicePages = 200;

/** What a sync, an import or an undo changes of one account. */
export interface AccountChange {
  readonly accountKey: string;
  readonly currency: string;
  /** As it was read; absent for an account of which nothing is kept yet. */
  readonly ledger?: Doc<LedgerDoc>;
  readonly pages: readonly ChangedPage[];
  readonly drafts: readonly Draft[];
  /** As it is afterwards. */
  readonly opening?: Opening;
}

/** Whose batches these are, and what the Accounts tab is to say. */
export interface ChangeHead {
  readonly bookId: string;
  readonly runId: string;
  readonly at: Instant;
  readonly accounts: readonly AccountBalances[];
  /** Whether the Accounts tab changes even where no draft does. */
  readonly isNews: boolean;
}

/** Writes beside those of the accounts, and who is told that a part of a large change stays whatever becomes of the rest. */
export interface Around {
  readonly first: readonly Write[];
  readonly last: readonly Write[];
  /** `drafts`: how many are committed by now. */
  readonly onPart: (drafts: number) => void | Promise<void>;
}

/**
 * Commits the changes of some accounts together with `first` and `last`, all or nothing. Only what is larger than a store
 * takes at once goes in several commits, each of whole pages with the drafts of their entries, the ledger's sum and
 * its opening: wherever it stops, these agree, and the next sync goes on from there.
 * @throws StoreConflict when somebody else has changed an account meanwhile
 */
export async function commitChanges(
  { store, ids }: Pick<World, 'store' | 'ids'>,
  head: ChangeHead,
  changes: readonly AccountChange[],
  { first, last, onPart }: Around,
): Promise<void> {
  const tracks = changes.map(
    (change): Track => ({
      change,
      value: change.ledger?.value ?? noLedger,
      version: change.ledger?.version,
    }),
  );
  const slices = cutSlices(changes);
  let batchNumber = 0;
  let drafts = 0;
  const total = changes.reduce((sum, change) => sum + change.drafts.length, 0);
  let before = 0;
  const partOf = (batch: OutboxDoc): OutboxDoc => {
    const part = { before, total };
    before += batch.drafts.length;
    return batch.drafts.length === total ? batch : { ...batch, part };
  };
  for (const [at, slice] of slices.entries()) {
    const isLast = at === slices.length - 1;
    const next = tracks.flatMap((track) => ledgerAfter(track, slice, slices.slice(at + 1)));
    const writes = [
      ...(at === 0 ? first : []),
      ...next.map(({ track, value }) => ledgerWrite(head.bookId, track, value)),
      ...slice.flatMap(({ change, pages }) =>
        pages.map((page) => pageWrite(head.bookId, change.accountKey, page)),
      ),
      ...batchesOf(head, slice, isLast).map((batch) =>
        write(outbox, batchKey(head.at, batchNumber++, ids.next('b')), partOf(batch), 'absent'),
      ),
      ...(isLast ? last : []),
    ];
    const versions = writes.length > 0 ? await store.commit(writes) : [];
    for (const [index, { track, value }] of next.entries()) {
      track.value = value;
      track.version = versions[index + (at === 0 ? first.length : 0)];
    }
    drafts += slice.reduce((sum, unit) => sum + unit.drafts.length, 0);
    if (!isLast) await onPart(drafts);
  }
}

/** What all changed pages add to the sum of booked entries. */
export function bookedDelta({
  pages,
  currency,
}: Pick<AccountChange, 'pages' | 'currency'>): number {
  return pages.reduce((sum, page) => sum + deltaOf(page, currency), 0);
}

const noLedger: LedgerDoc = { pages: [], bookedMinor: 0 };

/** An account's ledger on its way through the slices. */
interface Track {
  readonly change: AccountChange;
  value: LedgerDoc;
  version: string | undefined;
}

/** Pages of one account that go into one commit, with the drafts of their entries; none where its ledger alone changes. */
interface Unit {
  readonly change: AccountChange;
  readonly pages: readonly ChangedPage[];
  readonly drafts: readonly Draft[];
}

function deltaOf({ before, after }: ChangedPage, currency: string): number {
  const sum = (entries: readonly Entry[]) =>
    sumOf(entries.filter((entry) => isCounted(entry, currency)));
  return sum(after) - sum(before);
}

/** The ledger of an account once this slice is committed; none where the slice has nothing of it. */
function ledgerAfter(track: Track, slice: readonly Unit[], later: readonly (readonly Unit[])[]) {
  const { change, value: before } = track;
  const units = slice.filter((unit) => unit.change === change);
  if (units.length === 0) return [];
  const pages = units.flatMap((unit) => unit.pages);
  const names = new Set([...before.pages, ...pages.map(({ name }) => name)]);
  for (const { name, after } of pages) if (after.length === 0) names.delete(name);
  const isDone = !later.some((units) => units.some((unit) => unit.change === change));
  const { currency } = change;
  const opening = isDone ? change.opening : openingAfter(before.opening, pages, currency);
  const value: LedgerDoc = {
    pages: [...names].sort(),
    bookedMinor: pages.reduce((sum, page) => sum + deltaOf(page, currency), before.bookedMinor),
    ...(opening && { opening }),
  };
  // With changed pages also where it stays the same: two who change other pages of one account then meet here.
  return pages.length === 0 && isSameLedger(before, value) ? [] : [{ track, value }];
}

function isSameLedger(a: LedgerDoc, b: LedgerDoc): boolean {
  return (
    a.bookedMinor === b.bookedMinor &&
    a.opening?.minor === b.opening?.minor &&
    a.opening?.from === b.opening?.from &&
    a.opening?.isAssumed === b.opening?.isAssumed
  );
}

function ledgerWrite(bookId: string, { change, version }: Track, value: LedgerDoc): Write {
  const expect = version === undefined ? 'absent' : { version };
  return write(ledgers, ledgerKey(bookId, change.accountKey), value, expect);
}

function batchesOf(head: ChangeHead, slice: readonly Unit[], isLast: boolean): OutboxDoc[] {
  const { bookId, runId, at: createdAt, accounts } = head;
  const cut = cutDrafts(slice.flatMap(({ drafts }) => drafts));
  const batches = isLast && head.isNews && cut.length === 0 ? [[]] : cut;
  return batches.map((drafts) => ({ bookId, createdAt, runId, drafts, accounts }));
}

/** At least one slice. */
function cutSlices(changes: readonly AccountChange[]): readonly (readonly Unit[])[] {
  const units = changes.flatMap(unitsOf);
  const slices: Unit[][] = [[]];
  let bytes = 0;
  let pages = 0;
  for (const unit of units) {
    const size = Buffer.byteLength(
      JSON.stringify([unit.pages.map(({ after }) => after), unit.drafts]),
    );
    const count = Math.max(1, unit.pages.length);
    const isFull = bytes + size > sliceBytes || pages + count > slicePages;
    if (isFull && bytes > 0) {
      slices.push([]);
      bytes = 0;
      pages = 0;
    }
    slices.at(-1)?.push(unit);
    bytes += size;
    pages += count;
  }
  return slices;
}

/** Pages between which an entry moved stay together, others are alone. An account without pages has its ledger. */
function unitsOf(change: AccountChange): readonly Unit[] {
  const changed = change.pages;
  const pageOfId = new Map<string, string>();
  for (const { name, before } of changed) for (const { id } of before) pageOfId.set(id, name);
  const groups = createGroups();
  for (const { name, after } of changed) {
    for (const { id } of after) {
      groups.join(name, pageOfId.get(id) ?? name);
      pageOfId.set(id, name);
    }
  }
  const drafts = Map.groupBy(change.drafts, ({ id }) => pageOfId.get(id));
  const together = Map.groupBy(changed, ({ name }) => groups.of(name));
  if (together.size === 0) return [{ change, pages: [], drafts: [] }];
  return [...together.values()].map((pages) => ({
    change,
    pages,
    drafts: pages.flatMap(({ name }) => drafts.get(name) ?? []),
  }));
}

/** Names that belong together, each group under one of them. */
function createGroups() {
  const nextOf = new Map<string, string>();
  const of = (name: string): string => {
    let first = name;
    for (let next = nextOf.get(first); next !== undefined; next = nextOf.get(first)) first = next;
    return first;
  };
  return {
    of,
    join: (a: string, b: string): void => {
      const [first, second] = [of(a), of(b)];
      if (first !== second) nextOf.set(second, first);
    },
  };
}
