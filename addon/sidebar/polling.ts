/**
 * Asks again and again, `delayMs()` after each answer; at once when somebody comes back to the page, and not at all while
 * nobody sees it. `adjust` is to be called when the delay may have changed.
 */
export function startPolling(poll: () => Promise<void>, delayMs: () => number) {
  let answeredAt = Date.now();
  let isPolling = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function adjust(): void {
    clearTimeout(timer);
    if (isPolling || document.hidden) return;
    timer = setTimeout(run, Math.max(0, answeredAt + delayMs() - Date.now()));
  }

  async function run(): Promise<void> {
    if (isPolling || document.hidden) return;
    isPolling = true;
    await poll();
    isPolling = false;
    answeredAt = Date.now();
    adjust();
  }

  const comeBack = () => {
    // A click into the sidebar gives it the focus each time.
    if (document.hidden) clearTimeout(timer);
    else if (Date.now() - answeredAt > 1000) void run();
  };
  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('focus', comeBack);
  adjust();
  return { adjust };
}
