import type { ObservedEntry } from '../../../shared/bank.ts';
import { dayOfEntry } from './accounts.ts';

/**
 * Entries of one account from several files, oldest first. Files overlap: an entry that stands N times in one file and M
 * times in another is there as often as in the file that has most of it, never N + M times.
 */
export function joinEntries(files: readonly (readonly ObservedEntry[])[]): ObservedEntry[] {
  const joined = new Map<string, ObservedEntry[]>();
  for (const entries of files) {
    const inFile = new Map<string, ObservedEntry[]>();
    for (const entry of oldestFirst(entries)) {
      const key = sameness(entry);
      inFile.set(key, [...(inFile.get(key) ?? []), entry]);
    }
    for (const [key, found] of inFile) {
      if (found.length > (joined.get(key)?.length ?? 0)) joined.set(key, found);
    }
  }
  const kept = new Set([...joined.values()].flat());
  return files
    .flatMap((entries) => oldestFirst(entries).filter((entry) => kept.has(entry)))
    .sort((a, b) => dayOfEntry(a).localeCompare(dayOfEntry(b)));
}

/** Some banks list the newest first; within a day only the list's own order tells. */
function oldestFirst(entries: readonly ObservedEntry[]): readonly ObservedEntry[] {
  const [first, last] = [entries[0], entries.at(-1)];
  const isNewestFirst = first && last && dayOfEntry(first) > dayOfEntry(last);
  return isNewestFirst ? entries.toReversed() : entries;
}

/** What two files have in common of one entry. */
function sameness(entry: ObservedEntry): string {
  const { reference, status, bookingDate, valueDate, amount, counterparty, text } = entry;
  return JSON.stringify([
    reference,
    status,
    bookingDate,
    valueDate,
    amount.minor,
    counterparty,
    text,
  ]);
}
