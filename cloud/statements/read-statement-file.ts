import { FailureError } from '../../shared/failures.ts';
import type { ReadStatementFile } from '../ports/statement-files.ts';
import { readStatements } from './detect.ts';
import { unpackGzip } from './gzip.ts';
import { StatementUnreadable } from './statement.ts';

/** The port on our own readers. */
export const readStatementFile: ReadStatementFile = (bytes, known) => {
  const { currency, type, answers } = known;
  try {
    const unpacked = unpackGzip(bytes);
    return readStatements(unpacked, {
      areBytesGiven: unpacked !== bytes,
      ...(currency && { currencyWhereNone: currency }),
      ...(type && { accountType: type }),
      ...(answers && { answers }),
    });
  } catch (error) {
    if (!(error instanceof StatementUnreadable)) throw error;
    throw new FailureError('file-unreadable', error.message, { cause: error });
  }
};
