import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Overview } from '../../shared/api.ts';
import { launchChromium } from '../browser/chromium.ts';
import { builtAddon } from './built-addon.ts';
import { type FakeCloud, openSidebar } from './sidebar-page.ts';
import '../browser/try-twice.ts';

/**
 * Makes the browser of a test file, and gives what declares a test with the sidebar open. Where there is no browser,
 * launchChromium says so in a line. No test may end with an error in the page, or with a page wider than the sidebar.
 */
export function sidebarTests() {
  const outDir = builtAddon();
  let browser: Browser | null = null;
  let opened: Awaited<ReturnType<typeof openSidebar>> | null = null;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    if (!opened) return;
    const width = await opened.page.evaluate('document.documentElement.scrollWidth');
    await opened.close();
    const { errors } = opened;
    opened = null;
    expect(errors).toEqual([]);
    expect(width).toBe(300);
  });
  return function sidebarTest(
    name: string,
    change: Partial<FakeCloud> & { readonly appended?: string },
    run: (page: Page, cloud: FakeCloud) => Promise<void>,
  ): void {
    const { appended, ...cloud } = change;
    test(name, async () => {
      if (!browser) return;
      opened = await openSidebar(browser, outDir(), cloud, appended);
      await run(opened.page, opened.cloud);
    });
  };
}

/** The same picture, taken a moment after the one that the page began with. */
export function later(view: Overview): Overview {
  const soon = '2026-03-10T12:00:02.000Z';
  return { ...view, now: view.now > soon ? view.now : soon };
}
