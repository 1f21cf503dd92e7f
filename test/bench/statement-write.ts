import { writeFileSync } from 'node:fs';
import { makeUpEntries } from './statement-entries.ts';
import { statementFormats } from './statement-formats.ts';

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
let entries = makeUpEntries(2000);
let content = write(entries);
// Statements a day or a month make the size no multiple of the count.
for (let round = 0; round < 3; round++) {
  entries = makeUpEntries(
    Math.floor((entries.length * Number(mostBytes) * 0.997) / content.length),
  );
  content = write(entries);
}
writeFileSync(path, content);
const written: WrittenFile = {
  entries: entries.length,
  sumMinor: entries.reduce((sum, { minor }) => sum + minor, 0),
  bytes: content.length,
  fileBytes: content.length,
};
process.stdout.write(JSON.stringify(written));
