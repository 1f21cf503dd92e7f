import { cutWorkbook, damagedWorkbook, withinWorkbook } from './workbook-errors.ts';

const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on are no sectors: free, end of chain, part of the tables. */
const sectorMax = 0xfffffffa;
const headerBytes = 512;
const directoryEntryBytes = 128;
const kindOf = { stream: 2, root: 5 };

export function isCompoundFile(bytes: Uint8Array): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/**
 * The streams of a compound file, the container of older Office documents, by name; of equal names the first. A chain
 * of sectors is never longer than the file has sectors, so none runs in a circle. Source: [MS-CFB] 2.
 * @throws StatementUnreadable, also when a stream is read
 */
export function readCompoundFile(bytes: Uint8Array): ReadonlyMap<string, () => Uint8Array> {
  return withinWorkbook(() => {
    const file = openSectors(bytes);
    const directory = file.read(file.view.getUint32(0x30, true));
    const view = viewOf(directory);
    const streams = new Map<string, () => Uint8Array>();
    let root: Place | undefined;
    for (let at = 0; at + directoryEntryBytes <= directory.length; at += directoryEntryBytes) {
      const kind = view.getUint8(at + 66);
      const place = { start: view.getUint32(at + 116, true), size: view.getUint32(at + 120, true) };
      if (kind === kindOf.root) root ??= place;
      const name = nameOf(directory.subarray(at, at + 66));
      if (kind !== kindOf.stream || streams.has(name)) continue;
      streams.set(name, () => withinWorkbook(() => readStream(file, root, place)));
    }
    return streams;
  });
}

interface Place {
  readonly start: number;
  readonly size: number;
}

interface Sectors {
  readonly view: DataView;
  /** What the sectors of a chain hold. */
  read(start: number): Uint8Array;
}

/** Sectors are listed in a table of the one that follows each; where the parts of the table are stands in another. */
function openSectors(bytes: Uint8Array): Sectors {
  if (bytes.length < headerBytes) throw cutWorkbook();
  const view = viewOf(bytes);
  const shift = view.getUint16(0x1e, true);
  if (shift !== 9 && shift !== 12) throw damagedWorkbook();
  const size = 1 << shift;
  const sectorCount = Math.ceil(bytes.length / size);
  const tableParts: number[] = [];
  for (let at = 0x4c; at < headerBytes; at += 4) tableParts.push(view.getUint32(at, true));
  let more = view.getUint32(0x44, true);
  for (let turns = 0; more < sectorMax; turns++) {
    const at = (more + 1) * size;
    if (turns > sectorCount) throw damagedWorkbook();
    for (let each = 0; each < size - 4; each += 4) tableParts.push(view.getUint32(at + each, true));
    more = view.getUint32(at + size - 4, true);
  }
  const next = (sector: number): number => {
    const part = tableParts[Math.floor(sector / (size / 4))] ?? sectorMax;
    if (part >= sectorMax) throw damagedWorkbook();
    return view.getUint32((part + 1) * size + (sector % (size / 4)) * 4, true);
  };
  const sectorsAt = (first: number, count: number): Uint8Array => {
    const found = bytes.subarray((first + 1) * size, (first + 1 + count) * size);
    // The last sector of a file may be short.
    if (found.length <= (count - 1) * size) throw cutWorkbook();
    return found;
  };
  return {
    view,
    read(start) {
      const sectors = chainOf(start, next, sectorCount);
      const first = sectors[0] ?? 0;
      // Sectors mostly stand in their order: then nothing is copied.
      if (sectors.every((sector, index) => sector === first + index)) {
        return sectorsAt(first, sectors.length);
      }
      return Buffer.concat(sectors.map((sector) => sectorsAt(sector, 1)));
    },
  };
}

function chainOf(start: number, next: (sector: number) => number, countMax: number): number[] {
  const sectors: number[] = [];
  for (let sector = start; sector < sectorMax; sector = next(sector)) {
    if (sectors.length === countMax) throw damagedWorkbook();
    sectors.push(sector);
  }
  return sectors;
}

/** Small streams share the sectors of one, the root's, cut in pieces with a table of their own. */
function readStream(file: Sectors, root: Place | undefined, place: Place): Uint8Array {
  const smallMax = file.view.getUint32(0x38, true);
  const read = place.size >= smallMax ? file.read(place.start) : readSmall(file, root, place);
  if (read.length < place.size) throw cutWorkbook();
  return read.subarray(0, place.size);
}

function readSmall(file: Sectors, root: Place | undefined, place: Place): Uint8Array {
  if (!root) throw damagedWorkbook();
  const size = 1 << file.view.getUint16(0x20, true);
  if (size < 16 || size > 4096) throw damagedWorkbook();
  const shared = file.read(root.start);
  const table = viewOf(file.read(file.view.getUint32(0x3c, true)));
  const pieces = chainOf(
    place.start,
    (piece) => table.getUint32(piece * 4, true),
    Math.ceil(shared.length / size),
  );
  return Buffer.concat(pieces.map((piece) => shared.subarray(piece * size, (piece + 1) * size)));
}

/** UTF-16 of which the bytes are counted behind it, the closing zero with them. */
function nameOf(entry: Uint8Array): string {
  const length = Math.min(64, viewOf(entry).getUint16(64, true));
  return new TextDecoder('utf-16le').decode(entry.subarray(0, Math.max(0, length - 2)));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
