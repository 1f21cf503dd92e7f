import { AsyncLocalStorage } from 'node:async_hooks';

const ours = new AsyncLocalStorage<typeof fetch>();
let isInstalled = false;

/**
 * Runs `work`, and all that it starts, with `own` in the place of the global fetch, which the package calls without a
 * limit and without a look at the status. To everybody else the global one stays what it was.
 */
export function withOwnFetch<Result>(
  own: typeof fetch,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!isInstalled) {
    isInstalled = true;
    const outer = globalThis.fetch;
    globalThis.fetch = (input, init) => (ours.getStore() ?? outer)(input, init);
  }
  // The own one may itself call the global one.
  const outside: typeof fetch = (input, init) => ours.exit(() => own(input, init));
  return ours.run(outside, work);
}
