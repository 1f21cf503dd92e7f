import { MoneyError } from '../../../shared/money.ts';
import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';
import type { Account, AccountSet, Problem } from './schema.ts';

/** The one way from what a SimpleFIN server refuses to a BankError; what is no refusal passes as it is. */
export function toBankError(error: unknown): unknown {
  if (error instanceof MoneyError) {
    return new BankError('reply-unreadable', `entries: ${error.message}`);
  }
  if (!(error instanceof ProviderRefusal)) return error;
  const { retryAfterSeconds } = error;
  return new BankError(codeOfRefusal(error), error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function codeOfRefusal({ call, status }: ProviderRefusal): BankErrorCode {
  // Of a token that is not there, or was claimed before: by us, or by somebody who should not have it.
  if (call === 'claim' && status === 403) return 'confirmation-declined';
  if (status === 401 || status === 403) return 'consent-revoked';
  // The user's own subscription at the Bridge, of which the operator knows nothing.
  if (status === 402) return 'account-locked';
  return codeOfStatus(status) ?? 'bank-unavailable';
}

/**
 * What the errors in an answer, which may come with status 200 and a part of the data, mean for one account, or without
 * one for none; undefined: all of it is there. An unknown subcode counts as its prefix, as the protocol has it.
 * @param account where its connection is not known, it may be any
 */
export function problemOf(
  set: AccountSet,
  account?: Pick<Account, 'id' | 'conn_id'>,
): BankError | undefined {
  const [problem] = set.errlist.filter((it) => isAbout(it, account)).sort(byGravity);
  if (!problem) return undefined;
  const { code } = problem;
  // The server may write anything there, and it goes into the log.
  const told = /^[a-z]+\.[a-z]*$/.test(code) ? code : 'another code';
  return new BankError(codeOfProblem(set, code), `errlist: ${told}`);
}

function isAbout(
  { code, conn_id, account_id }: Problem,
  account: Pick<Account, 'id' | 'conn_id'> | undefined,
): boolean {
  if (code.startsWith('gen.')) return true;
  if (!account || (conn_id && account.conn_id && conn_id !== account.conn_id)) return false;
  return code.startsWith('act.') ? account_id === account.id : true;
}

function codeOfProblem(set: AccountSet, code: string): BankErrorCode {
  if (code === 'gen.auth') return 'consent-revoked';
  // The others go on where one of several banks wants its user; it heals by itself once the user was at the Bridge.
  if (code === 'con.auth' && isOfAll(set)) return 'needs-confirmation';
  return 'bank-unavailable';
}

const gravity = ['con.auth', 'gen.auth'];

function byGravity(a: Problem, b: Problem): number {
  return gravity.indexOf(b.code) - gravity.indexOf(a.code);
}

/** Whether no bank behind the token lets its user in. */
function isOfAll({ errlist, connections, accounts }: AccountSet): boolean {
  const shut = new Set(errlist.flatMap((it) => (it.code === 'con.auth' ? it.conn_id : [])));
  const all = [...connections, ...accounts].map(({ conn_id }: Pick<Account, 'conn_id'>) => conn_id);
  return all.every((connId) => shut.has(connId));
}
