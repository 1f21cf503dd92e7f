import { describe, expect, test } from '@jest/globals';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { XmlReader } from '../../../cloud/statements/xml.ts';
import {
  attributeOf,
  child,
  children,
  readElement,
  textOf,
} from '../../../cloud/statements/xml-tree.ts';

/** What a reader meets: `+name`, the text before each tag where it is not blank, `-name`. */
function tagsOf(xml: string): string[] {
  const reader = new XmlReader(xml);
  const tags: string[] = [];
  for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
    if (reader.text().trim() !== '') tags.push(reader.text());
    tags.push(`${tag === 'begin' ? '+' : '-'}${reader.name}`);
  }
  return tags;
}

function refusal(xml: string): string {
  try {
    tagsOf(xml);
  } catch (error) {
    if (error instanceof StatementUnreadable) return `${error.reason} ${error.line ?? ''}`.trim();
    throw error;
  }
  return 'read';
}

describe('a reader of XML', () => {
  test('meets elements in their order, without namespaces', () => {
    const xml = '<?xml version="1.0"?>\n<x:a xmlns:x="urn:a"><b>1</b><c/><x:d\n>2</x:d ></x:a>\n';
    expect(tagsOf(xml)).toEqual(['+a', '+b', '1', '-b', '+c', '-c', '+d', '2', '-d', '-a']);
  });

  test('takes the text around comments, instructions and out of CDATA as one', () => {
    const xml = '<a>1 &lt; <!-- <b> & --> 2<?php <b> ?><![CDATA[ & 3 &amp; <b>]]> &#52;&#x35;</a>';
    expect(tagsOf(xml)).toEqual(['+a', '1 <  2 & 3 &amp; <b> 45', '-a']);
  });

  test('leaves entities that it does not know, and ampersands that begin none', () => {
    expect(tagsOf('<a>R&D &foo; &amp;lt; &</a>')[1]).toBe('R&D &foo; &lt; &');
  });

  test('gives attributes by their names', () => {
    const reader = new XmlReader(`<a r:id='x "1"' Id = "2&amp;" xmlns="n" b.c-d="" >`);
    expect(reader.next()).toBe('begin');
    expect(reader.attributes()).toEqual([
      ['id', 'x "1"'],
      ['Id', '2&'],
      ['b.c-d', ''],
    ]);
    expect([reader.attribute('id'), reader.attribute('Id')]).toEqual(['x "1"', '2&']);
    expect([reader.attribute('i'), reader.attribute('xmlns')]).toEqual([undefined, undefined]);
  });

  test('counts lines as an editor does', () => {
    const reader = new XmlReader('<a>\n<b/>\n\n<!--\n--><c\nx="\n">\n</c></a>');
    const lines: [string, number][] = [];
    while (reader.next() !== 'done') lines.push([reader.name, reader.line()]);
    expect(lines).toEqual([
      ['a', 1],
      ['b', 2],
      ['b', 2],
      ['c', 5],
      ['c', 8],
      ['a', 8],
    ]);
  });

  test('skips an element with all that is in it', () => {
    const reader = new XmlReader('<a><b><c/><b>1</b></b><d/></a>');
    reader.next();
    reader.next();
    reader.skip();
    expect([reader.name, reader.depth]).toEqual(['b', 1]);
    expect([reader.next(), reader.name]).toEqual(['begin', 'd']);
    reader.skip();
    expect([reader.next(), reader.name]).toEqual(['end', 'a']);
  });

  test('may get its text in pieces, each to the end of a tag', () => {
    const pieces = ['<a><b>', 'te', 'xt</b>', '', '<b/>tail', ' &amp; </a>'];
    const reader = new XmlReader('', () => pieces.shift());
    const tags: string[] = [];
    for (let tag = reader.next(); tag !== 'done'; tag = reader.next()) {
      tags.push(`${reader.text()}${tag === 'begin' ? '+' : '-'}${reader.name}`);
    }
    expect(tags).toEqual(['+a', '+b', 'text-b', '+b', '-b', 'tail & -a']);
  });

  test('reads documents that follow one another', () => {
    expect(tagsOf('<?xml?><a/><?xml?>\n<b/>')).toEqual(['+a', '-a', '+b', '-b']);
  });

  test.each([
    ['<a></b>\n</a>', 'damaged 1'],
    ['<a>\n<b></a></b></a>', 'damaged 2'],
    ['<a></a></a>', 'damaged 1'],
    ['<a/>\n\ntext<b/>', 'damaged 3'],
    ['text<a/>', 'damaged 1'],
    ['<a>< b/></a>', 'damaged 1'],
    ['<1a></1a>', 'damaged 1'],
    ['<a b></a>', 'damaged 1'],
    ['<a b=c></a>', 'damaged 1'],
    ['<a b="1"c="2"></a>', 'damaged 1'],
    ['<a b="<c>"></a>', 'damaged 1'],
    ['<a b / ></a>', 'damaged 1'],
    ['<a/ ></a>', 'damaged 1'],
    ['<a></a b></a>', 'damaged 1'],
    ['<a>\n<!ENTITY b "c"></a>', 'damaged 2'],
    ['<!DOCTYPE a><a/>', 'damaged 1'],
    ['<![CDATA[1]]><a/>', 'damaged 1'],
    [`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`, 'damaged'],
    [`<a ${Array.from({ length: 101 }, (_, each) => `a${each}=""`).join(' ')}/>`, 'damaged'],
    ['', 'truncated 1'],
    ['<?xml?>', 'truncated 1'],
    ['<a>\n<b></b>\n', 'truncated 2'],
    ['<a>\n<b', 'truncated 2'],
    ['<a>\n<b c="', 'truncated 2'],
    ['<a>\n</', 'truncated 2'],
    ['<a>1', 'truncated 1'],
    ['<a><!-- b </a>', 'truncated 1'],
    ['<a><![CDATA[ </a>', 'truncated 1'],
    ['<a><', 'truncated 1'],
    [`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'read'],
  ])('finds what is wrong in %s', (xml, why) => {
    expect(refusal(xml)).toBe(why);
  });
});

describe('an element of XML', () => {
  const reader = new XmlReader('<a>\n<b x="1" y="">\n <c> 1 \n\n 2 </c>no<c>3</c><d/></b><e/></a>');
  reader.next();
  reader.next();
  const element = readElement(reader);

  test('is read with all that is in it, and no further', () => {
    expect([element.name, element.line, element.children.length]).toEqual(['b', 2, 3]);
    expect(children(element, 'c').map(({ text }) => text)).toEqual([' 1 \n\n 2 ', '3']);
    expect([reader.next(), reader.name]).toEqual(['begin', 'e']);
  });

  test('gives what is down a path, where it is there', () => {
    expect(textOf(element, 'c')).toBe('1\n2');
    expect([textOf(element, 'd'), textOf(element, 'x', 'c')]).toEqual([undefined, undefined]);
    expect([attributeOf(element, 'x'), attributeOf(element, 'y')]).toEqual(['1', undefined]);
    expect([child(undefined, 'c'), children(undefined, 'c')]).toEqual([undefined, []]);
  });

  test('of half a million others is refused', () => {
    const many = new XmlReader(`<a>${'<b/>'.repeat(500_000)}</a>`);
    many.next();
    expect(() => readElement(many)).toThrow(/larger than any/);
  });
});
