import type { ApiArgs } from '../../shared/api.ts';
import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { openFilesMax } from '../../shared/file-limits.ts';
import { type Doc, type Store, StoreConflict, type Write, write } from '../ports/store.ts';
import { progresses } from './documents.ts';
import {
  type FileDoc,
  filePartKey,
  fileParts,
  filePlaceKey,
  files,
  ownerOf,
} from './file-documents.ts';
import { untilCommitted } from './until-committed.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** How long a file waits for its user, and what became of it is told. */
export const fileMs = 60 * 60_000;
/** Files that are dropped at once. */
const dropMax = 20;

/** Who asks, and of which book. */
export interface FileCaller {
  readonly bookId: string;
  readonly userId: string;
}

/**
 * Keeps a part of a file, in whatever order they come; the same part again changes nothing.
 * @throws FailureError `bad-request` where it is not as promised, or the caller has too many files
 */
export async function putFile(
  { store, clock }: World,
  caller: FileCaller,
  { fileId, name, part, parts, content }: ApiArgs<'putFile'>,
): Promise<void> {
  const { bookId, userId } = caller;
  if (part >= parts) throw new FailureError('bad-request', 'The file has no such part.');
  const owner = ownerOf(bookId, userId);
  await untilCommitted(async () => {
    const at = clock.now();
    const found = await filesOf(store, owner);
    const known = found.find(({ value }) => value.fileId === fileId);
    if (known && known.value.parts !== parts) {
      throw new FailureError('bad-request', 'The file was to come in another number of parts.');
    }
    // A part that comes late: the file is on its way already.
    if (known && known.value.state !== 'open') return;
    const begun: FileDoc = {
      bookId,
      owner,
      fileId,
      name: wellFormed(name),
      parts,
      at,
      expiresAt: at,
      state: 'open',
    };
    const place = known
      ? { key: known.key, writes: [], expect: { version: known.version } }
      : freePlace(bookId, owner, found, at);
    // With each part also the head: whoever drops the file meanwhile leaves no part behind.
    const head = { ...(known?.value ?? begun), expiresAt: addMs(at, fileMs) };
    const key = filePartKey(place.key, part);
    await store.commit([
      ...place.writes.filter((it) => it.key !== key),
      write(files, place.key, head, place.expect),
      write(fileParts, key, { fileId, content }, 'any'),
    ]);
  });
}

/** The caller's files, whatever became of them. */
export async function filesOf(store: Store, owner: string): Promise<readonly Doc<FileDoc>[]> {
  return store.find(files, { field: 'owner', op: '==', value: owner, limit: openFilesMax });
}

/** A place that no file has, or one whose file is no longer needed, with what clears it. @throws FailureError */
function freePlace(bookId: string, owner: string, found: readonly Doc<FileDoc>[], now: Instant) {
  for (let place = 0; place < openFilesMax; place++) {
    const key = filePlaceKey(bookId, owner, place);
    if (!found.some((it) => it.key === key)) return { key, writes: [], expect: 'absent' as const };
  }
  const isOver = ({ value: { state, expiresAt } }: Doc<FileDoc>) =>
    state === 'done' || state === 'failed' || expiresAt <= now;
  const [old] = found.filter(isOver).sort((a, b) => (a.value.at < b.value.at ? -1 : 1));
  if (!old) {
    const reason = `Only ${openFilesMax} files can wait at a time: import or drop some of them first.`;
    throw new FailureError('bad-request', reason);
  }
  return { key: old.key, writes: partDrops(old), expect: { version: old.version } };
}

/** One of the caller's files. @throws FailureError `not-found`, also for another's */
export async function findFile(
  { store, clock }: World,
  { bookId, userId }: FileCaller,
  fileId: string,
): Promise<Doc<FileDoc>> {
  const found = await filesOf(store, ownerOf(bookId, userId));
  const file = found.find(({ value }) => value.fileId === fileId);
  if (!file || file.value.expiresAt <= clock.now()) throw new FailureError('not-found', 'file');
  return file;
}

/** Forgets the caller's file; one that is being imported goes on. */
export async function dropFile(world: World, caller: FileCaller, fileId: string): Promise<void> {
  await untilCommitted(async () => {
    const found = await filesOf(world.store, ownerOf(caller.bookId, caller.userId));
    const file = found.find(({ value }) => value.fileId === fileId);
    if (file && file.value.state !== 'importing') await world.store.commit(drops(file));
  });
}

/** Drops what nobody has imported within the hour, and the traces of what was: names and texts of a bank. */
export async function dropOldFiles({ store, clock }: World): Promise<void> {
  const query = { field: 'expiresAt', op: '<=', value: clock.now(), limit: dropMax } as const;
  for (const file of await store.find(files, query)) {
    try {
      await store.commit(drops(file));
    } catch (error) {
      // Somebody has sent more of it meanwhile, or dropped it.
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
}

/** The file and all its parts. */
function drops(file: Doc<FileDoc>): readonly Write[] {
  return [...partDrops(file), write(files, file.key, null, { version: file.version })];
}

/** The parts alone, and how far it is. */
export function partDrops({ key, value }: Doc<FileDoc>): readonly Write[] {
  return [
    ...partKeys(key, value).map((part) => write(fileParts, part, null, 'any')),
    write(progresses, key, null, 'any'),
  ];
}

/** The bytes of a file as they were sent. @throws FailureError `bad-request` where a part has not come */
export async function bytesOf(store: Store, { key, value }: Doc<FileDoc>): Promise<Uint8Array> {
  const found = await store.getMany(fileParts, partKeys(key, value));
  const contents = new Map(
    found.flatMap((part) =>
      part.value.fileId === value.fileId ? [[part.key, part.value.content] as const] : [],
    ),
  );
  const pieces = partKeys(key, value).map((partKey) => {
    const content = contents.get(partKey);
    if (content === undefined) {
      throw new FailureError('bad-request', 'A part of the file has not come: send it again.');
    }
    return Buffer.from(content, 'base64');
  });
  return Buffer.concat(pieces);
}

function partKeys(key: string, { parts }: FileDoc): readonly string[] {
  return Array.from({ length: parts }, (_, part) => filePartKey(key, part));
}
