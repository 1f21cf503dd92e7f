import { expect, test } from '@jest/globals';
import { files } from '../../../cloud/core/file-documents.ts';
import { importFile, requestImport } from '../../../cloud/core/import-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { endLeases } from '../../../cloud/local/end-leases.ts';
import { faultyWorld } from '../core/faulty-world.ts';
import { choose, csvOf, erika, placeOf, send } from '../core/taking-files.ts';
import { bookId, connectGiro, createTestWorld } from '../core/world.ts';

test('an import that a killed program left goes on at the next start', async () => {
  const { world, queue } = createTestWorld();
  await connectGiro(world);
  const fileId = await send(world, csvOf('2026-02-01,Kiosk,ZEITUNG,-3.20'));
  const { choices } = await choose(world, fileId, { accountKey: 'k-giro' });
  await requestImport(world, erika, { fileId, choices });
  const { world: dying } = faultyWorld(world, 5, 'death-before');
  await expect(importFile(dying, placeOf(0))).rejects.toThrow();
  expect((await world.store.get(files, placeOf(0)))?.value.lease).toBeDefined();
  await endLeases(world.store, bookId, world.clock.now());
  queue.length = 0;
  await scheduleSyncs(world);
  for (const task of queue) if (task.kind === 'import') await importFile(world, task.fileKey);
  const { imports } = await overviewOf(world, bookId, 'erika');
  expect(imports).toMatchObject([{ state: 'done', newRows: 1 }]);
});
