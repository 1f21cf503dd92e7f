import { filePartBytes } from '../../shared/file-limits.ts';
import type { NewFile } from './chosen-files.ts';
import { unreadable } from './describe-file.ts';
import type { Answered, Server } from './server.ts';
import type { FileEffect } from './state.ts';

/** What the state cannot hold: the files themselves, and as they are sent, by id. */
const files = new Map<string, File>();
const packed = new Map<string, Blob>();

/** Keeps files that the user has chosen. */
export function keepFiles(chosen: Iterable<File>): NewFile[] {
  return [...chosen].map((file) => {
    const id = newId();
    files.set(id, file);
    return { id, name: file.name, bytes: file.size };
  });
}

export function forgetFile(id: string): void {
  files.delete(id);
  packed.delete(id);
}

/** What is done in the browser itself, and what carries bytes. */
export async function performFileEffect(
  asked: FileEffect,
  server: Server,
): Promise<Answered<{ readonly parts: number } | null>> {
  const { fileId } = asked.args;
  try {
    if (asked.call === 'packFile') {
      const blob = await packFile(fileId);
      packed.set(fileId, blob);
      return { ok: true, value: { parts: Math.max(1, Math.ceil(blob.size / filePartBytes)) } };
    }
    const { part, parts } = asked.args;
    const content = await readPart(fileId, part);
    const answer = await server.callCloud('putFile', { ...asked.args, content });
    if (answer.ok && part + 1 === parts) packed.delete(fileId);
    return answer;
  } catch {
    // What the browser throws names no more than that: the file was moved, changed, or is a folder.
    return { ok: false, failure: unreadable };
  }
}

/** A tenth of most statements; where the browser cannot pack, the file as it is. */
async function packFile(id: string): Promise<Blob> {
  const file = kept(files, id);
  if (typeof CompressionStream === 'undefined') return file;
  const stream = file.stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}

function readPart(id: string, part: number): Promise<string> {
  const from = part * filePartBytes;
  const bytes = kept(packed, id).slice(from, from + filePartBytes);
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*?,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(bytes);
  });
}

function kept<T>(of: ReadonlyMap<string, T>, id: string): T {
  const found = of.get(id);
  if (found === undefined) throw new Error('the file is no longer kept');
  return found;
}

/** Its own only: crypto.randomUUID is not to be had in every frame. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
