import { readFileSync } from 'node:fs';
import { readStatements } from '../../cloud/statements/detect.ts';
import { statementPeers } from './statement-peers.ts';

/** What a reader did with a file. */
export interface MeasuredReading {
  /** Entries, or rows of a reader that knows no entries. */
  readonly rows: number;
  /** Of all amounts, by ours alone. */
  readonly sumMinor?: number;
  /** Told by ours of a file that has none. */
  readonly problems?: number;
  /** Time of a core, so that what else runs on the machine does not count; median of five readings after the first. */
  readonly ms: number;
  /** At the peak of the first reading, above what the process had with its modules loaded and the file not. */
  readonly peakBytes: number;
}

const runs = 5;

/** A way to read: what it gives is counted after the time is taken. */
type Read = (
  bytes: Buffer,
) => Promise<() => Pick<MeasuredReading, 'rows' | 'sumMinor' | 'problems'>>;

// A process of its own for each reader and file; a peer's packages are found beside this script.
const [path = '', peer] = process.argv.slice(2);
const read = peer === undefined ? readOurs : await openPeer(peer);
const start = process.memoryUsage.rss();
const first = await timed();
const peakBytes = peakRss() - start;
const times: number[] = [];
for (let run = 0; run < runs; run++) times.push((await timed()).ms);
const measured: MeasuredReading = {
  ...first.found,
  ms: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN,
  peakBytes,
};
process.stdout.write(JSON.stringify(measured));

/** In bytes. Linux counts into maxRSS what the parent of this process had; VmHWM is its own. */
function peakRss(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function timed() {
  const bytes = readFileSync(path);
  const from = process.cpuUsage();
  const found = await read(bytes);
  const { user, system } = process.cpuUsage(from);
  return { ms: (user + system) / 1000, found: found() };
}

async function readOurs(bytes: Buffer): ReturnType<Read> {
  // As the port gives away what it has unpacked.
  const reading = readStatements(bytes, { areBytesGiven: true });
  if (reading.kind === 'question') throw new Error(`it asks for ${reading.question.key}`);
  return () => {
    let [rows, sumMinor, problems] = [0, 0, 0];
    for (const statement of reading.statements) {
      rows += statement.entries.length;
      problems += statement.problems.length;
      for (const { amount } of statement.entries) sumMinor += amount.minor;
    }
    return { rows, sumMinor, problems };
  };
}

async function openPeer(name: string): Promise<Read> {
  const known = statementPeers.find((each) => each.name === name);
  if (!known) throw new Error(`no peer ${name}`);
  const { default: whole, ...named } = await import(known.entry ?? name);
  const rowsOf = known.open({ ...whole, ...named } as never);
  return async (bytes) => {
    const rows = await rowsOf(bytes);
    return () => ({ rows: rows() });
  };
}
