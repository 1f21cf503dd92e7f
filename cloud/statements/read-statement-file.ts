import { FailureError } from '../../shared/failures.ts';
import type { ReadStatementFile } from '../ports/statement-files.ts';
import { readStatements } from './detect.ts';
import { StatementUnreadable } from './statement.ts';

/** The port on our own readers. */
export const readStatementFile: ReadStatementFile = (bytes, { currency, type }) => {
  try {
    return readStatements(bytes, { currencyWhereNone: currency, accountType: type });
  } catch (error) {
    if (!(error instanceof StatementUnreadable)) throw error;
    throw new FailureError('file-unreadable', error.message, { cause: error });
  }
};
