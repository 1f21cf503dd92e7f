import type { ProviderRefusal } from '../../http-client.ts';
import type { BankTransaction } from '../schema.ts';

/** What one bank does otherwise than the standard says, or leaves open. */
export interface Quirk {
  /** Banks that are known for it, by the first four letters of their BICs. */
  readonly bankCodes?: readonly string[];
  /** Most days of entries that it gives at a time. */
  readonly windowDays?: number;
  /** It refuses to tell pending entries. */
  readonly isBookedOnly?: true;
  /** A transaction as the bank must have meant it. */
  readonly mend?: (transaction: BankTransaction) => BankTransaction;
  /** Whether a refusal of days that an ordinary fetch does not reach is about these days alone. */
  readonly refusesDays?: (refusal: ProviderRefusal) => boolean;
}
