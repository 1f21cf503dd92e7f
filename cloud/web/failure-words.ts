import type { FailureCode } from '../../shared/failures.ts';

type Words<T> = Readonly<Partial<Record<FailureCode, T>>>;

/** What most often lies behind a failure of the connect page. */
export const causesHere: Words<readonly string[]> = {
  'login-rejected': [
    'A space before or after, as copying often brings one.',
    'Capitals: most banks tell them apart. Is Caps Lock on?',
    'Punctuation, as a hyphen, dot or slash that belongs to it or does not, or another keyboard.',
    'Another login of the same bank: that of its cards, its depot or its business customers.',
    'A password that was changed at the bank a moment ago, or that the bank wants changed.',
  ],
  'code-rejected': [
    'Digits that were swapped, or a space among them.',
    'A code for an earlier question: only the newest one counts.',
    'A code that came too late.',
  ],
  'confirmation-declined': [
    'Cancel was pressed at the bank or in its app.',
    'No account was chosen on the bank’s page.',
    'The bank allows this login no access by other programs.',
  ],
  'confirmation-expired': [
    'It took longer than the bank waits, often five minutes.',
    'The message with the code came late.',
    'The bank was asked again elsewhere meanwhile, which ends the question before.',
  ],
  'needs-confirmation': [
    'The bank’s page was left before its last step.',
    'A second person has to confirm, too.',
  ],
  'bank-unavailable': [
    'The bank is at work on its systems, often at night or on Sunday.',
    'The bank’s pages have changed, and Bookfeed has to learn them first.',
  ],
  timeout: ['The bank is busy, often in the morning or at the turn of a month.'],
  'rate-limited': ['The bank was asked often today, by Bookfeed or another program.'],
  'reply-unreadable': ['The bank is at work on its systems, or has changed its pages.'],
  'account-locked': [
    'A wrong password or code was typed several times, here or at the bank.',
    'The bank wants something first, as new terms of its own or a new password.',
  ],
  'link-expired': [
    'The link works once, and for a quarter of an hour.',
    'This page was left for longer than an hour.',
    'It was opened in another browser than the one in which you began.',
  ],
};

/** What to do, where it is another thing here than in the sidebar. */
export const adviceHere: Words<string> = {
  'login-rejected':
    'Type it again. Banks lock a login after a few wrong ones: if you are not sure, try it on the bank’s own page first. Bookfeed asks the bank once each time you press the button, never by itself.',
  'code-rejected': 'Type it again, or start again for a new one.',
  'confirmation-declined': 'Start again when you want to allow it.',
  'confirmation-expired': 'Start again: the bank then asks anew.',
  'needs-confirmation': 'Go on at the bank and confirm there.',
  'bank-unavailable': 'Try again in some minutes. Nothing was lost.',
  timeout: 'Try again in some minutes. Nothing was lost.',
  'rate-limited': 'Try again later, at the latest tomorrow.',
  'reply-unreadable': 'Try again in some minutes; if it stays, tell whoever runs this Bookfeed.',
  'account-locked': 'Log in on the bank’s own page, do what it asks there, then come back.',
  'grant-unreadable': 'Start again.',
  'not-found': 'Go back to your book and begin again.',
};
