import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinEntries } from '../../../../cloud/local/bank/join-entries.ts';
import {
  readStatementCustomer,
  toStatementCustomer,
} from '../../../../cloud/local/bank/statement-customer.ts';
import {
  readStatementFiles,
  StatementFilesUnusable,
} from '../../../../cloud/local/bank/statement-files.ts';
import type { Statement } from '../../../../cloud/statements/statement.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';

const now = '2026-11-21T12:00:00.000Z';

function entry(day: string, minor: number, more: Partial<ObservedEntry> = {}): ObservedEntry {
  const amount = { minor, currency: 'EUR' };
  return { status: 'booked', bookingDate: day, amount, counterparty: 'Shop', text: '', ...more };
}

function statement(more: Partial<Statement> = {}): Statement {
  return {
    format: 'ofx',
    account: { iban: 'DE89370400440532013000', type: 'current' },
    currency: 'EUR',
    entries: [],
    problems: [],
    ...more,
  };
}

function accountsOf(...files: readonly (readonly Statement[])[]) {
  const named = files.map((statements, index) => ({
    path: `/home/x/file-${index}.ofx`,
    statements,
  }));
  return toStatementCustomer(named).customer.accounts;
}

describe('a customer made of statement files', () => {
  test('has one account for each account and currency', () => {
    const accounts = accountsOf(
      [statement(), statement({ currency: 'USD' })],
      [statement({ account: { number: '12-34', bank: '100', type: 'card' } }), statement()],
    );
    expect(
      accounts.map(({ iban, bban, maskedPan, currency, type }) => ({
        iban,
        bban,
        maskedPan,
        currency,
        type,
      })),
    ).toEqual([
      { iban: 'DE89370400440532013000', currency: 'EUR', type: 'current' },
      { iban: 'DE89370400440532013000', currency: 'USD', type: 'current' },
      { maskedPan: '************1234', currency: 'EUR', type: 'card' },
    ]);
    expect(new Set(accounts.map(({ key }) => key)).size).toBe(3);
  });

  test('finds its accounts under the same keys when the program is started again', () => {
    const keys = () =>
      accountsOf([statement(), statement({ account: { type: 'loan' } })]).map(({ key }) => key);
    expect(keys()).toEqual(keys());
    expect(keys().every((key) => /^[a-z0-9-]+$/.test(key))).toBe(true);
  });

  test('keeps accounts without a number apart', () => {
    const unnamed = statement({ account: { type: 'current' } });
    expect(accountsOf([unnamed, unnamed], [unnamed])).toHaveLength(3);
  });

  test('writes a national number with the bank code before it', () => {
    const [account] = accountsOf([
      statement({ account: { number: '0532 0130-00', bank: '37040044', type: 'savings' } }),
    ]);
    expect(account).toMatchObject({
      bban: '370400440532013000',
      name: 'Savings 3000',
      type: 'savings',
    });
  });

  test('has the newest closing balance as its booked one, and none where the files have none', () => {
    const closing = (date: string | undefined, minor: number) => ({
      closing: { amount: { minor, currency: 'EUR' }, ...(date && { date }) },
    });
    const balanceOf = (...statements: Statement[]) =>
      accountsOf(statements)[0]?.statement(now).balance?.booked?.minor;
    expect(
      balanceOf(statement(closing('2026-02-01', 2)), statement(closing('2026-01-01', 1))),
    ).toBe(2);
    expect(balanceOf(statement(closing(undefined, 3)))).toBe(3);
    expect(balanceOf(statement())).toBeUndefined();
  });

  test('says each problem with file and line, and which currency was taken', () => {
    const { currency: _, ...withoutCurrency } = statement({ entries: [entry('2026-01-01', 5)] });
    const problem = (line: number) => ({ line, message: 'This entry has no amount.' });
    const { lines } = toStatementCustomer([
      { path: '/home/x/may.ofx', statements: [{ ...withoutCurrency, problems: [problem(7)] }] },
      {
        path: 'june.ofx',
        statements: [
          statement({ problems: Array.from({ length: 30 }, (_, at) => problem(at + 1)) }),
        ],
      },
    ]);
    expect(lines.slice(0, 2)).toEqual([
      'may.ofx: The file names no currency. Its amounts are taken as EUR.',
      'may.ofx, line 7: This entry has no amount.',
    ]);
    expect(lines).toHaveLength(2 + 20 + 1);
    expect(lines.at(-1)).toBe('june.ofx: There are 10 more lines like these.');
  });
});

describe('entries of one account from several files', () => {
  test('an entry that two files show is one, and two alike within a file are two', () => {
    const coffee = () => entry('2026-01-02', -300);
    const rent = () => entry('2026-01-01', -90000, { reference: 'R1' });
    expect(
      joinEntries([
        [rent(), coffee(), coffee()],
        [coffee(), rent()],
      ]),
    ).toEqual([rent(), coffee(), coffee()]);
  });

  test('come oldest first, from files in either order', () => {
    const [first, second, third] = [
      entry('2026-01-01', 1),
      entry('2026-01-01', 2),
      entry('2026-01-03', 3),
    ];
    expect(joinEntries([[third, second, first]])).toEqual([first, second, third]);
    expect(joinEntries([[first, second, third]])).toEqual([first, second, third]);
  });

  test('the order of the files does not change which entries there are', () => {
    const file = fc.array(
      fc.record({
        day: fc.constantFrom('2026-01-01', '2026-01-02'),
        minor: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 12 },
    );
    const toEntries = (rows: { day: string; minor: number }[]) =>
      rows.map(({ day, minor }) => entry(day, minor));
    const counted = (entries: readonly ObservedEntry[]) =>
      entries.map((each) => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(file, file, (a, b) => {
        const [one, two] = [toEntries(a), toEntries(b)];
        const joined = counted(joinEntries([one, two]));
        expect(joined).toEqual(counted(joinEntries([two, one])));
        expect(counted(joinEntries([one, two, toEntries(a)]))).toEqual(joined);
        for (const row of new Set(joined)) {
          const times = (rows: readonly string[]) => rows.filter((each) => each === row).length;
          expect(times(joined)).toBe(Math.max(times(counted(one)), times(counted(two))));
        }
      }),
    );
  });
});

describe('statement files on the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bookfeed-statements-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const statementText =
    '<OFX><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>' +
    '<STMTTRN><DTPOSTED>20260601<TRNAMT>-10.00</STMTTRN></BANKTRANLIST></STMTRS></OFX>';

  test('become a customer whose amounts are euros where the file names no currency', async () => {
    const path = join(folder, 'a.ofx');
    await writeFile(path, statementText);
    const { customer, lines } = await readStatementCustomer([path, path]);
    expect(customer.accounts.map((account) => account.statement(now).entries)).toEqual([
      [expect.objectContaining({ amount: { minor: -1000, currency: 'EUR' } })],
    ]);
    expect(lines).toEqual(['a.ofx: The file names no currency. Its amounts are taken as EUR.']);
  });

  test('are all checked before one is used, with a line for each that cannot be', async () => {
    const [good, cut, missing, large] = ['good.ofx', 'cut.ofx', 'missing.ofx', 'large.ofx'].map(
      (name) => join(folder, name),
    ) as [string, string, string, string];
    await writeFile(good, statementText);
    await writeFile(cut, statementText.slice(0, 90));
    const sparse = await open(large, 'w');
    await sparse.truncate(20_000_001);
    await sparse.close();
    const reading = readStatementFiles([good, cut, missing, folder, large]);
    await expect(reading).rejects.toThrow(StatementFilesUnusable);
    await expect(reading).rejects.toMatchObject({
      lines: [
        `${cut}: Line 1: The file ends in the middle of a statement. Download it again from the bank.`,
        `${missing}: There is no such file. Check its name and folder.`,
        `${folder}: This is a folder. Name the files in it.`,
        `${large}: The file is larger than 20 MB. Download a shorter period from the bank.`,
      ],
    });
  });
});
