import type { BankAccount, BankingInformation, Segment } from 'lib-fints';
import type {
  Balance,
  BankAccountType,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { FailureError } from '../../../shared/failures.ts';
import { MoneyError, parseMoney, sumMoney } from '../../../shared/money.ts';
import { BankError } from '../../ports/bank-connector.ts';
import type { FileStatement, ReadStatementFile } from '../../ports/statement-files.ts';
import { type Library, readBinary, splitAt } from './message.ts';
import { accountIdOf, isAllowed, ordersOf } from './orders.ts';
import type { BalanceSegment } from './schema.ts';
import { isOfCard, toCardBalance, toCardEntries } from './to-card-entries.ts';

const currencyWhereNone = 'EUR';

/** The accounts of which the bank tells anything: depots and contracts it may only name. */
export function toAccounts(known: BankingInformation): readonly ObservedAccount[] {
  const accounts = known.upd?.bankAccounts ?? [];
  return accounts
    .filter((account) =>
      [...ordersOf(account), 'HKSAL' as const].some((segId) => isAllowed(known, account, segId)),
    )
    .map((account) => toAccount(account, accountIdOf(known, account)));
}

function toAccount(account: BankAccount, externalId: string): ObservedAccount {
  const { accountNumber, iban, holder1, holder2, product, accountType, currency } = account;
  const number = accountNumber.replace(/[^A-Za-z0-9]/g, '').slice(-4);
  return {
    externalId,
    ...(iban ? { iban: iban.replace(/\s/g, '').toUpperCase() } : number ? { mask: number } : {}),
    name: product ?? '',
    holder: [holder1, holder2].flatMap((part) => part?.trim() || []).join(' '),
    ...(product && { product }),
    type: typeByName[accountType] ?? 'current',
    currency: currency || currencyWhereNone,
  };
}

/** The package's names for the ranges of HIUPD's account types. */
const typeByName: Readonly<Record<string, BankAccountType>> = {
  SavingsAccount: 'savings',
  FixedDepositAccount: 'savings',
  HomeSavingsContract: 'savings',
  SecuritiesAccount: 'investment',
  InvestmentCompanyFund: 'investment',
  InsurancePolicy: 'investment',
  LoanMortgageAccount: 'loan',
  CreditCardAccount: 'card',
};

/** What HISAL tells, or DIKKU of a card; a bank that has nothing to tell sends none. @throws BankError `reply-unreadable` */
export function toBalance(library: Library, parts: readonly string[]): Balance {
  const [part] = parts;
  if (part === undefined) return {};
  if (isOfCard(part)) return toCardBalance(part);
  const { balance, availableAmount } = decodeBalance(library, part);
  const { value, currency } = balance.amount;
  return {
    booked: toMoney(balance.creditDebit === 'D' ? -value : value, currency),
    ...(availableAmount && {
      available: toMoney(availableAmount.value, availableAmount.currency),
    }),
  };
}

function decodeBalance(library: Library, part: string): BalanceSegment {
  try {
    return library.Message.decodeSegment(`${part}'`) as Segment & BalanceSegment;
  } catch {
    throw new BankError('reply-unreadable', 'balances: segment HISAL');
  }
}

/**
 * The package has read the decimal text into a number. FinTS amounts have 15 digits at most, and a double of as many digits
 * prints as the text that it was read from, so nothing is lost.
 */
function toMoney(value: number, currency: string) {
  try {
    return parseMoney(String(value), currency);
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new BankError('reply-unreadable', `balances: ${error.message}`);
  }
}

/**
 * The entries of all pages, booked ones first, then noted ones. They are read as statement files are, so that a file of the
 * same days brings the same entries; amounts and days never pass a number with a point or a time zone.
 * @throws BankError `reply-unreadable` where any of them cannot be read
 */
export function toEntries(
  parts: readonly string[],
  read: ReadStatementFile,
  currencyOfAccount: string | undefined,
): readonly ObservedEntry[] {
  if (parts.some(isOfCard)) return parts.flatMap(toCardEntries);
  const { booked, noted } = documentsOf(parts);
  const currency = currencyOfAccount || currencyWhereNone;
  const readAll = (texts: readonly string[]) =>
    texts.flatMap((text) => readDocument(text, read, currency));
  return [
    ...readAll(booked).flatMap(withBalances),
    ...readAll(noted).flatMap(({ entries }) => entries.map(toPending)),
  ];
}

/** A noted entry is not booked, whatever day its document writes. */
function toPending({ bookingDate: _, balanceAfter: __, ...entry }: ObservedEntry): ObservedEntry {
  return { ...entry, status: 'pending' };
}

/** SWIFT messages go on from page to page, so they are one text; of CAMT each document stands by itself. */
function documentsOf(parts: readonly string[]) {
  const pages = parts.map((part) => ({
    isCamt: part.startsWith('HICAZ:'),
    of: splitAt(part, '+'),
  }));
  const at = (index: number, isCamt: boolean) =>
    pages.flatMap((page) => {
      const content = page.isCamt === isCamt ? page.of[index] : undefined;
      if (content === undefined || content === '') return [];
      return isCamt ? splitAt(content, ':').map(readBinary) : [readBinary(content)];
    });
  return {
    booked: [...at(3, true), at(1, false).join('')],
    noted: [...at(4, true), at(2, false).join('')],
  };
}

const entryMarks = /^:61:|<(?:[\w.-]{1,20}:)?Ntry[\s>]/gm;

function readDocument(
  text: string,
  read: ReadStatementFile,
  currency: string,
): readonly FileStatement[] {
  const count = [...text.matchAll(entryMarks)].length;
  if (count === 0) {
    if (/^\s*$|^\s*:\d\d|^\s*<(\?xml|(\w+:)?Document)/.test(text)) return [];
    throw new BankError('reply-unreadable', 'entries: no statement');
  }
  const statements = readAsFile(text, read, currency);
  const isWhole = statements.reduce((sum, { entries }) => sum + entries.length, 0) >= count;
  if (!isWhole) throw new BankError('reply-unreadable', 'entries: one that cannot be read');
  return statements;
}

function readAsFile(text: string, read: ReadStatementFile, currency: string) {
  try {
    const reading = read(Buffer.from(text, 'latin1'), { currency });
    if (reading.kind === 'statements') return reading.statements;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
  }
  throw new BankError('reply-unreadable', 'entries: no statement that we can read');
}

/**
 * The balance after each entry, counted back from the closing balance where all sums tie. Where the days do not tell that
 * the oldest entry stands first, after the last one alone.
 */
function withBalances(statement: FileStatement): readonly ObservedEntry[] {
  const { entries, closing, problems, currency, format } = statement;
  const isSound =
    closing &&
    problems.length === 0 &&
    entries.every(({ amount, status }) => status === 'booked' && amount.currency === currency);
  if (!isSound || closing.amount.currency !== currency) return entries;
  const days = entries.map(({ bookingDate = '' }) => bookingDate);
  const isOldestFirst = days.every((day, index) => index === 0 || day >= (days[index - 1] ?? ''));
  if (!isOldestFirst) return entries;
  const isProven = format === 'mt940' || (days[0] ?? '') < (days.at(-1) ?? '');
  let after = closing.amount;
  const backwards = entries.toReversed().map((entry, index) => {
    const balanceAfter = after;
    after = sumMoney([after, { ...entry.amount, minor: -entry.amount.minor }], after.currency);
    return index === 0 || isProven ? { ...entry, balanceAfter } : entry;
  });
  return backwards.reverse();
}
