/**
 * The same value with every half of a surrogate pair in its texts replaced: a bank that cuts a text inside an emoji
 * would otherwise make a document that no store takes, and its account could never be synced.
 */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, wellFormed(inner)]),
  ) as T;
}
