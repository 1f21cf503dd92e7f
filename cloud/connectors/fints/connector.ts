import type { Institution } from '../../../shared/bank.ts';
import { type BankConnector, BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadStatementFile } from '../../ports/statement-files.ts';
import type { CallMade } from '../http-client.ts';
import { createAccess } from './access.ts';
import { isSafeUrl } from './bank-list.ts';
import { createBankSession } from './bank-session.ts';
import { createClient } from './client.ts';
import { createDialog, type DialogOf } from './dialog.ts';
import { type Login, readGrant } from './grant.ts';
import { loadLibrary } from './message.ts';
import { toBankError } from './to-bank-error.ts';

/** A bank that speaks FinTS 3.0 with PIN and TAN, and where. */
export interface FinTsBank {
  /** Its id begins with `fints:`; what its login asks for is added. */
  readonly institution: Omit<Institution, 'credentials'>;
  /** The German bank code, eight digits. */
  readonly blz: string;
  readonly url: string;
}

export interface FinTsOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly banks: readonly FinTsBank[];
  /** Of the product, as it was registered with the Deutsche Kreditwirtschaft. */
  readonly productId: string;
  /** What banks tell of entries are statement files. */
  readonly readStatementFile: ReadStatementFile;
  /** Of one message; banks take their time for years of entries. */
  readonly timeoutMs?: number;
  /** For the log: every message that was sent, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

const credentials = [
  {
    name: 'user-id',
    label: 'Benutzerkennung',
    kind: 'text',
    hint: 'What you log in with online: Anmeldename, Zugangsnummer, Legitimations-ID, VR-NetKey.',
  },
  { name: 'pin', label: 'PIN', kind: 'password', hint: 'The password of your online banking.' },
  {
    name: 'customer-id',
    label: 'Kunden-ID',
    kind: 'text',
    hint: 'Only where your bank gave you one beside the Benutzerkennung.',
    isOptional: true,
  },
] as const;

/** German banks by FinTS 3.0 with PIN and TAN, with their users' own logins. */
export function createFinTs(options: FinTsOptions): BankConnector {
  const { fetch, clock, productId, readStatementFile, timeoutMs = 50_000, onCall } = options;
  const send = createClient({ fetch, clock, timeoutMs, onCall });
  const banks = new Map(options.banks.map((bank) => [bank.institution.id, bank]));
  const institutions = options.banks.map(({ institution }) => ({ ...institution, credentials }));

  const dialogOf: DialogOf = async ({ institutionId, login, known }, before) => {
    const bank = banks.get(institutionId);
    if (!bank || !isSafeUrl(bank.url)) {
      throw new BankError('provider-not-configured', 'no such bank is set up');
    }
    const library = await loadLibrary();
    const { blz } = bank;
    const url = new URL(bank.url);
    return createDialog({ library, send, clock, url, blz, productId, login, known }, before);
  };
  const access = createAccess({ clock, dialogOf });

  return {
    id: 'fints',

    async institutions() {
      return institutions;
    },

    startAccess: ({ institution, credentials: given }) =>
      asBankErrors(async () => access.start(institution.id, readLogin(given))),

    answerConfirmation: (grant, answer) =>
      asBankErrors(async () => access.answer(readGrant(grant), answer)),

    async open(kept, _user, keep) {
      const grant = readGrant(kept);
      return createBankSession({ grant, clock, keep, read: readStatementFile, dialogOf });
    },

    /** The bank gave nothing that could be given back: without the login nobody gets in. */
    async revokeAccess() {},
  };
}

async function asBankErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toBankError(error);
  }
}

/** What no message can carry would only count as a wrong try. @throws BankError `login-rejected` */
function readLogin(given: Readonly<Record<string, string>>): Login {
  const userId = (given['user-id'] ?? '').trim();
  const pin = (given['pin'] ?? '').trim();
  const customerId = (given['customer-id'] ?? '').trim() || userId;
  const isSendable = (text: string, most: number) =>
    /^[\x20-\x7e\xa1-\xff]+$/.test(text) && text.length <= most;
  if (!isSendable(userId, 30) || !isSendable(customerId, 30) || !isSendable(pin, 99)) {
    throw new BankError('login-rejected', 'a login that no message can carry');
  }
  return { userId, pin, ...(customerId !== userId && { customerId }) };
}
