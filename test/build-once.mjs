import { join } from 'node:path';

/**
 * Builds page and add-on once for all tests; the workers find them by the environment. Plain JavaScript with a late
 * import: jest's hook for set-up files breaks TypeScript that node itself runs.
 */
export default async function buildOnce() {
  const { buildLocal } = await import('../cloud/local/start.ts');
  const built = await buildLocal(join(import.meta.dirname, '../dist/test'));
  process.env.BOOKFEED_TEST_BUILT = JSON.stringify(built);
  // Hundreds of processes and workers are started from our sources; with it each takes half as long to start.
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../dist/test/compiled');
}
