import { createRequire } from 'node:module';
import type { Browser, LaunchOptions } from 'puppeteer-core';
import { chromiumCandidates, NoChromium, quietArgs, sandboxes } from './launch-chromium.ts';

/** More than an ordinary sign of life needs: the machine may be starting cold. */
const startMs = 60_000;

/**
 * The same Chromium as launchChromium's, driven by the puppeteer-core that israeli-bank-scrapers-core brings along; to be
 * closed by the caller. @throws NoChromium
 */
export async function launchPuppeteer(more: readonly string[] = []): Promise<Browser> {
  const require = createRequire(import.meta.url);
  const ofScrapers = createRequire(require.resolve('israeli-bank-scrapers-core'));
  const puppeteer = ofScrapers('puppeteer-core') as typeof import('puppeteer-core');
  const causes: unknown[] = [];
  for (const { executablePath, channel, env } of await chromiumCandidates()) {
    for (const hasSandbox of sandboxes) {
      try {
        return await puppeteer.launch({
          ...(executablePath ? { executablePath } : { channel: channel ?? 'chrome' }),
          ...(env && { env }),
          args: [...quietArgs, ...(hasSandbox ? [] : ['--no-sandbox']), ...more],
          timeout: startMs,
          // It would end this whole process with the signal's; the browser ends with the process in any case.
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
        } satisfies LaunchOptions);
      } catch (error) {
        causes.push(error);
      }
    }
  }
  throw new NoChromium(causes);
}
