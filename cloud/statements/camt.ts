import type { BankAccountType } from '../../shared/bank.ts';
import { dayOfCreation, readIsoDate } from './camt-date.ts';
import { readCamtEntry } from './camt-entry.ts';
import {
  attributeOf,
  child,
  childNames,
  children,
  parseXml,
  textOf,
  type XmlDocument,
  type XmlElement,
} from './camt-tree.ts';
import { toAccountId } from './iban.ts';
import { openSection, type Section } from './section.ts';
import {
  type ReadOptions,
  type Statement,
  type StatementAccount,
  type StatementBalance,
  StatementUnreadable,
} from './statement.ts';

/** True for XML with a message of camt.052, 053 or 054, or at least their namespace. */
export function looksLikeCamt(text: string): boolean {
  return /<(?:[\w.-]+:)?BkToCstmr[A-Z]|urn:iso:std:iso:20022:tech:xsd:camt\.05[234]/.test(text);
}

/**
 * Reads ISO 20022 account reports (camt.052), statements (053) and notifications (054), all versions: the elements
 * below kept their names and places from .01 to .13, or gained a level that is read too. One entry per Ntry: a batch
 * (several TxDtls) is one booking, as it is on the bank's own statement.
 * Source: the message definition reports of Bank-to-Customer Cash Management, and the DK's Anlage 3 for R-transactions.
 * @throws StatementUnreadable
 */
export function readCamt(text: string, options: ReadOptions = {}): readonly Statement[] {
  const document = parseXml(text);
  const statements = findMessages(document.root, 0).flatMap((message) =>
    ['Stmt', 'Rpt', 'Ntfctn'].flatMap((name) =>
      children(message, name).flatMap((each) => readSection(each, message, document, options)),
    ),
  );
  if (statements.length === 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file is XML but holds no account report, statement or notification of CAMT. ' +
        'Choose CAMT.053 at the bank, and download it again.',
    );
  }
  return statements;
}

/** The messages, at the top or in the envelope that some banks put around them. */
function findMessages(element: XmlElement, depth: number): readonly XmlElement[] {
  if (depth > 5) return [];
  return childNames(element).flatMap((name) =>
    name.startsWith('BkToCstmr')
      ? children(element, name)
      : children(element, name).flatMap((each) => findMessages(each, depth + 1)),
  );
}

function readSection(
  statement: XmlElement,
  message: XmlElement,
  document: XmlDocument,
  options: ReadOptions,
): Statement[] {
  const section = openSection();
  const lineOf = (element: XmlElement): number =>
    document.lineOf(element) ?? document.lineOf(statement) ?? 1;
  const account = readAccount(child(statement, 'Acct'));
  const balances = readBalances(statement, section, lineOf);
  const entries = children(statement, 'Ntry');
  const currency =
    textOf(statement, 'Acct', 'Ccy') ??
    (balances.closing ?? balances.opening)?.amount.currency ??
    attributeOf(child(entries[0], 'Amt'), 'Ccy');
  const currencyWhereNone = options.currencyWhereNone ?? 'XXX';
  const ownAccount = account.iban ?? account.number;
  const undated: XmlElement[] = [];
  for (const entry of entries) {
    const read = readCamtEntry(entry, section, {
      currency: currency ?? currencyWhereNone,
      day: balances.closing?.date ?? dayOfCreation(statement, message),
      ...(ownAccount !== undefined && { ownAccount }),
      line: lineOf(entry),
    });
    if (read.isUndated) undated.push(entry);
    if (read.entry) section.add(read.entry);
  }
  if (undated[0] !== undefined) {
    section.problem(
      lineOf(undated[0]),
      `Entries without a date, this one first: ${undated.length} of ${entries.length}. ` +
        'They stand with the day of the statement.',
    );
  }
  return section.close({
    format: 'camt',
    account,
    ...(currency && { currency }),
    ...balances,
    currencyWhereNone,
    line: lineOf(statement),
  });
}

/** ExternalCashAccountType1Code; what is not here is an account for payments. */
const typeOf: Readonly<Record<string, BankAccountType>> = {
  SVGS: 'savings',
  LLSV: 'savings',
  MOMA: 'savings',
  LOAN: 'loan',
};

function readAccount(account: XmlElement | undefined): StatementAccount {
  const id = child(account, 'Id');
  const number =
    textOf(id, 'IBAN') ??
    textOf(id, 'Othr', 'Id') ??
    // Of version 01.
    textOf(id, 'BBAN') ??
    textOf(id, 'PrtryAcct', 'Id') ??
    textOf(id, 'UPIC');
  const agent = child(account, 'Svcr', 'FinInstnId');
  const bank =
    textOf(agent, 'BICFI') ?? textOf(agent, 'BIC') ?? textOf(agent, 'ClrSysMmbId', 'MmbId');
  const name = textOf(account, 'Nm');
  const holder = textOf(account, 'Ownr', 'Nm') ?? textOf(account, 'Ownr', 'Pty', 'Nm');
  return {
    ...toAccountId(number),
    ...(bank && { bank }),
    ...(name && { name }),
    ...(holder && { holder }),
    type: typeOf[textOf(account, 'Tp', 'Cd') ?? ''] ?? 'current',
  };
}

/**
 * Booked balances: OPBD, or PRCD (the one that the statement before closed with), and CLBD. Available and interim
 * balances have no such sum. Of pages, each with its own, the first opens and the last closes.
 */
function readBalances(
  statement: XmlElement,
  section: Section,
  lineOf: (element: XmlElement) => number,
): { opening?: StatementBalance; closing?: StatementBalance; closingLine?: number } {
  const byCode = new Map<string, XmlElement[]>();
  for (const balance of children(statement, 'Bal')) {
    const code = textOf(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? textOf(balance, 'Tp', 'Cd') ?? '';
    byCode.set(code, [...(byCode.get(code) ?? []), balance]);
  }
  const read = (balance: XmlElement | undefined): StatementBalance | undefined => {
    if (balance === undefined) return undefined;
    const currency = attributeOf(child(balance, 'Amt'), 'Ccy');
    if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
    const line = lineOf(balance);
    const amount = section.amount(textOf(balance, 'Amt') ?? '', currency, line, 'The balance');
    if (!amount) return undefined;
    const isDebit = textOf(balance, 'CdtDbtInd') === 'DBIT';
    const minor = isDebit ? -Math.abs(amount.minor) : amount.minor;
    const date = readIsoDate(child(balance, 'Dt'));
    return { amount: { minor: minor || 0, currency }, ...(date && { date }) };
  };
  const opening = read(byCode.get('OPBD')?.[0] ?? byCode.get('PRCD')?.[0]);
  const last = byCode.get('CLBD')?.at(-1);
  const closing = read(last);
  return {
    ...(opening && { opening }),
    ...(closing && last !== undefined && { closing, closingLine: lineOf(last) }),
  };
}
