import { setTimeout } from 'node:timers/promises';

/** How often Plaid is asked for what it does not know yet, the first time included, and how long lies between. */
export interface Patience {
  readonly tries: number;
  readonly everyMs: number;
  /** Absent: time itself. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Between one try and the next. */
export async function wait({ everyMs, sleep = setTimeout }: Patience): Promise<void> {
  await sleep(everyMs);
}
