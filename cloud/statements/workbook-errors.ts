import { StatementUnreadable } from './statement.ts';

const again = 'Download it again from the bank.';
const program = 'in your spreadsheet program, and choose that file.';

export function damagedWorkbook(options?: ErrorOptions): StatementUnreadable {
  const message = `The workbook is damaged. ${again}`;
  return new StatementUnreadable('damaged', message, undefined, options);
}

export function cutWorkbook(options?: ErrorOptions): StatementUnreadable {
  const message = `The workbook ends too early. ${again}`;
  return new StatementUnreadable('truncated', message, undefined, options);
}

export function lockedWorkbook(): StatementUnreadable {
  const message = `The workbook is locked with a password. Save it without one ${program}`;
  return new StatementUnreadable('unknown-format', message);
}

export function oldWorkbook(): StatementUnreadable {
  const message = `The workbook is older than Excel 5. Save it as XLSX ${program}`;
  return new StatementUnreadable('unknown-format', message);
}

/** Numbers in a workbook that lead out of it are damage. */
export function withinWorkbook<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof RangeError ? damagedWorkbook({ cause }) : cause;
  }
}
