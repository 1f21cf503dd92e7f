import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { composeScreens, composeSidebar } from '../../addon/build.ts';
import { builtAddon } from './built-addon.ts';

const outDir = builtAddon();
const pages = ['sidebar.html', 'screens.html', 'reviews.html', 'files.html'];

describe('the build of the add-on', () => {
  test('makes these files and nothing else', async () => {
    expect((await readdir(outDir())).sort()).toEqual([
      'appsscript.json',
      'code.js',
      'files.html',
      'reviews.html',
      'screens.html',
      'sidebar.html',
    ]);
  });

  test('gives each export of the server a global function', async () => {
    const code = await readFile(join(outDir(), 'code.js'), 'utf8');
    const stubs = [...code.matchAll(/^function (\w+)\(\)/gm)].map(([, name]) => name);
    const byGoogle = ['onOpen', 'onInstall', 'openSidebar', 'syncNow', 'showHelp'];
    const screens = ['openDrafts', 'openImport', 'openHistory', 'openSchedule', 'openSuggestions'];
    const people = ['openMembers', 'openNotifications'];
    const bySidebar = ['callCloud', 'deliverRows', 'readBook', 'readScreens', 'showRow'];
    const suggestions = ['reviewDrafts', 'acceptDrafts', 'suggestAgain'];
    const rules = ['reviewRules', 'addRule'];
    const expected = [byGoogle, screens, people, bySidebar, suggestions, rules].flat();
    expect(stubs.sort()).toEqual(expected.sort());
  });

  test('keeps zod out of what people load', async () => {
    for (const name of ['code.js', ...pages]) {
      const text = await readFile(join(outDir(), name), 'utf8');
      expect(text).not.toMatch(/zod|strictObject/i);
    }
  });

  test.each(pages)(
    'keeps %s to 40 kB in one file that loads nothing from elsewhere',
    async (name) => {
      const html = await readFile(join(outDir(), name), 'utf8');
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(40_000);
      expect(html).not.toContain('<?');
      expect(html.match(/<\/script/g)).toHaveLength(1);
      expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
    },
  );

  test.each([
    ['what Apps Script reads as code', 'a("<?=1?>")', '', '<\\?'],
    ['an end of its own script', 'a("</SCRIPT>")', '', 'script'],
    ['an end of its own styles', 'a()', 'b{content:"</style>"}', 'style'],
    ['more than its budget', `a("${'x'.repeat(40_000)}")`, '', '40000'],
  ])('refuses a sidebar with %s', (_, script, styles, message) => {
    expect(() => composeSidebar(script, styles)).toThrow(new RegExp(message));
    if (script.length > 'a()'.length) {
      expect(() => composeScreens(script, '')).toThrow(new RegExp(message));
    }
  });

  test('asks Google for the scopes it uses and no more', async () => {
    const { oauthScopes, runtimeVersion } = JSON.parse(
      await readFile(join(outDir(), 'appsscript.json'), 'utf8'),
    );
    expect(runtimeVersion).toBe('V8');
    expect(oauthScopes.map((scope: string) => scope.replace(/.*\/auth\//, '')).sort()).toEqual([
      'openid',
      'script.container.ui',
      'script.external_request',
      'spreadsheets.currentonly',
      'userinfo.email',
    ]);
  });

  // clasp is 216 MB for this one command: npx fetches it at this very version and keeps it in its own folder.
  test('is what clasp would push', async () => {
    const project = await mkdtemp(join(tmpdir(), 'bookfeed-clasp-'));
    try {
      await cp(outDir(), join(project, 'addon'), { recursive: true });
      const settings = { scriptId: 'a-script-of-yours', rootDir: 'addon' };
      await writeFile(join(project, '.clasp.json'), JSON.stringify(settings));
      const args = ['--yes', '@google/clasp@3.4.1', 'status', '--json'];
      const { stdout } = await promisify(execFile)('npx', args, { cwd: project });
      const { filesToPush } = JSON.parse(stdout);
      expect(filesToPush.sort()).toEqual([
        'addon/appsscript.json',
        'addon/code.js',
        'addon/files.html',
        'addon/reviews.html',
        'addon/screens.html',
        'addon/sidebar.html',
      ]);
    } finally {
      await rm(project, { recursive: true, force: true });
    }
  }, 300_000);
});
