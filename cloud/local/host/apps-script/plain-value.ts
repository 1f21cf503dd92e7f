/** Deeper than this is a loop. */
const depthMax = 50;

/**
 * A copy of what google.script.run may carry: null, booleans, numbers, text, and arrays and objects of these. Nothing
 * returned is null, as in Apps Script; a property without a value is left out.
 * @throws Error that names the place of what it may not carry, a Date above all.
 */
export function toPlainValue(value: unknown): unknown {
  return copy(value ?? null, 'the value', 0);
}

function copy(value: unknown, place: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth > depthMax) throw new Error(`google.script.run carries no loops: ${place}.`);
  if (Array.isArray(value)) {
    return value.map((item, index) => copy(item ?? null, `${place}[${index}]`, depth + 1));
  }
  // By its tag: an object of the script's own world is no instance of our Object, Date or Map.
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') throw new Error(`google.script.run carries no ${tag}: ${place}.`);
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, copy(item, `${place}.${key}`, depth + 1)]),
  );
}
