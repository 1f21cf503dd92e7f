import { gunzipSync } from 'node:zlib';
import { fileBytesMax } from '../../shared/file-limits.ts';
import { StatementUnreadable } from './statement.ts';

/** The bytes, unpacked where they came as gzip. @throws StatementUnreadable where they are more than is read, or damaged */
export function unpackGzip(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: fileBytesMax });
  } catch (error) {
    const isTooLarge = (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new StatementUnreadable(
      isTooLarge ? 'too-large' : 'damaged',
      isTooLarge
        ? 'The file is larger than 20 MB. Download a shorter period from the bank.'
        : 'The file did not arrive whole. Choose it again.',
      undefined,
      { cause: error },
    );
  }
}
