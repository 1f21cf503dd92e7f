import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// After `npm ci`: the package `node` brings 67 MB of headers to build native addons with, of which there are none here.
const binaries = join(import.meta.dirname, 'node_modules/node/node_modules');
for (const name of existsSync(binaries) ? readdirSync(binaries) : []) {
  rmSync(join(binaries, name, 'include'), { recursive: true, force: true });
}
