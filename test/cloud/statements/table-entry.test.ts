import { Buffer } from 'node:buffer';
import { expect, test } from '@jest/globals';
import { statementsOf } from './statements-of.ts';

test('what several columns say is the text, each of it once', () => {
  const lines = [
    'Booking date,Description,Note,Memo,Amount',
    '2026-01-15,Rent,Rent,Flat 3,-700.00',
    '2026-01-16,Rent,Flat 3,Rent,-700.00',
    '2026-01-17,,Fee,,-1.25',
  ];
  const [statement] = statementsOf(Buffer.from(lines.join('\n')));
  const texts = statement?.entries.map(({ text }) => text);
  expect(texts).toEqual(['Rent\nFlat 3', 'Rent\nFlat 3', 'Fee']);
});
