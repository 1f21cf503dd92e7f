import type { Task, Tasks } from '../ports/tasks.ts';

/** How often a task that failed is tried, and how long between. */
const attemptMax = 20;
const retryMs = 500;

/**
 * Tasks inside this process: those of one connection or book run one after another, a task that waits already for the
 * same reason is not queued twice, and one with its user there takes its place. Nothing is kept on disk: what a killed process left undone is found again by its due time and outbox.
 */
export function createLocalTasks(onDefect: (task: Task, error: unknown) => void) {
  const waiting = new Map<string, readonly Task[]>();
  const running = new Map<string, Promise<void>>();
  let run: DoTask | undefined;
  let isOpen = true;

  async function attempt(doTask: DoTask, task: Task): Promise<void> {
    for (let number = 1; isOpen; number++) {
      try {
        return await doTask(task);
      } catch (error) {
        if (number === attemptMax) return onDefect(task, error);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  /** Runs what waits in a lane until nothing does. */
  async function drain(lane: string, doTask: DoTask): Promise<void> {
    for (;;) {
      const [task, ...others] = waiting.get(lane) ?? [];
      if (!task) break;
      waiting.set(lane, others);
      await attempt(doTask, task);
    }
    waiting.delete(lane);
    running.delete(lane);
  }

  function launch(lane: string): void {
    if (run && !running.has(lane)) running.set(lane, drain(lane, run));
  }

  const tasks: Tasks = {
    enqueue: async (task) => {
      if (!isOpen) return;
      const lane = laneOf(task);
      waiting.set(lane, addTask(waiting.get(lane) ?? [], task));
      launch(lane);
    },
  };
  return {
    tasks,
    /** Says what a task does; before that, tasks wait. */
    start(doTask: DoTask): void {
      run = doTask;
      for (const lane of waiting.keys()) launch(lane);
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

export type DoTask = (task: Task) => Promise<void>;

/** Tasks of one lane never run at the same time. */
function laneOf(task: Task): string {
  if (task.kind === 'sync') return `sync ${task.connectionId}`;
  if (task.kind === 'import') return `import ${task.fileKey}`;
  return task.kind === 'deliver' ? `deliver ${task.bookId}` : `mail ${task.mailId}`;
}

/** Those that wait in a lane, with one more that is not there yet; a user who is there counts for the one that waits. */
export function addTask(waiting: readonly Task[], task: Task): readonly Task[] {
  const isSame = (it: Task) =>
    it.kind === task.kind &&
    (it.kind !== 'sync' || task.kind !== 'sync' || it.cause === task.cause);
  const same = waiting.find(isSame);
  if (!same) return [...waiting, task];
  const isBetter = task.kind === 'sync' && task.user !== undefined;
  return isBetter ? waiting.map((it) => (it === same ? task : it)) : waiting;
}
