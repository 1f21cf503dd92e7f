import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** Dots a side, and the pixels of each. */
const dots = 22;
const dotPixels = 9;
const colours = [
  [0xff, 0xff, 0xff],
  [0xd4, 0x1f, 0x26],
  [0x1b, 0x8a, 0x3a],
  [0x1d, 0x4f, 0xa8],
] as const;

/** The picture that a phone scans for a photo TAN: a PNG of coloured dots, as data URL; for an id always the same. */
export function photoOf(id: string): string {
  const colourOf = coloursOf(id);
  const side = dots * dotPixels;
  const rows = Array.from({ length: side }, (_, y) => {
    const row = Buffer.alloc(1 + side * 3);
    for (let x = 0; x < side; x++) row.set(pixel(x, y, colourOf), 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits a channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** White at the edge, and between round dots. */
function pixel(x: number, y: number, colourOf: (dot: number) => readonly number[]) {
  const [column, row] = [Math.floor(x / dotPixels), Math.floor(y / dotPixels)];
  const isEdge = [column, row].some((place) => place === 0 || place === dots - 1);
  const middle = (dotPixels - 1) / 2;
  const isRound = Math.hypot((x % dotPixels) - middle, (y % dotPixels) - middle) <= middle;
  return isEdge || !isRound ? colours[0] : colourOf(row * dots + column);
}

/** Two bits a dot, from as many hashes as it takes. */
function coloursOf(id: string): (dot: number) => readonly number[] {
  const bytes = Buffer.concat(
    Array.from({ length: Math.ceil((dots * dots) / 4 / 32) }, (_, part) =>
      createHash('sha256').update(`${id} ${part}`).digest(),
    ),
  );
  return (dot) => colours[(bytes.readUInt8(dot >> 2) >> ((dot & 3) * 2)) & 3] ?? colours[0];
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
