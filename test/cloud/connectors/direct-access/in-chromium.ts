import { describe } from '@jest/globals';
import { launchChromium } from '../../../browser/chromium.ts';

/** `describe`, or its skipping where this machine has no Chromium. */
export async function describeInChromium(): Promise<typeof describe | typeof describe.skip> {
  const browser = await launchChromium();
  await browser?.close();
  return browser ? describe : describe.skip;
}
