const poolSize = 4096;

/**
 * Gives back the same string for most equal ones: a file has a hundred thousand entries of a few hundred partners. What
 * is asked for last stays; nothing grows.
 */
export function createTextPool(): (text: string) => string {
  const pool = new Array<string | undefined>(poolSize);
  return (text) => {
    const { length } = text;
    const middle = text.charCodeAt(length >> 1) * 7 + text.charCodeAt(length >> 2) * 89;
    const ends = text.charCodeAt(length - (length >> 2)) * 31 + text.charCodeAt(length - 1) * 401;
    const place = (length * 13 + middle + ends) & (poolSize - 1);
    const known = pool[place];
    if (known === text) return known;
    pool[place] = text;
    return text;
  };
}
