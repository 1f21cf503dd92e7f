import type { Entry, EntryStatus, ObservedEntry } from '../../shared/bank.ts';
import { daysBetween } from '../../shared/calendar-date.ts';
import { dayTold, entryDay } from './entry-day.ts';
import { likeness, type WordsOf } from './entry-words.ts';
import { moneyOf, wordingOf } from './fingerprints.ts';
import { candidatesOf, equalRank, pairBest } from './pair-best.ts';
import {
  dayOf,
  isAskedFor,
  isOfFile,
  isOfFilesAlone,
  join,
  leave,
  type Nearness,
  openSights,
  type Pairs,
  pairNear,
  type Sight,
} from './pairs.ts';

/** How far a bank moves the day of an entry that it tells otherwise unchanged. */
const movedDaysMax = 5;
/** How far the day of a file may lie from that of the bank. */
const fileDaysMax = 3;
/** How many days a bank may still show as pending what a file already told as booked. */
const lateDaysMax = 10;

/**
 * Pairs entries that the bank now tells with another day or another text, in the same status: those that the window must
 * show and that it does not show as they were. On its first day a bank may cut by another of its dates.
 */
export function pairMoved(
  pairs: Pairs,
  rest: readonly Entry[],
  status: EntryStatus,
  wordsOf: WordsOf,
): void {
  const kept = rest.filter(
    (entry) =>
      entry.status === status &&
      (status === 'booked' ? entryDay(entry) > pairs.from && !isOfFilesAlone(entry) : true) &&
      isAskedFor(entry, pairs),
  );
  const sights = openSights(pairs, status);
  const keyOf = (entry: ObservedEntry) => `${moneyOf(entry)} ${wordingOf(entry)}`;
  const isNear = (entry: Entry, seen: ObservedEntry) =>
    Math.abs(daysBetween(entryDay(entry), dayOf(seen, pairs))) <= movedDaysMax ? 1 : 0;
  pairNear(pairs, kept, sights, { daysMax: 0, days: 'told', keyOf, likeness: isNear });
  pairNear(pairs, kept, sights, { daysMax: movedDaysMax, days: 'own', keyOf, likeness: isNear });
  const sameDay = (entry: ObservedEntry) => `${moneyOf(entry)} ${dayTold(entry)}`;
  const candidates = candidatesOf(pairs, kept, sights, wordsOf, sameDay, () => true);
  const alike = candidates.filter(({ rank }) => rank > 0);
  pairBest(pairs, alike, () => true);
  // A booked entry does not vanish: what stands in its place is the same. A pending one may have been let go.
  if (status === 'booked') pairBest(pairs, equalRank(candidates), () => true);
}

/**
 * Pairs what files and the bank tell of the same entries, in whatever words: by money and day, in like words first. From
 * a file's side all that is kept takes part, from the bank's side what stood in a file.
 */
export function pairTold(pairs: Pairs, rest: readonly Entry[], wordsOf: WordsOf): void {
  const kept = rest.filter((entry) => isTold(entry, pairs));
  const sights = openSights(pairs, 'booked');
  // What lies before the window was not asked for and may be another entry.
  const inWindow = (entry: Entry) => isAskedFor(entry, pairs);
  const sameDay = (entry: ObservedEntry) => `${moneyOf(entry)} ${dayOf(entry, pairs)}`;
  const ofDay = candidatesOf(pairs, kept, sights, wordsOf, sameDay, inWindow);
  const likeOfDay = ofDay.filter(({ rank }) => rank > 0);
  pairBest(pairs, likeOfDay, inWindow, { guesses: true });
  const near = {
    daysMax: fileDaysMax,
    days: 'told',
    keyOf: moneyOf,
    likeness: (entry, seen) => (inWindow(entry) ? likeness(wordsOf, entry, seen) : 0),
  } as const satisfies Nearness;
  const inAnyWords = (entry: Entry) => (inWindow(entry) ? 1 : 0);
  const unlike = openSights(pairs, 'booked');
  pairNear(pairs, kept, unlike, { ...near, daysMax: 0, days: 'own', likeness: inAnyWords });
  const byDayAlone = unlike.filter((sight) => sight.kept);
  // Before the window a value date tells, as long as the bank has not shown the kept entry itself.
  const isFree = (entry: Entry) => inWindow(entry) || (!pairs.isFile && isOfFilesAlone(entry));
  const valued = (entry: Entry, seen: ObservedEntry) =>
    isFree(entry) ? likeness(wordsOf, entry, seen) : 0;
  pairNear(pairs, kept, sights, { ...near, daysMax: 0, likeness: valued });
  pairNear(pairs, kept, sights, near);
  giveWay(pairs, kept, byDayAlone, near);
}

/** Lets pairs of other words part where both sides have like ones near and one of these is left without. */
function giveWay(
  pairs: Pairs,
  kept: readonly Entry[],
  byDayAlone: readonly Sight[],
  near: Nearness,
): void {
  const paired = Map.groupBy(byDayAlone, ({ entry }) => moneyOf(entry));
  const keptOf = Map.groupBy(kept, moneyOf);
  for (const sight of openSights(pairs, 'booked')) {
    for (const other of paired.get(moneyOf(sight.entry)) ?? []) {
      const own = other.kept;
      if (!own || sight.kept) continue;
      leave(pairs, other);
      pairNear(pairs, [own], [sight], near);
      if (sight.kept) pairNear(pairs, keptOf.get(moneyOf(own)) ?? [], [other], near);
      if (other.kept) continue;
      leave(pairs, sight);
      join(pairs, own, other);
    }
  }
}

/** The same by the value date in whatever words, where one of the two tells no other date. */
export function pairByValueDate(pairs: Pairs, rest: readonly Entry[]): void {
  const kept = rest.filter((entry) => isTold(entry, pairs) && isAskedFor(entry, pairs));
  pairNear(pairs, kept, openSights(pairs, 'booked'), {
    daysMax: 0,
    days: 'told',
    keyOf: moneyOf,
    likeness: (entry, seen) => (tellsOneDay(entry) || tellsOneDay(seen) ? 1 : 0),
  });
}

const isTold = (entry: Entry, { isFile }: Pairs) =>
  entry.status === 'booked' && (isFile || isOfFile(entry));

const tellsOneDay = ({ bookingDate, valueDate }: ObservedEntry) =>
  !bookingDate || !valueDate || bookingDate === valueDate;

/** Pairs what the bank still shows as pending with what a file told as booked: booked it stays. */
export function pairLate(pairs: Pairs, rest: readonly Entry[], wordsOf: WordsOf): void {
  const kept = rest.filter(
    (entry) => entry.status === 'booked' && isOfFile(entry) && isAskedFor(entry, pairs),
  );
  const isLate = (entry: Entry, seen: ObservedEntry) =>
    daysBetween(dayOf(seen, pairs), entryDay(entry)) >= -1;
  pairNear(pairs, kept, openSights(pairs, 'pending'), {
    daysMax: lateDaysMax,
    days: 'own',
    keyOf: moneyOf,
    likeness: (entry, seen) => (isLate(entry, seen) ? likeness(wordsOf, entry, seen) : 0),
  });
}
