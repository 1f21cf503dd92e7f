import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** Beside the drivers' own, which turn background networking off: nothing here calls home either. */
export const quietArgs = [
  '--no-pings',
  '--disable-domain-reliability',
  '--font-render-hinting=none',
  ...(process.platform === 'linux' ? ['--disable-dev-shm-usage'] : []),
];
/** Chromium's own sandbox wants user namespaces, and refuses to run as root. */
export const sandboxes = process.getuid?.() === 0 ? [false] : [true, false];

/** No Chromium on this machine starts. */
export class NoChromium extends Error {
  override readonly name = 'NoChromium';

  constructor(causes: readonly unknown[]) {
    super('Install Google Chrome or Chromium, or name one in CHROME_PATH.', { cause: causes });
  }
}

/** A Chromium, where it is or as what it is installed, and what its process needs to find. */
export interface ChromiumCandidate {
  readonly executablePath?: string;
  readonly channel?: 'chrome';
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A headless Chromium to be closed by the caller: the one in CHROME_PATH; else the one carried by `@sparticuz/chromium`
 * on linux x64, else an installed one. In its own sandbox where the machine lets it have one.
 * @throws NoChromium
 */
export async function launchChromium(): Promise<Browser> {
  const causes: unknown[] = [];
  for (const options of await chromiumCandidates()) {
    for (const chromiumSandbox of sandboxes) {
      try {
        return await chromium.launch({ ...options, chromiumSandbox, args: quietArgs });
      } catch (error) {
        causes.push(error);
      }
    }
  }
  throw new NoChromium(causes);
}

/** How Chromium may be started on this machine, the likeliest first. */
export async function chromiumCandidates(): Promise<ChromiumCandidate[]> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return [{ executablePath: chosen }];
  const carried = process.platform === 'linux' && process.arch === 'x64' ? await unpack() : [];
  const installed: ChromiumCandidate[] = [];
  for (const executablePath of usualPlaces) {
    if (await isExecutable(executablePath)) installed.push({ executablePath });
  }
  return [...carried, { channel: 'chrome' }, ...installed];
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
];

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * The carried Chromium, unpacked once per version. The package unpacks into the temp folder whatever it finds there, of
 * any version, and two at once meet half a file: so it unpacks in a process with a folder of its own, which is then
 * renamed in one step. First without, then with the system libraries it carries for hosts that lack them.
 */
async function unpack(): Promise<ChromiumCandidate[]> {
  const require = createRequire(import.meta.url);
  const root = resolve(dirname(require.resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const folder = join(tmpdir(), `bookfeed-chromium-${version}`);
  if (!(await isExecutable(join(folder, 'chromium')))) {
    const staging = await mkdtemp(`${folder}-`);
    await promisify(execFile)(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        "(await import('@sparticuz/chromium')).default.executablePath()",
      ],
      { cwd: root, env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' } },
    );
    await writeFile(join(staging, 'fonts.conf'), fontsConf(folder));
    // Another process may have been first: then its folder stays.
    await rename(staging, folder).catch(() => rm(staging, { recursive: true }));
  }
  const executablePath = join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  for (const [name, value] of Object.entries(process.env)) if (value) env[name] ??= value;
  const libraries = join(folder, 'al2023', 'lib');
  return [
    { executablePath, env },
    { executablePath, env: { ...env, LD_LIBRARY_PATH: libraries } },
  ];
}

/** The carried font beside the machine's own: the package's settings name folders of its own host alone. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias><family>Arial</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}
