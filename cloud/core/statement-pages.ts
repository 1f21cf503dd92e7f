import type { Entry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Doc, Store, Write } from '../ports/store.ts';
import { write } from '../ports/store.ts';
import { pageKey, type StatementPageDoc, statementPages } from './documents.ts';
import { entryDay, type MergeResult } from './merge-entries.ts';

/** The pages of some months of one account, as they were read. */
export interface LoadedPages {
  readonly docs: ReadonlyMap<string, Doc<StatementPageDoc>>;
  readonly entries: readonly Entry[];
}

/** Reads the pages from the month of `from` on, of those months that the account has; one call to the store. */
export async function loadPages(
  store: Store,
  bookId: string,
  account: { readonly key: string; readonly months: readonly string[] },
  from: CalendarDate,
): Promise<LoadedPages> {
  const months = account.months.filter((month) => month >= from.slice(0, 7));
  if (months.length === 0) return { docs: new Map(), entries: [] };
  const keys = months.map((month) => pageKey(bookId, account.key, month));
  const found = await store.getMany(statementPages, keys);
  const docs = new Map(found.map((doc) => [doc.value.month, doc]));
  return { docs, entries: found.flatMap((doc) => doc.value.entries) };
}

/** The writes of what a merge changed: the touched pages alone, with the versions that were read. */
export function planPages(
  bookId: string,
  accountKey: string,
  loaded: LoadedPages,
  merged: MergeResult,
): { readonly writes: readonly Write[]; readonly newMonths: readonly string[] } {
  const byMonth = Map.groupBy(merged.entries, monthOf);
  const changes = merged.changed.flatMap(({ before, after }) => [before, after]);
  const touched = new Set([...merged.added, ...changes, ...merged.removed].map(monthOf));
  const writes = [...touched].sort().map((month) => {
    const before = loaded.docs.get(month);
    const value = { month, entries: byMonth.get(month) ?? [] };
    const expect = before ? { version: before.version } : 'absent';
    return write(statementPages, pageKey(bookId, accountKey, month), value, expect);
  });
  return { writes, newMonths: [...touched].filter((month) => !loaded.docs.has(month)) };
}

const monthOf = (entry: Entry) => entryDay(entry).slice(0, 7);
