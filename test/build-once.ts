import { join } from 'node:path';
import { buildLocal } from '../cloud/local/start.ts';

/** Builds page and add-on once for all tests; the workers find them by the environment. */
export default async function buildOnce(): Promise<void> {
  const built = await buildLocal(join(import.meta.dirname, '../dist/test'));
  process.env['BOOKFEED_TEST_BUILT'] = JSON.stringify(built);
}
