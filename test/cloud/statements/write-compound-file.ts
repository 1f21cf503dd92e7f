const endOfChain = 0xfffffffe;
const free = 0xffffffff;
const tableSector = 0xfffffffd;
const smallMax = 4096;

/** A compound file with one stream; a small one lies in the root's, as Office writes it. */
export function writeCompoundFile(name: string, content: Uint8Array, shift: 9 | 12 = 9): Buffer {
  const size = 1 << shift;
  const isSmall = content.length < smallMax;
  const pad = (part: Uint8Array) =>
    Buffer.concat([part, Buffer.alloc((size - (part.length % size)) % size)]);
  const contentSectors = pad(content).length / size;
  const smallTable = Buffer.alloc(size, 0xff);
  const pieces = Math.ceil(content.length / 64);
  for (let each = 0; isSmall && each < pieces; each++) {
    smallTable.writeUInt32LE(each === pieces - 1 ? endOfChain : each + 1, each * 4);
  }
  // Directory, table of small sectors, content, and the tables of sectors behind.
  const before = 2 + contentSectors;
  const [tables, lists] = tablesFor(before, size);
  const chains: number[] = [endOfChain, endOfChain];
  for (let each = 2; each < before; each++)
    chains.push(each === before - 1 ? endOfChain : each + 1);
  for (let each = 0; each < tables + lists; each++) chains.push(tableSector);
  const table = Buffer.alloc(tables * size, 0xff);
  for (const [index, next] of chains.entries()) table.writeUInt32LE(next, index * 4);
  const header = Buffer.alloc(512, 0);
  header.write('d0cf11e0a1b11ae1', 'hex');
  header.writeUInt16LE(shift === 9 ? 3 : 4, 0x1a);
  header.writeUInt16LE(0xfffe, 0x1c);
  header.writeUInt16LE(shift, 0x1e);
  header.writeUInt16LE(6, 0x20);
  header.writeUInt32LE(tables, 0x2c);
  header.writeUInt32LE(smallMax, 0x38);
  header.writeUInt32LE(isSmall ? 1 : endOfChain, 0x3c);
  header.writeUInt32LE(lists === 0 ? endOfChain : before + tables, 0x44);
  for (let each = 0; each < 109; each++) {
    header.writeUInt32LE(each < tables ? before + each : free, 0x4c + each * 4);
  }
  const rest = Buffer.alloc(lists * size, 0xff);
  for (let each = 109; each < tables; each++) {
    const perList = size / 4 - 1;
    const list = Math.floor((each - 109) / perList);
    rest.writeUInt32LE(before + each, list * size + ((each - 109) % perList) * 4);
  }
  for (let list = 0; list < lists; list++) {
    const next = list === lists - 1 ? endOfChain : before + tables + list + 1;
    rest.writeUInt32LE(next, (list + 1) * size - 4);
  }
  const directory = Buffer.concat([
    directoryEntry('Root Entry', 5, isSmall ? 2 : endOfChain, isSmall ? pieces * 64 : 0),
    directoryEntry(name, 2, isSmall ? 0 : 2, content.length),
  ]);
  return Buffer.concat([pad(header), pad(directory), smallTable, pad(content), table, rest]);
}

/** How many sectors list the sectors, and how many of those list them beyond the header's 109. */
function tablesFor(others: number, size: number): readonly [number, number] {
  let [tables, lists] = [1, 0];
  while ((tables * size) / 4 < others + tables + lists) {
    tables += 1;
    lists = Math.max(0, Math.ceil((tables - 109) / (size / 4 - 1)));
  }
  return [tables, lists];
}

function directoryEntry(name: string, kind: number, start: number, size: number): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, 'utf16le');
  entry.writeUInt16LE(name.length * 2 + 2, 64);
  entry.writeUInt8(kind, 66);
  for (const sibling of [68, 72, 76]) entry.writeUInt32LE(free, sibling);
  if (kind === 5) entry.writeUInt32LE(1, 76);
  entry.writeUInt32LE(start, 116);
  entry.writeUInt32LE(size, 120);
  return entry;
}
