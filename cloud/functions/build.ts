import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Largest size of the bundle in bytes, all its files together. */
const bundleMax = 2_000_000;
const functionsDir = import.meta.dirname;
/**
 * Installed beside the bundle: Firebase's tools look up their own there, a browser is no JavaScript, and the last three are
 * large, or under the LGPL.
 */
const external = [
  'firebase-admin',
  'firebase-functions',
  'playwright-core',
  '@sparticuz/chromium',
  'plaid',
  'lib-fints',
  'israeli-bank-scrapers-core',
];

export const bundling = {
  bundle: true,
  // What a function imports late is a file of its own, read when it is needed: firebase-admin is most of a cold start.
  splitting: true,
  chunkNames: 'chunk-[hash]',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  // Words of many scripts as they are, not as escapes three times as long.
  charset: 'utf8',
  external: external.flatMap((name) => [name, `${name}/*`]),
  // Packages inside the bundle that are CommonJS call require.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} as const satisfies BuildOptions;

/** Writes into `outDir`, emptied before, what Firebase deploys; returns the bundle's bytes. @throws Error over budget */
export async function buildFunctions(outDir: string): Promise<number> {
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: [join(functionsDir, 'index.ts')],
    outdir: outDir,
    write: false,
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  if (bytes > bundleMax)
    throw new Error(`functions: ${bytes} bytes, ${bundleMax} are their budget`);
  const { dependencies } = JSON.parse(
    await readFile(resolve(functionsDir, '../../package.json'), 'utf8'),
  );
  const manifest = {
    name: 'bookfeed-functions',
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '24' },
    dependencies: Object.fromEntries(external.map((name) => [name, dependencies[name]])),
  };
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return bytes;
}
