import type { Quirk } from './quirk.ts';

/**
 * A bank that answers 400 or 422 to a request for pending entries. Where the bank says so in the standard's code or by
 * 422, the connector asks again for booked ones alone; this quirk saves that call, and helps where the bank says nothing
 * that can be told from another refusal. Without the rule such a bank gives no entry at all.
 */
export const bookedOnly: Quirk = { isBookedOnly: true };
