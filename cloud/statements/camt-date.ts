import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { textOf, type XmlElement } from './xml-tree.ts';

/** The day of a Dt or DtTm as the bank wrote it; its time and zone are not used. */
export function readIsoDate(element: XmlElement | undefined): CalendarDate | undefined {
  return toDay(textOf(element, 'Dt') ?? textOf(element, 'DtTm'));
}

/** A statement has the same few days again and again: each is checked, and kept, once. */
const days = new Map<string, CalendarDate | undefined>();
const dayMax = 10_000;

/** The day of a date or an instant, where it exists. */
export function toDay(text: string | undefined): CalendarDate | undefined {
  const date = text?.slice(0, 10) ?? '';
  if (!days.has(date)) {
    if (days.size === dayMax) days.clear();
    days.set(date, isCalendarDate(date) ? date : undefined);
  }
  return days.get(date);
}
