import { createEntryReader } from './ofx-entry.ts';
import { accountOf, type OfxSection, openOfxSection } from './ofx-section.ts';
import { type Aggregate, findAll, parseOfx } from './ofx-tree.ts';
import { type ReadOptions, type Statement, StatementUnreadable } from './statement.ts';

/** The part of a text in which OFX begins, after whatever a bank puts before it. */
const headLength = 100_000;

/** True for text with OFX's root tag or its header near its beginning. */
export function looksLikeOfx(text: string): boolean {
  return /<OFX[\s>]|^\W*OFXHEADER:\d/i.test(text.slice(0, headLength));
}

/**
 * Reads OFX and QFX, versions 1 (SGML) and 2 (XML): bank, card and the cash part of investment sections, each a
 * statement. Source: Open Financial Exchange 1.6, 2.2 and 2.3, chapters 3 and 11.
 * @throws StatementUnreadable
 */
export function readOfx(text: string, options: ReadOptions = {}): readonly Statement[] {
  const readEntry = createEntryReader();
  const readings = new Map<Aggregate, OfxSection>();
  const readingOf = (section: Aggregate): OfxSection => {
    const reading = readings.get(section) ?? openOfxSection(section, readEntry, options);
    readings.set(section, reading);
    return reading;
  };
  const root = parseOfx(text, (entry, section) => readingOf(section).take(entry));
  const sections = findAll(root, 'STMTRS', 'CCSTMTRS', 'INVSTMTRS');
  const isCutShort = refuseCutShort(text, root, sections);
  // A section says whose it is or lists entries; one with neither answers that there is no statement.
  const statements = sections
    .filter((section) => accountOf(section) || listOf(section))
    .flatMap((section) => readingOf(section).close());
  const last = statements.at(-1);
  if (!last) {
    throw new StatementUnreadable(
      'no-statement',
      'The file is OFX but holds no statement: no account and no list of entries. ' +
        'Choose an account and a period at the bank, and download it again.',
    );
  }
  if (!isCutShort) return statements;
  const problem = {
    line: lastLineOf(text),
    message: 'The file ends without </OFX>: further statements may be missing.',
  };
  return [...statements.slice(0, -1), { ...last, problems: [...last.problems, problem] }];
}

/** Whether the file ends before it is closed, after its last statement. @throws StatementUnreadable where within one. */
function refuseCutShort(text: string, root: Aggregate, sections: readonly Aggregate[]): boolean {
  const documents = findAll(root, 'OFX');
  const isCutShort = !documents.every((document) => document.isClosed) || documents.length === 0;
  const isOpen = sections.some((section) => !section.isClosed);
  if (isOpen || (isCutShort && sections.length === 0)) {
    throw new StatementUnreadable(
      'truncated',
      'The file ends in the middle of a statement. Download it again from the bank.',
      lastLineOf(text),
    );
  }
  return isCutShort;
}

const listOf = (section: Aggregate): Aggregate | undefined =>
  findAll(section, 'BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST')[0];

function lastLineOf(text: string): number {
  const end = text.trimEnd().length;
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}
