import type { Functions } from 'firebase-admin/functions';
import type { Task, Tasks } from '../ports/tasks.ts';

export interface CloudTasksOptions {
  readonly functions: Pick<Functions, 'taskQueue'>;
  /** Where the task functions are deployed. */
  readonly region?: string;
}

/**
 * Tasks as Cloud Tasks of the task functions, each queue with its own retries and limits (functions/index.ts).
 *
 * None has an id of its own, by which Cloud Tasks could drop a second one: an id stays taken for about an hour after
 * its task ran, and a task that is under way may have read the outbox already, so a batch committed just then would lie
 * there until the schedule finds it. A task too many costs little instead: deliveries of a book are kept apart by its
 * lease, the first takes all batches that wait, the next finds none and leaves the sheet alone.
 */
export function createCloudTasks({ functions, region = 'europe-west1' }: CloudTasksOptions): Tasks {
  const queueOf = (name: string) => functions.taskQueue(`locations/${region}/functions/${name}`);
  return {
    async enqueue(task) {
      const { name, data } = toCall(task);
      await queueOf(name).enqueue(data);
    },
  };
}

/** Undefined fields are left out by JSON. */
function toCall(task: Task): { readonly name: string; readonly data: Record<string, unknown> } {
  const { kind, ...data } = task;
  return { name: functionNames[kind], data };
}

const functionNames = {
  sync: 'syncConnection',
  deliver: 'deliverBook',
  mail: 'sendMail',
} as const satisfies Record<Task['kind'], string>;
