import { resolveEntities, trimLines } from './markup-text.ts';
import { StatementUnreadable } from './statement.ts';

/** An aggregate of OFX that a statement is read from. Everything between its tags that is no part is a field. */
export interface Aggregate {
  readonly name: string;
  /** Where its tag stands, from 1. */
  readonly line: number;
  /** Values by tag, the first that is not empty. */
  readonly fields: ReadonlyMap<string, string>;
  /** Tags that came with a value more than once; undefined where none did. */
  readonly repeated: ReadonlySet<string> | undefined;
  /** Without the entries: those are handed out one by one. */
  readonly parts: readonly Aggregate[];
  /** False where the file ends before it, or something around it, is closed. */
  readonly isClosed: boolean;
}

interface OpenAggregate extends Aggregate {
  readonly fields: Map<string, string>;
  repeated: Set<string> | undefined;
  readonly parts: OpenAggregate[];
  isClosed: boolean;
}

/** Takes an entry at its end, with the section that it stands in. */
export type TakeEntry = (entry: Aggregate, section: Aggregate) => void;

/**
 * The aggregates that are kept apart, with how deep they stand. All other tags are fields of the one they stand in,
 * with the text up to the next tag as value: so it does not matter which of them a bank closes, leaves empty or invents. An
 * opening tag ends what stands as deep or deeper, so a closing tag that is missing puts no entry into another account.
 */
const depthOf: ReadonlyMap<string, number> = new Map(
  [
    ['OFX'],
    ['STMTRS', 'CCSTMTRS', 'INVSTMTRS'],
    [
      ...['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM', 'LEDGERBAL', 'AVAILBAL'],
      ...['BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST'],
    ],
    ['STMTTRN', 'STMTTRNP', 'INVTRAN'],
    ['BANKACCTTO', 'CCACCTTO', 'PAYEE', 'EXTDPAYEE', 'CURRENCY', 'ORIGCURRENCY', 'BAL'],
  ].flatMap((names, depth) => names.map((name) => [name, depth] as const)),
);
const [sectionDepth, entryDepth] = [1, 3];

/**
 * Reads OFX 1 (SGML, closing tags left out) and OFX 2 (XML) alike, and what banks make of both, in one go. What comes
 * back holds all that stood at the top, as a rule one OFX, but for the entries in it.
 * @throws StatementUnreadable for a comment or a CDATA section without an end.
 */
export function parseOfx(text: string, takeEntry: TakeEntry): Aggregate {
  const tree = openTree(takeEntry);
  const lineAt = lineCounter(text);
  let from = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', from)) {
    if (at > from && tree.isInField()) tree.addText(resolveEntities(text.slice(from, at)));
    const quoted = text[at + 1] === '!' && quotedAt(text, at);
    if (quoted) {
      if (quoted.end === -1) throw cutShort(lineAt(at));
      if (quoted.isText) tree.addText(text.slice(at + 9, quoted.end - 3));
      from = quoted.end;
      continue;
    }
    const tag = readTag(text, at);
    from = tag?.end ?? at + 1;
    if (!tag) tree.addText('<');
    else if (tag.isEnd) tree.endTag(tag.name);
    else if (depthOf.has(tag.name)) tree.beginAggregate(tag.name, lineAt(at));
    else tree.beginField(tag.name);
  }
  return tree.root;
}

function openTree(takeEntry: TakeEntry) {
  const root = openAggregate('', 1);
  const open: OpenAggregate[] = [];
  const innermost = (): OpenAggregate => open.at(-1) ?? root;
  let [field, value] = ['', ''];

  const endField = (): void => {
    if (field === '') return;
    const trimmed = value.trim();
    const text = trimmed.includes('\n') ? trimLines(trimmed) : trimmed;
    const aggregate = innermost();
    if (text !== '') {
      if (!aggregate.fields.has(field)) aggregate.fields.set(field, text);
      else aggregate.repeated = new Set(aggregate.repeated).add(field);
    }
    [field, value] = ['', ''];
  };
  const closeInnermost = (): void => {
    const closed = open.pop();
    if (!closed) return;
    closed.isClosed = true;
    if (depthOf.get(closed.name) !== entryDepth) return;
    const section = open.find(({ name }) => depthOf.get(name) === sectionDepth);
    if (section) takeEntry(closed, section);
  };
  return {
    root,
    isInField: () => field !== '',
    addText(text: string): void {
      if (field !== '') value += text;
    },
    beginField(name: string): void {
      endField();
      field = name;
    },
    beginAggregate(name: string, line: number): void {
      endField();
      const depth = depthOf.get(name) ?? 0;
      while (open.length > 0 && (depthOf.get(innermost().name) ?? 0) >= depth) closeInnermost();
      const aggregate = openAggregate(name, line);
      if (depth !== entryDepth) innermost().parts.push(aggregate);
      open.push(aggregate);
    },
    endTag(name: string): void {
      endField();
      if (!depthOf.has(name)) return;
      const at = open.findLastIndex((each) => each.name === name);
      while (at !== -1 && open.length > at) closeInnermost();
    },
  };
}

/** All aggregates of these names within this one, at any depth, in the file's order; one within another is not. */
export function findAll(aggregate: Aggregate, ...names: readonly string[]): Aggregate[] {
  return aggregate.parts.flatMap((part) =>
    names.includes(part.name) ? [part] : findAll(part, ...names),
  );
}

function openAggregate(name: string, line: number): OpenAggregate {
  return { name, line, fields: new Map(), repeated: undefined, parts: [], isClosed: false };
}

/** Tells the line of places that are asked for in their order, without a list of all lines. */
function lineCounter(text: string): (place: number) => number {
  let [line, next] = [1, text.indexOf('\n')];
  return (place) => {
    while (next !== -1 && next < place) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}

interface Tag {
  /** In capitals. */
  readonly name: string;
  readonly isEnd: boolean;
  /** After it. */
  readonly end: number;
}

/** A tag as OFX has them, in any case, perhaps with attributes or closed in itself; any other < is text. */
const anyTag = /<(\/?)([a-z][a-z0-9._]*)(?:\s[^<>]*)?\/?>/iy;
const [slash, greaterThan] = [47, 62];

function readTag(text: string, at: number): Tag | undefined {
  const isEnd = text.charCodeAt(at + 1) === slash;
  const start = at + (isEnd ? 2 : 1);
  let end = start;
  while (isCapital(text.charCodeAt(end))) end += 1;
  if (end > start && text.charCodeAt(end) === greaterThan) {
    return { name: text.slice(start, end), isEnd, end: end + 1 };
  }
  anyTag.lastIndex = at;
  const match = anyTag.exec(text);
  if (!match) return undefined;
  return { name: (match[2] ?? '').toUpperCase(), isEnd, end: at + match[0].length };
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Extent of a comment or CDATA section that begins here; `end` is after it, or -1 where it has none. */
function quotedAt(text: string, at: number): { isText: boolean; end: number } | undefined {
  const isText = text.startsWith('<![CDATA[', at);
  if (!isText && !text.startsWith('<!--', at)) return undefined;
  const end = text.indexOf(isText ? ']]>' : '-->', at);
  return { isText, end: end === -1 ? -1 : end + 3 };
}

function cutShort(line: number): StatementUnreadable {
  return new StatementUnreadable(
    'truncated',
    'A comment begins here and the file ends within it. Download the statement again from the bank.',
    line,
  );
}
