import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { drawCalmly } from '../../../browser/chromium.ts';
import { type BookFixture, builtForTests, openBookFixture } from './book-fixture.ts';
import '../../../browser/try-twice.ts';

const addonDir = join(import.meta.dirname, '../../../fixtures/host-addon');

/** A book of its own in a window that has not gone to it yet. */
export interface OpenPage {
  readonly book: BookFixture;
  readonly context: BrowserContext;
  readonly page: Page;
  /** With the token, as npm start prints it. */
  readonly url: string;
  /** What its pages complain of. */
  readonly defects: string[];
  close(): Promise<void>;
}

export async function openPage(browser: Browser): Promise<OpenPage> {
  const book = await openBookFixture({ addonDir, pageDir: builtForTests().pageDir });
  const context = await browser.newContext({
    viewport: { width: 1400, height: 700 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await drawCalmly(context);
  const defects: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => defects.push(error.message));
  return {
    book,
    context,
    page,
    url: `${book.url}/#${book.sessionToken}`,
    defects,
    close: async () => {
      await context.close();
      await book.close();
    },
  };
}
