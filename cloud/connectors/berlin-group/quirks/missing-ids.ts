import type { Quirk } from './quirk.ts';

/**
 * A bank whose ids of entries are none: `NOTPROVIDED`, `0`, one id for all of a day, or another with each fetch. An entry is then
 * known by what it says, as at banks that send no id. Without the rule a re-issued id counts as another entry's.
 */
export const missingIds: Quirk = {
  mend: (transaction) => ({
    ...transaction,
    entryReference: undefined,
    transactionId: undefined,
  }),
};
