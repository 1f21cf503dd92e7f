import { zoneOffsetMs } from './range-values.ts';

/** Utilities.formatDate(date, zone, pattern) with the parts of a day and of its time. */
export function formatDate(date: { getTime(): number }, timeZone: string, pattern: string): string {
  const epochMs = date.getTime();
  const wall = new Date(epochMs + zoneOffsetMs(epochMs, timeZone)).toISOString();
  const parts: Readonly<Record<string, string>> = {
    yyyy: wall.slice(0, 4),
    MM: wall.slice(5, 7),
    dd: wall.slice(8, 10),
    HH: wall.slice(11, 13),
    mm: wall.slice(14, 16),
    ss: wall.slice(17, 19),
    SSS: wall.slice(20, 23),
  };
  return pattern.replace(/'([^']*)'|[A-Za-z]+/g, (symbol, quoted: string | undefined) => {
    const part = quoted ?? parts[symbol];
    if (part === undefined) throw new Error(`${symbol} of ${pattern} is not in the stand-in.`);
    return part;
  });
}
