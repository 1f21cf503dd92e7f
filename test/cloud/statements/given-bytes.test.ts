import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { readStatementFile } from '../../../cloud/statements/read-statement-file.ts';
import { writeXls } from './write-xls.ts';

const text = '!Type:Bank\nD01/31/2026\nT-12.50\nPKiosk Lyon\n^\n'.repeat(200);
const bytesOf = (): Uint8Array => new TextEncoder().encode(text);

test("the caller's bytes stay as they are", () => {
  const [bytes, packed] = [bytesOf(), gzipSync(text)];
  readStatements(bytes);
  readStatementFile(bytes, {});
  expect(bytes).toEqual(bytesOf());
  expect(readStatementFile(packed, {})).toEqual(readStatementFile(packed, {}));
});

test('bytes that are given away are free once they are read', () => {
  const bytes = bytesOf();
  expect(readStatements(bytes, { areBytesGiven: true })).toEqual(readStatements(bytesOf()));
  expect(bytes).toHaveLength(0);
});

test('a workbook is read before its bytes are given away', () => {
  const header = ['Booking date', 'Text', 'Note', 'Amount'];
  // A smaller one is copied out of its container.
  const rows = Array.from({ length: 200 }, (_, at) => [{ day: '2026-01-15' }, 'Rent', '', -at]);
  const workbook = () => new Uint8Array(writeXls({ sheets: [{ rows: [header, ...rows] }] }));
  const bytes = workbook();
  const given = readStatements(bytes, { areBytesGiven: true });
  expect(given).toEqual(readStatements(workbook()));
  expect(bytes).toHaveLength(0);
});

test('bytes that share their memory with others are not freed', () => {
  const all = Buffer.concat([bytesOf(), Buffer.from('others')]);
  readStatements(all.subarray(0, -6), { areBytesGiven: true });
  expect(all.subarray(-6).toString()).toBe('others');
});
