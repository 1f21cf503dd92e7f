import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileParts, files } from '../../../cloud/core/file-documents.ts';
import { dropFile, findFile, putFile } from '../../../cloud/core/keep-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import type { World } from '../../../cloud/core/world.ts';
import { fileBytesMax, filePartBytes, openFilesMax } from '../../../shared/file-limits.ts';
import { csvOf, erika, nothingChosen, placeOf, send } from './taking-files.ts';
import { bookId, connectGiro, createTestWorld } from './world.ts';

const hourMs = 3_600_000;
const csv = csvOf('2026-02-01,Kiosk,ZEITUNG,-3.20\n2026-02-02,Kiosk,ZEITUNG,-3.20');

async function bookWithFiles() {
  const it = createTestWorld();
  await connectGiro(it.world);
  return it;
}

function look(world: World, fileId: string, caller = erika) {
  return previewFile(world, caller, { fileId, choices: nothingChosen });
}

/** Sends the parts named, of pieces of so many bytes. */
async function sendParts(world: World, bytes: Uint8Array, size: number, order: readonly number[]) {
  const parts = Math.ceil(bytes.length / size);
  for (const at of order) {
    const part = at % parts;
    const content = Buffer.from(bytes.subarray(part * size, (part + 1) * size)).toString('base64');
    await putFile(world, erika, { fileId: 'f1', name: 'a.csv', part, parts, content });
  }
  return parts;
}

/** Documents of files that are kept, heads and parts. */
async function kept({ store }: World): Promise<number> {
  let count = 0;
  for (let place = 0; place < openFilesMax; place++) {
    const key = placeOf(place);
    if (await store.get(files, key)) count += 1;
    const keys = Array.from({ length: 35 }, (_, part) => `${key}~${part}`);
    count += (await store.getMany(fileParts, keys)).length;
  }
  return count;
}

describe('a file that is sent', () => {
  test('is whole once all its parts have come, in whatever order and however often', async () => {
    const order = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(order, fc.boolean(), async (numbers, isPacked) => {
        const { world } = await bookWithFiles();
        const bytes = isPacked ? gzipSync(csv) : Buffer.from(csv);
        const size = Math.ceil(bytes.length / 4);
        const parts = await sendParts(world, bytes, size, numbers);
        const isWhole = new Set(numbers.map((at) => at % parts)).size === parts;
        const seen = look(world, 'f1');
        if (!isWhole) await expect(seen).rejects.toThrow('A part of the file has not come');
        else expect(await seen).toMatchObject({ format: 'CSV', accounts: [{ entries: 2 }] });
      }),
      { numRuns: 25 },
    );
  });

  test('comes in as many parts as it was to', async () => {
    const { world } = await bookWithFiles();
    const part = { fileId: 'f1', name: 'a.csv', part: 0, content: 'YQ==' };
    await putFile(world, erika, { ...part, parts: 2 });
    await expect(putFile(world, erika, { ...part, parts: 3 })).rejects.toThrow('another number');
  });

  test("is nobody else's, nor another book's", async () => {
    const { world } = await bookWithFiles();
    const fileId = await send(world, csv);
    for (const other of [
      { bookId, userId: 'jonas' },
      { bookId: 'book-of-jonas', userId: 'erika' },
    ]) {
      await expect(look(world, fileId, other)).rejects.toThrow('not-found');
      await dropFile(world, other, fileId);
      await putFile(world, other, { fileId, name: 'x', part: 0, parts: 1, content: 'YQ==' });
    }
    expect(await look(world, fileId)).toMatchObject({ accounts: [{ entries: 2 }] });
    expect((await overviewOf(world, bookId, 'erika')).imports).toEqual([]);
  });

  test('is refused with the limit where it is larger, packed or not', async () => {
    const { world } = await bookWithFiles();
    const packed = await send(world, gzipSync(Buffer.alloc(5 * fileBytesMax, 'a')));
    await expect(look(world, packed)).rejects.toThrow('larger than 20 MB');
    const plain = Buffer.alloc(fileBytesMax + 1, 'a');
    const parts = Math.ceil(plain.length / filePartBytes);
    await sendParts(world, plain, filePartBytes, [...Array(parts).keys()]);
    await expect(look(world, 'f1')).rejects.toThrow('larger than 20 MB');
    const cut = await send(world, gzipSync(csv).subarray(0, 40));
    await expect(look(world, cut)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('is one of a few, until it is dropped or an hour is over', async () => {
    const { world, pass } = await bookWithFiles();
    const ids = [];
    for (let at = 0; at < openFilesMax; at++) ids.push(await send(world, csv));
    await expect(send(world, csv)).rejects.toThrow(`Only ${openFilesMax} files`);
    await dropFile(world, erika, ids[3] ?? '');
    await dropFile(world, erika, 'never-sent');
    const again = await send(world, csv);
    await expect(findFile(world, erika, ids[3] ?? '')).rejects.toThrow('not-found');
    expect(await look(world, again)).toMatchObject({ accounts: [{ entries: 2 }] });
    pass(hourMs);
    await expect(look(world, again)).rejects.toThrow('not-found');
    expect(await look(world, await send(world, csv))).toMatchObject({ accounts: [{ entries: 2 }] });
    await scheduleSyncs(world);
    expect(await kept(world)).toBe(2);
    pass(hourMs);
    await scheduleSyncs(world);
    expect(await kept(world)).toBe(0);
  });
});
