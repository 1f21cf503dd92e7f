import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HistoryError, readHistories } from './learner-histories.ts';

const header = 'date,description,amount,currency,account,counter_account';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'histories-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(join(folder, 'sample.csv'), text);
  return readHistories(folder);
}

describe('a history for the bench', () => {
  test('has quoted fields, blank lines, either line end and a mark in front', async () => {
    const text = [
      `\ufeff${header}`,
      '2026-01-02,"Muster, ""Bar"" | two\nlines",-12.5,EUR,Assets:Bank,Expenses:Food',
      '',
      '2026-01-02,"",3.0000001,JPY,Assets:Bank,"Income:Other"',
    ].join('\r\n');
    expect(await read(text)).toEqual([
      {
        file: 'sample',
        rows: [
          {
            date: '2026-01-02',
            description: 'Muster, "Bar" · two\nlines',
            amount: { minor: -1250, currency: 'EUR' },
            account: 'Assets:Bank',
            counterAccount: 'Expenses:Food',
          },
          {
            date: '2026-01-02',
            description: '',
            amount: { minor: 3, currency: 'JPY' },
            account: 'Assets:Bank',
            counterAccount: 'Income:Other',
          },
        ],
      },
    ]);
  });

  test.each([
    ['another header', 'date,text\n', 'sample.csv, line 1: the header must be date,description'],
    ['no rows', `${header}\n`, 'sample.csv has no rows'],
    ['a missing field', `${header}\n2026-01-01,x,1,EUR,A\n`, 'line 2: 5 fields instead of 6'],
    ['no date', `${header}\n\n2026-02-30,x,1,EUR,A,B\n`, 'line 3: "2026-02-30" is no date'],
    ['no amount', `${header}\n2026-01-01,x,1.2.3,EUR,A,B\n`, 'line 2: "1.2.3 EUR" is no amount'],
    [
      'no counter-account',
      `${header}\n2026-01-01,x,1,EUR,A,\n`,
      'line 2: the counter-account is missing',
    ],
    ['an open quote', `${header}\n2026-01-01,"x,1\n`, 'line 2: a quote stays open'],
    ['text after a quote', `${header}\n2026-01-01,"x"y,1,EUR,A,B`, 'text follows a closed quote'],
    [
      'no date after two lines in one field',
      `${header}\n2026-01-02,"x\n",1,EUR,A,B\n,x,1,EUR,A,B`,
      'line 4: "" is',
    ],
  ])('is refused with %s, by file and line', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('is looked for in a folder that is there and has one', async () => {
    await expect(readHistories(folder)).rejects.toThrow(HistoryError);
    await expect(readHistories(join(folder, 'none'))).rejects.toThrow('no folder that can be read');
  });
});
