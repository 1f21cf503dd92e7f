import { formatAmount } from '../../shared/money.ts';
import {
  type FileAnswers,
  type FileQuestion,
  type FileQuestionKey,
  fileQuestionKeys,
} from '../../shared/statement-files.ts';
import type { Statement, StatementBalance } from '../statements/statement.ts';
import { readStatementFile } from './bank/statement-files.ts';
import { fail, readArguments } from './read-arguments.ts';

const usage = `Usage: npm run -s statement -- [--answer KEY=OPTION]… FILE…
Prints what each file holds, one JSON object a line, or why it cannot be read.
  --answer  to the question of a file, by its key and one of its options: --answer date-order=dmy`;

function readAnswer(text: string): readonly [FileQuestionKey, string] {
  const [, name, option = ''] = /^([^=]*)=([a-z0-9-]{1,40})$/.exec(text) ?? [];
  const key = fileQuestionKeys.find((known) => known === name);
  if (!key) {
    fail(
      usage,
      `--answer ${text}: an answer is KEY=OPTION, with KEY one of ${fileQuestionKeys.join(', ')}.`,
    );
  }
  return [key, option];
}

/** One that has a defect is told from one that is refused: the rest is read, and the program fails. */
async function answerFor(file: string, answers: FileAnswers): Promise<object> {
  try {
    const read = await readStatementFile(file, answers);
    if (typeof read === 'string') return { ok: false, error: read };
    if (read.kind === 'question') return { ok: true, ...describeQuestion(read.question) };
    return { ok: true, ...describe(read.statements) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
    return { ok: false, error: 'Bookfeed has a defect with this file. Please report it.' };
  }
}

function describe(statements: readonly Statement[]): object {
  return {
    format: statements[0]?.format,
    accounts: statements.map(describeAccount),
    transactions: statements.flatMap(({ account, currency, entries }) =>
      entries.map(({ bookingDate, valueDate, amount, status, counterparty, text }) => ({
        date: bookingDate ?? valueDate,
        valueDate,
        amount: formatAmount(amount),
        currency: currency && amount.currency,
        account: account.iban ?? account.number,
        status,
        counterparty,
        text,
      })),
    ),
    problems: statements.flatMap(({ problems }) => problems),
    question: null,
  };
}

function describeAccount({ account, currency, opening, closing, entries }: Statement): object {
  const days = entries
    .map(({ bookingDate, valueDate }) => bookingDate ?? valueDate ?? '')
    .filter((day) => day !== '')
    .sort();
  return {
    account: account.iban ?? account.number,
    name: account.name,
    holder: account.holder,
    currency,
    from: days[0],
    to: days.at(-1),
    entries: entries.length,
    opening: opening && describeBalance(opening),
    closing: closing && describeBalance(closing),
  };
}

function describeBalance({ amount, date }: StatementBalance): object {
  return { amount: formatAmount(amount), date };
}

function describeQuestion({ key, message, options }: FileQuestion): object {
  const byOption = <T>(of: (option: FileQuestion['options'][number]) => T) =>
    Object.fromEntries(options.map((option) => [option.id, of(option)]));
  const question = {
    key,
    message,
    options: options.map(({ id }) => id),
    labels: byOption(({ label }) => label),
    examples: byOption(({ examples }) => examples),
  };
  return { transactions: [], problems: [], question };
}

const { values, positionals: files } = readArguments(usage, {
  answer: { type: 'string', multiple: true, default: [] },
});
const answers = values.answer.map(readAnswer);
if (files.length === 0) fail(usage, 'Name the files to read.');
for (const file of files) {
  const answer = await answerFor(file, Object.fromEntries(answers));
  process.stdout.write(`${JSON.stringify({ file, ...answer })}\n`);
}
