import { trimLines } from './markup-text.ts';
import { StatementUnreadable } from './statement.ts';
import type { XmlReader } from './xml.ts';

/** An element of XML with all that stands in it: for parts of a file, never for the whole. */
export interface XmlElement {
  readonly name: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** What stands in it, as it is written; '' where it has children. */
  readonly text: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly XmlElement[];
}

/** A batch of thousands of payments has fewer. */
const elementMax = 500_000;

const none: readonly never[] = [];

interface OpenElement {
  name: string;
  line: number;
  text: string;
  attributes: XmlElement['attributes'];
  children: OpenElement[] | readonly never[];
}

/**
 * Reads the element that begins here, and goes on to its end.
 * @throws StatementUnreadable
 */
export function readElement(reader: XmlReader): XmlElement {
  const root = openElement(reader);
  const open = [root];
  let count = 1;
  for (let top: OpenElement | undefined = root; top !== undefined; top = open.at(-1)) {
    if (reader.next() === 'begin') {
      const element = openElement(reader);
      if (top.children === none) top.children = [element];
      else (top.children as OpenElement[]).push(element);
      open.push(element);
      if (++count > elementMax) throw tooLarge(root.line);
    } else {
      if (top.children === none) top.text = reader.text();
      open.pop();
    }
  }
  return root;
}

function openElement(reader: XmlReader): OpenElement {
  const attributes = reader.attributes();
  return { name: reader.name, line: reader.line(), text: '', attributes, children: none };
}

function tooLarge(line: number): StatementUnreadable {
  const message =
    'This part of the file is larger than any that banks write. Download a shorter period from the bank.';
  return new StatementUnreadable('too-large', message, line);
}

/** The children of this name, in order. */
export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((each) => each.name === name) ?? none;
}

/** The first element down this path. */
export function child(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element;
  for (const name of path) found = found?.children.find((each) => each.name === name);
  return found;
}

/** Text of the first element down this path, without the blanks that lay the file out; undefined where it has none. */
export function textOf(
  element: XmlElement | undefined,
  ...path: readonly string[]
): string | undefined {
  const raw = child(element, ...path)?.text ?? '';
  const text = raw.includes('\n') ? trimLines(raw) : raw.trim();
  return text === '' ? undefined : text;
}

/** Undefined where it is absent or empty. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find(([each]) => each === name)?.[1] || undefined;
}
