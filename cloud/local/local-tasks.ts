import type { Task, Tasks } from '../ports/tasks.ts';

/** How often a task that failed is tried, and how long between. */
const attemptMax = 20;
const retryMs = 500;

/**
 * Tasks inside this process: those of one connection or book run one after another, a task that waits already is not
 * queued twice. Nothing is kept on disk: what a killed process left undone is found again by its due time and outbox.
 */
export function createLocalTasks(onDefect: (task: Task, error: unknown) => void) {
  const waiting = new Map<string, Task>();
  const running = new Map<string, Promise<void>>();
  let run: ((task: Task) => Promise<void>) | undefined;
  let isOpen = true;

  async function attempt(doTask: (task: Task) => Promise<void>, task: Task): Promise<void> {
    for (let number = 1; isOpen; number++) {
      try {
        return await doTask(task);
      } catch (error) {
        if (number === attemptMax) return onDefect(task, error);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  /** Runs what waits under a key until nothing does. */
  async function drain(key: string, doTask: (task: Task) => Promise<void>): Promise<void> {
    for (let task = waiting.get(key); task; task = waiting.get(key)) {
      waiting.delete(key);
      await attempt(doTask, task);
    }
    running.delete(key);
  }

  function launch(key: string): void {
    if (run && !running.has(key)) running.set(key, drain(key, run));
  }

  const tasks: Tasks = {
    enqueue: async (task) => {
      if (!isOpen) return;
      const key = task.kind === 'sync' ? `sync ${task.connectionId}` : `deliver ${task.bookId}`;
      waiting.set(key, task);
      launch(key);
    },
  };
  return {
    tasks,
    /** Says what a task does; before that, tasks wait. */
    start(doTask: (task: Task) => Promise<void>): void {
      run = doTask;
      for (const key of waiting.keys()) launch(key);
    },
    /** Resolves once nothing runs and nothing waits. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
    /** Lets running tasks end and drops those that wait. */
    async close(): Promise<void> {
      isOpen = false;
      waiting.clear();
      await Promise.all(running.values());
    },
  };
}
