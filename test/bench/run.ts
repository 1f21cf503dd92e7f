import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BenchRefused } from './bench-refused.ts';
import type { LearnerBenchOptions } from './learner.ts';
import type { StatementBenchOptions } from './statements.ts';

type Options = LearnerBenchOptions & StatementBenchOptions;
type Benchmark = (options: Options) => Promise<Readonly<Record<string, unknown>>>;

/** Benchmarks by name; each loads only what it measures and gives its figures back for --json. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  search: async () => (await import('./search.ts')).measureSearch(),
  schedule: async () => (await import('./schedule.ts')).measureSchedule(),
  start: async () => (await import('./start.ts')).measureStart(),
  sync: async () => (await import('./sync.ts')).measureSync(),
  learner: async (options) => (await import('./learner.ts')).measureLearner(options),
  statements: async (options) => (await import('./statements.ts')).measureStatements(options),
};
const printsItself = new Set(['learner', 'statements']);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    data: { type: 'string' },
    protocol: { type: 'string' },
    format: { type: 'string' },
    mb: { type: 'string' },
    'no-peers': { type: 'boolean' },
  },
});
const [name = ''] = positionals;
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (!benchmark) {
  const known = Object.keys(benchmarks).join(', ');
  refuse(`Usage: npm run bench -- NAME [--json FILE], with NAME one of: ${known}`);
}
const figures = await benchmark(values).catch((error: unknown) => {
  if (error instanceof BenchRefused) refuse(error.message);
  throw error;
});
if (!printsItself.has(name)) {
  for (const [figure, value] of Object.entries(figures)) {
    process.stdout.write(`${figure.padEnd(28)} ${JSON.stringify(value)}\n`);
  }
}
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
