import { addDays } from '../../shared/calendar-date.ts';
import { toKnownLetters } from './code-page-850.ts';
import { toSpanishAccount } from './n43-account.ts';
import {
  type AccountRecord,
  createDayReader,
  type ReadDay,
  readAccountRecord,
  readCounts,
  readDigits,
  readMarkedAmount,
  textOf,
} from './n43-record.ts';
import { currencyByNumber } from './n43-words.ts';
import { ownText } from './own-text.ts';
import { openSection, type Section } from './section.ts';
import {
  type ReadOptions,
  type Statement,
  type StatementBalance,
  StatementUnreadable,
} from './statement.ts';

/** A record 11: bank, branch and number, first and last day, mark and amount of the balance, currency. */
const accountRecord = /^11[\dA-Z ]{18}\d{12}[12]\d{14}\d{3}/;

/** True for text whose first record begins an account; a header of the file (00) may stand before it. */
export function looksLikeN43(text: string): boolean {
  const head = text.slice(0, 500).trimStart();
  return accountRecord.test(head) || accountRecord.test(head.replace(/^00[^\n]*\n/, ''));
}

/** A movement (22) with the concepts (23) and the original amount (24) that belong to it. */
interface Movement {
  readonly record: string;
  readonly line: number;
  readonly concepts: string[];
  original: string;
}

interface Account {
  readonly head: AccountRecord;
  readonly currency: string;
  readonly section: Section;
  readonly line: number;
  readonly opening: StatementBalance | undefined;
  readonly sums: Record<'1' | '2', { count: number; minor: number }>;
  closing: StatementBalance | undefined;
  closingLine: number | undefined;
}

interface Reader {
  readonly options: ReadOptions;
  readonly readDay: ReadDay;
  readonly statements: Statement[];
  account: Account | undefined;
  movement: Movement | undefined;
  records: number;
  isComplete: boolean;
}

/**
 * Reads Norma 43 (Cuaderno 43 of the Spanish banks' association): records of 80 characters, one account after the other.
 * Lines may be trimmed, or have no ends; the last record may be missing.
 * Source: AEB, Serie normas y procedimientos bancarios, n.º 43, June 2012.
 * @throws StatementUnreadable
 */
export function readN43(text: string, options: ReadOptions = {}): readonly Statement[] {
  const reader: Reader = {
    options,
    readDay: createDayReader(),
    statements: [],
    account: undefined,
    movement: undefined,
    records: 0,
    isComplete: false,
  };
  let last = 1;
  eachRecord(toKnownLetters(text), (record, line) => {
    takeRecord(reader, record, line);
    last = line;
  });
  if (!reader.isComplete) {
    const message = 'The file ends without its last record (88): further entries may be missing.';
    reader.account?.section.problem(last, message);
  }
  closeAccount(reader);
  if (reader.statements.length === 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file has no account of Norma 43. Download the statement again from the bank.',
    );
  }
  return reader.statements;
}

/** Lines longer than a record, by exactly another one or more, are records without line ends. */
function eachRecord(text: string, take: (record: string, line: number) => void): void {
  let line = 1;
  for (let at = 0; at < text.length; line += 1) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const isJoined = /^(11|22|23|24|33|88)/.test(text.slice(at + 80, Math.min(at + 82, end)));
    const step = isJoined ? 80 : end - at;
    for (let from = at; from < end; from += step) {
      const record = text.slice(from, Math.min(from + step, end)).trimEnd();
      if (record !== '') take(record, line);
    }
    at = end + 1;
  }
}

function takeRecord(reader: Reader, record: string, line: number): void {
  const code = record.slice(0, 2);
  if (code !== '00' && code !== '88') reader.records += 1;
  const { account, movement } = reader;
  if (code === '23') addConcept(movement, record);
  else if (code === '24' && movement) movement.original = record;
  else finishMovement(reader);
  if (code === '11') openAccount(reader, record, line);
  if (code === '22') reader.movement = { record, line, concepts: [], original: '' };
  if (code === '33' && account) takeFinal(account, record, line);
  if (code === '88') takeEnd(reader, record, line);
  if (!['00', '11', '22', '23', '24', '33', '88'].includes(code)) {
    account?.section.problem(line, 'This line is no record of Norma 43. It was left out.');
  }
}

/** The norm has five records of concepts, each with two; some banks have more. */
const conceptMax = 20;

function addConcept(movement: Movement | undefined, record: string): void {
  if (movement && movement.concepts.length < conceptMax)
    movement.concepts.push(record.slice(4, 80));
}

function openAccount(reader: Reader, record: string, line: number): void {
  closeAccount(reader);
  const head = readAccountRecord(record, reader.readDay);
  const currency = head.currency ?? reader.options.currencyWhereNone ?? 'XXX';
  const section = openSection();
  if (head.currency === undefined) {
    section.problem(line, 'The account has a currency that is not known.');
  }
  const reading = readMarkedAmount(head.mark, head.digits, currency);
  const amount = section.money(reading, line, 'The opening balance');
  // The balance is that of the evening before.
  const date = head.from && addDays(head.from, -1);
  reader.account = {
    head,
    currency,
    section,
    line,
    opening: amount && { amount, ...(date && { date }) },
    sums: { 1: { count: 0, minor: 0 }, 2: { count: 0, minor: 0 } },
    closing: undefined,
    closingLine: undefined,
  };
}

function finishMovement(reader: Reader): void {
  const { account, movement } = reader;
  reader.movement = undefined;
  if (!account || !movement) return;
  const { record, line, concepts } = movement;
  const { section, currency, sums } = account;
  const valueDate = reader.readDay(record.slice(16, 22));
  const bookingDate = reader.readDay(record.slice(10, 16)) ?? valueDate;
  if (bookingDate === undefined) {
    section.problem(line, 'This entry has no date that exists. It was left out.');
    return;
  }
  const mark = record.slice(27, 28);
  const reading = readMarkedAmount(mark, record.slice(28, 42), currency);
  const amount = section.money(reading, line, 'This entry');
  if (!amount) return;
  const sum = sums[mark === '1' ? '1' : '2'];
  sum.count += 1;
  sum.minor += Math.abs(amount.minor);
  const original = readOriginal(movement.original, mark, currency);
  section.add({
    status: 'booked',
    bookingDate,
    ...(valueDate && { valueDate }),
    amount,
    counterparty: '',
    text: ownText(textOf(record, concepts)),
    ...(original && { original }),
  });
}

function readOriginal(record: string, mark: string, currency: string) {
  const original = currencyByNumber[record.slice(4, 7)];
  if (original === undefined || original === currency) return undefined;
  const reading = readMarkedAmount(mark, record.slice(7, 21), original);
  return reading.kind === 'unread' ? undefined : reading.money;
}

/** The final record: counts, sums and the closing balance. */
function takeFinal(account: Account, record: string, line: number): void {
  const { section, currency, sums, head } = account;
  const reading = readMarkedAmount(record.slice(58, 59), record.slice(59, 73), currency);
  const amount = section.money(reading, line, 'The closing balance');
  account.closing = amount && { amount, ...(head.to && { date: head.to }) };
  account.closingLine = line;
  for (const { mark, count, digits } of readCounts(record)) {
    const told = readDigits(digits, currency);
    const isSame = told.kind !== 'unread' && told.money.minor === sums[mark].minor;
    if (isSame && count === sums[mark].count) continue;
    section.problem(
      line,
      `The file counts other ${mark === '1' ? 'debits' : 'credits'} than it lists: ` +
        `${count} told, ${sums[mark].count} read.`,
    );
  }
}

/** The end of the file counts its records. */
function takeEnd(reader: Reader, record: string, line: number): void {
  reader.isComplete = true;
  const count = record.slice(20, 26);
  if (!/^\d{6}$/.test(count) || Number(count) === reader.records) return;
  reader.account?.section.problem(
    line,
    `The file counts ${Number(count)} records and has ${reader.records}: some may be missing.`,
  );
}

function closeAccount(reader: Reader): void {
  finishMovement(reader);
  const { account } = reader;
  reader.account = undefined;
  if (!account) return;
  const { head, section, currency, line, opening, closing, closingLine } = account;
  reader.statements.push(
    ...section.close({
      format: 'n43',
      account: toSpanishAccount(head.bank, head.branch, head.number, head.holder),
      ...(head.currency && { currency: head.currency }),
      ...(opening && { opening }),
      ...(closing && { closing }),
      currencyWhereNone: currency,
      line,
      ...(closingLine !== undefined && { closingLine }),
    }),
  );
}
