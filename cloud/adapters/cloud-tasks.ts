import type { Functions } from 'firebase-admin/functions';
import type { WayIn } from '../../shared/bank.ts';
import type { Task, Tasks } from '../ports/tasks.ts';

export interface CloudTasksOptions {
  readonly functions: Pick<Functions, 'taskQueue'>;
  /** Where the task functions are deployed. */
  readonly region?: string;
  /** How a connection reaches its bank; absent where none is read in a browser, for which syncByLogin has the room. */
  readonly wayInOf?: (connectionId: string) => Promise<WayIn | undefined>;
}

/**
 * Tasks as Cloud Tasks of the task functions, each queue with its own retries and limits (functions/index.ts).
 *
 * None has an id of its own, by which Cloud Tasks could drop a second one: an id stays taken for about an hour after
 * its task ran, and a task that is under way may have read the outbox already, so a batch committed just then would lie
 * there until the schedule finds it. A task too many costs little instead: deliveries of a book are kept apart by its
 * lease, the first takes all batches that wait, the next finds none and leaves the sheet alone.
 */
export function createCloudTasks({
  functions,
  region = 'europe-west1',
  wayInOf,
}: CloudTasksOptions): Tasks {
  const queueOf = (name: string) => functions.taskQueue(`locations/${region}/functions/${name}`);

  async function functionOf(task: Task): Promise<string> {
    if (task.kind !== 'sync' || !wayInOf) return functionNames[task.kind];
    const wayIn = await wayInOf(task.connectionId);
    return wayIn === 'login' ? 'syncByLogin' : functionNames.sync;
  }

  return {
    async enqueue(task) {
      const { kind: _, ...data } = task;
      // Undefined fields are left out by JSON.
      await queueOf(await functionOf(task)).enqueue(data);
    },
  };
}

const functionNames = {
  sync: 'syncConnection',
  deliver: 'deliverBook',
  import: 'importFile',
  mail: 'sendMail',
} as const satisfies Record<Task['kind'], string>;
