import { readFile, stat } from 'node:fs/promises';
import type { FileAnswers } from '../../../shared/statement-files.ts';
import { readStatements } from '../../statements/detect.ts';
import {
  type Statement,
  type StatementReading,
  StatementUnreadable,
} from '../../statements/statement.ts';

/** A statement file of the user, read. */
export interface StatementFile {
  /** As the user named it. */
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** Thrown when a file cannot be used; `lines` has one for each such file, with its name and what to do. */
export class StatementFilesUnusable extends Error {
  override readonly name = 'StatementFilesUnusable';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** For amounts of files that name no currency. */
export const currencyWhereNone = 'EUR';
const megabytesMax = 20;

/**
 * Reads statement files, all of them before anything is made of one.
 * @throws StatementFilesUnusable for files that are missing, folders, too large or no statements.
 */
export async function readStatementFiles(
  paths: readonly string[],
): Promise<readonly StatementFile[]> {
  const files: StatementFile[] = [];
  const refused: string[] = [];
  for (const path of new Set(paths)) {
    const read = await readStatementFile(path);
    if (typeof read === 'string') refused.push(`${path}: ${read}`);
    else if (read.kind === 'question') refused.push(`${path}: ${read.question.message}`);
    else files.push({ path, statements: read.statements });
  }
  if (refused.length > 0) throw new StatementFilesUnusable(refused);
  return files;
}

/** What the file holds or asks, or a sentence why that cannot be told and what to do. */
export async function readStatementFile(
  path: string,
  answers: FileAnswers = {},
): Promise<StatementReading | string> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'This is a folder. Name the files in it.';
    if (found.size > megabytesMax * 1_000_000) {
      return `The file is larger than ${megabytesMax} MB. Download a shorter period from the bank.`;
    }
    return readStatements(await readFile(path), { currencyWhereNone, answers });
  } catch (error) {
    if (error instanceof StatementUnreadable) return error.message;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return (
      sentenceByCode[code] ?? `The file cannot be read (${code}). Copy it elsewhere, and try again.`
    );
  }
}

const sentenceByCode: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file. Check its name and folder.',
  ENOTDIR: 'There is no such file. Check its name and folder.',
  EACCES: 'The file may not be read. Change its permissions, or copy it elsewhere.',
  EPERM: 'The file may not be read. Change its permissions, or copy it elsewhere.',
};
