import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFunctions } from 'firebase-admin/functions';
import { createCloudTasks } from '../../../cloud/adapters/cloud-tasks.ts';
import * as functions from '../../../cloud/functions/index.ts';
import type { Task } from '../../../cloud/ports/tasks.ts';

/** Cloud Tasks as far as it takes tasks: what came, and the status it answers with. */
const came: { path: string; data: unknown; name: unknown }[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { task } = JSON.parse(Buffer.concat(chunks).toString());
  const body = JSON.parse(Buffer.from(task.httpRequest.body, 'base64').toString());
  came.push({ path: request.url ?? '', data: body.data, name: task.name });
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
});

const app = initializeApp({ projectId: 'demo-bookfeed' }, 'tasks');
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  // Without it Google's client asks the network whether this machine is in its cloud.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  process.env['CLOUD_TASKS_EMULATOR_HOST'] = `127.0.0.1:${address.port}`;
});
afterAll(async () => {
  delete process.env['CLOUD_TASKS_EMULATOR_HOST'];
  await deleteApp(app);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const sync: Task = { kind: 'sync', connectionId: 'c1', cause: 'manual' };
const deliver: Task = { kind: 'deliver', bookId: 'b1' };

test('hands each task to its function, every time anew', async () => {
  const tasks = createCloudTasks({ functions: getFunctions(app) });
  for (const task of [sync, deliver, deliver]) await tasks.enqueue(task);
  const queue = (name: string) =>
    `/projects/demo-bookfeed/locations/europe-west1/queues/${name}/tasks`;
  expect(came.splice(0)).toEqual([
    { path: queue('syncConnection'), data: { connectionId: 'c1', cause: 'manual' } },
    { path: queue('deliverBook'), data: { bookId: 'b1' } },
    { path: queue('deliverBook'), data: { bookId: 'b1' } },
  ]);
});

test('hands a sync to where there is room for a browser, where the bank is read in one', async () => {
  const asked: string[] = [];
  const tasks = createCloudTasks({
    functions: getFunctions(app),
    wayInOf: async (id) => {
      asked.push(id);
      return ({ c1: 'psd2', c2: 'login' } as const)[id];
    },
  });
  for (const connectionId of ['c1', 'c2', 'gone']) await tasks.enqueue({ ...sync, connectionId });
  await tasks.enqueue(deliver);
  const names = came.splice(0).map(({ path }) => path.split('/').at(-2));
  expect(names).toEqual(['syncConnection', 'syncByLogin', 'syncConnection', 'deliverBook']);
  expect(asked).toEqual(['c1', 'c2', 'gone']);
});

test('names functions that are there, in the region where they are', async () => {
  const wayInOf = async (id: string) => (id === 'c2' ? 'login' : 'psd2');
  const tasks = createCloudTasks({ functions: getFunctions(app), wayInOf });
  const byLogin = { ...sync, connectionId: 'c2' };
  for (const task of [sync, byLogin, deliver]) await tasks.enqueue(task);
  for (const { path } of came.splice(0)) {
    const [, region = '', name = ''] = /locations\/(.+)\/queues\/(.+)\/tasks/.exec(path) ?? [];
    const made = Object.entries(functions).find(([exported]) => exported === name)?.[1];
    expect(made).toHaveProperty('__endpoint.taskQueueTrigger');
    expect(made).toHaveProperty('__endpoint.region', [region]);
  }
});

test('fails when Cloud Tasks does not take a task, so that nobody believes it will run', async () => {
  const tasks = createCloudTasks({ functions: getFunctions(app) });
  status = 403;
  await expect(tasks.enqueue(deliver)).rejects.toMatchObject({ code: expect.any(String) });
  status = 200;
  came.splice(0);
});
