import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { scoreReading, type Truth, type Verdict } from './score-reading.ts';

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
  readonly truth: string;
}

function knownFiles(): KnownFile[] {
  const text = readFileSync(new URL('manifest.csv', corpus), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(',');
  return lines
    .map(cellsOf)
    .map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])))
    .filter(({ split }) => split === 'open')
    .map((row) => row as unknown as KnownFile);
}

/** Cells of a line of CSV, quoted or not. */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/**
 * Their truth takes the balance of the second row for its amount: 1,498.57 + 327.49 is 1,826.06. Ours goes by the balances,
 * so these two are read, but not scored.
 */
const mistaken: readonly string[] = [
  'open/csv/cantino+reckon/german_date_example.csv',
  'open/csv/cantino+reckon/spanish_date_example.csv',
];

const withEntries = ['statement', 'derived', 'synthetic', 'zip', 'partial'];

function verdictOn({ path, category, truth }: KnownFile): Verdict {
  const bytes = readFileSync(new URL(path, corpus));
  if (!withEntries.includes(category)) return scoreReading(bytes);
  return scoreReading(bytes, JSON.parse(readFileSync(new URL(truth, corpus), 'utf8')) as Truth);
}

/** Files with entries, how many of them must be right by themselves, and how many with one question. */
const formats = [
  { format: 'ofx', files: 56, right: 56, asked: 56 },
  { format: 'mt940', files: 89, right: 89, asked: 89 },
  { format: 'camt', files: 21, right: 21, asked: 21 },
  { format: 'qif', files: 26, right: 25, asked: 26 },
  { format: 'n43', files: 9, right: 9, asked: 9 },
  { format: 'xlsx', files: 5, right: 5, asked: 5 },
  { format: 'csv', files: 93, right: 77, asked: 91 },
] as const;

(isThere ? describe : describe.skip)('statement files of banks and programs', () => {
  const all = isThere ? knownFiles() : [];
  const scored = all.filter(({ path }) => !mistaken.includes(path));

  test.each(formats)('of $format are read as they are', ({ format, files, right, asked }) => {
    const known = scored.filter((file) => file.format === format && file.category !== 'investment');
    const paths: Record<Verdict, string[]> = {
      right: [],
      asked: [],
      'asked-in-vain': [],
      refused: [],
      wrong: [],
      none: [],
    };
    for (const file of known) paths[verdictOn(file)].push(file.path);
    expect(paths.wrong).toEqual([]);
    // Of those that are left, the ones beyond what may be left are named.
    const left = [...paths['asked-in-vain'], ...paths.refused];
    expect(left.slice(files - asked)).toEqual([]);
    expect(paths.right.length).toBeGreaterThanOrEqual(right);
    expect(known.length - paths.none.length).toBe(files);
  });

  test('those of securities alone have no entries of a bank account', () => {
    const securities = all.filter(
      ({ format, category }) => format === 'ofx' && category === 'investment',
    );
    expect(securities).toHaveLength(12);
    for (const file of securities) {
      expect({ path: file.path, verdict: verdictOn(file) }).toEqual({
        path: file.path,
        verdict: 'none',
      });
    }
  });
});
