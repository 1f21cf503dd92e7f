import type { Browser } from 'playwright-core';

/** A browser process that visits share while there are any, and that is kept for a while after the last one. */
export interface WarmBrowser {
  /** @throws what `launch` throws */
  borrow(): Promise<Browser>;
  giveBack(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing is launched before it is first borrowed; one that has crashed is launched anew. */
export function createWarmBrowser(launch: () => Promise<Browser>, warmMs: number): WarmBrowser {
  let running: Promise<Browser> | undefined;
  let borrowers = 0;
  let ending: NodeJS.Timeout | undefined;

  function run(): Promise<Browser> {
    const launched = launch();
    const forget = () => {
      if (running === launched) running = undefined;
    };
    launched.then((browser) => browser.on('disconnected', forget), forget);
    return launched;
  }

  async function end(): Promise<void> {
    clearTimeout(ending);
    const launched = running;
    running = undefined;
    // One that never came up has nothing to close; who borrowed it was told.
    const browser = await launched?.catch(() => undefined);
    await browser?.close();
  }

  return {
    async borrow() {
      clearTimeout(ending);
      borrowers += 1;
      running ??= run();
      try {
        return await running;
      } catch (error) {
        borrowers -= 1;
        throw error;
      }
    },

    async giveBack() {
      borrowers -= 1;
      if (borrowers > 0) return;
      if (warmMs === 0) return end();
      ending = setTimeout(() => void end(), warmMs).unref();
    },

    close: end,
  };
}
