import { decimalsOf, type Money } from '../../shared/money.ts';
import { type AmountReading, readAmount } from './amount.ts';
import { isGermanAccount, readBalanceField } from './mt940-account.ts';
import type { EntryLine } from './mt940-entry.ts';
import { describeEntry, type Information } from './mt940-text.ts';
import { ownText } from './own-text.ts';
import { type EntryDraft, openSection, type Section } from './section.ts';
import type { Statement, StatementAccount, StatementBalance } from './statement.ts';

export interface MessageHead {
  /** As :25: has it. */
  readonly accountText: string;
  readonly account: StatementAccount;
  /** What stands behind the account, for where no balance names one. */
  readonly currency?: string;
  readonly currencyWhereNone: string;
  readonly line: number;
  /** Strings of their own, equal ones as one. */
  readonly keep: (text: string) => string;
  /** The same for amounts. */
  readonly keepMoney: (minor: number, currency: string) => Money;
}

/** A statement while it is read: one message, or several that are its pages. */
export interface Message {
  readonly head: MessageHead;
  readonly section: Section;
  /** Undefined until a balance or a sum tells it. */
  currency: string | undefined;
  hasOpening: boolean;
  opening: StatementBalance | undefined;
  closing: StatementBalance | undefined;
  closingLine: number | undefined;
  /** The last page has its final balance (:62F:). */
  isComplete: boolean;
  /** It has a floor limit (:34F:), as each MT942. */
  isInterim: boolean;
  hasReversals: boolean;
  /** How many :61: there were. */
  entries: number;
  /** Of its last field. */
  lastLine: number;
  /** What there is before the currency is known. */
  waiting: (() => void)[];
  readonly sums: { readonly [mark in 'C' | 'D']: { count: number; minor: number } };
  totals: readonly Total[];
}

/** Number and sum of the entries of one direction, as :90C: and :90D: tell them. */
interface Total {
  readonly mark: 'C' | 'D';
  readonly count: number;
  readonly amountText: string;
  readonly line: number;
}

export function openMessage(head: MessageHead): Message {
  return {
    head,
    section: openSection(),
    currency: undefined,
    hasOpening: false,
    opening: undefined,
    closing: undefined,
    closingLine: undefined,
    isComplete: false,
    isInterim: false,
    hasReversals: false,
    entries: 0,
    lastLine: head.line,
    waiting: [],
    sums: { C: { count: 0, minor: 0 }, D: { count: 0, minor: 0 } },
    totals: [],
  };
}

/** Takes :60F: or :60M:; of pages, the first one's counts. */
export function takeOpening(message: Message, value: string, line: number): void {
  if (message.hasOpening) return;
  message.hasOpening = true;
  knowCurrency(message, readBalanceField(value)?.currency);
  const take = () => {
    message.opening = readBalance(message, value, line, 'The opening balance');
  };
  if (message.currency === undefined) message.waiting.push(take);
  else take();
}

/** Takes :62F: or :62M:; the last one counts. */
export function takeClosing(message: Message, value: string, line: number, tag: string): void {
  knowCurrency(message, readBalanceField(value)?.currency);
  message.closing = readBalance(message, value, line, 'The closing balance');
  message.closingLine = line;
  message.isComplete = tag !== '62M';
}

/** Takes the currency of a floor limit (:34F:), or the sums of :90C: and :90D:. */
export function takeInterim(message: Message, tag: string, value: string, line: number): void {
  if (tag === '34F') message.isInterim = true;
  const match = /^\s*(\d{0,5}) *([A-Z]{3}) *[CD]? *([\d.,]*)/.exec(value);
  if (!match) return;
  const [, count = '', currency = '', amountText = ''] = match;
  knowCurrency(message, currency);
  if (tag === '34F' || count === '') return;
  const mark = tag === '90C' ? 'C' : 'D';
  message.totals = [...message.totals, { mark, count: Number(count), amountText, line }];
}

/** Takes a :61: that is read, and what stands below it. */
export function takeEntry(
  message: Message,
  entry: EntryLine,
  information: Information,
  line: number,
): void {
  const add = () => addEntry(message, entry, information, line);
  if (message.currency === undefined) message.waiting.push(add);
  else add();
}

/** Goes on with the next page, whose closing balance is the one that counts. */
export function turnPage(message: Message): void {
  message.closing = undefined;
  message.closingLine = undefined;
}

/** True for a message of which nothing is known but its names. */
export function isBlank(message: Message): boolean {
  return (
    !message.hasOpening &&
    message.closingLine === undefined &&
    message.entries === 0 &&
    !message.isInterim
  );
}

export function closeMessage(message: Message): Statement[] {
  knowCurrency(message, message.head.currency);
  addWaiting(message);
  const { head, section, currency, opening, closing } = message;
  checkTotals(message);
  if (!message.isInterim && message.closingLine === undefined) {
    section.problem(
      message.lastLine,
      'The statement ends without its closing balance: further entries may be missing.',
    );
  }
  return section.close({
    format: 'mt940',
    account: head.account,
    ...(currency !== undefined && { currency }),
    ...(opening && { opening }),
    ...(closing && { closing }),
    currencyWhereNone: head.currencyWhereNone,
    line: head.line,
    ...(message.closingLine !== undefined && { closingLine: message.closingLine }),
  });
}

function knowCurrency(message: Message, currency: string | undefined): void {
  if (currency === undefined || message.currency !== undefined) return;
  message.currency = currency;
  addWaiting(message);
}

function addWaiting(message: Message): void {
  for (const add of message.waiting) add();
  message.waiting = [];
}

function readBalance(
  message: Message,
  value: string,
  line: number,
  subject: string,
): StatementBalance | undefined {
  const field = readBalanceField(value);
  if (!field) {
    message.section.problem(line, `${subject} is not made like one. It was left out.`);
    return undefined;
  }
  const currency = field.currency ?? message.currency ?? message.head.currencyWhereNone;
  const reading = readSwiftAmount(field.amountText, currency);
  const amount = message.section.money(reading, line, subject);
  return (
    amount && {
      amount: signed(amount, field.isCredit),
      ...(field.date && { date: field.date }),
    }
  );
}

function addEntry(
  message: Message,
  entry: EntryLine,
  information: Information,
  line: number,
): void {
  const { section, head } = message;
  const { bookingDate, valueDate } = entry.dates;
  if (bookingDate === undefined) {
    section.problem(line, 'This entry has no date that exists. It was left out.');
    return;
  }
  const currency = message.currency ?? head.currencyWhereNone;
  const reading = readSwiftAmount(entry.amountText, currency);
  const absolute = section.money(reading, line, 'This entry');
  if (!absolute) return;
  const sum = message.sums[entry.isCredit ? 'C' : 'D'];
  sum.count += 1;
  sum.minor += absolute.minor;
  message.hasReversals ||= entry.isReversal;
  const told = describeEntry(entry, information, head.account, head.keep);
  const { original } = told;
  const first = original && readAmount(original.amountText, original.currency);
  const isOther = first && first.kind !== 'unread' && first.money.currency !== currency;
  // What German banks send as MT942 is noted, not booked (Vormerkposten).
  const isPending = entry.isExpected || (message.isInterim && isGermanAccount(head.account));
  const { minor } = signed(absolute, entry.isCredit);
  const observed: EntryDraft = {
    status: isPending ? 'pending' : 'booked',
    bookingDate,
    amount: head.keepMoney(minor, currency),
    counterparty: told.counterparty,
    text: told.text,
  };
  if (isReference(entry.bankReference)) observed.reference = ownText(entry.bankReference);
  if (valueDate) observed.valueDate = valueDate;
  if (told.counterpartyAccount) observed.counterpartyAccount = told.counterpartyAccount;
  if (isOther) observed.original = signed(first.money, entry.isCredit);
  section.add(observed);
}

/** The bank's own, with digits; where several entries bear the same one, the merge knows that it names none. */
function isReference(text: string): boolean {
  return /\d/.test(text) && !/^(NONREF|NOREF|NOTPROVIDED)/i.test(text);
}

function signed(amount: Money, isCredit: boolean): Money {
  return isCredit || amount.minor === 0 ? amount : { ...amount, minor: -amount.minor };
}

/** SWIFT has a comma before the decimals; a lone point before three digits may be either. */
export function readSwiftAmount(text: string, currency: string): AmountReading {
  if (/^\d{1,12},\d\d$/.test(text) && decimalsOf(currency) === 2) {
    return { kind: 'read', money: { minor: Number(text.replace(',', '')), currency } };
  }
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(text) && decimalsOf(currency) !== 3) {
    return { kind: 'unread', why: 'has an amount that reads two ways' };
  }
  return readAmount(text, currency);
}

/** Says where the file counts other entries than were read; a reversal is counted by banks on either side. */
function checkTotals({ totals, sums, section, currency, hasReversals }: Message): void {
  if (currency === undefined || hasReversals) return;
  for (const { mark, count, amountText, line } of totals) {
    const told = readSwiftAmount(amountText, currency);
    const sum = sums[mark];
    const isSame = told.kind === 'unread' || told.money.minor === sum.minor;
    if (sum.count === count && isSame) continue;
    section.problem(
      line,
      `The file counts other ${mark === 'C' ? 'credits' : 'debits'} than it lists: ` +
        `${count} told, ${sum.count} read.`,
    );
  }
}
