import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Of bytes: a container's memory folder is often too small for a store and its log. */
const roomMin = 1_000_000_000;

/**
 * A folder for what a test keeps, to be removed by it; in memory where the machine has room there. A store waits for the
 * disk at each commit, thousands of times in a run of all tests.
 */
export async function makeTempFolder(prefix: string): Promise<string> {
  const room = await statfs(memory).catch(() => null);
  const isRoomy = room !== null && room.bavail * room.bsize >= roomMin;
  return mkdtemp(join(isRoomy ? memory : tmpdir(), prefix));
}
