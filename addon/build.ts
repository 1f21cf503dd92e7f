import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { BundleName } from './server/bundle-name.ts';

/** Largest size in bytes of each HTML file: the sidebar loads each time that somebody opens it. */
const htmlMax = 40_000;
const addonDir = import.meta.dirname;

/** Screens that the sidebar loads when the first of them is opened: each bundle is an HTML file of that name. */
const bundleNames: readonly BundleName[] = ['screens', 'reviews', 'files'];

/**
 * Writes into `outDir`, emptied before, what goes to Apps Script and is run by the local page as well: code.js,
 * sidebar.html, the bundles of screens, and appsscript.json.
 * @throws Error when an HTML file is over its budget, or holds what Apps Script or a browser would take for something else
 */
export async function buildAddon(outDir: string): Promise<void> {
  const files = {
    'code.js': await buildCode(),
    'sidebar.html': await buildSidebar(),
    'appsscript.json': await readFile(resolve(addonDir, '../appsscript.json'), 'utf8'),
  };
  const bundles = bundleNames.map(async (name) => [`${name}.html`, await buildScreens(name)]);
  Object.assign(files, Object.fromEntries(await Promise.all(bundles)));
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(outDir, name), text);
}

/** One HTML file from script and styles. @throws Error as buildAddon does */
export function composeSidebar(script: string, styles: string): string {
  if (/<\/style/i.test(styles)) throw new Error('sidebar: the styles would end their own tag');
  return checkHtml(`<!DOCTYPE html>
<html lang="en">
<head>
<base target="_top">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bookfeed</title>
<style>${styles.trim()}</style>
</head>
<body>
<div id="sidebar"></div>
${scriptTag(script)}
</body>
</html>
`);
}

/**
 * A script in its tag, which the add-on's server takes off again; it brings its styles into the page. @throws Error as
 * buildAddon does
 */
export function composeScreens(script: string, styles: string): string {
  const element = `Object.assign(document.createElement('style'),{textContent:${JSON.stringify(styles.trim())}})`;
  return checkHtml(scriptTag(`${script.trim()}\ndocument.head.append(${element});`));
}

function scriptTag(script: string): string {
  if (/<\/script|<!--/i.test(script)) throw new Error('sidebar: the script would end its own tag');
  return `<script>${script.trim()}</script>`;
}

function checkHtml(html: string): string {
  if (html.includes('<?')) throw new Error('sidebar: Apps Script templates read "<?" as code');
  const size = Buffer.byteLength(html);
  if (size > htmlMax) throw new Error(`sidebar: ${size} bytes, ${htmlMax} are its budget`);
  return html;
}

/** The server's bundle, with a global function for each of its exports: Apps Script calls nothing else by name. */
async function buildCode(): Promise<string> {
  const entry = join(addonDir, 'server/index.ts');
  const { metafile } = await bundle(entry, { format: 'esm', metafile: true });
  const exported = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.exports);
  const stubs = exported.map(
    (name) => `function ${name}() { return bookfeed.${name}.apply(null, arguments); }\n`,
  );
  const { text } = await bundle(entry, {
    format: 'iife',
    globalName: 'bookfeed',
    // Apps Script's V8 lacks a part of what came after.
    target: 'es2019',
  });
  return text + stubs.join('');
}

const sidebarOptions: BuildOptions = {
  minify: true,
  target: 'es2022',
  format: 'iife',
  // Tags become calls of what render.ts has; the types that they are checked by are Preact's.
  tsconfigRaw: {
    compilerOptions: { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' },
  },
  inject: [join(addonDir, 'sidebar/render.ts')],
  // A letter outside ASCII is one byte or two here, six as an escape.
  charset: 'utf8',
};

async function buildSidebar(): Promise<string> {
  const script = await bundle(join(addonDir, 'sidebar/main.tsx'), sidebarOptions);
  const styles = await bundle(join(addonDir, 'sidebar/styles.css'), sidebarOptions);
  return composeSidebar(script.text, styles.text);
}

async function buildScreens(name: BundleName): Promise<string> {
  const entry = join(addonDir, `sidebar/bundles/${name}.tsx`);
  const globalName = `bookfeedScreens.${name}`;
  const script = await bundle(entry, { ...sidebarOptions, globalName });
  const styles = await bundle(join(addonDir, `sidebar/bundles/${name}.css`), sidebarOptions);
  return composeScreens(script.text, styles.text);
}

async function bundle(entry: string, options: BuildOptions) {
  const common: BuildOptions = { bundle: true, write: false, logLevel: 'warning' };
  const result = await build({ ...common, ...options, entryPoints: [entry] });
  return { text: result.outputFiles?.[0]?.text ?? '', metafile: result.metafile };
}

if (import.meta.main) {
  const outDir = resolve(addonDir, '../dist/addon');
  await buildAddon(outDir);
  const pages = ['sidebar', ...bundleNames].map((name) => `${name}.html`);
  for (const name of ['code.js', ...pages]) {
    const bytes = (await readFile(join(outDir, name))).length;
    process.stdout.write(`${name} ${bytes} bytes\n`);
  }
}
