import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { sidebarHeaders } from '../../cloud/local/host/script-routes.ts';
import type { ApiResult, Overview } from '../../shared/api.ts';
import { type Failure, viewFailure } from '../../shared/failures.ts';
import { book, overview } from './sidebar-views.ts';

/** What the sidebar's calls meet: a test changes it while the page is open. */
export interface FakeCloud {
  book: typeof book;
  overview: Overview;
  /** Answers each call, or that one alone, with this instead. */
  failure: Failure | null;
  failingCall: string | null;
  /** What the presence door answers; null: it is not there. */
  presence: string | null;
  /** Whether google.script.run itself fails. */
  isDown: boolean;
  delayMs: number;
  readonly calls: {
    readonly name: string;
    readonly args: unknown;
    readonly presence?: string | null;
  }[];
  /** Changes the overview on a call of that name. */
  readonly on: Record<string, (args: never) => void>;
  /** What calls of that name answer, now or by a promise later; all others answer with the overview. */
  readonly answers: Record<string, unknown>;
  /** Ids of the rows that the book has. */
  readonly rowIds: readonly string[];
  /** Ids of the rows that the sidebar has shown. */
  readonly shown: string[];
}

/** The built sidebar.html at 300 px, with a google.script.run whose answers come from `cloud`; `appended` as Apps Script does. */
export async function openSidebar(
  browser: Browser,
  outDir: string,
  change: Partial<FakeCloud>,
  appended = '',
) {
  const cloud: FakeCloud = {
    book,
    overview,
    failure: null,
    failingCall: null,
    presence: 'ada is here',
    isDown: false,
    delayMs: 0,
    calls: [],
    on: {},
    rowIds: [],
    shown: [],
    ...change,
    answers: { startConnect: { url: 'http://localhost/connect/1' }, ...change.answers },
  };
  const context = await browser.newContext({
    viewport: { width: 300, height: 720 },
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  const html = await readFile(join(outDir, 'sidebar.html'), 'utf8');
  const sidebar = html + appended;
  await context.route('http://localhost/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      // As the local page frames the sidebar, which is stricter than Google.
      headers: route.request().url().includes('connect') ? {} : sidebarHeaders('http://localhost'),
      body: route.request().url().includes('connect') ? '<p>The connect page</p>' : sidebar,
    }),
  );
  await context.route('http://localhost/presence', (route) => {
    if (cloud.presence === null) return route.abort();
    const headers = { 'access-control-allow-origin': '*' };
    return route.fulfill({ json: { presence: cloud.presence }, headers });
  });
  await page.exposeFunction('askCloud', (name: string, args: unknown[]) =>
    name === 'readScreens' && !cloud.isDown
      ? readScreens(outDir, String(args[0]))
      : answer(cloud, name, args),
  );
  await page.addInitScript(installRun, [
    'callCloud',
    'readBook',
    'readScreens',
    'showRow',
    'deliverRows',
    ...addOnCalls,
  ]);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('http://localhost/sidebar');
  return { page, cloud, errors, close: () => context.close() };
}

/** As the add-on's server does it. */
async function readScreens(outDir: string, bundle: string): Promise<string> {
  const html = await readFile(join(outDir, `${bundle}.html`), 'utf8');
  return html.slice('<script>'.length, -'</script>'.length);
}

/** All of the page in one picture, however long it is. */
export async function growToContent(page: Page): Promise<void> {
  const height = await page.evaluate('document.documentElement.scrollHeight');
  await page.setViewportSize({ width: 300, height: Math.max(400, Number(height)) });
}

/** Arguments of the calls of that name, the newest last. */
export function argsOf(cloud: FakeCloud, call: string): unknown[] {
  return cloud.calls.filter(({ name }) => name === call).map(({ args }) => args);
}

/** The arguments of the newest call of that name, once there is one: a presence may be fetched before. */
export async function called(cloud: FakeCloud, call: string, withinMs = 2000): Promise<unknown> {
  for (let tries = 0; tries < withinMs / 20 && argsOf(cloud, call).length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return argsOf(cloud, call).at(-1);
}

async function answer(cloud: FakeCloud, name: string, args: unknown[]): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, cloud.delayMs));
  if (cloud.isDown) throw new Error('NetworkError: Connection failure due to HTTP 0');
  if (name === 'readBook') return cloud.book;
  if (name === 'showRow') {
    const isThere = cloud.rowIds.includes(String(args[0]));
    if (isThere) cloud.shown.push(String(args[0]));
    return isThere;
  }
  if (name === 'deliverRows') {
    cloud.calls.push({ name, args });
    return (await cloud.answers[name]) ?? null;
  }
  if (addOnCalls.includes(name)) return askAddOn(cloud, name, args[0]);
  const [call, callArgs, presence] = args as [string, unknown, string | null];
  cloud.calls.push({ name: call, args: callArgs, presence });
  if (cloud.failure && (cloud.failingCall ?? call) === call)
    return { ok: false, failure: viewFailure(cloud.failure) } satisfies ApiResult<'overview'>;
  cloud.on[call]?.(callArgs as never);
  return { ok: true, value: call in cloud.answers ? await cloud.answers[call] : cloud.overview };
}

/** Functions of the add-on that ask the cloud with what they read, or write what the user accepts. */
const addOnCalls = ['reviewDrafts', 'reviewRules', 'suggestAgain', 'addRule', 'acceptDrafts'];

async function askAddOn(cloud: FakeCloud, name: string, args: unknown): Promise<unknown> {
  cloud.calls.push({ name, args });
  if (cloud.failure && (cloud.failingCall ?? name) === name)
    return { ok: false, failure: viewFailure(cloud.failure) };
  cloud.on[name]?.(args as never);
  const value = (await cloud.answers[name]) ?? null;
  return name === 'acceptDrafts' ? value : { ok: true, value };
}

/** Runs in the page before its own script. */
function installRun(names: readonly string[]): void {
  type Ask = (name: string, args: unknown[]) => Promise<unknown>;
  const { askCloud } = globalThis as unknown as { askCloud: Ask };
  const runner = (onSuccess: (value: unknown) => void, onFailure: (error: unknown) => void) => ({
    withSuccessHandler: (next: typeof onSuccess) => runner(next, onFailure),
    withFailureHandler: (next: typeof onFailure) => runner(onSuccess, next),
    ...Object.fromEntries(
      names.map((name) => [
        name,
        (...args: unknown[]) => void askCloud(name, args).then(onSuccess, onFailure),
      ]),
    ),
  });
  const none = () => undefined;
  Object.assign(globalThis, { google: { script: { run: runner(none, none) } } });
}
