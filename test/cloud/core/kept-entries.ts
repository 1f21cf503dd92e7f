import { type MergeResult, mergeEntries } from '../../../cloud/core/merge-entries.ts';
import type { Entry, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { entry } from './world.ts';

interface Showing {
  readonly from?: CalendarDate;
  readonly today?: CalendarDate;
  readonly runId?: string;
}

/** What is kept of one account while fetches and files are merged into it, one after the other. */
export function createKeptEntries(first: readonly Entry[] = []) {
  let kept = first;
  let runs = 0;
  let ids = 0;
  const merge = (observed: readonly ObservedEntry[], source: string, showing: Showing) => {
    const { from = '2026-01-01', today = '2026-03-10', runId = `run${++runs}` } = showing;
    const nextId = () => `e${++ids}`;
    const result = mergeEntries({
      kept,
      observed,
      from,
      today,
      source: source || runId,
      runId,
      nextId,
    });
    kept = result.entries;
    return result;
  };
  return {
    entries: () => kept,
    /** What has a row. */
    shown: () => kept.filter(({ undone }) => !undone),
    /** What the bank shows, all of it. */
    sync: (observed: readonly ObservedEntry[], showing: Showing = {}) =>
      merge(observed, 'bank', showing),
    /** A file from its first day on. */
    importFile: (observed: readonly ObservedEntry[], showing: Showing = {}) => {
      const days = observed.flatMap(({ bookingDate }) => bookingDate ?? []);
      return merge(observed, '', { from: days.sort()[0] ?? '2026-01-01', ...showing });
    },
    /** As undoing a run does. */
    undo: (runId: string, sources: readonly string[] = []) => {
      kept = kept.map((it) => (it.addedBy === runId ? { ...it, sources, undone: true } : it));
    },
    /** What has a row, by id, as amount in euro, day and text. */
    rows: () => new Map(kept.filter((it) => !it.undone).map((it) => [it.id, rowOf(it)])),
  };
}

/** `-4.50 2026-03-01 COFFEE`, with `?` behind a pending one. */
export function rowOf(it: ObservedEntry): string {
  const amount = (it.amount.minor / 100).toFixed(2);
  const text = `${amount} ${it.bookingDate ?? it.valueDate ?? 'undated'} ${it.text}`;
  return it.status === 'pending' ? `${text} ?` : text;
}

/** A day of March 2026. */
export const march = (day: number): CalendarDate => `2026-03-${String(day).padStart(2, '0')}`;

type Facts = Parameters<typeof entry>[1];

/** A booked entry of a day in March that names nobody. */
export function booked(amount: string, day: number, text: string, facts: Facts = {}) {
  return entry(amount, { bookingDate: march(day), counterparty: '', text, ...facts });
}

export function pending(amount: string, day: number, text: string, facts: Facts = {}) {
  return booked(amount, day, text, { status: 'pending', ...facts });
}

/** How many of each a merge made; those that went are not among the changed ones. */
export function counts({ added, changed, removed, unclear }: MergeResult) {
  return {
    added: added.length,
    changed: changed.length - removed.length,
    removed: removed.length,
    unclear,
  };
}

/** Ids of the rows with these texts, in the order asked for. */
export function idsOf(entries: readonly Entry[], ...texts: readonly string[]) {
  return texts.map((text) => entries.find((it) => it.text === text && !it.undone)?.id);
}

/** Merges what is pending, then what is shown afterwards. */
export function settle(
  before: readonly ObservedEntry[],
  after: readonly ObservedEntry[],
  from: CalendarDate = march(1),
) {
  const kept = createKeptEntries();
  kept.sync(before);
  return { kept, result: kept.sync(after, { from }) };
}
