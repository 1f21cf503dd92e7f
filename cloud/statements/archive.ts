import { gunzipSync } from 'node:zlib';
import { fileBytesMax } from '../../shared/file-limits.ts';
import { type FilePart, joinParts } from './file-parts.ts';
import { type Statement, StatementUnreadable } from './statement.ts';
import { readZip, type ZipFile } from './zip.ts';

/** What systems leave in archives beside their files. */
const isOfSystem = (name: string): boolean =>
  /(^|[/\\])(__MACOSX[/\\]|\.[^/\\]*$|thumbs\.db$|desktop\.ini$)/i.test(name);

/**
 * Reads each file of an archive; together they are as large as one file may be. What cannot be read of them is told as a
 * problem of the first statement.
 * @throws StatementUnreadable where none of them can be read
 * @throws StatementAsks
 */
export function readArchive(
  bytes: Uint8Array,
  read: (file: Uint8Array) => readonly Statement[],
): readonly Statement[] {
  const files = readZip(bytes, fileBytesMax).filter(({ name }) => !isOfSystem(name));
  const parts: FilePart[] = [];
  const unread: { readonly where: string; readonly message: string }[] = [];
  let first: StatementUnreadable | undefined;
  for (const [index, file] of files.entries()) {
    // A name may tell an account, and problems are no place for it.
    const where = `File ${index + 1} of ${files.length}`;
    try {
      parts.push({ where, statements: read(file.unpack()) });
    } catch (error) {
      if (!(error instanceof StatementUnreadable)) throw error;
      // The files that follow would not be read either, and what was read is not all.
      if (error.reason === 'too-large') throw error;
      first ??= error;
      unread.push({ where, message: error.message });
    }
  }
  if (parts.length > 0) return joinParts(parts, unread);
  if (first !== undefined && files.length === 1) throw first;
  throw nothingIn(files, first);
}

function nothingIn(files: readonly ZipFile[], first: StatementUnreadable | undefined) {
  if (first === undefined) {
    const message = 'The compressed file is empty. Download the statement again from the bank.';
    return new StatementUnreadable('empty', message);
  }
  const message = `None of the ${files.length} files in this archive can be read. Of the first one: ${first.message}`;
  return new StatementUnreadable(first.reason, message);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * The one file that gzip packs (RFC 1952).
 * @throws StatementUnreadable
 */
export function unpackGzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: fileBytesMax });
  } catch (cause) {
    const { code } = cause as { readonly code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new StatementUnreadable(
        'too-large',
        'The file is larger than 20 MB unpacked. Download a shorter period from the bank.',
      );
    }
    const reason = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
    const message = 'The compressed file is cut short or damaged. Download it again from the bank.';
    throw new StatementUnreadable(reason, message, undefined, { cause });
  }
}
