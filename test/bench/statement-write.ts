import { writeFileSync } from 'node:fs';
import { isZip, readZip } from '../../cloud/statements/zip.ts';
import { makeUpEntries } from './statement-entries.ts';
import { statementFormats } from './statement-formats.ts';
import { xlsEntriesMax } from './statement-workbooks.ts';

/** What a reader has to find in a made-up file. */
export interface WrittenFile {
  readonly entries: number;
  readonly sumMinor: number;
  /** Of the file; of a workbook, what is packed in it. */
  readonly bytes: number;
  readonly fileBytes: number;
}

// A process of its own, so that its memory is nobody's: writes a file of a format, and prints what is in it.
const [format = '', path = '', mostBytes = ''] = process.argv.slice(2);
const write = statementFormats[format];
if (!write) throw new Error(`no format ${format}`);
const entriesMax = format === 'xls' ? xlsEntriesMax : Number.POSITIVE_INFINITY;
let entries = makeUpEntries(2000);
let content = write(entries);
// Statements a day or a month make the size no multiple of the count.
for (let round = 0; round < 3 && entries.length < entriesMax; round++) {
  const count = (entries.length * Number(mostBytes) * 0.997) / unpackedBytes(content);
  entries = makeUpEntries(Math.min(entriesMax, Math.floor(count)));
  content = write(entries);
}
writeFileSync(path, content);
const written: WrittenFile = {
  entries: entries.length,
  sumMinor: entries.reduce((sum, { minor }) => sum + minor, 0),
  bytes: unpackedBytes(content),
  fileBytes: content.length,
};
process.stdout.write(JSON.stringify(written));

/** What is in an archive, which a workbook of today is; or the file as it is. */
function unpackedBytes(file: Uint8Array): number {
  if (!isZip(file)) return file.length;
  return readZip(file, 1e9).reduce((sum, part) => sum + part.unpack().length, 0);
}
