import type { BankAccountBook, BankStatement } from '../../cloud/local/bank/bank-customer.ts';
import { createSandboxBank, type SandboxBank } from '../../cloud/local/bank/sandbox-bank.ts';
import type { BankTraits } from '../../cloud/local/bank/traits.ts';
import type { Clock, Ids } from '../../cloud/ports/clock.ts';
import type { Store } from '../../cloud/ports/store.ts';
import type { Balance, ObservedEntry } from '../../shared/bank.ts';
import { type Money, parseMoney } from '../../shared/money.ts';
import type { Scenario, ScenarioAccount, ScenarioEntry, StepOf } from './format.ts';

/** Who holds the accounts of a scenario. */
export const customer = { login: 'erika', password: 'sandbox' };

/** Direct access has no consent that ends, unless the scenario says so: longer than any scenario. */
const endlessDays = 36_500;

export type ScenarioBank = ReturnType<typeof createScenarioBank>;

/** The Sandbox Bank as a scenario has it; accounts go by the scenario's keys. */
export function createScenarioBank(
  { accounts, traits, wayIn }: Scenario,
  { store, clock, ids }: { store: Store; clock: Clock; ids: Ids },
) {
  const opened = new Map<string, ScenarioAccount>();
  const closed = new Set<string>();
  const statements = new Map<string, BankStatement>();
  /** The bank's own keys and those of the payments are of fewer letters than a scenario's may be. */
  const bankKeys = new Map<string, string>();

  function openBook(account: ScenarioAccount): BankAccountBook {
    const key = `account-${bankKeys.size + 1}`;
    opened.set(account.key, account);
    bankKeys.set(account.key, key);
    const { iban, mask, name, holder, currency, type } = account;
    return {
      key,
      ...(iban && { iban }),
      ...(mask && { maskedPan: `************${mask}` }),
      name,
      holder,
      currency,
      type,
      statement: () => ({ entries: [] }),
    };
  }

  const bank: SandboxBank = createSandboxBank({
    store,
    clock,
    ids,
    customers: [{ ...customer, name: accounts[0]?.holder ?? '', accounts: accounts.map(openBook) }],
    traits: traitsOf(traits, wayIn),
  });
  const { control } = bank;
  const bankKeyOf = (key: string) => bankKeys.get(key) ?? '';

  function show(key: string, shown: StepOf<'bank'>['bank'][string]): void {
    const account = opened.get(key);
    if (!account) throw new RangeError(`no account has the key ${key}`);
    const before = statements.get(key);
    const entries = shown.entries?.map((entry) => toObserved(entry, account.currency));
    const balance = shown.balance ? toBalance(shown.balance, account.currency) : before?.balance;
    const statement = {
      entries: entries ?? before?.entries ?? [],
      ...(balance && { balance }),
    };
    statements.set(key, statement);
    control.show(bankKeyOf(key), statement);
  }

  return {
    sandbox: bank,
    app: bank.app,
    at: bank.at,
    loginAt: bank.loginAt,
    accountOf: (key: string) => opened.get(key),
    isOpen: (key: string) => opened.has(key) && !closed.has(key),

    /** From now on the bank answers so. */
    answer(step: StepOf<'bank'>): void {
      for (const account of step.newAccounts ?? []) {
        control.openAccount(customer.login, openBook(account));
      }
      for (const [key, shown] of Object.entries(step.bank)) show(key, shown);
      for (const key of step.closed ?? []) {
        closed.add(key);
        control.closeAccount(bankKeyOf(key));
      }
    },

    fail({ account, ...failure }: StepOf<'bankFails'>['bankFails']): void {
      control.failNext({
        ...withoutUndefined(failure),
        ...(account !== undefined && { account: bankKeyOf(account) }),
      });
    },

    issueAccountIds: control.issueAccountIds,

    /** The code that the bank has just sent to the customer's phone. @throws Error where it sent none */
    code(): string {
      const { code } = control.answers(customer.login) ?? {};
      if (code === undefined) throw new Error('the bank has sent no code');
      return code;
    },

    /** The scenario's key of the account that the newest consent shows under an id. */
    keyOfId(externalId: string): string | undefined {
      const bankKey = control.accountIds()[externalId];
      return [...bankKeys].find(([, it]) => it === bankKey)?.[0];
    },

    /** Calls so far of a kind for an account; a list of accounts is a call for each. */
    calls(key: string, kind: 'accounts' | 'balances' | 'entries'): number {
      return control
        .calls()
        .filter(
          ({ call, account }) => call === kind && (account ?? bankKeyOf(key)) === bankKeyOf(key),
        )
        .reduce((sum, { count }) => sum + count, 0);
    },
  };
}

/**
 * A scenario writes references as the bank shows them in each answer, so the bank itself must not change them again:
 * `reissued` and `perSession` say what to expect of it.
 */
function traitsOf(traits: Scenario['traits'], wayIn: Scenario['wayIn']): Partial<BankTraits> {
  const { entryReference, ...others } = traits ?? {};
  return {
    ...(wayIn === 'login' && { consentDays: endlessDays }),
    ...withoutUndefined(others),
    entryReference: entryReference === 'none' ? 'none' : 'stable',
  };
}

function toObserved(entry: ScenarioEntry, currencyOfAccount: string): ObservedEntry {
  const { ref, status, bookingDate, valueDate, amount, counterparty, text } = entry;
  const { currency = currencyOfAccount, balanceAfter, original } = entry;
  return {
    ...(ref !== null && { reference: ref }),
    status,
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    amount: parseMoney(amount, currency),
    counterparty,
    text,
    ...(balanceAfter && { balanceAfter: parseMoney(balanceAfter, currencyOfAccount) }),
    ...(original && { original: parseMoney(original.amount, original.currency) }),
  };
}

function toBalance(
  {
    booked,
    available,
  }: { readonly booked?: string | undefined; readonly available?: string | undefined },
  currency: string,
): Balance {
  const money = (text: string): Money => parseMoney(text, currency);
  return {
    ...(booked !== undefined && { booked: money(booked) }),
    ...(available !== undefined && { available: money(available) }),
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** zod leaves optional fields as `T | undefined`, which exact optional properties refuse. */
function withoutUndefined<T extends object>(it: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(it).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
