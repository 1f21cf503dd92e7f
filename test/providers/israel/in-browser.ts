import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { NoChromium } from '../../../cloud/adapters/launch-chromium.ts';
import { launchPuppeteer } from '../../../cloud/adapters/launch-puppeteer.ts';
import { createIsrael, type IsraelOptions } from '../../../cloud/connectors/israel/connector.ts';
import { createTestClock } from '../../cloud/local/bank/bank-server.ts';
import { setPackageClock } from './package-clock.ts';
import { user } from './serve.ts';
import { createAnswers, type Websites } from './websites.ts';

/** No name leads anywhere: what the test does not answer reaches nothing. */
const nowhere = '--host-resolver-rules=MAP * ~NOTFOUND';

export const today = '2026-03-10';

/**
 * One Chromium for all scrapes of a test file; to each it looks as if it had its own. Null where this machine has none.
 */
export async function shareBrowser() {
  const browser = await launchPuppeteer([nowhere]).catch((error: unknown) => {
    if (!(error instanceof NoChromium)) throw error;
    process.stderr.write(`Browser tests are skipped: ${error.message}\n`);
    return null;
  });
  const clock = createTestClock(`${today}T12:00:00.000Z`);
  const restores: (() => void)[] = [];
  beforeAll(async () => {
    restores.push(await setPackageClock(clock), letGoOfTimers());
  });
  afterAll(async () => {
    for (const restore of restores) restore();
    await browser?.close();
  });

  async function launch(): Promise<Browser> {
    const opened: BrowserContext[] = [];
    const own = {
      async createBrowserContext() {
        if (!browser) throw new Error('there is no browser');
        const context = await browser.createBrowserContext();
        opened.push(context);
        return context;
      },
      close: async () => {
        for (const context of opened) if (!context.closed) await context.close();
      },
      process: () => null,
    };
    return own as unknown as Browser;
  }

  return {
    isThere: browser !== null,
    /** Pages that a scrape has left behind. */
    contexts: () => (browser?.browserContexts().length ?? 1) - 1,

    /** A connector to which these websites answer, and nothing else. */
    async visit(
      slug: string,
      credentials: Readonly<Record<string, string>>,
      websites: Websites,
      options: Partial<IsraelOptions> = {},
    ) {
      const { preparePage, leaks, asked } = createAnswers(websites);
      const connector = createIsrael({
        clock,
        launch,
        preparePage,
        stepMs: 5_000,
        fetch: () => Promise.reject(new Error('nothing is asked without the browser')),
        ...options,
      });
      const institutions = await connector.institutions();
      const institution = institutions.find(({ id }) => id === `israel:${slug}`);
      if (!institution) throw new Error('no such company');
      const step = await connector.startAccess({
        institution,
        redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
        notificationUrl: 'http://127.0.0.1:4711/hooks/israel',
        validUntil: '2026-08-31',
        credentials,
        user,
      });
      if (step.kind !== 'granted') throw new Error('it asks something');
      const open = () => connector.open(step.grant, undefined);
      return { open, leaks, asked, grant: step.grant };
    },
  };
}

/** The package leaves the timers of its limits and looks running when it is done: nothing is to wait for them. */
function letGoOfTimers(): () => void {
  const { setTimeout: before } = globalThis;
  const start = (work: () => void, ms?: number) => {
    const timer = before(work, ms);
    return ms !== undefined && ms >= 1_000 ? timer.unref() : timer;
  };
  globalThis.setTimeout = start as typeof setTimeout;
  return () => {
    globalThis.setTimeout = before;
  };
}
