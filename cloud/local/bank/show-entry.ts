import { createHash } from 'node:crypto';
import type { ObservedEntry } from '../../../shared/bank.ts';
import type { BankTraits } from './traits.ts';

/** How one fetch shows entries: what this bank leaves out, and under which references. */
export interface Showing {
  readonly traits: BankTraits;
  /** The consent or the remembered browser. */
  readonly accessId: string;
  /** Differs from fetch to fetch. */
  readonly fetchId: string;
  readonly showsBalanceAfter: boolean;
}

/** An entry of the bank's books as it leaves the bank, by whatever way. */
export function showEntry(entry: ObservedEntry, showing: Showing): ObservedEntry {
  const { reference, bookingDate, valueDate, balanceAfter, ...shown } = entry;
  const leavesOut = showing.traits.minimalDates;
  return {
    ...referenceOf(reference, showing),
    ...(bookingDate && leavesOut !== 'booking' && leavesOut !== 'none' && { bookingDate }),
    ...(valueDate && leavesOut !== 'value' && leavesOut !== 'none' && { valueDate }),
    ...(showing.showsBalanceAfter && balanceAfter && { balanceAfter }),
    ...shown,
  };
}

function referenceOf(reference: string | undefined, showing: Showing) {
  const { traits, accessId, fetchId } = showing;
  if (!reference || traits.entryReference === 'none') return {};
  if (traits.entryReference === 'perSession') {
    return { reference: saltedReference(reference, accessId) };
  }
  if (traits.entryReference === 'reissued') {
    return { reference: saltedReference(reference, fetchId) };
  }
  return { reference };
}

function saltedReference(reference: string, salt: string): string {
  const hash = createHash('sha256').update(`${salt}|${reference}`).digest('hex');
  return hash.slice(0, 20).toUpperCase();
}
