import type { BankAccountType } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { readIsoDate, toDay } from './camt-date.ts';
import { type EntryContext, readCamtEntry } from './camt-entry.ts';
import { toAccountId } from './iban.ts';
import { openSection, type Section } from './section.ts';
import {
  type ReadOptions,
  type Statement,
  type StatementAccount,
  type StatementBalance,
  StatementUnreadable,
} from './statement.ts';
import { XmlReader } from './xml.ts';
import { attributeOf, child, readElement, textOf, type XmlElement } from './xml-tree.ts';

/** True for XML with a message of camt.052, 053 or 054, or at least their namespace. */
export function looksLikeCamt(text: string): boolean {
  const mark = /<(?:[\w.-]+:)?BkToCstmr[A-Z]|urn:iso:std:iso:20022:tech:xsd:camt\.05[234]/;
  // It may stand anywhere: other files are not looked through for it.
  return text.includes('<') && mark.test(text);
}

/**
 * Reads ISO 20022 account reports (camt.052), statements (053) and notifications (054), all versions: the elements
 * below kept their names and places from .01 to .13, or gained a level that is read too. One entry per Ntry: a batch
 * (several TxDtls) is one booking, as it is on the bank's own statement.
 * Source: the message definition reports of Bank-to-Customer Cash Management, and the DK's Anlage 3 for R-transactions.
 * @throws StatementUnreadable
 */
export function readCamt(text: string, options: ReadOptions = {}): readonly Statement[] {
  const reader = new XmlReader(text);
  const statements: Statement[] = [];
  // Some banks put an envelope around the message.
  for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
    if (tag === 'begin' && reader.name.startsWith('BkToCstmr')) {
      statements.push(...readMessage(reader, options));
    }
  }
  if (statements.length === 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file is XML but holds no account report, statement or notification of CAMT. ' +
        'Choose CAMT.053 at the bank, and download it again.',
    );
  }
  return statements;
}

function readMessage(reader: XmlReader, options: ReadOptions): Statement[] {
  let dayOfMessage: CalendarDate | undefined;
  const statements: Statement[] = [];
  forEachChild(reader, (name) => {
    if (name === 'GrpHdr') dayOfMessage = toDay(textOf(readElement(reader), 'CreDtTm'));
    else if (name === 'Stmt' || name === 'Rpt' || name === 'Ntfctn') {
      statements.push(...readSection(reader, dayOfMessage, options));
    } else reader.skip();
  });
  return statements;
}

/** Up to the end of the element that begins here; each child has to be read or skipped. */
function forEachChild(reader: XmlReader, read: (name: string) => void): void {
  while (reader.next() === 'begin') read(reader.name);
}

/** What stands in a statement before its entries. */
interface Head {
  account?: XmlElement;
  /** The first and the last of each code. */
  readonly balances: Map<string, { readonly first: XmlElement; last: XmlElement }>;
  day?: CalendarDate | undefined;
}

function readSection(
  reader: XmlReader,
  dayOfMessage: CalendarDate | undefined,
  options: ReadOptions,
): Statement[] {
  const line = reader.line();
  const section = openSection();
  const head: Head = { balances: new Map(), day: dayOfMessage };
  const currencyWhereNone = options.currencyWhereNone ?? 'XXX';
  let context: EntryContext | undefined;
  let currency: string | undefined;
  const undated = { count: 0, of: 0, first: 0 };
  forEachChild(reader, (name) => {
    if (name !== 'Ntry') {
      readHead(reader, head);
      return;
    }
    const entry = readElement(reader);
    // The schema has all of the head above the entries.
    currency ??= currencyOf(head) ?? attributeOf(child(entry, 'Amt'), 'Ccy');
    context ??= contextOf(head, currency ?? currencyWhereNone);
    const read = readCamtEntry(entry, section, context);
    if (read.entry) section.add(read.entry);
    undated.of += 1;
    if (!read.isUndated) return;
    undated.count += 1;
    undated.first ||= entry.line;
  });
  if (undated.count > 0) {
    section.problem(
      undated.first,
      `Entries without a date, this one first: ${undated.count} of ${undated.of}. ` +
        'They stand with the day of the statement.',
    );
  }
  currency ??= currencyOf(head);
  return section.close({
    format: 'camt',
    account: readAccount(head.account),
    ...(currency && { currency }),
    ...readBalances(head, section),
    currencyWhereNone,
    line,
  });
}

function readHead(reader: XmlReader, head: Head): void {
  if (reader.name === 'Acct') head.account ??= readElement(reader);
  else if (reader.name === 'CreDtTm') head.day = toDay(textOf(readElement(reader))) ?? head.day;
  else if (reader.name === 'Bal') {
    const balance = readElement(reader);
    const code = textOf(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? textOf(balance, 'Tp', 'Cd') ?? '';
    const others = head.balances.get(code);
    if (others) others.last = balance;
    else head.balances.set(code, { first: balance, last: balance });
  } else reader.skip();
}

function contextOf(head: Head, currency: string): EntryContext {
  const account = readAccount(head.account);
  const ownAccount = account.iban ?? account.number;
  const day = readIsoDate(child(closingOf(head), 'Dt')) ?? head.day;
  return { currency, day, ...(ownAccount !== undefined && { ownAccount }) };
}

/** Of the account; else of its closing or opening balance. */
function currencyOf(head: Head): string | undefined {
  return (
    textOf(head.account, 'Ccy') ??
    [closingOf(head), openingOf(head)]
      .map((balance) => attributeOf(child(balance, 'Amt'), 'Ccy'))
      .find((currency) => currency !== undefined && isCurrencyCode(currency))
  );
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
const openingOf = ({ balances }: Head): XmlElement | undefined =>
  (balances.get('OPBD') ?? balances.get('PRCD'))?.first;
const closingOf = ({ balances }: Head): XmlElement | undefined => balances.get('CLBD')?.last;

const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

function readBalances(
  head: Head,
  section: Section,
): { opening?: StatementBalance; closing?: StatementBalance; closingLine?: number } {
  const read = (balance: XmlElement | undefined): StatementBalance | undefined => {
    const currency = attributeOf(child(balance, 'Amt'), 'Ccy');
    if (balance === undefined || currency === undefined || !isCurrencyCode(currency)) {
      return undefined;
    }
    const { line } = balance;
    const amount = section.amount(textOf(balance, 'Amt') ?? '', currency, line, 'The balance');
    if (!amount) return undefined;
    const isDebit = textOf(balance, 'CdtDbtInd') === 'DBIT';
    const minor = isDebit ? -Math.abs(amount.minor) : amount.minor;
    const date = readIsoDate(child(balance, 'Dt'));
    return { amount: { minor: minor || 0, currency }, ...(date && { date }) };
  };
  const [opening, last] = [read(openingOf(head)), closingOf(head)];
  const closing = read(last);
  return {
    ...(opening && { opening }),
    ...(closing && last !== undefined && { closing, closingLine: last.line }),
  };
}
