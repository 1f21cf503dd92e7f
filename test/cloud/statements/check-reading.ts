import { readStatements } from '../../../cloud/statements/detect.ts';
import {
  type ReadOptions,
  type Statement,
  StatementUnreadable,
} from '../../../cloud/statements/statement.ts';
import { isCalendarDate } from '../../../shared/calendar-date.ts';
import { type FileQuestion, fileQuestionKeys } from '../../../shared/statement-files.ts';

export type Outcome = 'read' | 'asked' | 'refused';

/**
 * Reads a file that may be anything: to true entries, a question that can be answered, or a refusal with a sentence.
 * @throws Error for whatever else comes of it
 */
export function checkReading(bytes: Uint8Array, options: ReadOptions = {}): Outcome {
  try {
    const reading = readStatements(bytes, options);
    if (reading.kind === 'statements') {
      checkStatements(reading.statements, lineCount(bytes));
      return 'read';
    }
    checkQuestion(reading.question, options);
    checkAnswer(bytes, reading.question, options);
    return 'asked';
  } catch (error) {
    if (!(error instanceof StatementUnreadable)) throw error;
    if (!error.message.endsWith('.')) throw new Error(`no sentence: ${error.message}`);
    return 'refused';
  }
}

function checkStatements(statements: readonly Statement[], lines: number): void {
  if (statements.length === 0) throw new Error('no statement');
  for (const { entries, problems, opening, closing } of statements) {
    for (const { amount, bookingDate, valueDate, balanceAfter, counterparty, text } of entries) {
      checkMoney(amount.minor, amount.currency);
      if (balanceAfter) checkMoney(balanceAfter.minor, balanceAfter.currency);
      if (bookingDate === undefined && valueDate === undefined) throw new Error('entry undated');
      if (!isDay(bookingDate) || !isDay(valueDate)) throw new Error('a day that is none');
      if (typeof counterparty !== 'string' || typeof text !== 'string') throw new Error('no text');
    }
    for (const balance of [opening, closing]) {
      if (!balance) continue;
      checkMoney(balance.amount.minor, balance.amount.currency);
      if (!isDay(balance.date)) throw new Error('a balance of a day that is none');
    }
    for (const { line, message } of problems) {
      if (!(line >= 1 && line <= lines)) throw new Error(`a problem in line ${line} of ${lines}`);
      if (!message.endsWith('.')) throw new Error(`no sentence: ${message}`);
    }
  }
}

const isDay = (day: string | undefined) => day === undefined || isCalendarDate(day);

function checkMoney(minor: number, currency: string): void {
  if (!Number.isSafeInteger(minor)) throw new Error('an amount that is no safe integer');
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('a currency that is none');
}

function checkQuestion({ key, message, options }: FileQuestion, { answers }: ReadOptions): void {
  if (!fileQuestionKeys.includes(key)) throw new Error(`a question without key: ${key}`);
  const ids = options.map(({ id }) => id);
  if (new Set(ids).size < 2) throw new Error(`nothing to choose: ${key}`);
  if (!ids.every((id) => /^[a-z0-9-]{1,40}$/.test(id))) throw new Error(`an option's id: ${ids}`);
  if (!/[.?]$/.test(message)) throw new Error(`no sentence: ${message}`);
  if (options.some(({ examples }) => examples.length > 3)) throw new Error('too many examples');
  if (ids.includes(answers?.[key] ?? '')) throw new Error(`asked again: ${key}`);
}

/** An option leads somewhere: at most to another question. Which one, the file's length tells. */
function checkAnswer(bytes: Uint8Array, question: FileQuestion, options: ReadOptions): void {
  const id = question.options[bytes.length % question.options.length]?.id ?? '';
  checkReading(bytes, { ...options, answers: { ...options.answers, [question.key]: id } });
}

/** At most so many lines an editor counts; rows of a sheet are counted otherwise. */
function lineCount(bytes: Uint8Array): number {
  const isPacked = bytes[0] === 0x50 || bytes[0] === 0xd0;
  const letters = Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
  if (isPacked || letters.includes('office:spreadsheet')) return 1_048_576;
  return letters.split(/[\r\n]/).length;
}
