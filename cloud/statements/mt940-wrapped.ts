/**
 * Joins lines that were broken at 65 characters, within words too; others are lines of their own, or as `between` has it.
 * Some banks count the tag, so that the first line has 61.
 */
export function wrapped(lines: readonly string[], between = '\n'): string {
  let text = '';
  let glue = '';
  for (const [index, line] of lines.entries()) {
    const words = line.trim();
    if (words !== '' && words !== '-') {
      const isGoingOn = text !== '' && glue === '';
      text += (text === '' ? '' : glue) + (isGoingOn ? line.trimEnd() : words);
    }
    glue = glueAfter(line.trimEnd().length + (index === 0 ? tagLength : 0), between);
    if (index === 0 && glue === between) glue = glueAfter(line.trimEnd().length, between);
  }
  return text;
}

const tagLength = ':86:'.length;

/** A blank at the end of a full line is often cut off, which leaves one less. */
function glueAfter(length: number, between: string): string {
  if (length === 65) return '';
  return length === 64 ? ' ' : between;
}
