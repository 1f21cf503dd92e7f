import type { Balance, Institution, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { addDays, dayOf, daysBetween } from '../../../shared/calendar-date.ts';
import type { Confirmation, ConfirmationAnswer } from '../../../shared/confirmation.ts';
import { groupBanks } from '../../core/banks.ts';
import { createBankSearch } from '../../core/search-banks.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  ConfirmationNeeded,
  type Grant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';

/** Who sits at the terminal. */
export interface Terminal {
  say(line: string): void;
  /** `unless`: takes the question back, which then has no answer. */
  ask(question: string, unless?: AbortSignal): Promise<string>;
  /** What is typed is not shown. */
  askSecret(question: string): Promise<string>;
  /** Shows a picture; says where. */
  show(content: Uint8Array, mimeType: string): Promise<void>;
}

/** Where a bank sends its user back to. */
export interface WayBack {
  /** With our state in it. */
  readonly redirectUrl: string;
  /** What was added to it, once the browser is there; `given` ends the wait: the address at which it ended, pasted. */
  returned(given: Promise<string>): Promise<Readonly<Record<string, string>>>;
}

/** What became of one step of the walk. Never a name, number or text of a bank or user. */
export interface WalkStep {
  /** As `entries 2`, of the second account. */
  readonly step: string;
  readonly ms: number;
  /** `ok`, or the code of what failed. */
  readonly result: string;
  /** For a failure: what the connector says of it for logs. */
  readonly detail?: string;
}

/** What a connector made of a bank. */
export interface Walked {
  readonly connector: string;
  /** Absent where none was found. */
  readonly institution?: Institution;
  readonly steps: readonly WalkStep[];
  readonly consent?: { readonly days?: number; readonly unattendedPerDay?: number };
  readonly accounts: readonly WalkedAccount[];
}

/** What could not be read is absent. */
export interface WalkedAccount {
  readonly account: ObservedAccount;
  readonly balance?: Balance;
  readonly entries?: readonly ObservedEntry[];
}

export interface Walk {
  readonly connector: BankConnector;
  readonly terminal: Terminal;
  readonly wayBack: WayBack;
  readonly clock: Clock;
  /** How far back entries are asked for. */
  readonly days: number;
  readonly wait: (seconds: number) => Promise<void>;
  /** Told of each step as it begins, also of `credentials`, of which no report tells. */
  readonly onStep?: (step: string) => void;
}

const user: UserPresence = { ipAddress: '127.0.0.1', userAgent: 'Bookfeed at a terminal' };
/** Where a bank does not say how long its consent may last. */
const consentDaysMax = 180;

/** A real bank, from the list to the entries, with its user at a terminal; the permission is given back at the end. */
export async function walkConnector(walk: Walk): Promise<Walked> {
  const { connector, terminal, clock } = walk;
  const steps: WalkStep[] = [];
  const timed = <T>(step: string, work: () => Promise<T>) => timeStep(walk, steps, step, work);
  const institution = await timed('institutions', () => chooseInstitution(walk));
  const refused: Walked = { connector: connector.id, steps, accounts: [] };
  if (!institution) return refused;
  const granted = await askAccess(walk, institution, timed);
  if (!granted) return { ...refused, institution };
  const { validUntil, unattendedPerDay } = granted;
  const days = validUntil === undefined ? undefined : daysBetween(dayOf(clock.now()), validUntil);
  let { grant } = granted;
  const keep = async (next: Grant) => {
    grant = next;
  };
  const accounts = await timed('read', async () => {
    for (;;) {
      try {
        const session = await connector.open(grant, user, keep);
        try {
          return await readAll(walk, session, institution, timed);
        } finally {
          await session.close();
        }
      } catch (error) {
        if (!(error instanceof ConfirmationNeeded)) throw error;
        const again = await answerAll(walk, { kind: 'asked', ...error.asked });
        grant = again.grant;
      }
    }
  });
  const gives = await terminal.ask('Give the permission back to the bank now? [Y/n] ');
  if (!/^n/i.test(gives)) await timed('revoke', () => connector.revokeAccess(grant));
  return {
    ...refused,
    institution,
    accounts: accounts ?? [],
    consent: {
      ...(days !== undefined && { days }),
      ...(unattendedPerDay !== undefined && { unattendedPerDay }),
    },
  };
}

type Timed = <T>(step: string, work: () => Promise<T>) => Promise<T | undefined>;

/** Undefined where the bank refused: the report says with what. */
async function timeStep<T>(
  { terminal, clock, onStep }: Walk,
  steps: WalkStep[],
  step: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  onStep?.(step);
  const begun = Date.parse(clock.now());
  const told = (result: string, detail?: string) => {
    const ms = Date.parse(clock.now()) - begun;
    steps.push({ step, ms, result, ...(detail !== undefined && { detail }) });
  };
  try {
    const value = await work();
    told('ok');
    return value;
  } catch (error) {
    if (!(error instanceof BankError) || error instanceof ConfirmationNeeded) throw error;
    terminal.say(`${step}: ${error.code}${error.detail ? ` (${error.detail})` : ''}`);
    told(error.code, error.detail);
    return undefined;
  }
}

async function chooseInstitution({ connector, terminal }: Walk): Promise<Institution | undefined> {
  const all = await connector.institutions();
  terminal.say(`${all.length} institutions of ${connector.id}.`);
  if (all.length === 1) return all[0];
  const search = createBankSearch(groupBanks(all));
  for (;;) {
    const text = await terminal.ask('Which bank? Name, BIC, routing number or city: ');
    const found = search(text).banks.flatMap(({ institutions }) => institutions);
    for (const [at, { name, country, city }] of found.entries()) {
      terminal.say(
        `${String(at + 1).padStart(3)}  ${[name, city, country].filter(Boolean).join(', ')}`,
      );
    }
    if (found.length === 0) terminal.say('None like that.');
    const choice = found.length > 0 ? await terminal.ask('Its number, or Enter to search: ') : '';
    const chosen = found[Number(choice) - 1];
    if (chosen) return chosen;
  }
}

async function askAccess(walk: Walk, institution: Institution, timed: Timed) {
  const { connector, terminal, wayBack, clock } = walk;
  walk.onStep?.('credentials');
  const credentials: Record<string, string> = {};
  for (const { name, label, kind, hint, isOptional } of institution.credentials ?? []) {
    const question = `${label}${isOptional ? ', optional' : ''}${hint ? ` (${hint})` : ''}: `;
    const text = await (kind === 'password'
      ? terminal.askSecret(question)
      : terminal.ask(question));
    if (text !== '' || !isOptional) credentials[name] = text;
  }
  const asked = await timed('start access', () =>
    connector.startAccess({
      institution,
      redirectUrl: wayBack.redirectUrl,
      notificationUrl: new URL('/hooks/none', wayBack.redirectUrl).href,
      validUntil: addDays(dayOf(clock.now()), institution.consentDays ?? consentDaysMax),
      credentials,
      user,
    }),
  );
  return asked && timed('confirmation', () => answerAll(walk, asked));
}

type Granted = AccessStep & { readonly kind: 'granted' };

/** All that the bank asks, until it lets its user in. A code that it does not accept is asked for again. */
async function answerAll(walk: Walk, first: AccessStep): Promise<Granted> {
  const { connector, terminal } = walk;
  let step = first;
  while (step.kind === 'asked') {
    const { grant, confirmation } = step;
    const answer = await answerOne(walk, confirmation);
    try {
      step = await connector.answerConfirmation(grant, answer, user);
    } catch (error) {
      if (!(error instanceof BankError) || error.code !== 'code-rejected') throw error;
      terminal.say('The bank does not accept that code.');
    }
  }
  return step;
}

async function answerOne(walk: Walk, confirmation: Confirmation): Promise<ConfirmationAnswer> {
  const { terminal, wayBack, wait } = walk;
  if (confirmation.kind === 'redirect') {
    terminal.say(`Open this page, log in and allow access:\n\n${confirmation.url}\n`);
    const back = new AbortController();
    const pasted = terminal.ask(
      'Wait here; or, where your browser ends at a page that does not load, paste its address: ',
      back.signal,
    );
    const query = await wayBack.returned(pasted);
    back.abort();
    return { kind: 'returned', query };
  }
  terminal.say(confirmation.prompt);
  if (confirmation.kind === 'approval') {
    await wait(confirmation.everySeconds);
    return { kind: 'poll' };
  }
  if (confirmation.kind === 'code') {
    const { picture } = confirmation;
    if (picture) await terminal.show(Buffer.from(picture.content, 'base64'), picture.mimeType);
    return { kind: 'code', text: await terminal.ask('Code: ') };
  }
  for (const [at, { name }] of confirmation.methods.entries()) terminal.say(`${at + 1}  ${name}`);
  for (;;) {
    const chosen = confirmation.methods[Number(await terminal.ask('Its number: ')) - 1];
    if (chosen) return { kind: 'method', id: chosen.id };
  }
}

async function readAll(
  { terminal, clock, days }: Walk,
  session: Awaited<ReturnType<BankConnector['open']>>,
  { historyDays }: Institution,
  timed: Timed,
): Promise<readonly WalkedAccount[]> {
  const walked: WalkedAccount[] = [];
  const from = addDays(dayOf(clock.now()), -Math.min(days, historyDays));
  const accounts = (await timed('accounts', () => session.accounts())) ?? [];
  terminal.say(`${accounts.length} accounts.`);
  for (const [at, account] of accounts.entries()) {
    const balance = await timed(`balance ${at + 1}`, () => session.balance(account.externalId));
    const entries = await timed(`entries ${at + 1}`, async () => {
      const read: ObservedEntry[] = [];
      for await (const page of session.entries(account.externalId, { from })) {
        read.push(...page.entries);
      }
      return read;
    });
    terminal.say(`Account ${at + 1}: ${entries ? `${entries.length} entries` : 'no entries'}.`);
    walked.push({ account, ...(balance && { balance }), ...(entries && { entries }) });
  }
  return walked;
}
