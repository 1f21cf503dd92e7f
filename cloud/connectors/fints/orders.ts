import { createHash } from 'node:crypto';
import type {
  BankAccount,
  BankingInformation,
  BPD,
  FinTSConfig,
  Message,
  Segment,
} from 'lib-fints';
import { BankError } from '../../ports/bank-connector.ts';
import { segmentOf, writeFields } from './message.ts';
import type { Order } from './schema.ts';

/**
 * Unique at the bank: banks number accounts, and some their parts. The number of a card account is that of the card, which
 * is to stand nowhere unsealed, so it is mixed with what the bank calls this program.
 */
export function accountIdOf(
  { systemId }: Pick<BankingInformation, 'systemId'>,
  account: Pick<BankAccount, 'accountNumber' | 'subAccountId'> & { readonly accountType: string },
): string {
  const { accountNumber, subAccountId } = account;
  const number = subAccountId ? `${accountNumber}/${subAccountId}` : accountNumber;
  if (!isCard(account)) return number;
  return createHash('sha256').update(`${systemId}|${number}`).digest('hex').slice(0, 32);
}

function isCard({ accountType }: { readonly accountType: string }): boolean {
  return accountType === 'CreditCardAccount';
}

/** @throws BankError `account-gone` */
export function findAccount(known: BankingInformation, accountId: string): BankAccount {
  const found = known.upd?.bankAccounts.find((it) => accountIdOf(known, it) === accountId);
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
  return allowedTransactions?.some(({ transId }) => transId === segId) ?? segId !== 'DKKKU';
}

/** By which entries may be had, the form that says more first. */
export function ordersOf(account: BankAccount): readonly ('HKCAZ' | 'HKKAZ' | 'DKKKU')[] {
  return isCard(account) ? ['DKKKU', 'HKCAZ', 'HKKAZ'] : ['HKCAZ', 'HKKAZ', 'DKKKU'];
}

export function statementOrderOf(
  known: BankingInformation,
  account: BankAccount,
  refused: ReadonlySet<string>,
) {
  return ordersOf(account).find((it) => !refused.has(it) && isAllowed(known, account, it));
}

const cardVersion = 2;

/** Whether the bank tells of cards, and for how many days: the package looks for another segment (HIKKUS, of HKKKU). */
export function learnCards({ allowedTransactions }: BPD, message: Message): void {
  const order = allowedTransactions.find(({ transId }) => transId === 'DKKKU');
  if (!order) return;
  const told = message
    .findAllUnknownSegments('DIKKUS')
    .find(({ header }) => header.version === cardVersion);
  const maxDays = Number.parseInt(told?.rawData.split('+')[3] ?? '', 10);
  order.versions = told ? [cardVersion] : [];
  order.params = maxDays > 0 ? { maxDays } : undefined;
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
  if (segId === 'DKKKU') return cardSegment(account, order, mark);
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
 * Account, its number and part again, days from and to, most entries (which banks do not let one choose) and the page. The
 * package does not know of the last day, so that with it all that comes after would stand in the wrong place.
 */
function cardSegment(
  { accountNumber, subAccountId = '', bank }: BankAccount,
  { from = '', to = '' }: Order,
  mark = '',
): Segment {
  const account = [accountNumber, subAccountId, String(bank.country), bank.bankId];
  const [first, last] = [from, to].map((day) => day.replaceAll('-', ''));
  const fields = [account, accountNumber, subAccountId, first ?? '', last ?? '', '', mark];
  return segmentOf('DKKKU', cardVersion, { fields: writeFields(fields) });
}

/**
 * Deutsche Bank (9210; phpFinTS 249) and comdirect (lib-fints 20) refuse the national number beside the IBAN, so it stands
 * there only where several accounts have one IBAN, as those in other currencies may.
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
