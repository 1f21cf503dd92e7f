/** A file has entries of a few hundred days. */
const dayMax = 10_000;

/** Reads days, each text once. */
export function rememberDays<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const day = read(text);
    if (known.size < dayMax) known.set(text, day);
    return day;
  };
}
