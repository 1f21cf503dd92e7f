import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, daysBetween } from '../../shared/calendar-date.ts';
import { entryDay } from './entry-day.ts';
import { evidenceOf } from './fingerprints.ts';
import { matchEntries } from './match-entries.ts';
import { countUnclear, isAskedFor, isOfFilesAlone, type Sight } from './pairs.ts';

/** What one complete fetch of the bank, or one file, changed in what is kept. */
export interface MergeResult {
  /** All entries kept, in order of day; the new ones after those of their day. */
  readonly entries: readonly Entry[];
  readonly added: readonly Entry[];
  /** Entries of which anything is no longer the same, if only what they were seen under. */
  readonly changed: readonly { readonly before: Entry; readonly after: Entry }[];
  /** Pending entries that the bank no longer shows, as they were; they stay among `changed`, undone. */
  readonly removed: readonly Entry[];
  /** Observed entries that were added as new although kept ones fitted, none of them better than another. */
  readonly unclear: number;
}

/** How many references and fingerprints are kept of an entry: some banks give a new reference in each answer. */
const seenAsMax = 12;
/** And how many sources: a file that is imported every month. */
const sourcesMax = 12;
/** A pending entry that went is known for so long, should the bank book it yet. */
const goneDaysMax = 30;

/**
 * Merges all that one complete fetch of the bank or one file showed into what is kept, as multisets: N equal entries seen
 * are N kept. `from` is the first day that was asked for, of a file its first; `source` is `bank` or the run of the file.
 * A file removes nothing, and what it tells of an entry that the bank has shown changes nothing but what is known of it.
 */
export function mergeEntries(input: {
  /** All entries of the loaded pages, undone ones as well. */
  readonly kept: readonly Entry[];
  readonly observed: readonly ObservedEntry[];
  readonly from: CalendarDate;
  readonly today: CalendarDate;
  readonly source: string;
  readonly runId: string;
  readonly nextId: () => string;
}): MergeResult {
  const { kept, from, today, source, runId, nextId } = input;
  const isFile = source !== 'bank';
  const observed = isFile
    ? input.observed.filter(({ status }) => status === 'booked')
    : input.observed;
  const pairs = matchEntries({ kept, observed, isFile, from, today });
  const added: Entry[] = [];
  const again = new Map<Entry, Entry>();
  for (const sight of pairs.sights) {
    if (sight.kept) again.set(sight.kept, seenAgain(sight.kept, sight, source, runId));
    else added.push(newEntry(sight, today, source, runId, nextId()));
  }
  const isGone = (entry: Entry) =>
    !isFile && entry.status === 'pending' && !pairs.taken.has(entry) && isAskedFor(entry, pairs);
  const stays: Entry[] = [];
  const changed: { before: Entry; after: Entry }[] = [];
  const removed: Entry[] = [];
  for (const before of kept) {
    if (!pairs.taken.has(before) && isForgotten(before, today)) continue;
    const isRemoved = !before.undone && isGone(before);
    if (isRemoved) removed.push(before);
    // Kept a while without a row: a bank may book it days after it took it from the pending ones.
    const after = isRemoved ? { ...before, undone: true as const } : (again.get(before) ?? before);
    if (after !== before) changed.push({ before, after });
    stays.push(after);
  }
  const entries = sortByDay([...stays, ...added]);
  return { entries, added, changed, removed, unclear: countUnclear(pairs) };
}

function newEntry(
  { entry, print }: Sight,
  today: CalendarDate,
  source: string,
  runId: string,
  id: string,
): Entry {
  const seenAs = evidenceOf(entry, print);
  return { ...entry, id, seenAs, firstSeen: today, addedBy: runId, sources: [source] };
}

/** The kept entry as it is after this sight; itself where the sight tells nothing new. */
function seenAgain(before: Entry, sight: Sight, source: string, runId: string): Entry {
  // An older version kept entries without these two, all of them the bank's.
  const { addedBy = '', sources = ['bank'] } = before;
  const now = evidenceOf(sight.entry, sight.print);
  const facts = factsAfter(before, sight.entry, source);
  const isKnown = now.every((evidence) => before.seenAs.includes(evidence));
  if (isKnown && sources.includes(source) && !before.undone && isSame(before, facts)) return before;
  const earlier = before.seenAs.filter((evidence) => !now.includes(evidence));
  return {
    ...facts,
    id: before.id,
    seenAs: [...earlier, ...now].slice(-seenAsMax),
    firstSeen: before.firstSeen,
    addedBy: before.undone ? runId : addedBy,
    sources: sources.includes(source) ? sources : withSource(sources, source),
  };
}

/** Of too many the oldest file is let go, never the bank. */
function withSource(sources: readonly string[], source: string): readonly string[] {
  const oldest = sources.length < sourcesMax ? undefined : sources.find((it) => it !== 'bank');
  return [...sources.filter((it) => it !== oldest), source];
}

/** Whether an entry without a row is old enough to be let go. */
function isForgotten(entry: Entry, today: CalendarDate): boolean {
  if (entry.status !== 'pending' || !entry.undone) return false;
  return daysBetween(entryDay(entry), today) > goneDaysMax;
}

/** Whose facts count: the bank's before a file's, booked before pending, the first file's before a later one's. */
function factsAfter(before: Entry, seen: ObservedEntry, source: string): ObservedEntry {
  const isBooked = before.status === 'booked';
  if (source === 'bank') {
    if (isBooked && seen.status === 'pending' && !before.undone) return factsOf(before);
    return filledFrom(seen, before);
  }
  // A later file that tells the same entry of the same reference has the newer word.
  const isAmended = isOfFilesAlone(before) && seen.reference && seen.reference === before.reference;
  return isBooked && !isAmended ? filledFrom(factsOf(before), seen) : seen;
}

/** Fills in what one teller of the same booked entry left out, where both go by the same day. */
function filledFrom(facts: ObservedEntry, other: ObservedEntry): ObservedEntry {
  const isSameEntry =
    facts.status === other.status &&
    facts.bookingDate !== undefined &&
    facts.bookingDate === other.bookingDate &&
    facts.amount.minor === other.amount.minor;
  if (!isSameEntry) return facts;
  const { valueDate, balanceAfter } = other;
  return {
    ...facts,
    ...(valueDate && !facts.valueDate && { valueDate }),
    ...(balanceAfter && !facts.balanceAfter && { balanceAfter }),
  };
}

/** Every fact of an entry; the compiler misses one that is left out. */
const factNames = Object.keys({
  reference: true,
  status: true,
  bookingDate: true,
  valueDate: true,
  amount: true,
  counterparty: true,
  counterpartyAccount: true,
  text: true,
  balanceAfter: true,
  original: true,
} satisfies Record<keyof ObservedEntry, true>) as readonly (keyof ObservedEntry)[];

function factsOf(entry: Entry): ObservedEntry {
  const { id: _, seenAs, firstSeen, addedBy, sources, undone, ...facts } = entry;
  return facts;
}

/** A store may give fields back in another order. */
function isSame(a: ObservedEntry, b: ObservedEntry): boolean {
  return factNames.every((name) => {
    const [one, other] = [a[name], b[name]];
    if (typeof one !== 'object' || typeof other !== 'object') return one === other;
    return one.minor === other.minor && one.currency === other.currency;
  });
}

function sortByDay(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => {
    const [one, other] = [entryDay(a), entryDay(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}
