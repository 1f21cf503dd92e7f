import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { toAccountId } from './iban.ts';
import { type Aggregate, findAll, parseOfx } from './ofx-tree.ts';
import { openSection, type Section } from './section.ts';
import {
  type ReadOptions,
  type Statement,
  type StatementAccount,
  type StatementBalance,
  StatementUnreadable,
} from './statement.ts';

/** True for text with OFX's root tag or its header, wherever they stand. */
export function looksLikeOfx(text: string): boolean {
  return /<OFX[\s>]|^\W*OFXHEADER:\d/i.test(text);
}

/**
 * Reads OFX and QFX, versions 1 (SGML) and 2 (XML): bank, card and the cash part of investment sections, each a
 * statement. Source: Open Financial Exchange 1.6, 2.2 and 2.3, chapters 3 and 11.
 * @throws StatementUnreadable
 */
export function readOfx(text: string, options: ReadOptions = {}): readonly Statement[] {
  const root = parseOfx(text);
  const lastLine = text.trimEnd().split('\n').length;
  const sections = findAll(root, 'STMTRS', 'CCSTMTRS', 'INVSTMTRS');
  const open = sections.find((section) => !section.isClosed);
  const documents = findAll(root, 'OFX');
  const isCutShort = !documents.every((document) => document.isClosed) || documents.length === 0;
  if (open || (isCutShort && sections.length === 0)) {
    throw new StatementUnreadable(
      'truncated',
      'The file ends in the middle of a statement. Download it again from the bank.',
      lastLine,
    );
  }
  // A section says whose it is or lists entries; one with neither answers that there is no statement.
  const statements = sections
    .filter((section) => accountOf(section) || listOf(section))
    .flatMap((section) => readSection(section, options));
  const last = statements.at(-1);
  if (!last) {
    throw new StatementUnreadable(
      'no-statement',
      'The file is OFX but holds no statement: no account and no list of entries. ' +
        'Choose an account and a period at the bank, and download it again.',
    );
  }
  if (!isCutShort) return statements;
  const problem = {
    line: lastLine,
    message: 'The file ends without </OFX>: further statements may be missing.',
  };
  return [...statements.slice(0, -1), { ...last, problems: [...last.problems, problem] }];
}

const accountOf = (section: Aggregate): Aggregate | undefined =>
  findAll(section, 'BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM')[0];
const listOf = (section: Aggregate): Aggregate | undefined =>
  findAll(section, 'BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST')[0];

function readSection(aggregate: Aggregate, options: ReadOptions): Statement[] {
  const section = openSection();
  const transactions = findAll(aggregate, 'STMTTRN', 'STMTTRNP');
  const currencyWhereNone = options.currencyWhereNone ?? 'XXX';
  const currency = toCurrency(aggregate.fields.get('CURDEF')) ?? onlyCurrency(transactions);
  for (const transaction of transactions) {
    readEntry(transaction, section, currency ?? currencyWhereNone);
  }
  sayWhatContradicts(transactions, section);
  sayWhatIsNotRead(aggregate, section);
  const ledger = findAll(aggregate, 'LEDGERBAL')[0];
  const closing = ledger && readBalance(ledger, section, currency ?? currencyWhereNone);
  return section.close({
    format: 'ofx',
    account: readAccount(aggregate),
    ...(currency && { currency }),
    ...(closing && { closing }),
    currencyWhereNone,
    line: aggregate.line,
  });
}

function readEntry(transaction: Aggregate, section: Section, sectionCurrency: string): void {
  const { fields, line, name, repeated } = transaction;
  const isPending = name === 'STMTTRNP';
  if (repeated.has('TRNAMT') || repeated.has('FITID')) {
    section.problem(line, 'Two entries run into one another here. They were left out.');
    return;
  }
  const bookingDate = readDate(fields.get(isPending ? 'DTTRAN' : 'DTPOSTED'));
  if (bookingDate === undefined) {
    section.problem(line, 'This entry has no date that exists. It was left out.');
    return;
  }
  const currency = currencyOf(transaction) ?? sectionCurrency;
  const amount = section.amount(fields.get('TRNAMT') ?? '', currency, line, 'This entry');
  if (!amount) return;
  const part = (partName: string) => transaction.parts.find((each) => each.name === partName);
  const reference = fields.get('FITID');
  const valueDate = readDate(fields.get('DTAVAIL'));
  const payee = part('EXTDPAYEE')?.fields.get('NAME') ?? part('PAYEE')?.fields.get('NAME');
  const account = (part('BANKACCTTO') ?? part('CCACCTTO'))?.fields.get('ACCTID');
  const entry: ObservedEntry = {
    ...(reference && { reference }),
    status: isPending ? 'pending' : 'booked',
    bookingDate,
    ...(valueDate && { valueDate }),
    amount,
    counterparty: fields.get('EXTDNAME') ?? fields.get('NAME') ?? payee ?? '',
    ...(account && { counterpartyAccount: account }),
    text: fields.get('MEMO') ?? '',
  };
  section.add(entry);
}

/** The day as the bank wrote it: YYYYMMDD, then perhaps a time and a zone, which are not used. */
function readDate(text: string | undefined): CalendarDate | undefined {
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})/.exec(text ?? '');
  if (!match) return undefined;
  const date = `${match[1]}-${match[3]}-${match[4]}`;
  return isCalendarDate(date) ? date : undefined;
}

function toCurrency(text: string | undefined): string | undefined {
  const code = text?.toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** CURRENCY is that of the amount; ORIGCURRENCY is where it came from, already converted (5.2). */
function currencyOf(transaction: Aggregate): string | undefined {
  const currency = transaction.parts.find((part) => part.name === 'CURRENCY');
  return toCurrency(currency?.fields.get('CURSYM'));
}

/** Of a section without CURDEF: the one currency that its entries name. */
function onlyCurrency(transactions: readonly Aggregate[]): string | undefined {
  const named = new Set(transactions.map(currencyOf).filter((each) => each !== undefined));
  return named.size === 1 ? [...named][0] : undefined;
}

function readBalance(
  ledger: Aggregate,
  section: Section,
  currency: string,
): StatementBalance | undefined {
  const text = ledger.fields.get('BALAMT');
  const amount = text && section.amount(text, currency, ledger.line, 'The balance');
  if (!amount) return undefined;
  const date = readDate(ledger.fields.get('DTASOF'));
  return { amount, ...(date && { date }) };
}

/** What the account is by ACCTTYPE (11.3.1.2); a card's and a broker's are told by their section. */
const typeOf: Readonly<Record<string, BankAccountType>> = {
  SAVINGS: 'savings',
  MONEYMRKT: 'savings',
  CD: 'savings',
  CREDITLINE: 'loan',
};

function readAccount(section: Aggregate): StatementAccount {
  const account = accountOf(section);
  const bank = account?.fields.get('BANKID') ?? account?.fields.get('BROKERID');
  const type = typeOf[account?.fields.get('ACCTTYPE')?.toUpperCase() ?? ''] ?? 'current';
  const typeBySection = { CCSTMTRS: 'card', INVSTMTRS: 'investment' } as const;
  return {
    ...toAccountId(account?.fields.get('ACCTID')),
    ...(bank && { bank }),
    type: section.name === 'STMTRS' ? type : typeBySection[section.name as 'CCSTMTRS'],
  };
}

/** The amount's sign counts (11.4.4.1), whatever the type says; where they contradict each other, that is said once. */
function sayWhatContradicts(transactions: readonly Aggregate[], section: Section): void {
  const odd = transactions.filter(
    ({ fields }) =>
      fields.get('TRNTYPE')?.toUpperCase() === 'DEBIT' &&
      /^\+?[\d.,]*[1-9]/.test(fields.get('TRNAMT') ?? ''),
  );
  if (odd[0] === undefined) return;
  section.problem(
    odd[0].line,
    `Entries of type DEBIT with a positive amount, this one first: ${odd.length} of ${transactions.length}. ` +
      'They stand as money in, as the format has it.',
  );
}

/** Trades are no entries of a cash account, and an entry without its opening tag is none: both are said. */
function sayWhatIsNotRead(aggregate: Aggregate, section: Section): void {
  for (const part of [aggregate, ...aggregate.parts]) {
    if (!part.fields.has('TRNAMT')) continue;
    section.problem(
      part.line,
      'Parts of an entry stand outside of any, after this line. They were left out.',
    );
  }
  const trades = findAll(aggregate, 'INVTRAN');
  const first = trades[0];
  if (first === undefined) return;
  section.problem(
    first.line,
    'Investment transactions are not read, only the cash entries of such an account are. ' +
      `Left out from here on: ${trades.length}.`,
  );
}
