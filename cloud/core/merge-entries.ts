import { createHash } from 'node:crypto';
import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, daysBetween } from '../../shared/calendar-date.ts';

/** What a fetch of a whole window changed in what is kept. */
export interface MergeResult {
  /** All entries kept of the months that were given, in order of day. */
  readonly entries: readonly Entry[];
  readonly added: readonly Entry[];
  /** Entries whose facts are no longer the same, as they were and as they are. */
  readonly changed: readonly { readonly before: Entry; readonly after: Entry }[];
  /** Pending entries that the bank no longer shows. */
  readonly removed: readonly Entry[];
}

/** How many days may lie between a pending entry and the booked one that it becomes. */
const settleDays = 10;

/**
 * Merges all entries that one complete fetch showed into those kept, as multisets: N equal entries seen are N kept.
 * One to one, best evidence first: the bank's reference together with amount or counterparty (a re-used reference with
 * another of both is another entry), then equal facts, then a pending entry that became booked with its amount.
 * `from` is the first day of the fetch: pending entries since then that it does not show are gone.
 */
export function mergeEntries(input: {
  readonly kept: readonly Entry[];
  readonly observed: readonly ObservedEntry[];
  readonly from: CalendarDate;
  readonly today: CalendarDate;
  readonly nextId: () => string;
}): MergeResult {
  const { kept, observed, from, today, nextId } = input;
  const pairs = assign(kept, observed);
  const taken = new Set(pairs.values());
  const changed: { before: Entry; after: Entry }[] = [];
  const added: Entry[] = [];
  const seen = observed.map((entry) => {
    const before = pairs.get(entry);
    const ids = seenAs(entry);
    if (!before) {
      const after = { ...entry, id: nextId(), seenAs: ids, firstSeen: today };
      added.push(after);
      return after;
    }
    const after = {
      ...entry,
      id: before.id,
      seenAs: [...new Set([...before.seenAs, ...ids])],
      firstSeen: before.firstSeen,
    };
    if (factsOf(before) !== factsOf(after)) changed.push({ before, after });
    return after;
  });
  const unseen = kept.filter((entry) => !taken.has(entry));
  const isGone = (entry: Entry) => entry.status === 'pending' && entryDay(entry) >= from;
  const entries = [...unseen.filter((entry) => !isGone(entry)), ...seen];
  return { entries: sortByDay(entries), added, changed, removed: unseen.filter(isGone) };
}

/** The day under which an entry is kept and shown: booked, else valued, else first seen. */
export function entryDay(entry: Entry): CalendarDate {
  return entry.bookingDate ?? entry.valueDate ?? entry.firstSeen;
}

type Evidence = (entry: ObservedEntry) => string | null;

/** In order of strength; null: this entry gives no such evidence. */
const evidences: readonly Evidence[] = [
  (entry) => byReference(entry, `${money(entry)}|${entry.status}`),
  (entry) => byReference(entry, money(entry)),
  (entry) => byReference(entry, plain(entry.counterparty)),
  (entry) => `${fingerprint(entry)}|${entry.status}`,
];

const byReference = ({ reference }: ObservedEntry, together: string) =>
  reference ? `${reference}|${together}` : null;

function assign(
  kept: readonly Entry[],
  observed: readonly ObservedEntry[],
): ReadonlyMap<ObservedEntry, Entry> {
  const pairs = new Map<ObservedEntry, Entry>();
  let keptLeft = kept;
  let observedLeft = observed;
  const leave = () => {
    const used = new Set(pairs.values());
    keptLeft = keptLeft.filter((entry) => !used.has(entry));
    observedLeft = observedLeft.filter((entry) => !pairs.has(entry));
  };
  for (const evidence of evidences) {
    pairEqual(keptLeft, observedLeft, evidence, pairs);
    leave();
  }
  pairSettled(keptLeft, observedLeft, pairs);
  return pairs;
}

/** Pairs entries of equal evidence one to one, in order; the last of several equals stay over. */
function pairEqual(
  kept: readonly Entry[],
  observed: readonly ObservedEntry[],
  evidence: Evidence,
  pairs: Map<ObservedEntry, Entry>,
): void {
  const waiting = Map.groupBy(kept, (entry) => evidence(entry) ?? '');
  waiting.delete('');
  for (const entry of observed) {
    const key = evidence(entry);
    const partner = key === null ? undefined : waiting.get(key)?.shift();
    if (partner) pairs.set(entry, partner);
  }
}

/** Pairs a booked entry with the pending one of the same amount before it: same counterparty or text first. */
function pairSettled(
  kept: readonly Entry[],
  observed: readonly ObservedEntry[],
  pairs: Map<ObservedEntry, Entry>,
): void {
  const pending = new Set(kept.filter((entry) => entry.status === 'pending'));
  const booked = observed.filter((entry) => entry.status === 'booked');
  const sameWords = (a: ObservedEntry, b: Entry) =>
    plain(a.counterparty) === plain(b.counterparty) && plain(a.text) === plain(b.text);
  for (const told of [sameWords, shareWord]) {
    for (const entry of booked) {
      if (pairs.has(entry)) continue;
      const candidates = [...pending].filter(
        (other) => money(other) === money(entry) && settles(other, entry) && told(entry, other),
      );
      const [only] = candidates;
      // Two candidates that share a word are equally good: better two rows than a wrong one.
      if (!only || (told === shareWord && candidates.length > 1)) continue;
      pairs.set(entry, only);
      pending.delete(only);
    }
  }
}

/** Whether counterparty and text of both have a word of four letters or more in common. */
function shareWord(a: ObservedEntry, b: Entry): boolean {
  const words = new Set(wordsOf(a));
  return wordsOf(b).some((word) => words.has(word));
}

function wordsOf({ counterparty, text }: ObservedEntry): readonly string[] {
  return plain(`${counterparty} ${text}`).match(/\p{L}{4,}/gu) ?? [];
}

function settles(pending: Entry, booked: ObservedEntry): boolean {
  const day = booked.bookingDate ?? booked.valueDate;
  if (!day) return true;
  const days = daysBetween(entryDay(pending), day);
  return days >= -1 && days <= settleDays;
}

/** What an entry was seen under. */
function seenAs(entry: ObservedEntry): readonly string[] {
  const print = `fp1:${fingerprint(entry)}`;
  return entry.reference ? [`ref:${entry.reference}`, print] : [print];
}

/** Version 1: a hash of days, amount, counterparty and text with blanks made one. */
function fingerprint(entry: ObservedEntry): string {
  const facts = [
    entry.bookingDate,
    entry.valueDate,
    money(entry),
    plain(entry.counterparty),
    plain(entry.text),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22);
}

/** All that was observed, in one order of fields: a store may give them back in another. */
function factsOf({ seenAs: _, ...facts }: Entry): string {
  return JSON.stringify(facts, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const money = ({ amount }: ObservedEntry) => `${amount.minor} ${amount.currency}`;
const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

function sortByDay(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) =>
    entryDay(a) < entryDay(b) ? -1 : entryDay(a) > entryDay(b) ? 1 : 0,
  );
}
