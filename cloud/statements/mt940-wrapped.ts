/** The lines of a field's value. */
export function linesOf(value: string): readonly string[] {
  return value.split(value.includes('\r') ? /[\r\n]/ : '\n');
}

/**
 * Joins lines that were broken at 65 characters, within words too; others are lines of their own, or as `between` has it.
 * Some banks count the tag, so that the first line has 61.
 */
export function wrapped(lines: readonly string[], between = '\n'): string {
  let text = '';
  let glue = '';
  let isFirst = true;
  for (const line of lines) {
    const full = line.trimEnd();
    const words = text !== '' && glue === '' ? full : full.trimStart();
    if (words !== '' && words !== '-') text += text === '' ? words : glue + words;
    const { length } = full;
    if (length === 65 || (isFirst && length === 65 - tagLength)) glue = '';
    // A blank at the end of a full line is often cut off.
    else if (length === 64 || (isFirst && length === 64 - tagLength)) glue = ' ';
    else glue = between;
    isFirst = false;
  }
  return text;
}

const tagLength = ':86:'.length;
