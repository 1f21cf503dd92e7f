import { join } from 'node:path';

/** Where a Bookfeed of one machine keeps the keys of its secrets. */
export function keyFileOf(folder: string): string {
  return join(folder, 'secrets.json');
}
