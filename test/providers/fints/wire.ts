// FinTS messages on the wire, written for this server from the published syntax (FinTS 3.0, Formals, chapter H): segments end
// with ', elements are parted by +, groups by :, letters escaped by ?, binary data has its length before it: @3@abc.

/** A segment that came: groups of values, the header left out. */
export interface CameSegment {
  readonly id: string;
  readonly version: number;
  readonly number: number;
  readonly elements: readonly (readonly string[])[];
}

function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const binary = letter === '@' ? /^@(\d+)@/.exec(text.slice(at, at + 12)) : null;
    if (binary) {
      const length = binary[0].length + Number(binary[1]);
      part += text.slice(at, at + length);
      at += length - 1;
    } else if (letter === '?') {
      part += text.slice(at, at + 2);
      at += 1;
    } else if (letter === separator) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
}

function toPlain(text: string): string {
  const binary = /^@\d+@/.exec(text);
  if (binary) return text.slice(binary[0].length);
  return text.replace(/\?(.)/gs, '$1');
}

export function readSegments(text: string): CameSegment[] {
  const texts = split(text, "'");
  if (texts.pop() !== '') throw new Error('a segment without an end');
  return texts.map((segment) => {
    const [head = '', ...elements] = split(segment, '+');
    const [id = '', number = '', version = ''] = head.split(':');
    return {
      id,
      number: Number(number),
      version: Number(version),
      elements: elements.map((element) => split(element, ':').map(toPlain)),
    };
  });
}

/** A value as it is written: text is escaped. */
export type Value = string | number | { readonly binary: string } | undefined;
/** A segment to be sent; `about` is the number of the segment that it answers. */
export interface SentSegment {
  readonly id: string;
  readonly version: number;
  readonly about?: number | undefined;
  readonly elements: readonly (Value | readonly Value[])[];
}

/** What the bank says to a segment, with a return code. */
export function answer(
  about: number | undefined,
  [code, text, ...params]: readonly [number, string, ...string[]],
): SentSegment {
  return { id: 'HIRMS', version: 2, about, elements: [[code, '', text, ...params]] };
}

function writeValue(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'object') return `@${value.binary.length}@${value.binary}`;
  return String(value).replace(/[?:+'@]/g, '?$&');
}

function writeElement(element: Value | readonly Value[]): string {
  return Array.isArray(element) ? element.map(writeValue).join(':') : writeValue(element as Value);
}

/** Segments with numbers from `first` on. */
export function writeSegments(segments: readonly SentSegment[], first: number): string {
  return segments
    .map(({ id, version, about, elements }, index) => {
      const head = [id, first + index, version, ...(about === undefined ? [] : [about])].join(':');
      return `${[head, ...elements.map(writeElement)].join('+')}'`;
    })
    .join('');
}

/** A whole message in its envelope, which hides nothing: PIN/TAN leaves that to TLS. */
export function writeMessage(
  segments: readonly SentSegment[],
  { dialogId, number, blz }: { dialogId: string; number: number; blz: string },
): string {
  const content = writeSegments(segments, 2);
  const profile: readonly Value[] = ['PIN', 1];
  const envelope = [
    `HNVSK:998:3+${profile.join(':')}+998+1+2::0+1+2:2:13:@8@00000000:5:1+280:${blz}:user:V:0:0+0'`,
    `HNVSD:999:1+@${content.length}@${content}'`,
    `HNHBS:${segments.length + 2}:1+${number}'`,
  ].join('');
  const tail = `+300+${writeValue(dialogId)}+${number}+${writeValue(dialogId)}:${number}'`;
  const head = 'HNHBK:1:3+';
  const length = head.length + 12 + tail.length + envelope.length;
  return `${head}${String(length).padStart(12, '0')}${tail}${envelope}`;
}
