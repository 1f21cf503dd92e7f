import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { BankLogin, PageKind, RowsAt } from './bank-login.ts';
import {
  BrowserFailure,
  isDefect,
  PageRefusal,
  retryAfterOf,
  toBrowserFailure,
} from './browser-failure.ts';
import { hostOf, openHostGate } from './host-gate.ts';
import { pressButton, readRows, waitForMarks } from './read-page.ts';
import { type Cookie, refusalFoot } from './schema.ts';
import { createWarmBrowser } from './warm-browser.ts';

export interface ClientOptions {
  /** A Chromium; called when it is first needed. */
  readonly launch: () => Promise<Browser>;
  readonly clock: Clock;
  /** For how long the process is kept after its last visit. */
  readonly warmMs: number;
  /** Of one page. */
  readonly stepMs: number;
  /** Pages of a whole visit. */
  readonly stepMax: number;
}

/** What is done in a page before its form is sent, in this order. */
export interface FormInput {
  readonly select: string;
  /** Absent: it is ticked. */
  readonly fill?: string;
  /** Which of several, from 0. */
  readonly index?: number;
}

/** A browser of its own at one bank, with limits to everything. Throws BrowserFailure and PageRefusal. */
export interface Visit {
  go(url: URL): Promise<PageKind>;
  submit(inputs: readonly FormInput[], button: string): Promise<PageKind>;
  /** Rows as the page shows them now. */
  read<Schema extends z.ZodType>(at: RowsAt<string>, schema: Schema): Promise<z.output<Schema>>;
  /** A picture of the page, which is not loaded otherwise. */
  load(url: URL, bytesMax: number): Promise<{ readonly type: string; readonly content: Buffer }>;
  address(): URL;
  cookies(): Promise<Cookie[]>;
  /** Lets go of all that it holds; never throws for what the bank does. */
  close(goodBye?: 'log-out'): Promise<void>;
}

/** The longest that is waited for a bank to take a good-bye. */
const logOutMs = 5_000;
/** For what has no limit of its own in the browser's driver, and hangs where its page does. */
const graceMs = 3_000;
const settleMs = 1_000;
const quietTypes: ReadonlySet<string> = new Set(['image', 'media', 'font']);

export type DirectAccessClient = ReturnType<typeof createClient>;

export function createClient(options: ClientOptions) {
  const browser = createWarmBrowser(options.launch, options.warmMs);
  return {
    /** @throws BrowserFailure */
    async visit(
      baseUrl: URL,
      login: BankLogin,
      cookies: readonly Cookie[],
      visitMs: number,
    ): Promise<Visit> {
      const running = await browser.borrow().catch((cause: unknown) => {
        throw new BrowserFailure('no-browser', 'no Chromium could be started', { cause });
      });
      const gate = await openHostGate(new Set([hostOf(baseUrl), ...login.hosts]));
      const release = async () => {
        await gate.close();
        await browser.giveBack();
      };
      try {
        const context = await openContext(running, gate.url, login, cookies);
        const page = await context.newPage();
        return createVisit({ context, page, baseUrl, login, visitMs, release, options });
      } catch (error) {
        await release();
        throw toBrowserFailure(error);
      }
    },

    close: browser.close,
  };
}

async function openContext(
  browser: Browser,
  gateUrl: string,
  { locale }: BankLogin,
  cookies: readonly Cookie[],
): Promise<BrowserContext> {
  const context = await browser.newContext({
    proxy: { server: gateUrl },
    locale,
    acceptDownloads: false,
    serviceWorkers: 'block',
  });
  await context.addCookies([...cookies]);
  await context.route('**/*', (route) =>
    quietTypes.has(route.request().resourceType()) ? route.abort() : route.continue(),
  );
  return context;
}

function createVisit({
  context,
  page,
  baseUrl,
  login,
  visitMs,
  release,
  options,
}: {
  context: BrowserContext;
  page: Page;
  baseUrl: URL;
  login: BankLogin;
  visitMs: number;
  release: () => Promise<void>;
  options: ClientOptions;
}): Visit {
  const { stepMs, stepMax, clock } = options;
  let steps = 0;
  let isOver = false;
  const ending = setTimeout(() => {
    isOver = true;
    // Whatever is under way then fails; that this too may fail changes nothing.
    context.close().catch(() => undefined);
  }, visitMs);
  context.setDefaultTimeout(stepMs);
  context.on('page', (other) => void other.close().catch(() => undefined));

  async function act<Result>(make: () => Promise<Result>): Promise<Result> {
    try {
      return await within(stepMs + graceMs, make());
    } catch (error) {
      if (isOver) throw new BrowserFailure('timeout', `more than ${visitMs} ms at the bank`);
      const failure = toBrowserFailure(error);
      if (failure instanceof BrowserFailure) await settle(failure);
      throw failure;
    }
  }

  /** A page that never came, or the browser's own about it that still comes, would take the next one with it. */
  async function settle({ what }: BrowserFailure): Promise<void> {
    const come = async () => {
      if (what === 'unreachable') await page.waitForURL(/^chrome-error:/, { waitUntil: 'commit' });
      if (what !== 'timeout') return;
      const devTools = await context.newCDPSession(page);
      await devTools.send('Page.stopLoading');
      await devTools.detach();
    };
    // What failed is told already.
    await within(settleMs, come()).catch(() => undefined);
  }

  /** To a page and what it is, however it is reached. */
  async function step(move: () => Promise<PageAnswer | null>): Promise<PageKind> {
    steps += 1;
    if (steps > stepMax) throw new BrowserFailure('unreadable', `more than ${stepMax} pages`);
    const answer = await act(move);
    const status = answer?.status() ?? 200;
    const marks = { ...keyed('refusal', Object.keys(login.refusals)), ...login.pages };
    const found = await act(() => waitForMarks(page, marks, login.drawsForMs));
    const refusal = Object.keys(login.refusals).find((_, index) => found.has(`refusal ${index}`));
    if (refusal !== undefined || status >= 400) {
      const [foot] = await read(
        { rows: 'html', fields: { earliest: login.earliest } },
        refusalFoot,
      );
      throw new PageRefusal(status, {
        mark: refusal === undefined ? undefined : login.refusals[refusal],
        retryAfterSeconds: retryAfterOf(answer?.headers()['retry-after'], clock.now()),
        earliest: foot.earliest,
      });
    }
    const kind = (Object.keys(login.pages) as PageKind[]).find((name) => found.has(name));
    if (!kind) throw new BrowserFailure('unreadable', 'a page that is not known');
    return kind;
  }

  async function read<Schema extends z.ZodType>(at: RowsAt<string>, schema: Schema) {
    return act(async () => schema.parse(await readRows(page, at)));
  }

  return {
    go: (url) => step(() => page.goto(url.href, { waitUntil: 'domcontentloaded' })),

    async submit(inputs, button) {
      await act(async () => {
        for (const input of inputs) await enter(page, input);
      });
      return step(async () => {
        const [answer] = await Promise.all([
          page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
          page.locator(button).first().click({ noWaitAfter: true }),
        ]);
        return answer;
      });
    },

    read,

    load: (url, bytesMax) =>
      act(async () => {
        const answer = await context.request.get(url.href, { maxRedirects: 0, timeout: stepMs });
        const content = await answer.body();
        if (!answer.ok() || content.byteLength > bytesMax) {
          throw new BrowserFailure('unreadable', `a picture with status ${answer.status()}`);
        }
        return { type: answer.headers()['content-type'] ?? '', content };
      }),

    address: () => new URL(page.url()),

    cookies: () => act(async () => (await context.cookies()).map(plainCookie)),

    async close(goodBye) {
      clearTimeout(ending);
      if (goodBye && !isOver) await logOut(page, baseUrl, login);
      // A context whose browser has died has nothing left to close.
      await within(graceMs, context.close()).catch(() => undefined);
      await release();
    },
  };
}

type PageAnswer = { status(): number; headers(): Readonly<Record<string, string>> };

function keyed(name: string, selectors: readonly string[]): Record<string, string> {
  return Object.fromEntries(selectors.map((selector, index) => [`${name} ${index}`, selector]));
}

/** A field that the page itself would not send is not sent: its form would stand still. */
async function enter(page: Page, { select, fill, index = 0 }: FormInput): Promise<void> {
  const field = page.locator(select).nth(index);
  if ((await field.count()) === 0)
    throw new BrowserFailure('unreadable', 'a form without its field');
  if (fill === undefined) {
    await field.check();
    return;
  }
  await field.fill(fill);
  const refused = field.and(page.locator(':invalid'));
  if ((await refused.count()) > 0)
    throw new BrowserFailure('not-taken', 'the page does not take what was entered');
}

/** A bank that does not take a good-bye ends the session by itself. */
async function logOut(page: Page, baseUrl: URL, login: BankLogin): Promise<void> {
  const press = async () => {
    const button = { button: login.logOut };
    const isThere = async () => (await waitForMarks(page, button, 0)).size > 0;
    // A page of an error has none.
    if (!(await isThere())) await page.goto(new URL(login.form.path, baseUrl).href);
    if (!(await isThere())) return;
    await Promise.all([
      page.waitForNavigation({ waitUntil: 'commit' }),
      pressButton(page, login.logOut),
    ]);
  };
  try {
    await within(logOutMs, press());
  } catch (error) {
    if (isDefect(error)) throw error;
  }
}

async function within<Result>(ms: number, result: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrowserFailure('timeout', `more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([result, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function plainCookie({ name, value, domain, path, expires, httpOnly, secure, sameSite }: Cookie) {
  return { name, value, domain, path, expires, httpOnly, secure, sameSite };
}
