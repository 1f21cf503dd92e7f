import type { Entry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';

/** The day under which an entry is kept and shown: booked, else valued, else first seen. */
export function entryDay({ bookingDate, valueDate, firstSeen }: Entry): CalendarDate {
  return bookingDate ?? valueDate ?? firstSeen;
}
