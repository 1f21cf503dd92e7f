/**
 * The value with every half of a surrogate pair in its texts replaced: a bank that cuts a text inside an emoji would
 * otherwise make a document that no store takes, and its account could never be synced. The value itself where it has
 * none, as nearly all have.
 */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const mended = value.map(wellFormed);
    return (mended.every((item, at) => item === value[at]) ? value : mended) as T;
  }
  const mended = Object.entries(value).map(([name, inner]) => [name, wellFormed(inner)] as const);
  const isSame = mended.every(([name, inner]) => inner === value[name as keyof T & object]);
  return isSame ? value : (Object.fromEntries(mended) as T);
}
