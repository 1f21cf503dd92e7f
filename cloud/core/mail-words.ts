import { type CalendarDate, dayOf } from '../../shared/calendar-date.ts';
import { type FailureCode, failures } from '../../shared/failures.ts';
import type { Mail } from '../ports/mailer.ts';
import type { UserNotice } from './due-notices.ts';

type About = UserNotice['about'];

interface Words {
  readonly subject: string;
  readonly happened: string;
  readonly toDo: string;
  /** Why the mail came, where one may decline such. */
  readonly note?: string;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const nameMax = 80;

/**
 * Subject and text of a mail: what happened, what to do, one link. Nothing that a bank told is in it, and of the user's
 * the name of the connection alone. @param name as the user wrote it
 */
export function wordMail(
  about: About,
  name: string,
  bookUrl: string,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const { subject, happened, toDo, note } = wordsOf(about, oneLine(name));
  const link = 'Open your book:';
  const text = [happened, toDo, `${link}\n${bookUrl}`, ...(note ? [note] : [])].join('\n\n');
  const html = [
    `<p>${escapeHtml(happened)}</p>`,
    `<p><b>${escapeHtml(toDo)}</b></p>`,
    `<p><a href="${escapeHtml(bookUrl)}">Open your book</a></p>`,
    ...(note ? [`<p>${escapeHtml(note)}</p>`] : []),
  ].join('\n');
  return { subject, text: `${text}\n`, html: `${html}\n` };
}

function wordsOf(about: About, name: string): Words {
  switch (about.kind) {
    case 'stopped':
      return {
        subject: `${name} needs you: ${briefOf(about.code)}`,
        happened: `${name}: ${failures[about.code].text}`,
        toDo: failures[about.code].advice,
      };
    case 'renewal':
      return {
        subject: `${name}: renew by ${dayAndMonth(about.validUntil)}`,
        happened: `${name}: your permission for this bank ends on ${wholeDay(about.validUntil)}.`,
        toDo: 'Renew it until then: accounts, feeds and rows stay, and the old one works until the new one does.',
        note: 'You can turn reminders off in Bookfeed, under Settings, Notifications.',
      };
    case 'confirmation':
      return wordsOfConfirmation(about, name);
    case 'failing':
      return {
        subject: `${name}: no sync since ${dayAndMonth(dayOf(about.since))}`,
        happened: `${name}: ${failures[about.code].text} So it has been since ${wholeDay(dayOf(about.since))}.`,
        toDo: 'Reconnect, or import a file for the days that are missing; meanwhile the next sync tries again.',
      };
  }
}

function wordsOfConfirmation(
  { asked, cause, expiresAt }: Extract<About, { kind: 'confirmation' }>,
  name: string,
): Words {
  const needed = { code: 'code', method: 'code', approval: 'approval', redirect: 'confirmation' };
  const sought = cause === 'historical' ? `the history of ${name}` : name;
  const time = `${wholeDay(dayOf(expiresAt))}, ${expiresAt.slice(11, 16)} UTC`;
  return {
    subject: `Your ${needed[asked]} is needed for ${sought}`,
    happened: `${name}: ${failures['needs-confirmation'].text} It waits until ${time}.`,
    toDo: 'Open the sidebar of your book and answer what the bank asks; after that time, start again there.',
  };
}

/** A failure in the words of its table, as the end of a subject. */
function briefOf(code: FailureCode): string {
  if (code === 'consent-expired') return 'the connection has expired';
  const { text } = failures[code];
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

function dayAndMonth(day: CalendarDate): string {
  return `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]}`;
}

function wholeDay(day: CalendarDate): string {
  return `${dayAndMonth(day)} ${day.slice(0, 4)}`;
}

/** A line break would begin another header of the mail; what is not seen could turn the text around. */
function oneLine(name: string): string {
  const line = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return [...line].slice(0, nameMax).join('') || 'Your bank';
}

function escapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => named[char] ?? char);
}
