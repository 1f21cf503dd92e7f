import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureSchedule } from './schedule.ts';
import { measureSearch } from './search.ts';
import { measureStart } from './start.ts';
import { measureSync } from './sync.ts';

/** Benchmarks by name; each prints a line per figure and gives them back for --json. */
const benchmarks: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  search: measureSearch,
  schedule: measureSchedule,
  start: measureStart,
  sync: measureSync,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const [name = ''] = positionals;
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (!benchmark) {
  const known = Object.keys(benchmarks).join(', ');
  process.stderr.write(`Usage: npm run bench -- NAME [--json FILE], with NAME one of: ${known}\n`);
  process.exit(2);
}
const figures = await benchmark();
for (const [figure, value] of Object.entries(figures)) {
  process.stdout.write(`${figure.padEnd(28)} ${JSON.stringify(value)}\n`);
}
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
