import type { Quirk } from './quirk.ts';

/**
 * A bank that writes the day of booking into `valueDate` and the value date into `bookingDate`: a card payment of 3 March
 * that was booked on 5 March comes with bookingDate 2026-03-03 and valueDate 2026-03-05. Without the rule entries lie
 * outside the days that were asked for. Only by setting: what is told of banks names none for sure.
 */
export const swappedDates: Quirk = {
  mend: (transaction) => ({
    ...transaction,
    bookingDate: transaction.valueDate ?? transaction.bookingDate,
    valueDate: transaction.bookingDate ?? transaction.valueDate,
  }),
};
