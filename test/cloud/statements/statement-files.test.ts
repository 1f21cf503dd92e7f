import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Statement, StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { formatAmount } from '../../../shared/money.ts';
import { statementsOf } from './statements-of.ts';

/** Statement files of banks and programs from all over; beside the checkout where it is developed, never part of it. */
const corpus = new URL('../../../../shared/statements/', import.meta.url);
const isThere = existsSync(new URL('manifest.csv', corpus));
if (!isThere) {
  process.stderr.write(
    'statement-files.test.ts skips: no ../shared/statements beside this checkout.\n',
  );
}

interface KnownFile {
  readonly path: string;
  readonly format: string;
  readonly category: string;
  readonly n_transactions: string;
  readonly sum: string;
}

function knownFiles(): KnownFile[] {
  const text = readFileSync(new URL('manifest.csv', corpus), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(',');
  return lines
    .map(cellsOf)
    .map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])))
    .filter(
      ({ split, format }) => split === 'open' && ['ofx', 'camt', 'csv'].includes(format ?? ''),
    )
    .map((row) => row as unknown as KnownFile);
}

/** Cells of a line of CSV, quoted or not. */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

function entriesOf(path: string) {
  const statements: readonly Statement[] = statementsOf(readFileSync(new URL(path, corpus)));
  return statements.flatMap(({ entries }) => entries);
}

(isThere ? describe : describe.skip)('statement files of banks and programs', () => {
  const all = isThere ? knownFiles() : [];
  const files = all.filter(({ format }) => format !== 'csv');
  const tables = all.filter(({ format }) => format === 'csv');
  const inCategory = (...categories: string[]) =>
    files.filter(({ category }) => categories.includes(category));

  test('all of them are known', () => {
    expect(inCategory('statement')).toHaveLength(56 + 21);
    expect(inCategory('zero', 'investment')).toHaveLength(6 + 12);
    expect(inCategory('reject')).toHaveLength(9);
  });

  test('each gives the entries and the sum that its manifest says', () => {
    for (const { path, n_transactions, sum } of inCategory('statement')) {
      const amounts = entriesOf(path).map(({ amount }) => Number(formatAmount(amount)));
      const total = amounts.reduce((left, amount) => left + amount, 0);
      // The manifest's sums keep more decimals than the currency has; each entry is rounded once.
      const isExact = /^-?\d+(\.\d{1,2}0*)?$/.test(sum);
      const allowed = 0.000_001 + (isExact ? 0 : 0.005 * amounts.length);
      expect({ path, count: amounts.length }).toEqual({ path, count: Number(n_transactions) });
      expect({ path, isRight: Math.abs(total - Number(sum)) <= allowed }).toEqual({
        path,
        isRight: true,
      });
    }
  });

  test('those without entries give none', () => {
    for (const { path } of inCategory('zero', 'investment')) {
      expect({ path, entries: entriesOf(path) }).toEqual({ path, entries: [] });
    }
  });

  test('those that are broken are refused', () => {
    for (const { path } of inCategory('reject')) {
      expect(() => entriesOf(path)).toThrow(StatementUnreadable);
    }
  });

  test('a table is read to the entries that its manifest says, or refused', () => {
    const lists = tables.filter(({ category }) => ['statement', 'derived'].includes(category));
    const wrong: string[] = [];
    let right = 0;
    for (const { path, n_transactions, sum } of lists) {
      const entries = entriesOrNone(path);
      if (entries.length === 0) continue;
      const total = entries.reduce((left, { amount }) => left + Number(formatAmount(amount)), 0);
      const isRight =
        entries.length === Number(n_transactions) && Math.abs(total - Number(sum)) < 0.005;
      if (isRight) right += 1;
      else wrong.push(path);
    }
    expect(wrong).toEqual([]);
    expect(lists).toHaveLength(95);
    expect(right).toBeGreaterThanOrEqual(50);
  });

  test('a table that lists no entries gives none', () => {
    const others = tables.filter(({ category }) => ['zero', 'reject'].includes(category));
    expect(others.length).toBe(9);
    for (const { path } of others)
      expect({ path, entries: entriesOrNone(path) }).toEqual({ path, entries: [] });
  });
});

function entriesOrNone(path: string): ReturnType<typeof entriesOf> {
  try {
    return entriesOf(path);
  } catch (error) {
    if (error instanceof StatementUnreadable) return [];
    throw error;
  }
}
