import type { Task, Tasks } from '../../cloud/ports/tasks.ts';
import { Crashed, type Life } from './faults.ts';

export type TaskQueue = ReturnType<typeof createTaskQueue>;

/** Tasks that wait until the runner takes them; one that waits already is not queued twice. */
export function createTaskQueue() {
  const waiting = new Map<string, Task>();
  const add = (task: Task) => waiting.set(JSON.stringify({ ...task, user: undefined }), task);
  return {
    add,
    /** The port, as a world has it while it lives. */
    tasks: (life: Life): Tasks => ({
      enqueue: async (task) => {
        if (life.isOver) throw new Crashed();
        add(task);
      },
    }),
    /** Takes all tasks of a kind. */
    take<K extends Task['kind']>(kind: K): readonly Extract<Task, { kind: K }>[] {
      const taken = [...waiting].filter(([, task]) => task.kind === kind);
      for (const [key] of taken) waiting.delete(key);
      return taken.map(([, task]) => task as Extract<Task, { kind: K }>);
    },
  };
}
