import type { Statement, StatementProblem } from './statement.ts';

/** A sheet of a workbook, a file of an archive. */
export interface FilePart {
  /** As sentences name it: 'Sheet 2'. */
  readonly where: string;
  readonly statements: readonly Statement[];
}

/** Statements of a file's parts. Where there are several, problems say in which they are. */
export function joinParts(
  parts: readonly FilePart[],
  /** What was not read, and why. */
  unread: readonly { readonly where: string; readonly message: string }[],
): readonly Statement[] {
  const all = parts.flatMap(({ where, statements }) =>
    statements.map((statement) =>
      parts.length === 1 ? statement : { ...statement, problems: saidWhere(statement, where) },
    ),
  );
  const [first, ...others] = withoutBlank(all);
  if (first === undefined) return [];
  const left = unread.map(({ where, message }) => ({
    line: 1,
    message: `${where} was left out. ${message}`,
  }));
  return [{ ...first, problems: [...left, ...first.problems] }, ...others];
}

function saidWhere({ problems }: Statement, where: string): readonly StatementProblem[] {
  return problems.map(({ line, message }) => ({ line, message: `${where}: ${message}` }));
}

/** A part without entries says nothing where another has some. */
function withoutBlank(statements: readonly Statement[]): readonly Statement[] {
  const isTold = ({ entries, problems, closing }: Statement) =>
    entries.length > 0 || problems.length > 0 || closing !== undefined;
  return statements.some(isTold) ? statements.filter(isTold) : statements.slice(0, 1);
}
