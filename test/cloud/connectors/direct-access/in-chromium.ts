import { afterAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium as launchOwn } from '../../../../cloud/adapters/launch-chromium.ts';
import { launchChromium } from '../../../browser/chromium.ts';

/** `describe`, or its skipping where this machine has no Chromium. */
export async function describeInChromium(): Promise<typeof describe | typeof describe.skip> {
  const browser = await launchChromium();
  await browser?.close();
  return browser ? describe : describe.skip;
}

/** One Chromium for all the connectors of a test file: to them it looks as if each had its own. */
export function shareChromium(): () => Promise<Browser> {
  let launched: Promise<Browser> | undefined;
  afterAll(async () => (await launched)?.close());
  return async () => {
    launched ??= launchOwn();
    const browser = await launched;
    const own = {
      newContext: browser.newContext.bind(browser),
      isConnected: browser.isConnected.bind(browser),
      on: () => undefined,
      close: async () => undefined,
    };
    return own as unknown as Browser;
  };
}
