import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium as launch, NoChromium } from '../../cloud/adapters/launch-chromium.ts';

/** A headless Chromium to be closed by the caller, or null, after one line on the terminal, where this machine has none. */
export async function launchChromium(): Promise<Browser | null> {
  try {
    return await launch();
  } catch (error) {
    if (!(error instanceof NoChromium)) throw error;
    if (process.env['BOOKFEED_DEBUG']) process.stderr.write(`${String(error.cause)}\n`);
    process.stderr.write(`Browser tests are skipped: ${error.message}\n`);
    return null;
  }
}

/** For pages with the grid, which asks for sixty pictures a second though nothing changes: here it gets twenty. */
export async function drawCalmly(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { setTimeout, clearTimeout } = globalThis;
    const later = (draw: (now: number) => void) => setTimeout(() => draw(performance.now()), 50);
    Object.assign(globalThis, {
      requestAnimationFrame: later,
      cancelAnimationFrame: clearTimeout,
    });
  });
}

const screenshotTries = 3;

/**
 * Saves what the page shows as `.screenshots/<name>.png`, which git ignores, where somebody wants to look at it
 * (`BOOKFEED_PICTURES=1 npm test -- test/browser`): each takes a tenth of a second.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['BOOKFEED_PICTURES']) await keepPicture(page, name);
}

/** The same where it is always wanted, as of a page before which a test has failed. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = resolve(import.meta.dirname, '../../.screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  for (let tries = 1; ; tries++) {
    try {
      await page.screenshot({ path });
      return;
    } catch (error) {
      // A busy machine's Chromium now and then has no frame to show.
      if (tries === screenshotTries) throw error;
      await page.waitForTimeout(500);
    }
  }
}
