import { Hono } from 'hono';
import type { Institution } from '../../../shared/bank.ts';
import { type BerlinGroupBank, credentialFieldsOf } from '../../connectors/berlin-group/bank.ts';
import type { DirectAccessBank } from '../../connectors/direct-access/connector.ts';
import { sandboxBankLogin } from '../../connectors/direct-access/logins/sandbox-bank.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { type AccountIds, createAccountIds } from './account-ids.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { openBankingPath } from './addresses.ts';
import type { BankAccountBook, BankCustomer, BankStatement } from './bank-customer.ts';
import { type ConfirmationOnPhone, createConfirmations } from './confirmations.ts';
import { type Consents, createConsents } from './consents.ts';
import { type BankFailure, type CallCount, createFailures, type Failures } from './control.ts';
import { createDevices } from './devices.ts';
import { createFetches, type Fetches } from './fetches.ts';
import { createNotices } from './notices.ts';
import { createOAuthServer, sandboxClientId } from './oauth-server.ts';
import { createOnlineBanking } from './online-banking.ts';
import { createOpenBanking } from './open-banking.ts';
import { createPayments } from './payments.ts';
import { sampleCustomers } from './sample-customers.ts';
import { createSessions } from './sessions.ts';
import { type BankTraits, defaultTraits } from './traits.ts';

export interface SandboxBankOptions {
  /** Holds consents and added payments; may be another's too, for its collections are its own. */
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** In the place of the sample customers. */
  readonly customers?: readonly BankCustomer[];
  readonly traits?: Partial<BankTraits>;
  /** With which notices of news are signed, as in Standard Webhooks; absent: the bank sends none. */
  readonly notificationSecret?: string;
  /** Told of what the bank itself did wrong, which it answers with 500; by default a line on the terminal. */
  readonly onDefect?: (error: Error) => void;
}

/** A bank to try things out with: its open-banking side, its own pages, and strings to pull. */
export interface SandboxBank {
  /** Everything the bank serves; it needs an address of its own. */
  readonly app: Hono;
  /** The bank as the connector berlin-group takes it, once it is served at `url`. */
  at(url: string): BerlinGroupBank;
  /** The same bank as the connector direct-access takes it. */
  loginAt(url: string): DirectAccessBank;
  readonly control: BankControl;
  /** For another side of the same bank, as a test builds one: what it knows, and what is arranged to fail. */
  readonly parts: SandboxParts;
}

export interface SandboxParts {
  readonly accounts: Accounts;
  readonly accountIds: AccountIds;
  readonly consents: Consents;
  readonly fetches: Fetches;
  readonly failures: Failures;
  readonly traits: BankTraits;
  readonly clock: Clock;
  readonly customers: readonly BankCustomer[];
}

/** What a test, a benchmark or a scenario arranges, in the process of the bank. Accounts go by their keys. */
export interface BankControl {
  /** From now on the account holds this, and not what its source says. */
  show(account: string, statement: BankStatement): void;
  openAccount(login: string, account: BankAccountBook): void;
  closeAccount(account: string): void;
  failNext(failure: BankFailure): void;
  /** Calls that reached the bank since it was started, refused ones included. */
  calls(): readonly CallCount[];
  /** What the customer's phone shows of the newest thing to confirm; undefined while nothing is. */
  answers(login: string): ConfirmationOnPhone | undefined;
  /** Tells whoever asked for notices of the account; the status that each answered, 0 for none. */
  notify(account: string): Promise<readonly number[]>;
  /** Sends the last notice once more, byte for byte; the status of the answer. */
  repeatNotice(): Promise<number>;
  /**
   * Whether consents and remembered browsers from now on show accounts under the ids of the newest one (the default) or
   * new ones.
   */
  issueAccountIds(kind: 'same' | 'new'): void;
  /** Keys of the accounts by the ids under which the newest consent or remembered browser shows them. */
  accountIds(): Readonly<Record<string, string>>;
}

export function createSandboxBank(options: SandboxBankOptions): SandboxBank {
  const { store, clock, ids, customers = sampleCustomers, onDefect = tellDefect } = options;
  const traits = { ...defaultTraits, ...options.traits };
  const payments = createPayments({ store, clock, ids });
  const accounts = createAccounts(customers, payments, clock);
  const sessions = createSessions({ clock, ids });
  const failures = createFailures(clock);
  const onConfirmed = failures.endConfirmations;
  const accountIds = createAccountIds();
  const consents = createConsents({ store, clock, ids, traits, accountIds, onConfirmed });
  const confirmations = createConfirmations({ clock, ids, onConfirmed });
  const devices = createDevices({ store, clock, ids, traits, accounts, accountIds });
  const fetches = createFetches({ accounts, traits, ids });
  const secret = options.notificationSecret;
  const notices = createNotices({ accounts, consents, clock, ids, secret });
  const parts = {
    accounts,
    notices,
    accountIds,
    consents,
    confirmations,
    devices,
    fetches,
    failures,
  };

  const app = new Hono();
  const oauth = createOAuthServer({ consents, clock, ids });
  if (traits.scaApproach === 'oauth') app.route('/', oauth.app);
  app.route('/', createOpenBanking({ ...parts, oauth, sessions, traits, clock, onDefect }));
  app.route(
    '/',
    createOnlineBanking({ ...parts, payments, sessions, traits, clock, customers, onDefect }),
  );

  return {
    app,
    parts: { accounts, accountIds, consents, fetches, failures, traits, clock, customers },
    at: (url) => ({
      ...openBankingOf(traits),
      baseUrl: `${url}${openBankingPath}`,
      ...(secret !== undefined && { notificationSecret: secret }),
    }),
    loginAt: (url) => ({
      institution: loginInstitutionOf(traits),
      baseUrl: url,
      login: sandboxBankLogin,
    }),
    control: {
      show: accounts.show,
      openAccount: accounts.open,
      closeAccount: accounts.close,
      failNext: failures.failNext,
      calls: failures.calls,
      answers: confirmations.onPhone,
      notify: notices.notify,
      repeatNotice: notices.repeat,
      issueAccountIds: accountIds.issue,
      accountIds: accountIds.newest,
    },
  };
}

const listed = { name: 'Sandbox Bank', country: 'DE', city: 'Musterstadt' } as const;

/** The bank, and what there is to know of how its customers confirm. */
function openBankingOf(traits: BankTraits): Omit<BerlinGroupBank, 'baseUrl'> {
  const { historyDays, consentDays, scaApproach } = traits;
  const connector = 'berlin-group';
  const id = `${connector}:sandbox-bank`;
  const institution: Institution = {
    ...listed,
    id,
    connector,
    wayIn: 'psd2',
    historyDays,
    consentDays,
  };
  if (scaApproach === undefined) return { institution };
  if (scaApproach === 'oauth') return { institution, oauth: { clientId: sandboxClientId } };
  const approach = scaApproach;
  const scope = approach === 'embedded' ? 'all' : 'chosen';
  const credentials = credentialFieldsOf({ approach, scope });
  return { institution: { ...institution, credentials }, approach, scope };
}

function loginInstitutionOf(traits: BankTraits): DirectAccessBank['institution'] {
  const { historyDays, unattendedPerDay } = traits;
  const connector = 'direct-access';
  const id = `${connector}:sandbox-bank`;
  return { ...listed, id, connector, wayIn: 'login', historyDays, unattendedPerDay };
}

/** Without the message, which might quote what somebody typed. */
function tellDefect({ name, stack = '' }: Error): void {
  process.stderr.write(`The Sandbox Bank has a defect: ${name} ${stack.split('\n')[1]?.trim()}\n`);
}
