import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// After `npm ci`: what is of no use here, 170 MB. Headers to build native addons with, of which there are none; the
// sheet component for module systems that the page's bundler does not take; maps from code that nobody debugs.
const modules = join(import.meta.dirname, 'node_modules');
const unused = [
  /^node\/node_modules\/[^/]+\/include$/,
  /^@univerjs\/[^/]+\/lib\/(cjs|umd)$/,
  /\.map$/,
];
const paths = existsSync(modules) ? readdirSync(modules, { recursive: true }) : [];
for (const path of paths) {
  const isUnused = unused.some((pattern) => pattern.test(path.replaceAll('\\', '/')));
  if (isUnused) rmSync(join(modules, path), { recursive: true, force: true });
}
