import { syncIntervals } from '../../shared/access.ts';
import type { ConnectionView, MemberView } from '../../shared/api.ts';
import type { WayIn } from '../../shared/bank.ts';
import { addDays, isCalendarDate } from '../../shared/calendar-date.ts';
import type { ConfirmationPicture } from '../../shared/confirmation.ts';
import { type Role, roles } from '../../shared/roles.ts';
import { describeConfirmation } from './describe-confirmation.ts';
import {
  type Asked,
  type FormName,
  type FormScreen,
  findConnection,
  findMember,
  formCalls,
  may,
  type SidebarState,
  today,
} from './state.ts';
import type { Wording } from './wording.ts';

/** A question as the screen shows it. */
export interface FormView {
  readonly title: string;
  readonly texts: readonly string[];
  /** To choose one of. */
  readonly options?: readonly Choice[];
  readonly picture?: ConfirmationPicture | undefined;
  readonly input?: {
    readonly label: string;
    readonly isDay?: boolean;
    readonly isDigits?: boolean;
    readonly max?: number | undefined;
  };
  /** What is being waited for. */
  readonly waiting?: string;
  /** What the button says; absent where there is nothing to send. */
  readonly doIt?: string;
  /** Null as long as the answer is none. */
  readonly asked: Asked | null;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly note?: string | undefined;
}

export interface FormContext {
  readonly state: SidebarState;
  readonly words: Wording;
  readonly value: string;
}

/** How many days back is asked for where the bank decides how far it goes: no bank known gives more. */
const historyMaxDays = 3652;

/** The form as it stands; one that says why there is nothing to send where it cannot be used. */
export function describeForm(
  state: SidebarState,
  { form, about, value }: FormScreen,
  words: Wording,
): FormView {
  if (!may(state, formCalls[form]))
    return refusal('Ask an admin', 'Your role does not allow that.');
  const context = { state, words, value };
  if (form === 'mails') return describeMails(context);
  if (form === 'role') {
    const member = findMember(state, about);
    return member ? describeRole(context, member) : gone;
  }
  if (form === 'removeAccount') return describeRemoval(state, about);
  const connection = findConnection(state, about ?? '');
  return connection ? bankForms[form](context, connection) : gone;
}

const refusal = (title: string, text: string): FormView => ({ title, texts: [text], asked: null });
const gone = refusal('Not there', 'That is no longer there.');

type BankForm = (context: FormContext, connection: ConnectionView) => FormView;

const bankForms: Readonly<Record<Exclude<FormName, 'mails' | 'role' | 'removeAccount'>, BankForm>> =
  {
    confirm: describeConfirmation,

    history({ state, words, value }, { id, institution, accounts }) {
      const day = today(state);
      const feeds = accounts.flatMap(({ feed }) => feed?.from ?? []).sort();
      const from = value === 'all' ? addDays(day, -historyMaxDays) : value;
      const isAgain = value === 'again';
      const isReady = isAgain || (isCalendarDate(from) && from <= day);
      const args = { connectionId: id, ...(!isAgain && { from }) };
      return {
        title: 'Historical period',
        texts: [
          `Asks ${institution} again for all since then. What stands in your book already is not doubled.`,
          'Usually it takes minutes; hours or up to two days where the bank is slow or wants a confirmation. It goes on by itself, and a mail tells you when a code is needed.',
        ],
        options: [
          { value: 'all', text: 'As far as the bank gives' },
          { value: 'again', text: 'Since your rows begin', note: feeds[0] && words.day(feeds[0]) },
          { value: isChosenDay(value) ? value : (feeds[0] ?? day), text: 'From a date' },
        ],
        ...(isChosenDay(value) && { input: { label: 'Rows from this day on', isDay: true } }),
        doIt: 'Save and fetch',
        asked: isReady ? { call: 'syncHistory', args } : null,
      };
    },

    rename: ({ value }, { id }) => ({
      title: 'Rename',
      texts: [],
      input: { label: 'Name of this bank', max: 80 },
      doIt: 'Save',
      asked: value.trim()
        ? { call: 'renameConnection', args: { connectionId: id, name: value } }
        : null,
    }),

    schedule({ value }, { id, quota }) {
      const everyHours = syncIntervals.find((hours) => `${hours}` === value);
      return {
        title: 'Schedule',
        texts: [
          `The bank allows ${quota.perDay} syncs a day without you. Sync now does not count.`,
        ],
        options: syncIntervals.map((hours) => ({
          value: `${hours}`,
          text: `Every ${hours} hours`,
        })),
        doIt: 'Save',
        asked: everyHours ? { call: 'setSchedule', args: { connectionId: id, everyHours } } : null,
      };
    },

    unsync: (_, { id, name, accounts }) => ({
      title: `Unsync ${name}?`,
      texts: [
        `Goes: the access to the bank, and ${accounts.map((it) => it.name).join(', ')} with their links.`,
        'Stays: every row of your book. If you connect the bank again, its rows are recognised.',
      ],
      doIt: 'Unsync',
      asked: { call: 'unsync', args: { connectionId: id } },
    }),

    wayIn(_, { id, otherWaysIn }) {
      const [wayIn = 'psd2'] = otherWaysIn;
      return {
        title: `Change to ${wayNames[wayIn]}`,
        texts: [...wayTexts[wayIn], 'Accounts, links and rows stay.'],
        doIt: 'Go on',
        asked: { call: 'startConnect', args: { connectionId: id, wayIn } },
      };
    },
  };

function isChosenDay(value: string): boolean {
  return value !== 'all' && value !== 'again';
}

const wayNames: Readonly<Record<WayIn, string>> = {
  psd2: 'open banking',
  login: 'direct access',
};

const wayTexts: Readonly<Record<WayIn, readonly string[]>> = {
  psd2: [
    '+ You log in at the bank’s own page; Bookfeed never sees your login.',
    '− Mostly current accounts, and you confirm again every few months.',
  ],
  login: [
    '+ All that you see at the bank: cards, loans and depots too, with the balance after each entry.',
    '− Bookfeed keeps your login, encrypted, and breaks more easily when the bank changes its pages.',
  ],
};

function describeRemoval({ overview }: SidebarState, accountKey: string | null): FormView {
  const account = overview?.fileAccounts.find(({ key }) => key === accountKey);
  if (!account) return gone;
  return {
    title: `Remove ${account.name}?`,
    texts: [
      'Goes: the account from this list, with its balance.',
      'Stays: every row of your book. If you import its files again, these rows are recognised.',
    ],
    doIt: 'Remove',
    asked: { call: 'removeFileAccount', args: { accountKey: account.key } },
  };
}

function describeMails({ value }: FormContext): FormView {
  return {
    title: 'Notifications',
    texts: ['Whoever connected a bank is always told when it has stopped.'],
    options: [
      { value: 'true', text: 'Remind me before an access ends' },
      { value: 'false', text: 'No reminders' },
    ],
    doIt: 'Save',
    asked: { call: 'setMails', args: { reminders: value === 'true' } },
  };
}

function describeRole({ state, value }: FormContext, { id, email }: MemberView): FormView {
  const isOwner = state.overview?.role === 'owner';
  const offered = roles.filter((it) => isOwner || it === 'viewer' || it === 'bookkeeper');
  const role = roles.find((it) => it === value) ?? null;
  return {
    title: 'Role',
    texts: [email ?? id],
    options: [
      ...offered.map((it) => ({ value: it, text: roleNames[it], note: roleNotes[it] })),
      { value: '', text: 'Take out of the book' },
    ],
    doIt: 'Save',
    asked: { call: 'setRole', args: { memberId: id, role } },
  };
}

export const roleNames: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  bookkeeper: 'Bookkeeper',
  admin: 'Admin',
  owner: 'Owner',
};

const roleNotes: Readonly<Record<Role, string>> = {
  viewer: 'looks',
  bookkeeper: 'links, syncs, imports',
  admin: 'connects, unsyncs, roles',
  owner: 'in your place',
};
