import type { z } from 'zod';
import type { BankErrorCode } from '../../ports/bank-connector.ts';

/** What goes wrong in a browser: the bank is not there, its pages are others than those described, or a limit is met. */
export class BrowserFailure extends Error {
  override readonly name = 'BrowserFailure';
  readonly what: 'timeout' | 'unreachable' | 'unreadable' | 'no-browser' | 'not-taken';

  constructor(what: BrowserFailure['what'], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.what = what;
  }
}

/** The bank showed a page that says no: its mark where it has one we know, and its status. */
export class PageRefusal extends Error {
  override readonly name = 'PageRefusal';
  readonly status: number;
  readonly mark: BankErrorCode | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** As the page prints it. */
  readonly earliest: string | undefined;

  constructor(
    status: number,
    more: {
      mark?: BankErrorCode | undefined;
      retryAfterSeconds?: number | undefined;
      earliest?: string | undefined;
    },
  ) {
    super(`a page with status ${status}`);
    this.status = status;
    this.mark = more.mark;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.earliest = more.earliest;
  }
}

export function isDefect(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || !(error instanceof Error);
}

/** Without the browser's own words, in which stands what was typed and what a page shows. */
export function toBrowserFailure(error: unknown): unknown {
  if (error instanceof BrowserFailure || error instanceof PageRefusal || isDefect(error))
    return error;
  const { name, message } = error as Error;
  const [issue] = (error as Partial<z.ZodError>).issues ?? [];
  if (issue) return new BrowserFailure('unreadable', `field ${issue.path.join('.')}`);
  if (name === 'TimeoutError') return new BrowserFailure('timeout', 'a page that does not come');
  const [code] = /net::ERR_[A-Z_]{1,60}/.exec(message) ?? [];
  return new BrowserFailure('unreachable', code ?? 'the browser lost the page');
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterOf(value: string | undefined, now: string): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(now)) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
