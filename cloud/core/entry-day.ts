import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';

/** The day under which an entry is kept and shown: booked, else valued, else first seen. */
export function entryDay({ bookingDate, valueDate, firstSeen }: Entry): CalendarDate {
  return bookingDate ?? valueDate ?? firstSeen;
}

/** The day that an entry itself tells; undefined where it tells none. */
export function dayTold({ bookingDate, valueDate }: ObservedEntry): CalendarDate | undefined {
  return bookingDate ?? valueDate;
}
