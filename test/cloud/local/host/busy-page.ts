import type { Page } from 'playwright-core';

/** Runs in the page, whose timers then wait as in a browser with much to do. */
export function letTimersWait(): void {
  const { setTimeout } = globalThis;
  const later = (run: () => void, timeoutMs?: number) => setTimeout(run, timeoutMs || 300);
  Object.assign(globalThis, { setTimeout: later });
}

export interface HeldReading {
  /** When the book is read and only the page does not know yet. */
  readonly begun: Promise<void>;
  end(): Promise<void>;
}

/** The page's next reading is answered with the book as it is now, when `end` says so. */
export async function holdReading(page: Page): Promise<HeldReading> {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route(
    '**/book/state',
    async (route) => {
      const response = await route.fetch();
      begun.resolve();
      await ended.promise;
      await route.fulfill({ response });
      answered.resolve();
    },
    { times: 1 },
  );
  return {
    begun: begun.promise,
    end: () => {
      ended.resolve();
      return answered.promise;
    },
  };
}
