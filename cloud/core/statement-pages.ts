import type { Entry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Doc, Store, Write } from '../ports/store.ts';
import { write } from '../ports/store.ts';
import { storeLimits } from '../ports/store-limits.ts';
import { ledgerKey, ledgers, pageKey, type StatementPageDoc, statementPages } from './documents.ts';
import { entryDay } from './entry-day.ts';
import type { MergeResult } from './merge-entries.ts';

/** A page larger than this is split: a sync of a few days then reads and writes a few days, in however full a month. */
const pageBytes = 200_000;
/** What a split fills, so that a little more does not split again. */
const fillBytes = 150_000;

/** Some pages of one account, as they were read. */
export interface LoadedPages {
  readonly docs: ReadonlyMap<string, Doc<StatementPageDoc>>;
  readonly entries: readonly Entry[];
}

/** A page as it is to be, and what changed in it. */
export interface ChangedPage {
  readonly name: string;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  /** Of the page that was read; absent for a new one. */
  readonly version?: string;
}

/** Reads the pages that may hold entries of `from` or later, of those that the ledger names. */
export async function loadPages(
  store: Store,
  bookId: string,
  accountKey: string,
  names: readonly string[],
  from: CalendarDate,
): Promise<LoadedPages> {
  const wanted = names.filter((name, at) => endsAtOrAfter(name, names[at + 1], from));
  const docs = new Map<string, Doc<StatementPageDoc>>();
  for (let at = 0; at < wanted.length; at += storeLimits.readDocuments) {
    const some = wanted.slice(at, at + storeLimits.readDocuments);
    const keys = some.map((name) => pageKey(bookId, accountKey, name));
    for (const doc of await store.getMany(statementPages, keys)) {
      docs.set(doc.key.slice(doc.key.lastIndexOf('~') + 1), doc);
    }
  }
  return { docs, entries: [...docs.values()].flatMap(({ value }) => value.entries) };
}

/** Which pages a merge changes, each entry under its day. Pages that were not read are not touched. */
export function planPages(
  names: readonly string[],
  loaded: LoadedPages,
  merged: MergeResult,
): readonly ChangedPage[] {
  const places = placeEntries(names, loaded, merged.entries);
  const isChanged = new Set(merged.changed.map(({ after }) => after.id));
  const changed: ChangedPage[] = [];
  const used = new Set([...names, ...places.keys()]);
  for (const name of new Set([...loaded.docs.keys(), ...places.keys()])) {
    const doc = loaded.docs.get(name);
    const before = doc?.value.entries ?? [];
    const after = places.get(name) ?? [];
    const same =
      before.length === after.length &&
      after.every(({ id }, at) => id === before[at]?.id && !isChanged.has(id));
    if (same) continue;
    const pieces = splitPage(name, after, used);
    for (const [piece, entries] of pieces) {
      const isFirst = piece === name;
      changed.push({
        name: piece,
        before: isFirst ? before : [],
        after: entries,
        ...(isFirst && doc && { version: doc.version }),
      });
    }
  }
  return changed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function pageWrite(bookId: string, accountKey: string, page: ChangedPage): Write {
  const expect = page.version === undefined ? 'absent' : { version: page.version };
  const value = page.after.length === 0 ? null : { entries: page.after };
  return write(statementPages, pageKey(bookId, accountKey, page.name), value, expect);
}

/** The ledgers of some accounts of a book, by account key; one call to the store. */
export async function loadLedgers(store: Store, bookId: string, accountKeys: readonly string[]) {
  const keys = accountKeys.map((key) => ledgerKey(bookId, key));
  const found = await store.getMany(ledgers, keys);
  return new Map(found.map((doc) => [doc.key.slice(bookId.length + 1), doc]));
}

const monthOf = (name: string) => name.slice(0, 7);
const firstDayOf = (name: string) => (name.length === 7 ? `${name}-01` : name.slice(0, 10));
const isPart = (name: string) => name.includes('.');

/** A page ends where the next one begins, and with its month; more of one day stands in parts of that day alone. */
function endsAtOrAfter(name: string, next: string | undefined, from: CalendarDate): boolean {
  if (monthOf(name) < monthOf(from)) return false;
  return !next || monthOf(next) > monthOf(name) || firstDayOf(next) >= from;
}

/** Entries by the page in which each stands from now on: where it stood, as long as its day belongs there. */
function placeEntries(
  names: readonly string[],
  loaded: LoadedPages,
  entries: readonly Entry[],
): ReadonlyMap<string, readonly Entry[]> {
  const pages = [...names];
  const stood = new Map<string, string>();
  for (const [name, { value }] of loaded.docs)
    for (const { id } of value.entries) stood.set(id, name);
  return Map.groupBy(entries, (entry) => {
    const day = entryDay(entry);
    const before = stood.get(entry.id);
    if (before && canHold(before, pages[countWhile(pages, (it) => it <= before)], day)) {
      return before;
    }
    const place = pageOf(pages, day);
    if (place) return place;
    const name = pages.some((page) => monthOf(page) === monthOf(day)) ? day : monthOf(day);
    pages.push(name);
    pages.sort();
    return name;
  });
}

/** Whether a page may hold a day; at the day on which the next page begins, the first of it. */
function canHold(name: string, next: string | undefined, day: CalendarDate): boolean {
  if (monthOf(name) !== monthOf(day) || firstDayOf(name) > day) return false;
  return endsAtOrAfter(name, next, day) && (!isPart(name) || firstDayOf(name) === day);
}

/** The last page of the month that begins on that day or before; a part takes its own day alone. */
function pageOf(pages: readonly string[], day: CalendarDate): string | undefined {
  const name = pages[countWhile(pages, (page) => firstDayOf(page) <= day) - 1];
  if (!name || monthOf(name) !== monthOf(day)) return undefined;
  return isPart(name) && firstDayOf(name) !== day ? undefined : name;
}

/** How many of a sorted list, from its start, are so; by halves, for a long history has many pages. */
function countWhile(names: readonly string[], isSo: (name: string) => boolean): number {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isSo(names[middle] ?? '')) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The page itself, or, where it has grown too large, several: split between days, and inside a day where it must be. */
function splitPage(
  name: string,
  entries: readonly Entry[],
  used: Set<string>,
): ReadonlyMap<string, readonly Entry[]> {
  const sizes = entries.map((entry) => Buffer.byteLength(JSON.stringify(entry)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= pageBytes) return new Map([[name, entries]]);
  const pieces = new Map<string, Entry[]>();
  let piece: Entry[] = [];
  let bytes = 0;
  pieces.set(name, piece);
  const begin = (day: CalendarDate) => {
    piece = [];
    bytes = 0;
    pieces.set(freeName(day, used), piece);
  };
  for (const [day, ofDay] of Map.groupBy(entries.keys(), (at) => entryDay(entries[at] as Entry))) {
    const dayBytes = ofDay.reduce((sum, at) => sum + (sizes[at] ?? 0), 0);
    // After a day in parts, and where this one does not fit, a page of its own begins.
    const last = piece.at(-1);
    const isCut = last !== undefined && (bytes + dayBytes > fillBytes || isPartOf(pieces));
    if (isCut) begin(day);
    for (const at of ofDay) {
      const size = sizes[at] ?? 0;
      if (bytes + size > fillBytes && piece.length > 0) begin(day);
      piece.push(entries[at] as Entry);
      bytes += size;
    }
  }
  return pieces;
}

const isPartOf = (pieces: ReadonlyMap<string, unknown>) => isPart([...pieces.keys()].at(-1) ?? '');

function freeName(day: CalendarDate, used: Set<string>): string {
  let name = day;
  for (let part = 1; used.has(name); part++) name = `${day}.${String(part).padStart(3, '0')}`;
  used.add(name);
  return name;
}
