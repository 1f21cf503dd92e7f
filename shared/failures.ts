/** What the user sees of a failure: grey is none yet (a wait), orange heals by itself, red needs somebody. */
export type FailureColour = 'grey' | 'orange' | 'red';
/** Who can mend it: `time` means nobody needs to. */
export type FailureActor = 'time' | 'user' | 'operator';

export interface FailureKind {
  readonly colour: FailureColour;
  readonly acts: FailureActor;
  /** Whether the schedule tries again by itself. */
  readonly retries: boolean;
  /** What happened, a sentence for the user. */
  readonly text: string;
  /** The one thing to do, a sentence. */
  readonly advice: string;
}

/** The add-on has to tell these two itself; named, so that its bundle does not carry the whole table. */
export const cloudUnreachable = {
  colour: 'orange',
  acts: 'time',
  retries: true,
  text: 'Bookfeed could not be reached.',
  advice: 'Check your connection and try again; nothing was lost.',
} as const satisfies FailureKind;
export const internalFailure = {
  colour: 'orange',
  acts: 'operator',
  retries: true,
  text: 'Something went wrong inside Bookfeed.',
  advice: 'Try again; if it stays, tell whoever runs it the time of this.',
} as const satisfies FailureKind;

/** The one table of failures: every code a user, the schedule or a log may meet. */
export const failures = {
  'rate-limited': {
    colour: 'grey',
    acts: 'time',
    retries: true,
    text: 'The bank allows no further call for now.',
    advice: 'Nothing to do: the next sync waits until the bank allows one.',
  },
  'bank-unavailable': {
    colour: 'orange',
    acts: 'time',
    retries: true,
    text: 'The bank could not answer.',
    advice: 'Nothing to do: the next sync tries again. Reconnect forces it.',
  },
  timeout: {
    colour: 'orange',
    acts: 'time',
    retries: true,
    text: 'The bank did not answer in time.',
    advice: 'Nothing to do: the next sync tries again. Reconnect forces it.',
  },
  'reply-unreadable': {
    colour: 'orange',
    acts: 'time',
    retries: true,
    text: 'The bank answered with something that is no statement.',
    advice: 'Nothing to do: the next sync tries again, and nothing of this answer was kept.',
  },
  'period-not-available': {
    colour: 'orange',
    acts: 'time',
    retries: true,
    text: 'The bank does not give entries that old.',
    advice: 'Choose a later start, or import a file for the days before.',
  },
  'needs-confirmation': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'The bank wants you to confirm this access.',
    advice: 'Reconnect and confirm at the bank.',
  },
  'consent-expired': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Your permission for this bank has ended.',
    advice: 'Reconnect to give it again; accounts, feeds and rows stay.',
  },
  'consent-revoked': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'The permission was taken back at the bank.',
    advice: 'Reconnect to give it again; accounts, feeds and rows stay.',
  },
  'confirmation-declined': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'The access was not allowed at the bank.',
    advice: 'Start again from Bookfeed when you want to allow it.',
  },
  'code-rejected': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'The bank did not accept that code.',
    advice: 'Check it and type it again, or start again for a new one.',
  },
  'confirmation-expired': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'The bank no longer waits for this confirmation.',
    advice: 'Start again: the bank then asks anew.',
  },
  'login-rejected': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'The bank did not accept the login.',
    advice: 'Check spaces, capitals and punctuation, then reconnect.',
  },
  'grant-unreadable': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Bookfeed can no longer open what it keeps of your access to this bank.',
    advice: 'Reconnect to give it again; accounts, feeds and rows stay.',
  },
  'account-locked': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'The bank has locked this access.',
    advice: 'Unlock it at the bank, then reconnect.',
  },
  'account-gone': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'The bank no longer shows this account.',
    advice: 'Reconnect if it should be there; its rows stay.',
  },
  'provider-not-configured': {
    colour: 'red',
    acts: 'operator',
    retries: false,
    text: 'Access to this bank is not set up here.',
    advice: 'Ask whoever runs this Bookfeed to check its settings for this bank.',
  },
  'notice-refused': {
    colour: 'red',
    acts: 'operator',
    retries: false,
    text: 'A notice did not come from whom it says.',
    advice: 'Check the secret that this provider signs its notices with.',
  },
  'sheet-gone': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'The spreadsheet of this book is gone.',
    advice: 'Restore it from the trash, or open Bookfeed in another one; the entries are kept.',
  },
  'sheet-not-writable': {
    colour: 'red',
    acts: 'user',
    retries: true,
    text: 'Bookfeed may not write to this spreadsheet.',
    advice: 'Share it with Bookfeed as an editor; the rows that wait are then written.',
  },
  'sheet-unavailable': {
    colour: 'orange',
    acts: 'time',
    retries: true,
    text: 'The spreadsheet could not be reached.',
    advice: 'Nothing to do: the rows are kept and written as soon as it answers.',
  },
  'sheet-changed': {
    colour: 'orange',
    acts: 'user',
    retries: true,
    text: 'A column that Bookfeed needs is no longer in its tab.',
    advice: 'Undo its deletion (Ctrl+Z); the rows that wait are then written.',
  },
  'not-signed-in': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Google did not say who you are.',
    advice: 'Reload the spreadsheet and open Bookfeed again.',
  },
  'prove-editor': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Only those who may edit this spreadsheet can use Bookfeed in it.',
    advice: 'Ask its owner for permission to edit, then open Bookfeed again.',
  },
  'not-allowed': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Your role in this book does not allow that.',
    advice: 'Ask its owner or an admin.',
  },
  'not-yours': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'Somebody else gave this access to the bank.',
    advice: 'Only who gave it can renew it or confirm it: ask them, or connect the bank yourself.',
  },
  'not-found': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'That is no longer there.',
    advice: 'Open Bookfeed again to see what is.',
  },
  'bad-request': {
    colour: 'red',
    acts: 'user',
    retries: false,
    text: 'That cannot be used.',
    advice: 'Change what is named, and try again.',
  },
  'file-unreadable': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'This file could not be taken in.',
    advice: 'Download the statement of this account again from the bank, and choose that file.',
  },
  'link-expired': {
    colour: 'orange',
    acts: 'user',
    retries: false,
    text: 'This link has been used or is too old.',
    advice: 'Go back to your book and choose Connect a bank again.',
  },
  'cloud-unreachable': cloudUnreachable,
  internal: internalFailure,
} as const satisfies Record<string, FailureKind>;

export type FailureCode = keyof typeof failures;

/** A failure on its way to a user; `detail` names the thing and the place, and holds nothing secret. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail?: string;
}

/** A failure with all that its row of the table says, for whoever shows it. */
export type FailureView = Failure & FailureKind;

export function viewFailure(failure: Failure): FailureView {
  return { ...failure, ...failures[failure.code] };
}

/** Thrown inside a process; the doors turn it into a Failure. `message` is the code, and the detail where there is one. */
export class FailureError extends Error {
  override readonly name: string = 'FailureError';
  readonly code: FailureCode;
  readonly detail: string | undefined;
  /** The detail is for who reads the log, and says nothing to a user. */
  readonly isForLog: boolean = false;

  constructor(code: FailureCode, detail?: string, options?: ErrorOptions) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.code = code;
    this.detail = detail;
  }
}

/** The Failure that an error stands for, as users are told of it; what is no FailureError is `internal`. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof FailureError)) return { code: 'internal' };
  return error.detail === undefined || error.isForLog
    ? { code: error.code }
    : { code: error.code, detail: error.detail };
}
