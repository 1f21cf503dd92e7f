import type { BankErrorCode } from '../ports/bank-connector.ts';

/** What a status says by itself, where no code of the provider says more: undefined for 4xx that could be anything. */
export function codeOfStatus(status: number): BankErrorCode | undefined {
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 504) return 'timeout';
  if (status >= 500) return 'bank-unavailable';
  // A redirect: nothing of what was asked for.
  if (status < 400) return 'reply-unreadable';
  return undefined;
}
