import {
  type AccessStep,
  type BankConnector,
  BankError,
  ConfirmationNeeded,
  type UserPresence,
} from '../../../cloud/ports/bank-connector.ts';
import type { Institution, ObservedAccount } from '../../../shared/bank.ts';
import type { Confirmation, ConfirmationAnswer } from '../../../shared/confirmation.ts';
import { giro, institution } from './world.ts';

/** The same bank as the one of world.ts, by its customers' own login. */
export const loginInstitution: Institution = {
  id: 'direct:bank',
  connector: 'direct',
  name: institution.name,
  country: institution.country,
  wayIn: 'login',
  historyDays: 365,
  credentials: [
    { name: 'user', label: 'Login name', kind: 'text', hint: 'As on your card' },
    { name: 'pin', label: 'PIN', kind: 'password' },
  ],
};

/** What the fake bank takes. */
export const login = { user: 'erika.muster', pin: 'Gänse-7!blau' };
export const code = '482913';

export const askMethod: Confirmation = {
  kind: 'method',
  prompt: 'Which TAN method?',
  methods: [
    { id: 'sms', name: 'Text message' },
    { id: 'photo', name: 'photoTAN' },
    { id: 'app', name: 'App' },
  ],
};
export const askCode: Confirmation = {
  kind: 'code',
  prompt: 'TAN from your phone',
  format: 'digits',
  length: 6,
};
export const askPhoto: Confirmation = {
  kind: 'code',
  prompt: 'TAN from the picture',
  format: 'text',
  picture: {
    mimeType: 'image/gif',
    content: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
    alt: 'Coloured dots',
  },
};
export const askApproval: Confirmation = {
  kind: 'approval',
  prompt: 'Approve the login in your app',
  everySeconds: 3,
};

/** A bank with a login, one question about the method and one confirmation, all of which a test can change. */
export function createLoginBank() {
  const bank = {
    accounts: [giro] as readonly ObservedAccount[],
    /** Set once the user has approved in the app. */
    isApproved: false,
    expiresAt: undefined as string | undefined,
    /** Thrown by the next start, whatever the login. */
    failing: undefined as Error | undefined,
    /** Thrown by reading the accounts. */
    failingAccounts: undefined as Error | undefined,
    /** Awaited by every call. */
    before: async () => {},
    starts: [] as Readonly<Record<string, string>>[],
    answers: [] as ConfirmationAnswer[],
    revoked: [] as unknown[],
    users: [] as (UserPresence | undefined)[],
    closed: 0,
  };
  const ask = (confirmation: Confirmation, stage: string): AccessStep => ({
    kind: 'asked',
    grant: { ...login, stage },
    confirmation,
    ...(bank.expiresAt && { expiresAt: bank.expiresAt }),
  });
  const connector: BankConnector = {
    id: 'direct',
    institutions: async () => [loginInstitution],
    async startAccess({ credentials, user }) {
      bank.starts.push(credentials);
      bank.users.push(user);
      await bank.before();
      if (bank.failing) throw bank.failing;
      const isRight = credentials['user'] === login.user && credentials['pin'] === login.pin;
      if (!isRight) throw new BankError('login-rejected');
      return ask(askMethod, 'method');
    },
    async answerConfirmation(grant, answer) {
      bank.answers.push(answer);
      await bank.before();
      if (answer.kind === 'method') {
        const asked = { sms: askCode, photo: askPhoto, app: askApproval }[answer.id] ?? askCode;
        return ask(asked, answer.id);
      }
      if (answer.kind === 'poll' && !bank.isApproved) return ask(askApproval, 'app');
      if (answer.kind === 'code' && answer.text !== code) throw new BankError('code-rejected');
      return { kind: 'granted', grant: { ...grant, stage: 'done', device: 'd1' } };
    },
    async open(_grant, user) {
      bank.users.push(user);
      return {
        accounts: async () => {
          if (bank.failingAccounts) throw bank.failingAccounts;
          return bank.accounts;
        },
        balance: async () => ({ booked: { minor: 123_456, currency: 'EUR' } }),
        entries: async function* () {},
        close: async () => {
          bank.closed += 1;
        },
      };
    },
    revokeAccess: async (grant) => {
      bank.revoked.push(grant);
    },
  };
  return { bank, connector };
}

/** What a bank throws that wants a code before it shows accounts. */
export const wantsCode = new ConfirmationNeeded({
  grant: { ...login, stage: 'accounts' },
  confirmation: askCode,
});
