import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkScenario, type Problem } from './check-scenario.ts';
import { type Scenario, scenarioFormat } from './format.ts';

/** Thrown for files that are no scenarios: a line for each field, with the file before it. */
export class ScenarioUnreadable extends Error {
  override readonly name = 'ScenarioUnreadable';
}

/**
 * Every scenario under a folder, by the names of the files.
 * @throws ScenarioUnreadable for all files at once that cannot be read, and for a folder without any
 */
export async function readScenarios(folder: string): Promise<readonly Scenario[]> {
  const files = (await listFolder(folder)).filter((file) => file.endsWith('.json')).sort();
  const lines: string[] = [];
  const scenarios: Scenario[] = [];
  const fileOf = new Map<string, string>();
  for (const file of files) {
    const read = parseScenario(await readFile(join(folder, file), 'utf8'), file);
    if ('problems' in read) lines.push(...read.problems);
    else {
      const other = fileOf.get(read.scenario.name);
      if (other) lines.push(`${file}: name: ${other} has the same name`);
      fileOf.set(read.scenario.name, file);
      scenarios.push(read.scenario);
    }
  }
  if (files.length === 0) lines.push(`${folder}: no scenario is there (*.json)`);
  if (lines.length > 0) throw new ScenarioUnreadable(lines.join('\n'));
  return scenarios;
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new ScenarioUnreadable(`${folder}: there is no such folder`, { cause: error });
  }
}

/** One file's scenario, or a line for each of its fields that is wrong. */
export function parseScenario(
  json: string,
  file: string,
): { readonly scenario: Scenario } | { readonly problems: readonly string[] } {
  const line = ({ path, message }: Problem) =>
    `${file}: ${path.length === 0 ? 'the file' : path.join('.')}: ${message}`;
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : String(error);
    return { problems: [line({ path: [], message: `no JSON: ${message}` })] };
  }
  const parsed = scenarioFormat.safeParse(written);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      line({ path: path.map((part) => (typeof part === 'number' ? part : String(part))), message }),
    );
    return { problems };
  }
  const problems = checkScenario(parsed.data, basename(file, '.json'));
  return problems.length > 0 ? { problems: problems.map(line) } : { scenario: parsed.data };
}
