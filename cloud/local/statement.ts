import { formatAmount } from '../../shared/money.ts';
import type { Statement } from '../statements/statement.ts';
import { readStatementFile } from './bank/statement-files.ts';

/** Prints what each file holds, one JSON object a line: `node cloud/local/statement.ts FILE…` */
for (const file of process.argv.slice(2)) {
  const read = await readStatementFile(file);
  const answer = typeof read === 'string' ? { ok: false, error: read } : describe(read);
  process.stdout.write(`${JSON.stringify({ file, ...answer })}\n`);
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
