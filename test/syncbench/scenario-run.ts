import type { AccountView, ConnectionView } from '../../shared/api.ts';
import { typeOfPath } from '../../shared/book.ts';
import { connectBank } from '../walk.ts';
import type { Fault, Mapping, Scenario, ScenarioAccount } from './format.ts';
import { customer } from './scenario-bank.ts';
import type { Finding } from './score.ts';
import type { System } from './system.ts';
import type { User } from './user.ts';
import type { UserWrites } from './user-writes.ts';

/** A scenario on its way: the system, the user, and what was found so far. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly system: System;
  readonly user: User;
  readonly writes: UserWrites;
  readonly found: Finding[];
  /** All that was mapped so far. */
  readonly mapped: Mapping[];
  /** Keys by which the book knows the scenario's accounts. */
  readonly accountKeys: Map<string, string>;
  /** For the next sync. */
  faults: readonly Fault[];
  /** Write requests to the sheet in the last sync. */
  sheetWrites: number;
  hasBookAccounts: boolean;
}

/** The connection as the sidebar shows it; undefined once it is removed. */
export async function connectionOf({ system }: ScenarioRun): Promise<ConnectionView | undefined> {
  return (await system.current().call('overview', {})).connections[0];
}

/** @throws Error where there is none */
export async function connectionThere(run: ScenarioRun): Promise<ConnectionView> {
  const connection = await connectionOf(run);
  if (!connection) throw new Error('the book has no connection');
  return connection;
}

/** The user connects, or reconnects, and answers which account is which where that is asked. */
export async function walkToBank(run: ScenarioRun, accountIds: 'same' | 'new'): Promise<void> {
  const { bank } = run.system;
  const { call } = run.system.current();
  bank.issueAccountIds(accountIds);
  const known = await connectionOf(run);
  const { institution, credentialsOf, decide, answer } = run.system.served;
  await connectBank(call, customer, {
    institution,
    ...(credentialsOf && { credentials: await credentialsOf(customer) }),
    ...(decide && { decide: (page) => decide(page, customer) }),
    ...(known && { connectionId: known.id }),
    answer: answer ?? (async () => ({ code: bank.code() })),
  });
  const { id: connectionId, accounts } = await connectionThere(run);
  for (const { key: accountKey, candidates = [] } of accounts) {
    const [key] = [...run.accountKeys].find(([, it]) => it === accountKey) ?? [];
    const mine = candidates.find(({ externalId }) => bank.keyOfId(externalId) === key);
    if (!mine) continue;
    await call('identifyAccount', { connectionId, accountKey, externalId: mine.externalId });
  }
}

export async function linkAccounts(run: ScenarioRun, mappings: readonly Mapping[]): Promise<void> {
  const { call } = run.system.current();
  const { id: connectionId, accounts } = await connectionThere(run);
  for (const mapping of mappings) {
    const account = run.system.bank.accountOf(mapping.account);
    const view = account && viewOf(run, account, accounts);
    if (!view) throw new Error(`the book does not know the account ${mapping.account}`);
    run.accountKeys.set(mapping.account, view.key);
    const { bookAccount: path, from } = mapping;
    const type = typeOf(run.scenario, path, account);
    await call('linkAccount', {
      connectionId,
      accountKey: view.key,
      bookAccount: { path, type },
      from,
    });
    // The account may go on under the key of one that files have filled.
    const { accounts: now } = await connectionThere(run);
    const linked = now.find(({ feed }) => feed?.bookAccount.path === path);
    run.accountKeys.set(mapping.account, linked?.key ?? view.key);
  }
}

/** Which of the book's accounts one of the scenario's is; of several that look the same the first that is free. */
export function viewOf(
  { accountKeys }: ScenarioRun,
  account: ScenarioAccount,
  views: readonly AccountView[],
): AccountView | undefined {
  const known = accountKeys.get(account.key);
  const byKey = views.find(({ key }) => key === known);
  if (byKey) return byKey;
  const others = new Set(
    [...accountKeys].flatMap(([key, it]) => (key === account.key ? [] : [it])),
  );
  const free = views.filter(
    ({ key, currency }) => !others.has(key) && currency === account.currency,
  );
  const byNumber = free.find(({ iban, mask, name }) =>
    account.iban === undefined
      ? mask === account.mask?.slice(-4) && name === account.name
      : iban === account.iban,
  );
  // A provider may tell no number, or its last digits alone, and have names of its own.
  const byName = free.find(({ iban, name }) => iban === undefined && name === account.name);
  return byNumber ?? byName ?? (free.length === 1 ? free[0] : undefined);
}

/** A bank account fills an asset or a liability; a path that says neither is told by the kind of account. */
function typeOf({ bookAccounts = [] }: Scenario, path: string, { type }: ScenarioAccount) {
  const named = bookAccounts.find(({ name }) => name === path)?.type ?? typeOfPath(path);
  return named ?? (type === 'card' || type === 'loan' ? 'liability' : 'asset');
}
