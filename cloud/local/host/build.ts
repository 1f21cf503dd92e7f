import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const pageSource = join(import.meta.dirname, 'page');
const inSource = (name: string) => join(pageSource, name);
const packageLock = join(import.meta.dirname, '../../../package-lock.json');

/**
 * Bundles the book's page into `outDir`: index.html, main.js and page.css with the grid, script-run.js for the sidebar,
 * and the page of mails. About three seconds; nothing when neither its source nor the grid's version has changed since.
 */
export async function buildPage(outDir: string): Promise<void> {
  const stamp = await digestOfSources();
  const stampFile = join(outDir, 'built-from');
  if ((await readIfThere(stampFile)) === stamp) return;
  await mkdir(outDir, { recursive: true });
  const common: BuildOptions = {
    bundle: true,
    minify: true,
    outdir: outDir,
    target: 'es2022',
    logLevel: 'warning',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  await Promise.all([
    build({
      ...common,
      format: 'esm',
      entryPoints: ['main.ts', 'page.css', 'mails.ts', 'mails.css'].map(inSource),
    }),
    build({ ...common, format: 'iife', entryPoints: [inSource('script-run.ts')] }),
    ...['index.html', 'mails.html', 'icon.svg'].map((name) =>
      copyFile(inSource(name), join(outDir, name)),
    ),
  ]);
  // Last, so that a build that was broken off is made again.
  await writeFile(stampFile, stamp);
}

/** The page's own files by content, and what npm has installed. */
async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(pageSource, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  files.push(import.meta.filename, join(import.meta.dirname, 'page-api.ts'), packageLock);
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

if (import.meta.main) {
  const outDir = resolve(import.meta.dirname, '../../../dist/page');
  await buildPage(outDir);
  for (const name of ['main.js', 'page.css', 'script-run.js']) {
    const bytes = (await readFile(join(outDir, name))).length;
    process.stdout.write(`${name} ${bytes} bytes\n`);
  }
}
