import type { Entry, EntryStatus, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, daysBetween } from '../../shared/calendar-date.ts';
import { dayTold, entryDay } from './entry-day.ts';
import { fingerprint } from './fingerprints.ts';

/** An observed entry, and the kept one that it was found to be. */
export interface Sight {
  readonly entry: ObservedEntry;
  readonly print: string;
  kept?: Entry;
}

/** Observed entries and kept ones on the way to each other, one to one. */
export interface Pairs {
  readonly kept: readonly Entry[];
  readonly sights: readonly Sight[];
  readonly isFile: boolean;
  /** First day that was asked for. */
  readonly from: CalendarDate;
  readonly today: CalendarDate;
  readonly taken: Set<Entry>;
  /** Kept entries that fitted a sight no better and no worse than another reading. */
  readonly doubts: Map<Sight, Set<Entry>>;
}

/** What a fetch or a file showed, and what is kept of these days. */
export interface Window extends Pick<Pairs, 'kept' | 'isFile' | 'from' | 'today'> {
  /** Of a file the booked entries alone. */
  readonly observed: readonly ObservedEntry[];
}

export function startPairs({ kept, observed, isFile, from, today }: Window): Pairs {
  const sights = observed.map((entry) => ({ entry, print: fingerprint(entry) }));
  // Of two that fit equally, one that has a row comes first.
  const isUndone = ({ undone }: Entry) => undone === true;
  const ordered = kept.some(isUndone)
    ? [...kept.filter((entry) => !isUndone(entry)), ...kept.filter(isUndone)]
    : kept;
  return { kept: ordered, sights, isFile, from, today, taken: new Set(), doubts: new Map() };
}

export function join({ taken }: Pairs, kept: Entry, sight: Sight): void {
  sight.kept = kept;
  taken.add(kept);
}

/** Takes a pair apart. */
export function leave({ taken }: Pairs, sight: Sight): void {
  if (sight.kept) taken.delete(sight.kept);
  delete sight.kept;
}

export function openSights({ sights }: Pairs, status?: EntryStatus): readonly Sight[] {
  return sights.filter(({ kept, entry }) => !kept && (!status || entry.status === status));
}

/** Observed entries that were added as new although a kept one was left that fitted. */
export function countUnclear({ doubts, taken }: Pairs): number {
  const unclear = [...doubts].filter(
    ([sight, kept]) => !sight.kept && [...kept].some((entry) => !taken.has(entry)),
  );
  return unclear.length;
}

/** The day under which an entry is kept, or would be. */
export function dayOf(entry: ObservedEntry | Entry, { today }: Pairs): CalendarDate {
  return 'firstSeen' in entry ? entryDay(entry) : (dayTold(entry) ?? today);
}

/** Whether the window shows a kept entry, if it still is as it was. */
export function isAskedFor(entry: Entry, { from }: Pairs): boolean {
  return entryDay(entry) >= from || (entry.status === 'pending' && !dayTold(entry));
}

/** Whether the bank has not shown an entry. Those that an older version kept have no sources: they are the bank's. */
export const isOfFilesAlone = ({ sources = ['bank'] }: Entry) => !sources.includes('bank');

/** Whether a file told an entry; one that was undone may have been a file's. */
export const isOfFile = (entry: Entry) =>
  isOfFilesAlone(entry) || entry.sources?.some((source) => source !== 'bank') === true;

/** Pairs by equal keys, in order; of several equals the last stay over. No key: no such evidence. */
export function pairEqual(
  pairs: Pairs,
  kept: readonly Entry[],
  keysOf: (entry: Entry) => readonly string[],
  sights: readonly Sight[],
  keyOf: (sight: Sight) => string,
): void {
  const { taken } = pairs;
  const waiting = new Map<string, Entry[]>();
  for (const entry of kept) {
    if (taken.has(entry)) continue;
    for (const key of keysOf(entry)) {
      const equal = waiting.get(key);
      if (equal) equal.push(entry);
      else waiting.set(key, [entry]);
    }
  }
  for (const sight of sights) {
    const equal = sight.kept ? undefined : waiting.get(keyOf(sight));
    let next = equal?.shift();
    while (next && taken.has(next)) next = equal?.shift();
    if (next) join(pairs, next, sight);
  }
}

export interface Nearness {
  /** How many days may lie between the two. */
  readonly daysMax: number;
  readonly days: 'own' | 'told';
  /** Only entries of equal keys are compared. */
  readonly keyOf: (entry: ObservedEntry) => string;
  /** The higher the better; 0: not the same. */
  readonly likeness: (kept: Entry, seen: ObservedEntry) => number;
}

/** Pairs one to one what is near in time, the nearest first, and of equal days the likest. */
export function pairNear(
  pairs: Pairs,
  kept: readonly Entry[],
  sights: readonly Sight[],
  nearness: Nearness,
): void {
  const { daysMax, likeness } = nearness;
  const near = nearOnes(pairs, kept, nearness);
  for (let distance = 0; near && distance <= daysMax; distance++) {
    for (const sight of sights) {
      if (sight.kept) continue;
      const best = likest(near(sight.entry, distance), (entry) => likeness(entry, sight.entry));
      if (best) join(pairs, best, sight);
    }
  }
}

/** Tells the open kept entries that lie so many days from an observed one; null where there are none at all. */
function nearOnes(
  { taken, isFile, today }: Pairs,
  kept: readonly Entry[],
  { days, keyOf }: Nearness,
): ((seen: ObservedEntry, distance: number) => readonly Entry[]) | null {
  const byDay = new Map<string, Entry[]>();
  for (const entry of kept) {
    if (taken.has(entry)) continue;
    for (const day of daysOf(entry, entry.firstSeen, days)) {
      const key = `${day} ${keyOf(entry)}`;
      const equal = byDay.get(key);
      if (equal) equal.push(entry);
      else byDay.set(key, [entry]);
    }
  }
  if (byDay.size === 0) return null;
  // Files go by the day of the payment more often than banks do: the bank's day is the later one.
  const sides = isFile ? [1, -1] : [-1, 1];
  const places = new Map<
    ObservedEntry,
    { readonly days: readonly number[]; readonly key: string }
  >();
  return (seen, distance) => {
    const place = places.get(seen) ?? { days: daysOf(seen, today, days), key: keyOf(seen) };
    places.set(seen, place);
    const steps = distance === 0 ? [0] : sides.map((side) => side * distance);
    return steps.flatMap((step) =>
      place.days
        .flatMap((day) => byDay.get(`${day + step} ${place.key}`) ?? [])
        .filter((entry) => !taken.has(entry)),
    );
  };
}

function likest(found: readonly Entry[], likeness: (entry: Entry) => number): Entry | undefined {
  let best: Entry | undefined;
  let most = 0;
  for (const entry of found) {
    const value = likeness(entry);
    if (value > most) [best, most] = [entry, value];
  }
  return best;
}

/** Days as numbers: the entry's own, or each that it tells; `instead` where it tells none. */
function daysOf(
  entry: ObservedEntry,
  instead: CalendarDate,
  days: Nearness['days'],
): readonly number[] {
  const { bookingDate, valueDate } = entry;
  const own = dayTold(entry) ?? instead;
  const all = days === 'told' && bookingDate && valueDate ? [bookingDate, valueDate] : [own];
  return [...new Set(all)].map((day) => daysBetween('2000-01-01', day));
}
