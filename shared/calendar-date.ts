/** A bank's day, YYYY-MM-DD, without zone: never converted to an instant for comparison or arithmetic. */
export type CalendarDate = string;

/** An instant, ISO 8601 in UTC with milliseconds: 2026-03-01T08:00:00.000Z. Compares as text. */
export type Instant = string;

const dayMs = 86_400_000;
/** Day 0 of a Google spreadsheet's serial dates. */
const serialEpochMs = Date.UTC(1899, 11, 30);

/** True for YYYY-MM-DD that names a day of the calendar; 30 February is none. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // The 30th of February is read as a day of March; a month that is none, as none.
  return new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(8));
}

/** The day `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Days from `a` to `b`, negative when `b` is earlier. */
export function daysBetween(a: CalendarDate, b: CalendarDate): number {
  return (Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / dayMs;
}

/** The earliest of some days. */
export function earliestOf(first: CalendarDate, ...others: readonly CalendarDate[]): CalendarDate {
  let found = first;
  for (const day of others) if (day < found) found = day;
  return found;
}

/** The latest of some days. */
export function latestOf(first: CalendarDate, ...others: readonly CalendarDate[]): CalendarDate {
  let found = first;
  for (const day of others) if (day > found) found = day;
  return found;
}

/** The day of an instant in UTC. */
export function dayOf(instant: Instant): CalendarDate {
  return instant.slice(0, 10);
}

/** The serial number by which a spreadsheet holds a day: days since 1899-12-30. */
export function toSerial(date: CalendarDate): number {
  return (Date.parse(`${date}T00:00:00Z`) - serialEpochMs) / dayMs;
}

/** The day of a spreadsheet's serial number; the time of day is dropped. */
export function fromSerial(serial: number): CalendarDate {
  return new Date(serialEpochMs + Math.floor(serial) * dayMs).toISOString().slice(0, 10);
}

/** The instant `ms` milliseconds later. */
export function addMs(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** Milliseconds from `a` to `b`, negative when `b` is earlier. */
export function msBetween(a: Instant, b: Instant): number {
  return Date.parse(b) - Date.parse(a);
}
