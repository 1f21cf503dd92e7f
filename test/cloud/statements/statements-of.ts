import { readStatements } from '../../../cloud/statements/detect.ts';
import type { ReadOptions, Statement } from '../../../cloud/statements/statement.ts';

/** The statements of a file that leaves nothing open. */
export function statementsOf(bytes: Uint8Array, options: ReadOptions = {}): readonly Statement[] {
  const reading = readStatements(bytes, options);
  if (reading.kind === 'question') throw new Error(`it asks: ${reading.question.message}`);
  return reading.statements;
}
