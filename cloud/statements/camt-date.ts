import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { textOf, type XmlElement } from './camt-tree.ts';

/** The day of a Dt or DtTm as the bank wrote it; its time and zone are not used. */
export function readIsoDate(element: XmlElement | undefined): CalendarDate | undefined {
  return toDay(textOf(element, 'Dt') ?? textOf(element, 'DtTm'));
}

/** The day on which the bank made the statement, or the message around it. */
export function dayOfCreation(
  statement: XmlElement,
  message: XmlElement,
): CalendarDate | undefined {
  const instant = textOf(statement, 'CreDtTm') ?? textOf(message, 'GrpHdr', 'CreDtTm');
  return toDay(instant);
}

function toDay(text: string | undefined): CalendarDate | undefined {
  const date = text?.slice(0, 10);
  return date !== undefined && isCalendarDate(date) ? date : undefined;
}
