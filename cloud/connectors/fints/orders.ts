import type { BankAccount, BankingInformation, FinTSConfig, Segment } from 'lib-fints';
import { BankError } from '../../ports/bank-connector.ts';
import { segmentOf } from './message.ts';
import type { Order } from './schema.ts';

/** Unique at the bank: banks number accounts, and some their parts. */
export function accountIdOf({ accountNumber, subAccountId }: BankAccount): string {
  return subAccountId ? `${accountNumber}/${subAccountId}` : accountNumber;
}

/** @throws BankError `account-gone` */
export function findAccount({ upd }: BankingInformation, accountId: string): BankAccount {
  const found = upd?.bankAccounts.find((account) => accountIdOf(account) === accountId);
  if (!found) throw new BankError('account-gone', 'not among the accounts that the bank tells');
  return found;
}

/** Whether the bank takes the order for that account. */
export function isAllowed(
  { bpd }: BankingInformation,
  { allowedTransactions }: BankAccount,
  segId: Order['segId'],
): boolean {
  const params = bpd?.allowedTransactions.find(({ transId }) => transId === segId);
  if (!params || params.versions.length === 0) return false;
  if (segId === 'HKCAZ' && camtFormatsOf(params.params).length === 0) return false;
  return allowedTransactions?.some(({ transId }) => transId === segId) ?? true;
}

/** Entries in the form that says more, where the bank has it. */
export function statementOrderOf(
  known: BankingInformation,
  account: BankAccount,
): 'HKCAZ' | 'HKKAZ' | undefined {
  return (['HKCAZ', 'HKKAZ'] as const).find((segId) => isAllowed(known, account, segId));
}

/** Days back that the bank keeps entries; undefined where it does not tell. */
export function daysKept({ bpd }: BankingInformation, segId: Order['segId']): number | undefined {
  const params = bpd?.allowedTransactions.find(({ transId }) => transId === segId)?.params;
  const { maxDays } = (params ?? {}) as { readonly maxDays?: number };
  return maxDays !== undefined && maxDays > 0 ? maxDays : undefined;
}

/** The order as a segment, from the page on that `mark` names. */
export function orderSegment(config: FinTSConfig, order: Order, mark: string | undefined): Segment {
  const { segId, accountId, from, to } = order;
  const known = config.bankingInformation;
  const account = findAccount(known, accountId);
  const version = config.getMaxSupportedTransactionVersion(segId);
  if (!version) throw new BankError('bank-unavailable', `${segId}: no version that we know`);
  const isInternational = segId === 'HKCAZ' || version >= 7;
  return segmentOf(segId, version, {
    account: isInternational ? internationalOf(account, known) : nationalOf(account),
    allAccounts: false,
    ...(segId === 'HKCAZ' && { acceptedCamtFormats: acceptedFormats(config) }),
    ...(from && { from: midnight(from) }),
    ...(to && { to: midnight(to) }),
    ...(mark !== undefined && { continuationMark: mark }),
  });
}

/**
 * Deutsche Bank refuses the national number beside the IBAN (9210; phpFinTS 249), so it stands there only where several
 * accounts have one IBAN, as those in other currencies may.
 */
function internationalOf(account: BankAccount, { upd }: BankingInformation) {
  const { iban, bic } = account;
  if (!iban) return nationalOf(account);
  const isShared = upd?.bankAccounts.some((it) => it !== account && it.iban === iban);
  return { iban, ...(bic && { bic }), ...(isShared && nationalOf(account)) };
}

function nationalOf({ accountNumber, subAccountId, bank }: BankAccount) {
  return { accountNumber, ...(subAccountId && { subAccountId }), bank };
}

/** The package writes days as they are in UTC. */
function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function acceptedFormats(config: FinTSConfig): readonly string[] {
  return camtFormatsOf(config.getTransactionParameters('HKCAZ'));
}

function camtFormatsOf(params: unknown): readonly string[] {
  const { supportedCamtFormats = [] } = (params ?? {}) as {
    readonly supportedCamtFormats?: readonly string[];
  };
  return supportedCamtFormats.filter((format) => /camt\.052\.001\./.test(format));
}
