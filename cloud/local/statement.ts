import { readFile } from 'node:fs/promises';
import { formatAmount } from '../../shared/money.ts';
import { readStatements } from '../statements/detect.ts';
import { type Statement, StatementUnreadable } from '../statements/statement.ts';

/** Prints what each file holds, one JSON object a line: `node cloud/local/statement.ts FILE…` */
for (const file of process.argv.slice(2)) {
  process.stdout.write(`${JSON.stringify({ file, ...(await describeFile(file)) })}\n`);
}

async function describeFile(file: string): Promise<object> {
  const bytes = await readFile(file);
  try {
    return describe(readStatements(bytes));
  } catch (error) {
    if (!(error instanceof StatementUnreadable)) throw error;
    return { ok: false, error: error.message };
  }
}

function describe(statements: readonly Statement[]): object {
  return {
    ok: true,
    format: statements[0]?.format,
    transactions: statements.flatMap(({ account, currency, entries }) =>
      entries.map(({ bookingDate, valueDate, amount, status }) => ({
        date: bookingDate ?? valueDate,
        valueDate,
        amount: formatAmount(amount),
        currency: currency && amount.currency,
        account: account.iban ?? account.number,
        status,
      })),
    ),
    problems: statements.flatMap(({ problems }) => problems),
    question: null,
  };
}
