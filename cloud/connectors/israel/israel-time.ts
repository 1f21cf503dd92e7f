import type { CalendarDate, Instant } from '../../../shared/calendar-date.ts';

const israelDays = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Jerusalem',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day of an instant in Israel. */
export function dayInIsrael(instant: Instant | Date): CalendarDate {
  return israelDays.format(new Date(instant));
}

/** The first instant of a day in Israel, where clocks change after midnight and not at it. */
export function startOfDayInIsrael(day: CalendarDate): Date {
  const summer = new Date(`${day}T00:00:00+03:00`);
  return dayInIsrael(summer) === day ? summer : new Date(`${day}T00:00:00+02:00`);
}
