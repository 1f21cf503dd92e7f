import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { textOf, type XmlElement } from './xml-tree.ts';

/** The day of a Dt or DtTm as the bank wrote it; its time and zone are not used. */
export function readIsoDate(element: XmlElement | undefined): CalendarDate | undefined {
  return toDay(textOf(element, 'Dt') ?? textOf(element, 'DtTm'));
}

/** The day of a date or an instant, where it exists. */
export function toDay(text: string | undefined): CalendarDate | undefined {
  const date = text?.slice(0, 10);
  return date !== undefined && isCalendarDate(date) ? date : undefined;
}
