import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import { dayTold } from './entry-day.ts';
import { type EntryWords, likeness, type WordsOf } from './entry-words.ts';
import { wordingOf } from './fingerprints.ts';
import { join, type Pairs, type Sight } from './pairs.ts';

/** Entries that nothing tells apart but their days: one is as good as the other. */
export interface Alike<T> {
  readonly first: ObservedEntry;
  readonly words: EntryWords;
  readonly members: readonly T[];
}

/** Kept entries and sights that may be the same; the higher the rank the likelier. */
export interface Candidates {
  readonly kept: Alike<Entry>;
  readonly seen: Alike<Sight>;
  readonly rank: number;
}

export type Fits = (kept: Entry, seen: ObservedEntry) => boolean;

/** Groups entries by the words that tell them from others; those that have none by all that they tell. */
export function groupAlike<T>(
  members: readonly T[],
  entryOf: (member: T) => ObservedEntry,
  wordsOf: WordsOf,
  keyOf: (entry: ObservedEntry) => string,
): ReadonlyMap<string, readonly Alike<T>[]> {
  const groups = new Map<string, Alike<T> & { readonly members: T[] }>();
  const byKey = new Map<string, Alike<T>[]>();
  for (const member of members) {
    const first = entryOf(member);
    const words = wordsOf(first);
    const told = words.all.size > 0 ? [...words.all].sort().join(' ') : `: ${wordingOf(first)}`;
    const key = keyOf(first);
    const group = groups.get(`${key} ${told}`);
    if (group) {
      group.members.push(member);
      continue;
    }
    const made = { first, words, members: [member] };
    groups.set(`${key} ${told}`, made);
    byKey.set(key, [...(byKey.get(key) ?? []), made]);
  }
  return byKey;
}

/** Candidates of equal keys, with their likeness as rank. */
export function candidatesOf(
  pairs: Pairs,
  kept: readonly Entry[],
  sights: readonly Sight[],
  wordsOf: WordsOf,
  keyOf: (entry: ObservedEntry) => string,
  fits: Fits,
): readonly Candidates[] {
  const openSights = sights.filter((sight) => !sight.kept);
  const keys = new Set(openSights.map(({ entry }) => keyOf(entry)));
  const openKept = kept.filter((entry) => !pairs.taken.has(entry) && keys.has(keyOf(entry)));
  const keptByKey = groupAlike(openKept, (entry) => entry, wordsOf, keyOf);
  if (keptByKey.size === 0) return [];
  const likely = openSights.filter(({ entry }) => keptByKey.has(keyOf(entry)));
  const seenByKey = groupAlike(likely, ({ entry }) => entry, wordsOf, keyOf);
  return [...seenByKey].flatMap(([key, groups]) =>
    (keptByKey.get(key) ?? []).flatMap((of) =>
      groups
        .filter((seen) => doesFit(of, seen, fits))
        .map((seen) => ({ kept: of, seen, rank: likeness(wordsOf, of.first, seen.first) })),
    ),
  );
}

/** The same candidates, as if their words said nothing. */
export const equalRank = (candidates: readonly Candidates[]) =>
  candidates.map((one) => ({ ...one, rank: 0 }));

/** Whether any of the one fits any of the other. */
export function doesFit(kept: Alike<Entry>, seen: Alike<Sight>, fits: Fits): boolean {
  return seen.members.some(({ entry }) => kept.members.some((other) => fits(other, entry)));
}

/**
 * Pairs the likeliest first. Where one side has several candidates of equal rank that can be told apart, nothing is
 * paired and the doubt is noted, unless there are enough alike on the other side for all of them. With `guesses` the
 * first is taken instead.
 */
export function pairBest(
  pairs: Pairs,
  candidates: readonly Candidates[],
  fits: Fits,
  {
    guesses = false,
    isWanted = () => true,
  }: {
    readonly guesses?: boolean;
    /** Those that are not only compete with the others. */
    readonly isWanted?: (candidates: Candidates) => boolean;
  } = {},
): void {
  const held = new Set<Alike<unknown>>();
  for (const [, ofRank] of [...Map.groupBy(candidates, ({ rank }) => rank)].sort(byRank)) {
    const open = ofRank.filter(({ kept, seen }) => {
      const isHeld = held.has(kept) || held.has(seen);
      return !isHeld && openKept(pairs, kept).length > 0 && openSeen(seen).length > 0;
    });
    const isClear = clearness(pairs, open);
    const clear = new Set(open.filter(isClear));
    for (const one of clear) if (isWanted(one)) joinMembers(pairs, one, fits);
    for (const one of open) {
      if (clear.has(one)) continue;
      if (guesses) joinMembers(pairs, one, fits);
      else {
        held.add(one.kept).add(one.seen);
        noteDoubts(pairs, one, fits);
      }
    }
  }
}

const byRank = ([a]: readonly [number, unknown], [b]: readonly [number, unknown]) => b - a;

/** Tells whether each side of candidates has no other, or has one for each of the other side's. */
function clearness(pairs: Pairs, open: readonly Candidates[]) {
  const ofKept = Map.groupBy(open, ({ kept }) => kept);
  const ofSeen = Map.groupBy(open, ({ seen }) => seen);
  return ({ kept, seen }: Candidates) => {
    const seenOfKept = ofKept.get(kept) ?? [];
    const keptOfSeen = ofSeen.get(seen) ?? [];
    const seenCount = seenOfKept.reduce((sum, one) => sum + openSeen(one.seen).length, 0);
    const keptCount = keptOfSeen.reduce((sum, one) => sum + openKept(pairs, one.kept).length, 0);
    return (
      (seenOfKept.length === 1 || openKept(pairs, kept).length >= seenCount) &&
      (keptOfSeen.length === 1 || openSeen(seen).length >= keptCount)
    );
  };
}

/** One to one: the one of the same text or value date, else the oldest. */
function joinMembers(pairs: Pairs, { kept, seen }: Candidates, fits: Fits): void {
  const left = openKept(pairs, kept);
  for (const sight of openSeen(seen)) {
    const { text, valueDate } = sight.entry;
    const find = (isLike: (other: Entry) => boolean) =>
      left.findIndex((other) => isLike(other) && fits(other, sight.entry));
    let at = find((other) => other.text === text);
    if (at < 0) at = find((other) => dayTold(other) === valueDate);
    if (at < 0) at = find(() => true);
    for (const partner of at < 0 ? [] : left.splice(at, 1)) join(pairs, partner, sight);
  }
}

function noteDoubts({ doubts, taken }: Pairs, { kept, seen }: Candidates, fits: Fits): void {
  for (const sight of openSeen(seen)) {
    const fitting = kept.members.filter((other) => !taken.has(other) && fits(other, sight.entry));
    doubts.set(sight, new Set([...(doubts.get(sight) ?? []), ...fitting]));
  }
}

const openKept = ({ taken }: Pairs, { members }: Alike<Entry>) =>
  members.filter((entry) => !taken.has(entry));
const openSeen = ({ members }: Alike<Sight>) => members.filter(({ kept }) => !kept);
