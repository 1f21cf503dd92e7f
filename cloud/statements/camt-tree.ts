import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { lineNumbers } from './line-numbers.ts';
import { resolveEntities, trimLines } from './markup-text.ts';
import { StatementUnreadable } from './statement.ts';

/** An element of XML without its namespace: a string where it holds text alone. Read by the functions below only. */
export type XmlElement = string | { readonly [name: string]: unknown };

export interface XmlDocument {
  readonly root: XmlElement;
  /** Where an element begins, from 1; undefined for one of text alone. */
  lineOf(element: XmlElement): number | undefined;
}

/** Names, values and order as they stand; nothing becomes a number, and no entity is resolved by the parser. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
});
const metadata = XMLParser.getMetaDataSymbol() as unknown as string;

/**
 * Reads well-formed XML. A document type is refused: ISO 20022 has none, and with it goes every entity that a file
 * could define.
 * @throws StatementUnreadable
 */
export function parseXml(text: string): XmlDocument {
  const lineAt = lineNumbers(text);
  const doctype = text.indexOf('<!DOCTYPE');
  if (doctype !== -1) {
    throw new StatementUnreadable(
      'damaged',
      'The file defines a document type, which no CAMT statement does. Download it again from the bank.',
      lineAt(doctype),
    );
  }
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw notWellFormed(text, validity.err.line);
  return {
    root: parseWellFormed(text),
    lineOf(element) {
      if (typeof element === 'string') return undefined;
      const { startIndex } = (element[metadata] ?? {}) as { startIndex?: number };
      return startIndex === undefined ? undefined : lineAt(startIndex);
    },
  };
}

/** The children of this name, in order. */
export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (element === undefined || typeof element === 'string' || !Object.hasOwn(element, name))
    return [];
  const found = element[name] as XmlElement | readonly XmlElement[];
  return Array.isArray(found) ? found : [found as XmlElement];
}

/** The first element down this path. */
export function child(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element;
  for (const name of path) found = children(found, name)[0];
  return found;
}

/** Text of the first element down this path; undefined where it is absent or empty. */
export function textOf(
  element: XmlElement | undefined,
  ...path: readonly string[]
): string | undefined {
  const found = child(element, ...path);
  const raw = typeof found === 'string' ? found : found?.['#text'];
  const text = typeof raw === 'string' ? trimLines(resolveEntities(raw)) : '';
  return text === '' ? undefined : text;
}

export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  const value = typeof element === 'object' ? element[`@${name}`] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Names of an element's children. */
export function childNames(element: XmlElement): readonly string[] {
  return typeof element === 'string' ? [] : Object.keys(element);
}

/** The parser has limits of its own (100 levels), which the validator has not. */
function parseWellFormed(text: string): XmlElement {
  try {
    return parser.parse(text) as XmlElement;
  } catch (cause) {
    throw new StatementUnreadable(
      'damaged',
      'The file is XML that no bank writes: nested too deep, or with names that cannot be. ' +
        'Download it again from the bank.',
      undefined,
      { cause },
    );
  }
}

function notWellFormed(text: string, line: number): StatementUnreadable {
  const rootName = /<([A-Za-z_][\w.:-]*)/.exec(text)?.[1] ?? '';
  const hasEnd = text.trimEnd().endsWith(`</${rootName}>`);
  return hasEnd
    ? new StatementUnreadable(
        'damaged',
        'The file is not well-formed XML here. Download it again from the bank.',
        line,
      )
    : new StatementUnreadable(
        'truncated',
        'The file ends before its last element is closed. Download it again from the bank.',
        lineNumbers(text)(text.trimEnd().length),
      );
}
