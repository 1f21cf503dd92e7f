import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';

/** Beside Playwright's own, which turn background networking off: nothing here calls home either. */
const quietArgs = ['--no-pings', '--disable-domain-reliability', '--font-render-hinting=none'];
/** Containers run as root and often without user namespaces; only our own pages are opened. */
const linuxArgs = process.platform === 'linux' ? ['--no-sandbox', '--disable-dev-shm-usage'] : [];

/**
 * A headless Chromium to be closed by the caller, or null, after one line on the terminal, where this machine has none:
 * the one carried by `@sparticuz/chromium` on linux x64, else an installed one (CHROME_PATH, then the usual places).
 */
export async function launchChromium(): Promise<Browser | null> {
  for (const options of await candidates()) {
    try {
      return await chromium.launch({ ...options, args: [...quietArgs, ...linuxArgs] });
    } catch (error) {
      if (process.env['BOOKFEED_DEBUG']) process.stderr.write(`${String(error)}\n`);
    }
  }
  process.stderr.write(
    'Browser tests are skipped: install Google Chrome or Chromium, or name one in CHROME_PATH.\n',
  );
  return null;
}

/** Saves what the page shows as `.screenshots/<name>.png`, which git ignores, and gives the path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = resolve(import.meta.dirname, '../../.screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

async function candidates(): Promise<LaunchOptions[]> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return [{ executablePath: chosen }];
  const carried = process.platform === 'linux' && process.arch === 'x64' ? await unpack() : [];
  const installed: LaunchOptions[] = [];
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
async function unpack(): Promise<LaunchOptions[]> {
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
