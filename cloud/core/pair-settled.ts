import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, daysBetween } from '../../shared/calendar-date.ts';
import { dayTold, entryDay } from './entry-day.ts';
import { sharesName, type WordsOf } from './entry-words.ts';
import { moneyOf } from './fingerprints.ts';
import {
  type Alike,
  type Candidates,
  candidatesOf,
  doesFit,
  equalRank,
  type Fits,
  groupAlike,
  pairBest,
} from './pair-best.ts';
import { isAskedFor, openSights, type Pairs, type Sight } from './pairs.ts';

/** How many days after a pending entry it is booked, as a rule, and before: some are dated on the next business day. */
const settleDays = { min: -1, max: 10 };
/** Rental cars and hotels stay pending for weeks; then the words have to tell. */
const lateSettleDaysMax = 30;
/** Booked by pending amount: a fuel hold that was not used up, and a meal with a tip. */
const nearAmount = { min: 0.3, max: 1.5 };

/** Pairs pending entries with booked ones of the same amount and the same or like words; the near ones first. */
export function settleByWords(pairs: Pairs, rest: readonly Entry[], wordsOf: WordsOf): void {
  for (const daysMax of [settleDays.max, lateSettleDaysMax]) {
    const fits: Fits = (entry, seen) => isSettling(entry, seen, daysMax);
    const candidates = equalAmounts(pairs, rest, wordsOf, fits);
    pairBest(
      pairs,
      candidates.filter(({ rank }) => rank > 0),
      fits,
    );
  }
}

/**
 * Pairs the pending entries that this fetch should show and does not with booked ones by their amounts. Where one of the
 * two tells no word, an equal amount is enough; then a near one in like words; then an equal one in other words. One that
 * went before, or was undone, has to be told by words.
 */
export function settleByAmount(pairs: Pairs, rest: readonly Entry[], wordsOf: WordsOf): void {
  const fits: Fits = (entry, seen) => isSettling(entry, seen, settleDays.max);
  const gone: Fits = (entry, seen) =>
    fits(entry, seen) && isAskedFor(entry, pairs) && !entry.undone;
  const isSilent = ({ kept, seen }: Candidates) =>
    kept.words.all.size === 0 || seen.words.all.size === 0;
  const equal = equalRank(equalAmounts(pairs, rest, wordsOf, gone));
  pairBest(pairs, equal, gone, { isWanted: isSilent });
  pairBest(pairs, nearAmounts(pairs, rest, wordsOf, fits), fits);
  pairBest(pairs, equal, gone);
}

function equalAmounts(
  pairs: Pairs,
  rest: readonly Entry[],
  wordsOf: WordsOf,
  fits: Fits,
): readonly Candidates[] {
  const booked = openSights(pairs, 'booked');
  return candidatesOf(pairs, rest.filter(isPending), booked, wordsOf, moneyOf, fits);
}

/** Candidates in like words. */
function nearAmounts(
  pairs: Pairs,
  rest: readonly Entry[],
  wordsOf: WordsOf,
  fits: Fits,
): readonly Candidates[] {
  const pending = rest.filter((entry) => isPending(entry) && !pairs.taken.has(entry));
  const booked = openSights(pairs, 'booked');
  const byWord = new Map<string, Alike<Entry>[]>();
  for (const kept of [...groupAlike(pending, (entry) => entry, wordsOf, moneyOf).values()].flat()) {
    for (const word of kept.words.all) byWord.set(word, [...(byWord.get(word) ?? []), kept]);
  }
  if (byWord.size === 0) return [];
  const groups = [...groupAlike(booked, ({ entry }) => entry, wordsOf, moneyOf).values()].flat();
  return groups.flatMap((seen) => {
    const alike = new Set([...seen.words.all].flatMap((word) => byWord.get(word) ?? []));
    return [...alike]
      .filter((kept) => isNearAmount(kept, seen) && sharesName(kept.words, seen.words))
      .filter((kept) => doesFit(kept, seen, fits))
      .map((kept) => ({ kept, seen, rank: 0 }));
  });
}

const isPending = ({ status }: Entry) => status === 'pending';

function isNearAmount({ first: kept }: Alike<Entry>, { first: seen }: Alike<Sight>): boolean {
  if (kept.amount.currency !== seen.amount.currency || kept.amount.minor === 0) return false;
  const ratio = seen.amount.minor / kept.amount.minor;
  return ratio >= nearAmount.min && ratio <= nearAmount.max;
}

/** Whether the days let a pending entry become the booked one; a day in the future is one that it was dated forward to. */
function isSettling(pending: Entry, booked: ObservedEntry, daysMax: number): boolean {
  const day = dayTold(booked);
  if (!day) return true;
  const own = entryDay(pending);
  const earliest = earlier(own, pending.firstSeen);
  return daysBetween(earliest, day) >= settleDays.min && daysBetween(own, day) <= daysMax;
}

const earlier = (a: CalendarDate, b: CalendarDate) => (a < b ? a : b);
