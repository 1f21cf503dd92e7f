import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileParts, files } from '../../../cloud/core/file-documents.ts';
import { requestImport } from '../../../cloud/core/import-file.ts';
import { dropFile, findFile, putFile } from '../../../cloud/core/keep-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import type { World } from '../../../cloud/core/world.ts';
import { write } from '../../../cloud/ports/store.ts';
import { fileBytesMax, filePartBytes, openFilesMax } from '../../../shared/file-limits.ts';
import { choose, csvOf, erika, nothingChosen, placeOf, send, workOnFiles } from './taking-files.ts';
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

  test('stays as it is once it is on its way, and leaves nothing but what became of it', async () => {
    const { world } = await bookWithFiles();
    const fileId = await send(world, csv);
    const { choices } = await choose(world, fileId, { accountKey: 'k-giro' });
    const order = { fileId, choices };
    await requestImport(world, erika, order);
    const late = { fileId, name: 'a.csv', part: 0, parts: 1, content: 'YQ==' };
    await putFile(world, erika, late);
    await dropFile(world, erika, fileId);
    await requestImport(world, erika, order);
    await workOnFiles(world);
    const told = (await overviewOf(world, bookId, 'erika')).imports;
    expect(told).toMatchObject([{ fileId, state: 'done', newRows: 2 }]);
    await putFile(world, erika, late);
    await requestImport(world, erika, order);
    expect((await overviewOf(world, bookId, 'erika')).imports).toEqual(told);
    expect(await kept(world)).toBe(1);
  });

  test('of which a part is of another file is not whole', async () => {
    const { world } = await bookWithFiles();
    const fileId = await send(world, csv);
    const part = { fileId: 'before', content: 'YQ==' };
    await world.store.commit([write(fileParts, `${placeOf(0)}~0`, part, 'any')]);
    await expect(look(world, fileId)).rejects.toThrow('A part of the file has not come');
  });

  test('gives its place up once it has failed, or was told of for an hour', async () => {
    const { world, pass, queue } = await bookWithFiles();
    for (let at = 0; at < openFilesMax; at++) {
      const fileId = await send(world, '%PDF-1.7 scan');
      await requestImport(world, erika, { fileId, choices: nothingChosen });
    }
    await workOnFiles(world);
    const { imports } = await overviewOf(world, bookId, 'erika');
    expect(imports.map(({ state }) => state)).toEqual(Array(openFilesMax).fill('failed'));
    expect(imports[0]?.failure).toMatchObject({ code: 'file-unreadable' });
    expect(queue).toHaveLength(openFilesMax);
    await send(world, csv);
    pass(hourMs);
    expect((await overviewOf(world, bookId, 'erika')).imports).toEqual([]);
  });

  test('is one of a few, until it is dropped or an hour is over', async () => {
    const { world, pass } = await bookWithFiles();
    const ids = [];
    await sendParts(world, Buffer.from(csv), 50, [0, 1, 2]);
    for (let at = 1; at < openFilesMax; at++) ids.push(await send(world, csv));
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
