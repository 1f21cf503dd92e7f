import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { importFile } from '../../cloud/core/import-file.ts';
import { sendMail } from '../../cloud/core/send-mail.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import type { Task } from '../../cloud/ports/tasks.ts';
import type { SyncResult } from '../../shared/api.ts';
import type { System } from './system.ts';

/** How often a task that throws is tried, as both worlds' queues try it again. */
const attemptMax = 3;
/** A delivery may queue another; more than this is going in circles. */
const roundMax = 50;

/** Runs the syncs that wait; undefined where one crashed or could not be done. */
export async function runSyncs(system: System): Promise<readonly (SyncResult | undefined)[]> {
  const results: (SyncResult | undefined)[] = [];
  for (const { connectionId, cause, user } of system.queue.take('sync')) {
    const { world } = system.current();
    const sync = () => syncConnection(world, connectionId, cause, { user });
    results.push(await attempt(system, sync).catch(() => undefined));
  }
  return results;
}

/** Runs deliveries until none waits; one that cannot be done waits for the next time. */
export async function runDeliveries(system: System): Promise<void> {
  const failed: Task[] = [];
  for (let round = 0; round < roundMax; round++) {
    const tasks = system.queue.take('deliver');
    if (tasks.length === 0) break;
    for (const task of tasks) {
      const { world } = system.current();
      await attempt(system, () => deliverBook(world, task.bookId)).catch(() => failed.push(task));
    }
  }
  for (const task of failed) system.queue.add(task);
}

/** Takes in the files that wait. */
export async function runImports(system: System): Promise<void> {
  for (const { fileKey } of system.queue.take('import')) {
    await attempt(system, () => importFile(system.current().world, fileKey));
  }
}

/** Sends the mails that wait; one that cannot be sent now is found again by the schedule. */
export async function runMails(system: System): Promise<void> {
  for (const { mailId } of system.queue.take('mail')) {
    await sendMail(system.current().world, mailId);
  }
}

/** What a crash leaves undone is tried by nobody: its process is gone. */
async function attempt<T>(system: System, work: () => Promise<T>): Promise<T> {
  const { life } = system.current();
  for (let number = 1; ; number++) {
    try {
      const result = await work();
      if (life.isOver) throw new Error('the process is gone');
      return result;
    } catch (error) {
      if (life.isOver || number === attemptMax) throw error;
    }
  }
}
