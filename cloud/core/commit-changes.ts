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
import { type ChangedPage, type PagePlan, pageWrite } from './statement-pages.ts';
import type { World } from './world.ts';

/** Above this one commit is split: a store takes 8 MB, the Firestore emulator 4 MiB, with what it adds. */
const sliceBytes = 3_000_000;
const slicePages = 300;

/** What a sync, an import or an undo changes of one account. */
export interface AccountChange {
  readonly accountKey: string;
  readonly currency: string;
  /** As it was read; absent for an account of which nothing is kept yet. */
  readonly ledger?: Doc<LedgerDoc>;
  readonly pages: PagePlan;
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

/**
 * Commits the changes of some accounts together with `last`, all or nothing. Only what is larger than a store takes at
 * once goes in several commits, each of whole pages with the drafts of their entries and the ledger's sum, `last` in
 * the last one: wherever it stops, pages, drafts and ledger agree, and the next sync goes on from there.
 * @throws StoreConflict when somebody else has changed an account meanwhile
 */
export async function commitChanges(
  { store, ids }: Pick<World, 'store' | 'ids'>,
  head: ChangeHead,
  changes: readonly AccountChange[],
  last: readonly Write[],
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
  for (const [at, slice] of slices.entries()) {
    const isLast = at === slices.length - 1;
    const next = tracks.flatMap((track) => ledgerAfter(track, slice, isLast));
    const writes = [
      ...next.map(({ track, value }) => ledgerWrite(head.bookId, track, value)),
      ...slice.flatMap(({ change, pages }) =>
        pages.map((page) => pageWrite(head.bookId, change.accountKey, page)),
      ),
      ...batchesOf(head, slice, isLast).map((batch) =>
        write(outbox, batchKey(head.at, batchNumber++, ids.next('b')), batch, 'absent'),
      ),
      ...(isLast ? last : []),
    ];
    const versions = writes.length > 0 ? await store.commit(writes) : [];
    for (const [index, { track, value }] of next.entries()) {
      track.value = value;
      track.version = versions[index];
    }
  }
}

/** What all changed pages add to the sum of booked entries. */
export function bookedDelta({
  pages,
  currency,
}: Pick<AccountChange, 'pages' | 'currency'>): number {
  return pages.changed.reduce((sum, page) => sum + deltaOf(page, currency), 0);
}

const noLedger: LedgerDoc = { pages: [], bookedMinor: 0 };

/** An account's ledger on its way through the slices. */
interface Track {
  readonly change: AccountChange;
  value: LedgerDoc;
  version: string | undefined;
}

/** Pages of one account that go into one commit, with the drafts of their entries. */
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

function ledgerAfter(track: Track, slice: readonly Unit[], isLast: boolean) {
  const { change, value: before } = track;
  const pages = slice.flatMap((unit) => (unit.change === change ? unit.pages : []));
  const names = new Set([...before.pages, ...pages.map(({ name }) => name)]);
  for (const { name, after } of pages) if (after.length === 0) names.delete(name);
  const opening = isLast ? change.opening : before.opening;
  const value: LedgerDoc = {
    pages: [...names].sort(),
    bookedMinor: pages.reduce(
      (sum, page) => sum + deltaOf(page, change.currency),
      before.bookedMinor,
    ),
    ...(opening && { opening }),
  };
  return isSameLedger(before, value) ? [] : [{ track, value }];
}

function isSameLedger(a: LedgerDoc, b: LedgerDoc): boolean {
  return (
    a.bookedMinor === b.bookedMinor &&
    a.opening?.minor === b.opening?.minor &&
    a.opening?.from === b.opening?.from &&
    a.pages.join() === b.pages.join()
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

/** At least one slice. Pages between which an entry moved stay together. */
function cutSlices(changes: readonly AccountChange[]): readonly (readonly Unit[])[] {
  const units = changes.flatMap(unitsOf);
  const slices: Unit[][] = [[]];
  let bytes = 0;
  let pages = 0;
  for (const unit of units) {
    const size = Buffer.byteLength(
      JSON.stringify([unit.pages.map(({ after }) => after), unit.drafts]),
    );
    const isFull = bytes + size > sliceBytes || pages + unit.pages.length > slicePages;
    if (isFull && bytes > 0) {
      slices.push([]);
      bytes = 0;
      pages = 0;
    }
    slices.at(-1)?.push(unit);
    bytes += size;
    pages += unit.pages.length;
  }
  return slices;
}

function unitsOf(change: AccountChange): readonly Unit[] {
  const { changed } = change.pages;
  const pageOfId = new Map<string, string>();
  for (const { name, before } of changed) for (const { id } of before) pageOfId.set(id, name);
  const isMoving = new Set<string>();
  for (const { name, after } of changed) {
    for (const { id } of after) {
      const from = pageOfId.get(id);
      if (from !== undefined && from !== name) isMoving.add(from).add(name);
      pageOfId.set(id, name);
    }
  }
  const drafts = Map.groupBy(change.drafts, ({ id }) => pageOfId.get(id));
  const unit = (pages: readonly ChangedPage[]): Unit => ({
    change,
    pages,
    drafts: pages.flatMap(({ name }) => drafts.get(name) ?? []),
  });
  const together = changed.filter(({ name }) => isMoving.has(name));
  return [
    ...(together.length > 0 ? [unit(together)] : []),
    ...changed.filter(({ name }) => !isMoving.has(name)).map((page) => unit([page])),
  ];
}
