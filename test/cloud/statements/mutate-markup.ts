import type { Random } from '../../bench/made-up-banks.ts';

/** What an element may hold instead. */
const values = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1.005',
    '12,34',
    '9'.repeat(30),
    '9007199254740993',
    '1e5',
    'NaN',
    '&#x20AC;',
  ],
  ...['2026-02-30', '2026-13-01', '20260101', '2026-01-01T25:00:00Z', '99991231', '01.02.2026'],
  ...[
    'EUR',
    'XXX',
    'eur',
    'DBIT',
    'CRDT',
    'true',
    'PDNG',
    'BOOK',
    'INFO',
    'INT',
    'OPBD',
    'CLBD',
    'DE00',
  ],
];

interface Element {
  readonly from: number;
  readonly to: number;
}

/** Changes a file of markup so that it stays well formed: texts, and whole elements. */
export function mutateMarkup(bytes: Buffer, random: Random): Buffer {
  let text = bytes.toString('latin1');
  for (let left = 1 + random(4); left > 0; left--) {
    text = random(2) === 0 ? changeText(text, random) : moveElement(text, random);
  }
  return Buffer.from(text, 'latin1');
}

function changeText(text: string, random: Random): string {
  const leaf = /<(\w+)(?: [^<>]*)?>([^<>]*)<\/\1>/g;
  leaf.lastIndex = random(text.length);
  const [found = '', name = '', old = ''] = leaf.exec(text) ?? [];
  if (found === '') return text;
  const value = values[random(values.length)] ?? '';
  const end = leaf.lastIndex - `</${name}>`.length;
  return text.slice(0, end - old.length) + value + text.slice(end);
}

/** Takes an element out, or puts it, or a second one, behind any other tag. */
function moveElement(text: string, random: Random): string {
  const element = elementAt(text, random(text.length));
  if (!element) return text;
  const found = text.slice(element.from, element.to);
  const rest = random(3) === 0 ? text : text.slice(0, element.from) + text.slice(element.to);
  if (random(3) === 0) return rest;
  const at = rest.indexOf('>', random(rest.length)) + 1;
  return rest.includes('<', at) ? rest.slice(0, at) + found + rest.slice(at) : rest;
}

/** From its opening tag to the first that closes one of that name. */
function elementAt(text: string, from: number): Element | undefined {
  const opening = /<(\w+)(?: [^<>]*)?>/g;
  opening.lastIndex = from;
  const [tag, name] = opening.exec(text) ?? [];
  const closing = `</${name}>`;
  const end = tag === undefined ? -1 : text.indexOf(closing, opening.lastIndex);
  if (tag === undefined || end < 0) return undefined;
  return { from: opening.lastIndex - tag.length, to: end + closing.length };
}
