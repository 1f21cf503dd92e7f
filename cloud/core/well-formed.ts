import type { ObservedEntry } from '../../shared/bank.ts';

/** Most characters of an entry's text and of its counterparty; a cell takes 50,000, ISO 20022 has 140 for a name. */
const textMax = 50_000;
const counterpartyMax = 1_000;

/** The entry as it can be stored and shown, whatever a bank or a file writes into it; itself where nothing is amiss. */
export function admitEntry(entry: ObservedEntry): ObservedEntry {
  const isLong = entry.text.length > textMax || entry.counterparty.length > counterpartyMax;
  const text = entry.text.slice(0, textMax);
  const counterparty = entry.counterparty.slice(0, counterpartyMax);
  return wellFormed(isLong ? { ...entry, text, counterparty } : entry);
}

/**
 * The value with every half of a surrogate pair in its texts replaced: a bank that cuts a text inside an emoji would
 * otherwise make a document that no store takes, and its account could never be synced. The value itself where it has
 * none, as nearly all have.
 */
export function wellFormed<T>(value: T): T {
  return isWellFormed(value) ? value : (mended(value) as T);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  for (const name in value) if (!isWellFormed(value[name as keyof typeof value])) return false;
  return true;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(mended);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mended(inner)]));
}
