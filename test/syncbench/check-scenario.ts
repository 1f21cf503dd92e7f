import { MoneyError, parseMoney } from '../../shared/money.ts';
import type { Mapping, Scenario, ScenarioAccount, ScenarioEntry, StepOf } from './format.ts';

/** A field that says what cannot be, with the way to it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = Problem['path'];

/** What no single field tells: names that mean nothing, times that go back, amounts that their currency has not. */
export function checkScenario(scenario: Scenario, fileName: string): readonly Problem[] {
  const check = createCheck();
  if (scenario.name !== fileName) check.add(['name'], `the file is called ${fileName}`);
  for (const [index, account] of scenario.accounts.entries()) {
    check.open(account, ['accounts', index]);
  }
  check.mappings(scenario.map, ['map']);
  for (const [index, { name }] of (scenario.bookAccounts ?? []).entries()) {
    check.bookAccount(name, ['bookAccounts', index, 'name']);
  }
  checkSteps(scenario, check);
  for (const [key, proof] of Object.entries(scenario.expect.proof ?? {})) {
    const path = ['expect', 'proof', key];
    if (typeof proof === 'object') check.amount(proof.offBy, check.currencyOf(key), path);
    check.account(key, path);
  }
  for (const key of Object.keys(scenario.expect.calls ?? {})) {
    check.account(key, ['expect', 'calls', key]);
  }
  return check.problems;
}

type Check = ReturnType<typeof createCheck>;

function createCheck() {
  const problems: Problem[] = [];
  const accounts = new Map<string, ScenarioAccount>();
  const mapped = new Set<string>();
  const add = (path: Path, message: string) => {
    problems.push({ path, message });
  };

  function account(key: string, path: Path): void {
    if (!accounts.has(key)) add(path, `no account has the key ${key} by then`);
  }

  function amount(text: string, currency: string | undefined, path: Path): void {
    if (currency === undefined) return;
    try {
      parseMoney(text, currency);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      add(path, error.message);
    }
  }

  function bookAccount(name: string, path: Path): void {
    if (!/^[^:\s][^:]*(:[^:]+)*$/.test(name)) add(path, 'a path, as Assets:Checking');
  }

  return {
    problems,
    add,
    account,
    amount,
    bookAccount,
    currencyOf: (key: string) => accounts.get(key)?.currency,

    open(opened: ScenarioAccount, path: Path): void {
      const { key, iban, currency } = opened;
      if (accounts.has(key)) add([...path, 'key'], `a second account has the key ${key}`);
      const isTaken = [...accounts.values()].some(
        (other) => iban !== undefined && other.iban === iban && other.currency === currency,
      );
      if (isTaken) add([...path, 'iban'], 'a second account has this IBAN and currency');
      accounts.set(key, opened);
    },

    mappings(mappings: readonly Mapping[], path: Path): void {
      for (const [index, one] of mappings.entries()) {
        account(one.account, [...path, index, 'account']);
        bookAccount(one.bookAccount, [...path, index, 'bookAccount']);
        if (mapped.has(one.account)) add([...path, index, 'account'], 'it is mapped already');
        mapped.add(one.account);
      }
    },
  };
}

function checkSteps({ steps }: Scenario, check: Check): void {
  let last = '';
  for (const [index, step] of steps.entries()) {
    const path = ['steps', index];
    if (step.is.at < last) check.add([...path, 'at'], 'before the step above');
    last = step.is.at;
    if (step.kind === 'bank') checkBank(step.is, path, check);
    else if (step.kind === 'bankFails') {
      const { account } = step.is.bankFails;
      if (account !== undefined) check.account(account, [...path, 'bankFails', 'account']);
    } else if (step.kind === 'resync') {
      check.mappings(step.is.mapNew ?? [], [...path, 'mapNew']);
    } else if (step.kind === 'import') {
      check.account(step.is.import.account, [...path, 'import', 'account']);
    }
  }
}

function checkBank(step: StepOf<'bank'>, path: Path, check: Check): void {
  for (const [index, account] of (step.newAccounts ?? []).entries()) {
    check.open(account, [...path, 'newAccounts', index]);
  }
  for (const [index, key] of (step.closed ?? []).entries()) {
    check.account(key, [...path, 'closed', index]);
  }
  for (const [key, { entries = [], balance = {} }] of Object.entries(step.bank)) {
    const here = [...path, 'bank', key];
    check.account(key, here);
    const currency = check.currencyOf(key);
    for (const [index, entry] of entries.entries()) {
      checkEntry(entry, currency, [...here, 'entries', index], check);
    }
    for (const [kind, amount] of Object.entries(balance)) {
      if (amount !== undefined) check.amount(amount, currency, [...here, 'balance', kind]);
    }
  }
}

function checkEntry(
  entry: ScenarioEntry,
  currencyOfAccount: string | undefined,
  path: Path,
  check: Check,
): void {
  const { currency = currencyOfAccount, amount, balanceAfter, original } = entry;
  check.amount(amount, currency, [...path, 'amount']);
  if (balanceAfter) check.amount(balanceAfter, currencyOfAccount, [...path, 'balanceAfter']);
  if (original) check.amount(original.amount, original.currency, [...path, 'original', 'amount']);
}
