import type { Scraper, ScraperCredentials, ScraperOptions } from 'israeli-bank-scrapers-core';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';
import { BankError } from '../../ports/bank-connector.ts';
import type { Company } from './companies.ts';
import { startOfDayInIsrael } from './israel-time.ts';
import { loadPackage, type Package } from './load-package.ts';
import { withOwnFetch } from './own-fetch.ts';
import { type ScrapedAccount, scrapedAccounts, scrapeResult } from './schema.ts';
import { toBankError } from './to-bank-error.ts';
import { type Trace, tracedFetch, watchPage } from './trace.ts';

export interface ClientOptions {
  /** For what is read without a browser. */
  readonly fetch: typeof fetch;
  /** A browser for one scrape, closed after it. */
  readonly launch: () => Promise<Browser>;
  /** Of a whole scrape. */
  readonly scrapeMs: number;
  /** Of one page. */
  readonly stepMs: number;
  /** For a test, which answers in the company's place. */
  readonly preparePage?: (page: Page) => Promise<void>;
}

export interface ScrapeRequest {
  readonly company: Company;
  /** By the package's names. */
  readonly login: Readonly<Record<string, string>>;
  readonly from: CalendarDate;
  /** What is shown in the place of a code may have run out. */
  readonly isTokenOld?: boolean;
  /** Ends the scrape before its time. */
  readonly ended?: AbortSignal;
}

/** A scraper of the package's, of which only what is called stands here. */
export type PlainScraper = Scraper<ScraperCredentials>;

/** For what has no limit of its own in the browser's driver. */
const graceMs = 3_000;

export type IsraelClient = ReturnType<typeof createClient>;

/** The package at work, with limits to everything. Throws BankError and nothing else for what a company does. */
export function createClient(options: ClientOptions) {
  const { scrapeMs, stepMs, launch } = options;

  async function inTime<Answer>(
    { company, ended }: Pick<ScrapeRequest, 'company' | 'ended'>,
    trace: Trace,
    work: (pack: Package, limit: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const pack = await loadPackage();
    const limit = new AbortController();
    const end = () => limit.abort();
    const timer = setTimeout(end, scrapeMs);
    ended?.addEventListener('abort', end, { once: true });
    const over = new Promise<never>((_, reject) => {
      const tell = () => reject(toBankError({ isOver: true }));
      limit.signal.addEventListener('abort', tell, { once: true });
    });
    if (ended?.aborted) end();
    const own = tracedFetch(options.fetch, company, trace, limit.signal);
    const working = withOwnFetch(own, () => work(pack, limit.signal));
    try {
      return await Promise.race([working, over]);
    } finally {
      clearTimeout(timer);
      ended?.removeEventListener('abort', end);
      // Its browser ends at the limit, and with that whatever waits for it.
      if (limit.signal.aborted) await within(2 * graceMs, working);
      // What the package has asked for at once does not outlive the first of it that fails.
      end();
    }
  }

  /** In a browser of its own, which is gone afterwards, and at the limit. */
  async function inBrowser(
    limit: AbortSignal,
    use: (context: BrowserContext) => Promise<unknown>,
  ): Promise<unknown> {
    const browser = await launch().catch((cause: unknown) => {
      throw new BankError('provider-not-configured', 'no Chromium could be started', { cause });
    });
    const end = () => void endBrowser(browser);
    limit.addEventListener('abort', end, { once: true });
    try {
      if (limit.aborted) throw toBankError({ isOver: true });
      const context = await browser.createBrowserContext().catch(() => {
        throw toBankError({ isOver: limit.aborted });
      });
      return await use(context);
    } finally {
      limit.removeEventListener('abort', end);
      await endBrowser(browser);
    }
  }

  function optionsOf({ company, from }: ScrapeRequest, trace: Trace, context?: BrowserContext) {
    return {
      companyId: company.id,
      startDate: startOfDayInIsrael(addDays(from, -(company.startsEarlierDays ?? 0))),
      ...(context && { browserContext: context }),
      defaultTimeout: stepMs,
      async preparePage(page: Page) {
        await options.preparePage?.(page);
        await watchPage(page, company, trace);
      },
    } as ScraperOptions;
  }

  async function scrapeOnce(
    { createScraper }: Package,
    request: ScrapeRequest,
    trace: Trace,
    context?: BrowserContext,
  ): Promise<unknown> {
    try {
      return await createScraper(optionsOf(request, trace, context)).scrape(
        request.login as ScraperCredentials,
      );
    } catch (error) {
      // It throws where it cannot even begin. The message may hold what a page or an address does.
      if (error instanceof BankError) throw error;
      return { success: false };
    }
  }

  return {
    /** All accounts with what they hold from that day on, after one login. */
    async scrape(request: ScrapeRequest): Promise<readonly ScrapedAccount[]> {
      const { company, isTokenOld = false } = request;
      const trace: Trace = {};
      const answer = await inTime(request, trace, (pack, limit) =>
        company.plain
          ? scrapeOnce(pack, request, trace)
          : inBrowser(limit, (context) => scrapeOnce(pack, request, trace, context)),
      );
      const { data } = scrapeResult.safeParse(answer);
      if (!data?.success) throw toBankError({ ...data, ...trace, company, isTokenOld });
      const accounts = scrapedAccounts.safeParse(data.accounts);
      if (accounts.success) return accounts.data;
      const path = accounts.error.issues[0]?.path.join('.');
      throw new BankError('reply-unreadable', `field ${path}`);
    },

    /** Something of the package's beside a scrape, without a browser; `undefined` where it broke off, which `trace` explains. */
    async call<Answer>(
      company: Company,
      trace: Trace,
      work: (scraper: PlainScraper) => Promise<Answer>,
    ): Promise<Answer | undefined> {
      return inTime({ company }, trace, async ({ createScraper }) => {
        const request = { company, login: {}, from: '2000-01-01' };
        return work(createScraper(optionsOf(request, trace))).catch(() => undefined);
      });
    },
  };
}

/** One that does not end when it is told to is ended. */
async function endBrowser(browser: Browser): Promise<void> {
  const isClosed = await within(graceMs, browser.close());
  if (!isClosed) browser.process()?.kill('SIGKILL');
}

/** Whether it went well in time. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, limit]);
  } finally {
    clearTimeout(timer);
  }
}
