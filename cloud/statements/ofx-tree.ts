import { lineNumbers } from './line-numbers.ts';
import { resolveEntities, trimLines } from './markup-text.ts';
import { StatementUnreadable } from './statement.ts';

/** An aggregate of OFX that a statement is read from. Everything between its tags that is no part is a field. */
export interface Aggregate {
  readonly name: string;
  /** Where its tag stands, from 1. */
  readonly line: number;
  /** Values by tag, the first that is not empty. */
  readonly fields: ReadonlyMap<string, string>;
  /** Tags that came with a value more than once. */
  readonly repeated: ReadonlySet<string>;
  readonly parts: readonly Aggregate[];
  /** False where the file ends before it, or something around it, is closed. */
  readonly isClosed: boolean;
}

interface OpenAggregate extends Aggregate {
  readonly fields: Map<string, string>;
  readonly repeated: Set<string>;
  readonly parts: OpenAggregate[];
  isClosed: boolean;
}

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

/**
 * Reads OFX 1 (SGML, closing tags left out) and OFX 2 (XML) alike, and what banks make of both. What comes back holds
 * all that stood at the top, as a rule one OFX.
 * @throws StatementUnreadable for a comment or a CDATA section without an end.
 */
export function parseOfx(text: string): Aggregate {
  const root: OpenAggregate = openAggregate('', 1);
  const open: OpenAggregate[] = [root];
  const innermost = (): OpenAggregate => open.at(-1) ?? root;
  let field: { name: string; value: string } | undefined;

  const endField = (): void => {
    if (!field) return;
    const value = trimLines(field.value);
    const { fields, repeated } = innermost();
    if (value !== '') {
      if (fields.has(field.name)) repeated.add(field.name);
      else fields.set(field.name, value);
    }
    field = undefined;
  };
  const closeFrom = (at: number): void => {
    if (at < 1) return;
    for (const each of open.splice(at)) each.isClosed = true;
  };
  const closeFromDepth = (depth: number): void =>
    closeFrom(open.findIndex((each) => (depthOf.get(each.name) ?? -1) >= depth));

  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      if (field) field.value += token.text;
      continue;
    }
    endField();
    if (token.kind === 'end') {
      closeFrom(open.findLastIndex((each) => each.name === token.name));
    } else if (depthOf.has(token.name)) {
      closeFromDepth(depthOf.get(token.name) ?? 0);
      const aggregate = openAggregate(token.name, token.line);
      innermost().parts.push(aggregate);
      open.push(aggregate);
    } else {
      field = { name: token.name, value: '' };
    }
  }
  endField();
  return root;
}

/** All aggregates of these names within this one, at any depth, in the file's order; one within another is not. */
export function findAll(aggregate: Aggregate, ...names: readonly string[]): Aggregate[] {
  return aggregate.parts.flatMap((part) =>
    names.includes(part.name) ? [part] : findAll(part, ...names),
  );
}

function openAggregate(name: string, line: number): OpenAggregate {
  return { name, line, fields: new Map(), repeated: new Set(), parts: [], isClosed: false };
}

type Token =
  | { readonly kind: 'start' | 'end'; readonly name: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string };

/** A tag as OFX has them, in any case, perhaps with attributes or closed in itself; any other < is text. */
const tag = /<(\/?)([a-z][a-z0-9._]*)(?:\s[^<>]*)?\/?>/iy;

function* tokens(text: string): Generator<Token> {
  const lineAt = lineNumbers(text);
  let from = 0;
  while (from < text.length) {
    const at = text.indexOf('<', from);
    if (at === -1 || at > from) {
      yield { kind: 'text', text: resolveEntities(text.slice(from, at === -1 ? undefined : at)) };
      if (at === -1) return;
    }
    const quoted = quotedAt(text, at);
    if (quoted) {
      if (quoted.end === -1) throw cutShort(lineAt(at));
      if (quoted.isText) yield { kind: 'text', text: text.slice(at + 9, quoted.end - 3) };
      from = quoted.end;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(text);
    if (match) {
      const kind = match[1] === '/' ? 'end' : 'start';
      yield { kind, name: (match[2] ?? '').toUpperCase(), line: lineAt(at) };
      from = at + match[0].length;
    } else {
      yield { kind: 'text', text: '<' };
      from = at + 1;
    }
  }
}

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
