import { addMs, type Instant } from '../../shared/calendar-date.ts';
import type { Failure } from '../../shared/failures.ts';
import { type Doc, write } from '../ports/store.ts';
import { type ProgressDoc, progresses } from './documents.ts';
import { type FileDoc, type FileOrder, files } from './file-documents.ts';
import { fileMs } from './keep-file.ts';
import { leaseMs } from './sync-schedule.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** Workers that may begin an import: one that is the end of each of them is given up. */
const triesMax = 3;
/** A task that got lost is found by the schedule after that. */
export const lostMs = 60_000;

/** Thrown in a worker that no longer has the file: another one has it, or it is done. */
export class FileTaken extends Error {
  override readonly name = 'FileTaken';
}

/** A file while a worker takes it in. */
export interface HeldFile {
  current(): Doc<FileDoc>;
  readonly order: FileOrder;
  /** No other worker tries it after this one. */
  readonly isLastTry: boolean;
  /** Reads it anew after a conflict. @throws FileTaken */
  readAgain(): Promise<void>;
  /** Tells whoever watches how far it is. */
  report(progress: { readonly done: number; readonly total: number }): Promise<void>;
  /** Gives it back: to the next worker or, with what went wrong, to its user. @throws FileTaken */
  release(failure?: Failure): Promise<void>;
}

/** Null where there is nothing to do, or another worker is at it; a dead worker's lease ends by itself. */
export async function holdFile(world: World, fileKey: string): Promise<HeldFile | null> {
  const { store, clock, ids } = world;
  const holder = ids.next('');
  const taken = await untilCommitted(async () => {
    const now = clock.now();
    const found = await store.get(files, fileKey);
    const { order, lease, state } = found?.value ?? {};
    if (!found || !order || state !== 'importing' || (lease && lease.until > now)) return null;
    const isSpent = order.tries >= triesMax;
    const tried = { ...order, tries: order.tries + 1 };
    const value = isSpent
      ? failedWith({ code: 'internal' }, found.value, now)
      : leased({ ...found.value, order: tried }, now);
    const doc = await keep(value, found.version);
    return isSpent ? null : { doc, order: tried };
  });
  if (!taken) return null;
  const { order } = taken;
  let { doc } = taken;

  async function keep(value: FileDoc, expected: string): Promise<Doc<FileDoc>> {
    const [version = ''] = await store.commit([
      write(files, fileKey, value, { version: expected }),
    ]);
    return { key: fileKey, version, value };
  }

  /** Longer than a worker lives. */
  function leased(file: FileDoc, now: Instant): FileDoc {
    const until = addMs(now, leaseMs);
    return { ...file, lease: { holder, until }, dueAt: until, expiresAt: addMs(until, fileMs) };
  }

  async function readAgain(): Promise<void> {
    const again = await store.get(files, fileKey);
    if (again?.value.lease?.holder !== holder) throw new FileTaken();
    doc = again;
  }

  return {
    current: () => doc,
    order,
    isLastTry: order.tries >= triesMax,
    readAgain,
    report: async (told) => {
      const progress: ProgressDoc = { step: 'entries', ...told, at: clock.now() };
      await store.commit([write(progresses, fileKey, progress, 'any')]);
    },
    release: (failure) =>
      untilCommitted(async () => {
        await readAgain();
        const now = clock.now();
        const { lease: _, ...free } = doc.value;
        const after = failure
          ? failedWith(failure, doc.value, now)
          : { ...free, dueAt: addMs(now, lostMs) };
        await keep(after, doc.version);
      }),
  };
}

function failedWith(failure: Failure, file: FileDoc, now: Instant): FileDoc {
  const { lease: _, dueAt: __, ...rest } = file;
  return { ...rest, state: 'failed', failure, expiresAt: addMs(now, fileMs) };
}

/** The file once it is in the book. */
export function doneWith(newRows: number, file: FileDoc, now: Instant): FileDoc {
  const { lease: _, dueAt: __, ...rest } = file;
  return { ...rest, state: 'done', newRows, expiresAt: addMs(now, fileMs) };
}
