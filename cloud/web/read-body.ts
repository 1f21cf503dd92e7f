/** Forms and calls have a few hundred bytes. */
const bodyMaxBytes = 100_000;

/** The whole text of a request's body; undefined where it is longer than that. */
export async function readBody(
  request: Request,
  maxBytes = bodyMaxBytes,
): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
