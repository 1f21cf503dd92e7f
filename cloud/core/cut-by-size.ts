/** Cuts a list into pieces of at most so many items and bytes of JSON; one item that is larger stands alone. */
export function cutBySize<T>(
  items: readonly T[],
  limit: { readonly items: number; readonly bytes: number },
): readonly (readonly T[])[] {
  const pieces: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    const last = pieces.at(-1);
    if (last && last.length < limit.items && bytes + size <= limit.bytes) {
      last.push(item);
      bytes += size;
    } else {
      pieces.push([item]);
      bytes = size;
    }
  }
  return pieces;
}
