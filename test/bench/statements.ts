import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { fileBytesMax } from '../../shared/file-limits.ts';
import { cacheFolder, installOnce, NotInstalled } from '../npm-install.ts';
import { BenchRefused } from './bench-refused.ts';
import { statementFormats } from './statement-formats.ts';
import { type StatementPeer, statementPeers } from './statement-peers.ts';
import type { MeasuredReading } from './statement-read.ts';
import type { WrittenFile } from './statement-write.ts';

export interface StatementBenchOptions {
  /** One format alone. */
  readonly format?: string | undefined;
  /** Megabytes of a file, 20 unless told. */
  readonly mb?: string | undefined;
  readonly 'no-peers'?: boolean | undefined;
}

/** A reader on a file; `wrong` where it fails or gives other rows than the file has. */
type Outcome = (MeasuredReading & { readonly wrong?: string }) | { readonly wrong: string };

interface Figures extends WrittenFile {
  readonly format: string;
  readonly ours: Outcome;
  readonly peers: Readonly<Record<string, Outcome>>;
}

/**
 * Writes a file of each format, and reads it by ours and by readers on npm, each in a process of its own. MB/s are of
 * a core, from the file's bytes to entries (of the others: to their rows, which are less); memory is the peak of one reading
 * above the start.
 * Ends with exit code 1 where ours does not find every entry and the exact sum.
 */
export async function measureStatements(
  options: StatementBenchOptions,
): Promise<{ readonly statements: readonly Figures[] }> {
  const formats = formatsOf(options);
  const bytes = Number(options.mb ?? fileBytesMax / 1e6) * 1e6;
  if (!(bytes >= 10_000 && bytes <= fileBytesMax)) {
    throw new BenchRefused('--mb is a number of megabytes from 0.01 to 20');
  }
  const peers = options['no-peers'] ? [] : statementPeers;
  const folder = await mkdtemp(join(tmpdir(), 'bookfeed-bench-'));
  const home = peers.length > 0 ? await installPeers() : folder;
  const script = join(home, `read-${process.pid}.mjs`);
  try {
    await bundleReader(script);
    printHead();
    const statements: Figures[] = [];
    for (const format of formats) {
      const figures = await measureFormat({ format, bytes, folder, script, peers });
      printFormat(figures);
      statements.push(figures);
    }
    printPeers(peers, formats);
    if (statements.some(({ ours }) => ours.wrong)) process.exitCode = 1;
    return { statements };
  } finally {
    await rm(script, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

function formatsOf({ format }: StatementBenchOptions): readonly string[] {
  const all = Object.keys(statementFormats);
  if (format === undefined) return all;
  if (!all.includes(format)) {
    throw new BenchRefused(`--format is one of ${all.join(', ')}, not "${format}"`);
  }
  return [format];
}

async function installPeers(): Promise<string> {
  const dependencies = Object.fromEntries(
    statementPeers.map(({ name, version }) => [name, version]),
  );
  const folder = cacheFolder(`statement-peers-${statementPeers.length}`);
  try {
    await installOnce(folder, { dependencies }, () => {
      print(`Installing ${statementPeers.length} readers from npm into ${folder} (once, 32 MB).`);
    });
    return folder;
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    throw new BenchRefused(
      `The readers could not be installed: ${error.message}\nWith --no-peers ours is measured alone.`,
    );
  }
}

/** In one file, as the cloud's code is deployed: without what Node needs to read TypeScript. */
async function bundleReader(outfile: string): Promise<void> {
  const entryPoints = [join(import.meta.dirname, 'statement-read.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
}

interface Place {
  readonly format: string;
  readonly bytes: number;
  readonly folder: string;
  /** That reads a file. */
  readonly script: string;
  readonly peers: readonly StatementPeer[];
}

async function measureFormat({ format, bytes, folder, script, peers }: Place): Promise<Figures> {
  const path = join(folder, format);
  const writer = join(import.meta.dirname, 'statement-write.ts');
  const quiet = '--disable-warning=ExperimentalWarning';
  const written: WrittenFile = JSON.parse(
    await runNode(quiet, writer, format, path, String(bytes)),
  );
  const read = async (...peer: readonly string[]): Promise<Outcome> => {
    try {
      const measured: MeasuredReading = JSON.parse(await runNode(script, path, ...peer));
      return { ...measured, ...wrongOf(measured, written) };
    } catch (error) {
      return { wrong: reasonOf(error) };
    }
  };
  const ours = await read();
  const outcomes: Record<string, Outcome> = {};
  for (const { name } of peers.filter(({ formats }) => formats.includes(format))) {
    outcomes[name] = await read(name);
  }
  await rm(path);
  return { format, ...written, ours, peers: outcomes };
}

async function runNode(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 240_000 });
  return stdout;
}

function wrongOf({ rows, sumMinor, problems = 0 }: MeasuredReading, file: WrittenFile) {
  if (rows !== file.entries) return { wrong: `${rows} rows` };
  if (sumMinor !== undefined && sumMinor !== file.sumMinor) return { wrong: 'another sum' };
  return problems > 0 ? { wrong: `${problems} problems` } : {};
}

/** What a process that failed says at its end, in a few words. */
function reasonOf(error: unknown): string {
  const { stderr = '', killed } = error as { stderr?: string; killed?: boolean };
  if (killed) return 'took longer than four minutes';
  const line = stderr
    .split('\n')
    .find((each) => /^\s*(\w*Error|FATAL|StatementUnreadable)\b/.test(each));
  return (line ?? String(error)).trim().slice(0, 100);
}

const columns = [10, 7, 9, 24, 9, 9, 11] as const;

function printHead(): void {
  printCells(['format', 'MB', 'entries', 'reader', 'MB/s', 'memory', 'ours/peer']);
}

function printFormat({ format, bytes, fileBytes, entries, ours, peers }: Figures): void {
  const name = fileBytes === bytes ? format : `${format} (${megabytes(fileBytes)} packed)`;
  printCells([name, megabytes(bytes), String(entries), 'ours', ...cellsOf(ours, bytes)]);
  for (const [peer, outcome] of Object.entries(peers)) {
    const ratio =
      'ms' in ours && 'ms' in outcome && !outcome.wrong ? (outcome.ms / ours.ms).toFixed(2) : '';
    printCells(['', '', '', peer, ...cellsOf(outcome, bytes), ratio]);
  }
}

function cellsOf(outcome: Outcome, bytes: number): readonly string[] {
  if (!('ms' in outcome)) return ['fails:', outcome.wrong];
  const { ms, peakBytes, wrong } = outcome;
  const memory = `${(peakBytes / bytes).toFixed(1)} x`;
  return [(bytes / 1000 / ms).toFixed(1), memory, ...(wrong ? [`wrong: ${wrong}`] : [])];
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

function printCells(cells: readonly string[]): void {
  const padded = cells.map((cell, at) =>
    at === 0 || at === 3 ? cell.padEnd(columns[at] ?? 0) : cell.padStart(columns[at] ?? 0),
  );
  print(padded.join(' ').trimEnd());
}

function printPeers(peers: readonly StatementPeer[], formats: readonly string[]): void {
  for (const peer of peers) {
    if (!peer.formats.some((format) => formats.includes(format))) continue;
    print(`${peer.name} ${peer.version}: ${peer.less}.`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
